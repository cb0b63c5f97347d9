"""Pages of the frame itself: what to say when something is wrong, the two health checks, the living kit page."""

import shutil

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import languages
from klapkarre.foundation.kit.languages import here
from klapkarre.foundation.kit.onward import own_path

STAFF_PATHS = ("/werk/", "/resultaten/")
STRANGER = AnonymousUser()
TOO_MUCH = 413
LEAST_DISK = 100 * 1024 * 1024
LAST_RESORT = """<!doctype html><html lang="nl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Er ging iets mis | Klapkarre</title>
<h1>Er ging iets mis bij ons</h1><p>Dat ligt niet aan jou. Probeer het straks opnieuw.</p>
<p><a href="/buurtpunten/">Bel of kom langs</a></p></html>"""


def _message(request, status, heading, *lines, ways=None):
    context = {"heading": heading, "lines": lines}
    if _at_work(request):
        today = ("/werk/", _("Naar vandaag"))
        context |= {"page_frame": "kit/staff.html", "ways": ways or (*_way_back(request, status), today)}
    else:
        context["ways"] = ways or _ways_on()
    return render(request, "kit/message.html", context, status=status)


def _ways_on():
    return (here("/"), _("Ga naar het begin")), (here("/buurtpunten/"), _("Bel of kom langs"))


def _way_back(request, status):
    """To the page that held what was too much, when the browser says which of ours that was."""
    if status != TOO_MUCH:
        return []
    before, _site, path = request.headers.get("Referer", "").partition(request.build_absolute_uri("/"))
    back = own_path(request, f"/{path}") if path and not before else ""
    return [(back, _("Open het formulier opnieuw"))] if back else []


def _at_work(request):
    """Is this somebody who is signed in, on a page of the work? Elsewhere nobody asks who it is."""
    return request.path.startswith(STAFF_PATHS) and getattr(request, "user", STRANGER).is_authenticated


def bad_request(request, exception=None):
    """400 or 413: the request itself is not right."""
    if isinstance(exception, RequestDataTooBig):
        return _message(
            request,
            TOO_MUCH,
            _("Dat is te veel in één keer"),
            _("Wat je stuurde, is te groot. Maak je tekst korter en probeer opnieuw."),
            _("Met de knop Terug van je browser zie je weer wat je typte."),
        )
    if request.method not in ("GET", "HEAD"):
        return _message(
            request,
            400,
            _("Dit formulier klopt niet"),
            _("We konden dit formulier niet lezen. Ga terug en probeer opnieuw."),
        )
    return _message(
        request,
        400,
        _("Dit adres klopt niet"),
        _("We begrijpen deze link niet. Misschien is hij niet helemaal gekopieerd."),
    )


def cut_off(request):
    """400: the connection broke while the form was on its way."""
    return _message(
        request,
        400,
        _("Er ging iets verloren"),
        _("Je formulier kwam niet helemaal aan. Probeer opnieuw."),
        _("Met de knop Terug van je browser zie je weer wat je typte."),
    )


def picture_too_big(request):
    """413: a picture that is refused before it is read."""
    return _message(
        request,
        TOO_MUCH,
        _("Deze foto is te zwaar"),
        _("Een foto is hoogstens 10 MB. Ga terug en kies een kleinere."),
        _("Met de knop Terug van je browser zie je weer wat je typte."),
    )


def sound_too_big(request):
    """413: a recording that is refused before it is read."""
    return _message(
        request,
        TOO_MUCH,
        _("Deze opname is te zwaar"),
        _("Een opname is hoogstens 10 MB. Ga terug en kies een kortere."),
        _("Met de knop Terug van je browser zie je weer wat je typte."),
    )


def too_often(request):
    """429: so many forms from one address that no person can have filled them in."""
    answer = _message(
        request,
        429,
        _("Dat ging te vaak na elkaar"),
        _("Wacht tien minuten en probeer opnieuw. Of bel ons."),
        _("Met de knop Terug van je browser zie je weer wat je typte."),
    )
    answer["Retry-After"] = "600"
    return answer


def busy(request):
    """503: as many pages that take long are being made as may be at once."""
    answer = _message(
        request,
        503,
        _("Het is nu even druk"),
        _("Te veel mensen vragen dit tegelijk. Wacht een paar tellen en laad de pagina opnieuw."),
    )
    answer["Retry-After"] = "5"
    return answer


def length_required(request):
    """411: a form of which nobody said how long it is, so nobody can know whether it is whole."""
    return _message(
        request,
        411,
        _("We konden dit formulier niet lezen"),
        _("Je browser zei niet hoe groot het formulier is. Probeer een andere browser, of bel ons."),
    )


def forbidden(request, exception=None):
    """403: signed in, but not for this page."""
    return _message(request, 403, _("Deze pagina is niet voor jou"), _refusal(request))


def _refusal(request):
    """Whom to ask: a worker has a coordinator, the others have who runs the organisation."""
    roles = getattr(getattr(request, "user", None), "role_names", frozenset())
    if "administrator" in roles:
        return _("Je rol heeft geen toegang tot deze pagina.")
    if "worker" in roles and "coordinator" not in roles:
        return _("Je hebt geen toegang tot deze pagina. Vraag het aan je coördinator.")
    return _("Je hebt geen toegang tot deze pagina. Vraag het aan de beheerder.")


def not_found(request, exception=None):
    """404: nothing here, or nothing for you."""
    return _message(
        request,
        404,
        _("Deze pagina vinden we niet"),
        _("Misschien is het adres fout, of bestaat de pagina niet meer."),
    )


def sealed_shut(request):
    """503: what this page shows is sealed, and its key is not there. For one organisation, or for all."""
    whom = _("Vraag het aan de beheerder.") if _at_work(request) else _("Bel ons, of kom langs.")
    return _message(
        request,
        503,
        _("We kunnen dit niet openen"),
        _("De sleutel van deze gegevens is er niet meer."),
        whom,
    )


def server_error(request):
    """500: our fault. Needs no database, no session and no request."""
    try:
        page: str = render_to_string(
            "kit/message.html",
            {
                "lang": get_language() or languages.DUTCH,
                "dir": "rtl" if get_language_bidi() else "ltr",
                "heading": _("Er ging iets mis bij ons"),
                "lines": (_("Dat ligt niet aan jou. Probeer het straks opnieuw."),),
                "ways": _ways_on(),
            },
        )
    except Exception:  # whatever broke the page may have broken the templates too
        page = LAST_RESORT
    return HttpResponseServerError(page)


def csrf_failed(request, reason=""):
    """403: the form is older than the session, or cookies are off. Never a dead end."""
    return _message(
        request,
        403,
        _("Dit formulier stond te lang open"),
        _("We konden niet bewaren wat je invulde. Open het formulier opnieuw."),
        _("Lukt het niet? Laat cookies toe in je browser, of bel ons."),
        ways=(
            (request.path, _("Open het formulier opnieuw")),
            (here("/buurtpunten/"), _("Bel of kom langs")),
        ),
    )


@never_cache
@require_safe
def healthz(request):
    """Liveness: this process answers. Touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    """Readiness: database, migrations and disk; 503 when one of them is not right."""
    state = {"database": _database(), "migrations": "unknown", "disk": _disk()}
    if state["database"] == "ok":
        state["migrations"] = _migrations()
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migrations():
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreadable"
    return "missing" if missing else "ok"


def _disk():
    folder = settings.DATA
    while not folder.exists():
        folder = folder.parent
    return "ok" if shutil.disk_usage(folder).free >= LEAST_DISK else "full"
