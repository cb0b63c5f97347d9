"""Paper of one point: a page to choose from, the card for its door, and the sheet of a week."""

import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.kit import pdf, printed
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.opening_words import weekly_hours
from klapkarre.foundation.places.wordings import still_dutch
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.translating import items_of_activity
from klapkarre.windows.workday import translations
from klapkarre.windows.workday.point_views import point_or_404

WEEK = datetime.timedelta(days=7)
# Days that differ are told this far ahead on the door.
WEEKS_AHEAD, MOST_EXCEPTIONS = 8, 5
LOOKS = (16, 30, 56)
# So many things that you can come for stand on the door, until it is one page.
MOST_WELCOMES = (8, 5, 3, 0, 0)
TWO_WELCOMES = (5, 3, 2, 0, 0)


class Sheet(NamedTuple):
    """One kind of paper to choose; `apart`: two languages are two sheets."""

    name: str
    says: str
    icon: str
    apart: bool = False


class Day(NamedTuple):
    """One line of the sheet of a week."""

    hours: opening.WeekDay
    activities: list


@never_cache
@allowed_to(PLAN)
def point_paper(request, slug):
    place = point_or_404(request, slug)
    monday = _monday(timezone.localdate())
    door = Sheet(_("Kaart voor de deur"), _("De naam, de uren en wie opneemt."), "door")
    this, following = (
        Sheet(name, _("De uren, en alles wat er te doen is."), "calendar", apart=True)
        for name in (_("Blad van deze week"), _("Blad van volgende week"))
    )
    sheets = [
        (door, reverse("workday:point_sheet", args=[slug, "deur"])),
        (this, reverse("workday:point_sheet", args=[slug, f"week-{monday}"])),
        (following, reverse("workday:point_sheet", args=[slug, f"week-{monday + WEEK}"])),
    ]
    choice = printed.choice(request.GET)
    context = {
        "place": place,
        "sheets": sheets,
        "can_print": pdf.is_here(),
        "install": pdf.INSTALL,
        "choice": choice,
        "lacking": _still_dutch(place, monday, choice["languages"]),
    }
    return render(request, "workday/point_paper.html", context)


def _still_dutch(place, monday, languages):
    """What the card and the sheets of these two weeks would say in Dutch: reasons to come, titles of activities."""
    items = [one for one in translations.items_of_point(place) if one.field.startswith("welcome")]
    for activity in _activities(place, monday, 2 * WEEK).select_related("series"):
        says = ("title",) if activity.place_id else ("title", "where")
        items += [one for one in items_of_activity(activity) if one.field in says]
    path = reverse("workday:translations")
    return [(name, texts, path) for name, _code, texts in still_dutch(items, languages)]


def _monday(day):
    return day - datetime.timedelta(days=day.weekday())


def _day_or_404(text):
    """A day in an address: 2026-11-23, and not further than any calendar goes."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong
    if not 2000 <= day.year <= 2100:
        raise Http404
    return day


@never_cache
@allowed_to(PLAN)
def point_sheet(request, slug, kind):
    """`deur`, or `week-` and a day of that week; `?letters=groot` and `?kleur=zwart` as for all paper."""
    place = point_or_404(request, slug)
    if kind == "deur":
        return _door_card(request, place)
    name, _dash, day = kind.partition("-")
    if name != "week":
        raise Http404
    return _week_sheet(request, place, _monday(_day_or_404(day)))


def _door_card(request, place):
    """Name, hours of each week, what differs soon, and who answers the phone; two languages beside each other."""
    today = timezone.localdate()
    ahead = WEEKS_AHEAD * 7
    languages = printed.chosen(request.GET)
    spoken = []
    for code in languages:
        with override(code):
            weekly = weekly_hours(place, today)
            exceptions = opening.exceptions(place, today, ahead)[:MOST_EXCEPTIONS] if weekly else ()
            said = {"weekly": weekly, "exceptions": exceptions}
            spoken.append(printed.part(request, code, place) | said)
    context = _context(request, place) | {
        "until": today + datetime.timedelta(days=ahead - 1),
        "today": today,
        "size": "a4",
        "parts": spoken,
    }
    welcomes = list(place.welcomes.all())
    most_welcomes = TWO_WELCOMES if len(spoken) > 1 else MOST_WELCOMES
    steps = [{"tight": tight, "first": welcomes[:most]} for tight, most in enumerate(most_welcomes)]
    return _printed(request, place, "door", [pdf.Sheet(context, steps, languages[0])], "deur")


def _activities(place, monday, span):
    """What residents can do in this neighbourhood, from this Monday on."""
    return (
        Activity.objects.published()
        .filter(neighbourhood=place.neighbourhood_id)
        .filter(starts_at__gte=start_of(monday), starts_at__lt=start_of(monday + span))
        .order_by("starts_at", "pk")
    )


def _week_sheet(request, place, monday):
    """The hours of the point, and all that residents can do there and around it. Each language has a sheet."""
    of_day: dict[datetime.date, list[Activity]] = {}
    for activity in _activities(place, monday, WEEK).select_related("place"):
        of_day.setdefault(activity.day, []).append(activity)
    sheets = []
    for code in printed.chosen(request.GET):
        with override(code):
            hours = opening.week(place, monday)
        context = _context(request, place) | {
            "days": [Day(one, of_day.get(one.day, [])) for one in hours],
            "known": any(one.slots for one in hours),
            "first": monday,
            "last": monday + WEEK - datetime.timedelta(days=1),
            "parts": [printed.part(request, code, place)],
        }
        sheets.append(pdf.Sheet(context, pdf.CLOSER, code))
    return _printed(request, place, "week", sheets, "week", monday)


def _context(request, place):
    number = place.number_to_call
    own = number == place.phone
    town = place.neighbourhood.municipality
    return {
        "place": place,
        "human": {"phone": number, "name": (own and place.phone_of) or town.desk or town.name},
        "host": request.get_host(),
        "look": sum(len(place.name) > most for most in LOOKS),
    } | printed.looks(request)


def _printed(request, place, template, sheets, *names):
    try:
        content = pdf.make(request, f"workday/paper/{template}.html", *sheets)
    except pdf.NotMade as why:
        messages.warning(request, why.words)
        return redirect("workday:point_paper", place.slug)
    return pdf.answer(content, *names, place.name)
