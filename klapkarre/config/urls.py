"""The site map: which room or window answers which path."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from klapkarre.foundation.kit import views as kit

# Residents' pages, in each language: `/fr/buurten/`, and nothing before it for Dutch.
urlpatterns = i18n_patterns(
    path("", include("klapkarre.windows.website.urls")),
    path("", include("klapkarre.windows.exchange.urls")),
    path("activiteiten/", include("klapkarre.rooms.agenda.urls")),
    path("nieuws/", include("klapkarre.rooms.news.urls")),
    prefix_default_language=False,
)
urlpatterns += [
    path("onderweg/", include("klapkarre.windows.field.urls")),
    path("werk/", include("klapkarre.windows.workday.urls")),
    path("werk/nieuws/", include("klapkarre.rooms.news.staff_urls")),
    path("werk/nakijken/", include("klapkarre.windows.field.staff_urls")),
    path("werk/telefoons/", include("klapkarre.foundation.accounts.phone_urls")),
    path("werk/klare-taal/", include("klapkarre.foundation.plain.urls")),
    path("werk/personen/", include("klapkarre.foundation.people.urls")),
    path("werk/kaartje/", include("klapkarre.foundation.people.card_urls")),
    path("werk/contacten/", include("klapkarre.rooms.outreach.urls")),
    path("werk/rondes/", include("klapkarre.rooms.outreach.round_urls")),
    path("werk/dekking/", include("klapkarre.rooms.outreach.coverage_urls")),
    path("werk/onthaal/", include("klapkarre.rooms.counter.urls")),
    path("werk/activiteiten/", include("klapkarre.rooms.agenda.staff_urls")),
    path("resultaten/", include("klapkarre.windows.results.urls")),
    path("organisatie/", include("klapkarre.foundation.accounts.organisation_urls")),
    path("organisatie/inzagen/", include("klapkarre.foundation.accounts.audit_urls")),
    path("organisatie/", include("klapkarre.foundation.duties.urls")),
    path("", include("klapkarre.foundation.accounts.urls")),
    path("healthz", kit.healthz, name="healthz"),
    path("readyz", kit.readyz, name="readyz"),
]

if settings.DEMO or settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("kit/", include("klapkarre.foundation.kit.urls")))

handler400 = "klapkarre.foundation.kit.views.bad_request"
handler403 = "klapkarre.foundation.kit.views.forbidden"
handler404 = "klapkarre.foundation.kit.views.not_found"
handler500 = "klapkarre.foundation.kit.views.server_error"
