"""The cards of the public list. The same facts give the same HTML, so each is made once and kept by its facts.

A change anywhere makes the page anew; only the cards and days that changed are rendered again. The facts come as
plain rows: thirty model instances with their places cost more than the rest of the page (docs/bench.md).
"""

import datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone

from klapkarre.foundation.kit.asking import among, rows_among
from klapkarre.foundation.kit.languages import Written, edition, is_dutch
from klapkarre.foundation.kit.pages import kept
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.rooms.agenda.filters import Filter
from klapkarre.rooms.agenda.models import Activity, SignUp

KEPT = 3000
NOTHING = Filter()
LINKS = 12  # more neighbourhoods than this become a list to choose from
FACTS = (
    *("pk", "title", "starts_at", "ends_at", "price_cents", "where", "place__name", "neighbourhood__name"),
    *("sign_up_kind", "capacity", "state", "cancelled_because", "place__kind", "kind", "audiences"),
    "series",
)
# Built once: putting a query together costs more than asking it.
LISTED = Activity.objects.published().values_list(*FACTS)
SEATS = SignUp.objects.seated().order_by().values_list("activity").annotate(Count("pk"))


class Card(NamedTuple):
    """What the list says about one activity; the words on it are those of the activity itself."""

    pk: int
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    price_cents: int
    where: str
    place: str | None
    neighbourhood: str
    sign_up_kind: str
    capacity: int | None
    state: str
    cancelled_because: str
    place_kind: str | None
    kind: str
    audiences: tuple
    series: int | None
    taken: int = 0
    is_on: bool = False

    State, SignUpKind, MANY = Activity.State, Activity.SignUpKind, Activity.MANY
    is_cancelled, takes_names, price = Activity.is_cancelled, Activity.takes_names, Activity.price
    seats_left, is_full, has_few_seats = Activity.seats_left, Activity.is_full, Activity.has_few_seats
    day, audience_words = Activity.day, Activity.audience_words

    @property
    def at_point(self):
        """The same as `Activity.at_point`."""
        return self.place_kind == Place.Kind.POINT

    @property
    def html(self):
        return _html(self, edition())


@lru_cache(maxsize=KEPT)
def _html(card, _language):
    return render_to_string("agenda/card.html", {"activity": card})


class Day(NamedTuple):
    """One day of the list, and whether that is today."""

    day: datetime.date
    is_today: bool
    cards: tuple


def html_of(days):
    """These days as one piece of text."""
    language = edition()
    return "".join(_section(day, language) for day in days)


@lru_cache(maxsize=600)
def _section(day, _language):
    return render_to_string("agenda/day.html", day._asdict())


class Buurt(NamedTuple):
    """One neighbourhood to choose."""

    slug: str
    name: str
    town: str


def choice_of(request, listed, chosen, town=None, more=NOTHING):
    """Links or a list of the neighbourhoods in the rows of `listed()`, with `chosen` marked. One query an edition.

    `town` is named when there are several: the way back to all is then its own list. `more` are the other choices, that
    stay.
    """

    def facts():
        there = listed().values("neighbourhood")
        buurten = Neighbourhood.objects.filter(Q(pk__in=there) | Q(parts__in=there))
        rows = buurten.order_by("municipality__name", "name", "slug").distinct()
        return list(rows.values_list("slug", "name", "municipality__name"))

    return _choice(
        tuple(Buurt(*row) for row in kept(request, facts, "choice", town and town.pk)),
        chosen.slug if chosen else "",
        town.slug if town else "",
        more,
        edition(),
    )


@lru_cache(maxsize=100)
def _choice(buurten, chosen, town, more, _language):
    by_town = [(town, list(ones)) for town, ones in groupby(buurten, key=attrgetter("town"))]
    context = {"buurten": buurten, "chosen": chosen, "town": town, "more": more}
    context["by_town"] = by_town if len(buurten) > LINKS else None
    return render_to_string("agenda/choice.html", context)


def days_of(rows, now):
    """The rows of `FACTS` as days with their cards, in their order."""
    here, today = timezone.get_current_timezone(), timezone.localdate(now)
    by_day = groupby(cards_of(rows, now), key=lambda card: card.starts_at.astimezone(here).date())
    return [Day(day, day == today, tuple(cards)) for day, cards in by_day]


def cards_of(rows, now):
    """The cards for these rows of `FACTS`, in their order. One query, for the seats."""
    counted = [row[0] for row in rows if row[9] is not None]
    taken = dict(rows_among(counted, lambda places: SEATS.filter(among("activity_id", places)), "seats"))
    cards = [Card(*row, taken.get(row[0], 0), row[2] <= now <= row[3]) for row in rows]
    return cards if is_dutch() else [_own(card) for card in cards]


def _own(card):
    """The card with texts that know whose they are."""
    row = Activity.told_of(card.pk, card.series)
    return card._replace(title=Written(card.title, row), where=Written(card.where, row))
