"""Paper of one activity: a page to choose from, and each sheet as a PDF."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, SEE_NAMES, allowed_to
from klapkarre.foundation.kit import pdf
from klapkarre.foundation.kit.drawing import qr
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.views.lists import named, own_list_or_403
from klapkarre.rooms.agenda.views.own import own_or_404
from klapkarre.rooms.agenda.views.public import OTHER_DATES, comes_back, coming, human

# Lines on the empty list: as many as one page of A4 holds under this head.
LINES, LARGE_LINES = (18, 16, 14, 12, 10, 8), (14, 12, 10, 8, 6, 4)
# Empty lines under the names, for who walks in: fewer when all of it is one page then, else again the most.
WALK_INS = (8, 6, 4, 3, 8)
# The title is drawn smaller from so many characters on.
LOOKS = (16, 30, 56)
STRIPS = range(5)
LIST = "aanmeldlijst"


class Sheet(NamedTuple):
    """One kind of paper: its template, its class, how long the explanation may be, and how often it may shrink.

    In larger letters there are fewer words (`large_words`), so that all the rest stays.
    """

    name: str
    says: str
    icon: str
    template: str
    size: str = ""
    words: tuple = (0,)
    large_words: tuple = ()


SHEETS = {
    "poster-a4": Sheet(
        _("Affiche A4"),
        _("Voor het raam of het prikbord."),
        "file-text",
        "agenda/paper/poster.html",
        "a4",
        (300, 300, 150, 150, 0, 0, 0),
        (300, 150, 0, 80, 0, 0, 0),
    ),
    "poster-a3": Sheet(
        _("Affiche A3"),
        _("Groot, voor de straat."),
        "file-text",
        "agenda/paper/poster.html",
        "a3",
        (300, 300, 150, 150, 0, 0, 0),
        (300, 150, 0, 80, 0, 0, 0),
    ),
    "flyer": Sheet(
        _("Flyer A5 met strookjes"),
        _("Buren scheuren een strookje af, met de dag en het nummer."),
        "scissors",
        "agenda/paper/flyer.html",
        "a5",
        (150, 80, 0),
    ),
    LIST: Sheet(
        _("Lege lijst om in te schrijven"),
        _("Hang ze op. Daarna typ je de namen in één keer over."),
        "clipboard-list",
        "agenda/paper/sign_up_list.html",
    ),
}


@never_cache
@allowed_to(PLAN)
def paper(request, pk):
    """What can be printed for this activity, each in a few kinds."""
    activity = own_or_404(request, pk)
    context = {
        "activity": activity,
        "sheets": {kind: one for kind, one in SHEETS.items() if activity.takes_names or kind != LIST},
        "keeps": activity.is_within(request.user.own_reach),
        "sees_names": activity.takes_names and activity.is_within(request.user.names_reach),
        "can_print": pdf.is_here(),
        "install": pdf.INSTALL,
    }
    return render(request, "agenda/staff/paper.html", context)


@never_cache
@allowed_to(PLAN)
def sheet(request, pk, kind):
    """One sheet without any name: `?letters=groot` for larger letters, `?kleur=zwart` for a printer without colour."""
    chosen = SHEETS.get(kind)
    if chosen is None:
        raise Http404
    activity = own_or_404(request, pk, Activity.objects.with_place().select_related("organisation"))
    return _printed(request, activity, chosen.template, chosen, kind)


@never_cache
@allowed_to(SEE_NAMES)
def attendance_sheet(request, pk):
    """The list with the names, to tick who came. The reading is logged before it is drawn."""
    activity = own_list_or_403(request, pk)
    rows = named(request, activity, (*SignUp.SEATED, SignUp.State.WAITING))
    lists = {
        "seated": [row for row in rows if row.state != SignUp.State.WAITING],
        "waiting": [row for row in rows if row.state == SignUp.State.WAITING],
        "printed": timezone.localtime(),
    }
    template = "agenda/paper/attendance_list.html"
    steps = [{"walk_ins": range(count)} for count in WALK_INS]
    return _printed(request, activity, template, Sheet("", "", "", template), "aanwezig", lists, steps)


def _printed(request, activity, template, chosen, kind, more=None, steps=None):
    large = request.GET.get("letters") == "groot"
    link = request.build_absolute_uri(activity.get_absolute_url())
    context = {
        "activity": activity,
        "human": human(activity),
        "qr": qr(link, _("QR-code van deze activiteit")),
        "host": request.get_host(),
        "short": activity.get_absolute_url().rstrip("/"),
        "repetition": _repetition(activity),
        "size": chosen.size,
        "large": large,
        "bw": request.GET.get("kleur") == "zwart",
        "strips": STRIPS,
        "look": sum(len(activity.title) > most for most in LOOKS),
    }
    steps = steps or _steps(activity, chosen, kind, large)
    try:
        content = pdf.make(request, template, context | (more or {}), steps)
    except pdf.NotHere:
        messages.warning(request, _("Deze server kan nog geen pdf maken. Hieronder staat wat ontbreekt."))
        return redirect("agenda_staff:paper", activity.pk)
    return pdf.answer(content, kind, activity.title, activity.day)


def _steps(activity, chosen, kind, large):
    """What this sheet may leave out, until it is one page."""
    if kind == LIST:
        return [{"lines": range(count)} for count in (LARGE_LINES if large else LINES)]
    return [
        {"tight": tight, "words": pdf.shortened(activity.summary, most) if most else ""}
        for tight, most in enumerate((large and chosen.large_words) or chosen.words)
    ]


def _repetition(activity):
    """When it comes back, in words; empty for what is once only."""
    if not activity.series_id:
        return ""
    now = timezone.now()
    others = coming(activity.series_id, now).exclude(pk=activity.pk)[:OTHER_DATES]
    return comes_back(activity, others, timezone.localdate(now))
