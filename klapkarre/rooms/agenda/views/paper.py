"""Paper of one activity: a page to choose from, and each sheet as a PDF."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, SEE_NAMES, allowed_to
from klapkarre.foundation.kit import pdf, printed
from klapkarre.foundation.kit.languages import DUTCH, translated
from klapkarre.foundation.kit.templatetags.kit import whole_numbers
from klapkarre.foundation.places.wordings import still_dutch
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.translating import items_of_activity
from klapkarre.rooms.agenda.views.lists import named, own_list_or_403
from klapkarre.rooms.agenda.views.own import own_or_404
from klapkarre.rooms.agenda.views.public import OTHER_DATES, comes_back, coming, human

# Lines on the empty list: as many as one page of A4 holds under this head; when that are too few, the most on two.
LINES, LARGE_LINES = (18, 16, 14, 12, 10, 8, 6, 18), (14, 12, 10, 8, 6, 4, 14)
# Empty lines under the names, for who walks in: fewer when all of it is one page then, else again the most.
WALK_INS = (8, 6, 4, 3, 8)
# The title is drawn smaller from so many characters on.
LOOKS = (16, 30, 56)
STRIPS = range(5)
LIST, FLYER = "aanmeldlijst", "flyer"


class Sheet(NamedTuple):
    """One kind of paper: its template, its class, how long the explanation may be, and how often it may shrink.

    In larger letters there are fewer words (`large_words`), so that all the rest stays. Two languages stand together
    with `two_words` each, or `apart`: where there is no room for both, each has a sheet of its own.
    """

    name: str
    says: str
    icon: str
    template: str
    size: str = ""
    words: tuple = (0,)
    large_words: tuple = ()
    two_words: tuple = ()
    apart: bool = False


SHEETS = {
    "poster-a4": Sheet(
        _("Affiche A4"),
        _("Voor het raam of het prikbord."),
        "file-text",
        "agenda/paper/poster.html",
        "a4",
        (300, 300, 150, 150, 0, 0, 0),
        (300, 150, 0, 80, 0, 0, 0),
        (150, 80, 0, 80, 0, 0, 0),
    ),
    "poster-a3": Sheet(
        _("Affiche A3"),
        _("Groot, voor de straat."),
        "file-text",
        "agenda/paper/poster.html",
        "a3",
        (300, 300, 150, 150, 0, 0, 0),
        (300, 150, 0, 80, 0, 0, 0),
        (150, 80, 0, 80, 0, 0, 0),
    ),
    FLYER: Sheet(
        _("Flyer A5 met strookjes"),
        _("Buren scheuren een strookje af, met de dag en het nummer."),
        "scissors",
        "agenda/paper/flyer.html",
        "a5",
        (150, 80, 0, 0),
        apart=True,
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
        "sheets": {kind: one for kind, one in SHEETS.items() if _is_of_use(kind, activity)},
        "keeps": activity.is_within(request.user.own_reach),
        "sees_names": activity.takes_names and activity.is_within(request.user.names_reach),
        "can_print": pdf.is_here(),
        "install": pdf.INSTALL,
        "choice": printed.choice(request.GET),
    }
    # The page to translate is a window's, which this room does not know by name.
    context["lacking"] = [
        (name, texts, f"/werk/vertalen/activiteit/{activity.pk}/?taal={code}")
        for name, code, texts in still_dutch(items_of_activity(activity), context["choice"]["languages"])
    ]
    return render(request, "agenda/staff/paper.html", context)


def _is_of_use(kind, activity):
    """Is there something to say with this sheet? Of what is called off nobody tears a strip or writes a name."""
    if activity.is_cancelled:
        return kind not in (LIST, FLYER)
    return activity.takes_names or kind != LIST


@never_cache
@allowed_to(PLAN)
def sheet(request, pk, kind):
    """One sheet without any name: `?letters=groot` for larger letters, `?kleur=zwart` for a printer without colour.

    `?taal=ar` is in another language than Dutch, with `&tweede=nl` in two.
    """
    chosen = SHEETS.get(kind)
    if chosen is None:
        raise Http404
    activity = own_or_404(request, pk, Activity.objects.with_place().select_related("organisation"))
    languages = printed.chosen(request.GET)
    groups = [(code,) for code in languages] if chosen.apart else [languages]
    sheets = [_sheet(request, activity, chosen, kind, group) for group in groups]
    return _printed(request, activity, chosen.template, kind, sheets)


@never_cache
@allowed_to(SEE_NAMES)
def attendance_sheet(request, pk):
    """The list with the names, to tick who came. The reading is logged before it is drawn."""
    activity = own_list_or_403(request, pk)
    rows = named(request, activity, (*SignUp.SEATED, SignUp.State.WAITING))
    context = _context(request, activity) | {
        "seated": [row for row in rows if row.state != SignUp.State.WAITING],
        "waiting": [row for row in rows if row.state == SignUp.State.WAITING],
        "printed": timezone.localtime(),
        "parts": [_part(request, activity, DUTCH)],
    }
    steps = [{"walk_ins": range(count)} for count in WALK_INS]
    return _printed(
        request, activity, "agenda/paper/attendance_list.html", "aanwezig", [pdf.Sheet(context, steps)]
    )


def _printed(request, activity, template, kind, sheets):
    try:
        content = pdf.make(request, template, *sheets)
    except pdf.NotMade as why:
        messages.warning(request, why.words)
        return redirect("agenda_staff:paper", activity.pk)
    return pdf.answer(content, kind, activity.title, activity.day)


def _context(request, activity):
    return {
        "activity": activity,
        "human": human(activity),
        "host": request.get_host(),
    } | printed.looks(request)


def _part(request, activity, code):
    """What a sheet says of this activity in this language: of one that is called off the reason, and no invitation."""
    about = activity.cancelled_because if activity.is_cancelled else activity.summary
    with override(code):
        return printed.part(request, code, activity) | {
            "title": translated(activity.title) or activity.title,
            "about": about,
            "summary": translated(about) or about,
            "repetition": _repetition(activity),
        }


def _sheet(request, activity, chosen, kind, languages):
    """One sheet in these languages: the first is that of what stands on it once."""
    spoken = [_part(request, activity, code) for code in languages]
    titles = dict.fromkeys(part["title"] for part in spoken)
    context = _context(request, activity) | {
        "size": chosen.size,
        "strips": STRIPS,
        "parts": spoken,
        # Not translated: then it stands there once.
        "titles": [part for number, part in enumerate(spoken) if len(titles) > 1 or not number],
        "look": sum(sum(map(len, titles)) > most * len(titles) for most in LOOKS),
    }
    return pdf.Sheet(
        context, _steps(chosen, kind, spoken, context["large"], activity.is_cancelled), languages[0]
    )


def _steps(chosen, kind, spoken, large, is_off):
    """What this sheet may leave out, until it is one page."""
    if kind == LIST:
        return [{"lines": range(count)} for count in (LARGE_LINES if large else LINES)]
    if is_off:  # the reason is short and stays: what stands around it shrinks
        told = [part | {"words": whole_numbers(part["summary"])} for part in spoken]
        return [{"tight": tight, "parts": told} for tight in range(len(chosen.words))]
    most_words = (large and chosen.large_words) or chosen.words
    if len(spoken) > 1:
        # As the most that is left with words in larger letters.
        most_words = [0] * len(chosen.two_words) if large else chosen.two_words
    return [
        {
            "tight": tight,
            "parts": [
                part | {"words": pdf.shortened(part["summary"], most) if most else ""} for part in spoken
            ],
        }
        for tight, most in enumerate(most_words)
    ]


def _repetition(activity):
    """When it comes back, in words; empty for what is once only."""
    if not activity.series_id:
        return ""
    now = timezone.now()
    others = coming(activity.series_id, now).exclude(pk=activity.pk)[:OTHER_DATES]
    return comes_back(activity, others, timezone.localdate(now))
