"""Paper of one point: a page to choose from, the card for its door, and the sheet of a week."""

import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.kit import pdf
from klapkarre.foundation.kit.drawing import qr
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.opening_words import weekly_hours
from klapkarre.rooms.agenda.models import Activity
from klapkarre.windows.workday.point_views import point_or_404

WEEK = datetime.timedelta(days=7)
# Days that differ are told this far ahead on the door.
WEEKS_AHEAD, MOST_EXCEPTIONS = 8, 5
LOOKS = (16, 30, 56)
# So many things that you can come for stand on the door, until it is one page.
MOST_WELCOMES = (8, 5, 3, 0, 0)


class Sheet(NamedTuple):
    name: str
    says: str
    icon: str


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
        Sheet(name, _("De uren, en alles wat er te doen is."), "calendar")
        for name in (_("Blad van deze week"), _("Blad van volgende week"))
    )
    sheets = [
        (door, reverse("workday:point_sheet", args=[slug, "deur"])),
        (this, reverse("workday:point_sheet", args=[slug, f"week-{monday}"])),
        (following, reverse("workday:point_sheet", args=[slug, f"week-{monday + WEEK}"])),
    ]
    context = {"place": place, "sheets": sheets, "can_print": pdf.is_here(), "install": pdf.INSTALL}
    return render(request, "workday/point_paper.html", context)


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
    """Name, hours of each week, what differs soon, and who answers the phone."""
    today = timezone.localdate()
    ahead = WEEKS_AHEAD * 7
    weekly = weekly_hours(place, today)
    context = {
        "weekly": weekly,
        "exceptions": opening.exceptions(place, today, ahead)[:MOST_EXCEPTIONS] if weekly else (),
        "until": today + datetime.timedelta(days=ahead - 1),
        "today": today,
        "size": "a4",
    }
    welcomes = list(place.welcomes.all())
    steps = [{"tight": tight, "first": welcomes[:most]} for tight, most in enumerate(MOST_WELCOMES)]
    return _printed(request, place, "door", context, steps, "deur")


def _week_sheet(request, place, monday):
    """The hours of the point, and all that residents can do there and around it."""
    found = (
        Activity.objects.published()
        .filter(neighbourhood=place.neighbourhood_id)
        .filter(starts_at__gte=start_of(monday), starts_at__lt=start_of(monday + WEEK))
        .select_related("place")
        .order_by("starts_at", "pk")
    )
    of_day: dict[datetime.date, list[Activity]] = {}
    for activity in found:
        of_day.setdefault(activity.day, []).append(activity)
    hours = opening.week(place, monday)
    context = {
        "days": [Day(one, of_day.get(one.day, [])) for one in hours],
        "known": any(one.slots for one in hours),
        "first": monday,
        "last": monday + WEEK - datetime.timedelta(days=1),
    }
    return _printed(request, place, "week", context, pdf.CLOSER, "week", monday)


def _printed(request, place, template, context, steps, *names):
    number = place.number_to_call
    own = number == place.phone
    town = place.neighbourhood.municipality
    context |= {
        "place": place,
        "human": {"phone": number, "name": (own and place.phone_of) or town.desk or town.name},
        "qr": qr(request.build_absolute_uri(place.get_absolute_url()), _("QR-code van dit buurtpunt")),
        "host": request.get_host(),
        "short": place.get_absolute_url().rstrip("/"),
        "large": request.GET.get("letters") == "groot",
        "bw": request.GET.get("kleur") == "zwart",
        "look": sum(len(place.name) > most for most in LOOKS),
    }
    try:
        content = pdf.make(request, f"workday/paper/{template}.html", context, steps)
    except pdf.NotHere:
        messages.warning(request, _("Deze server kan nog geen pdf maken. Hieronder staat wat ontbreekt."))
        return redirect("workday:point_paper", place.slug)
    return pdf.answer(content, *names, place.name)
