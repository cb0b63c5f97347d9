"""Statements: what we keep of you, how accessible the pages are, and whom to tell about a hole in our security."""

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.kit.templatetags.kit import date_words
from klapkarre.foundation.places.models import Municipality
from klapkarre.windows.website.views import human

MOST = 30
# RFC 9116 advises less than a year. It moves on by itself for as long as the site is served.
GOOD_FOR = datetime.timedelta(days=180)
# When the statement was last looked over, by people; change it only after doing so.
LOOKED_OVER = datetime.date(2026, 11, 22)


@public_page
def privacy(request):
    """What is kept of residents, who answers for it, and where to complain."""
    return render(
        request,
        "website/privacy.html",
        _who(csrf_cookie=settings.CSRF_COOKIE_NAME, tiles_host=settings.TILES_HOST.removeprefix("https://")),
    )


@public_page
def accessibility(request):
    """The statement that the Flemish Bestuursdecreet asks for, in the form of decision (EU) 2018/1523."""
    return render(request, "website/accessibility.html", _who(looked_over=date_words(LOOKED_OVER, year=True)))


@public_page(for_programs=True)
def security(request):
    """Whom to tell about a hole in our security (RFC 9116): the setting, the mail of the town, or who to call."""
    town = _town()
    mail = f"mailto:{town.email}" if town and town.email else ""
    contact = settings.SECURITY_CONTACT or mail or request.build_absolute_uri("/privacy/")
    today = datetime.datetime.combine(timezone.localdate(), datetime.time(), tzinfo=datetime.UTC)
    lines = (
        f"Contact: {contact}",
        f"Expires: {today + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en, fr",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _town():
    """The only town, or None when there are more."""
    towns = Municipality.objects.all()[:2]
    return towns[0] if len(towns) == 1 else None


def _who(**context):
    """Who answers for it, and whom to call."""
    town = _town()
    organisations = list(Organisation.objects.values_list("name", flat=True)[:MOST])
    answers = human(town) if town else None
    return {"town": town, "human": answers, "organisations": organisations, **context}
