"""Rows as residents' lists show them: words and addresses made once here, so that templates only print."""

import datetime
import re
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.db.models import CharField, DateTimeField, F, Min, Q, StringAgg, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.kit.languages import Written, name_of
from klapkarre.foundation.kit.templatetags.kit import day, euro
from klapkarre.foundation.kit.texts import whole_hours
from klapkarre.foundation.people.models import StaffCard
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.models import Place, Welcome
from klapkarre.foundation.places.opening import Kind, Status
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.soon import cart_words, when_words
from klapkarre.rooms.news.models import News

# Open first, then what opens soonest, then what nobody knows.
ORDER = (Kind.OPEN, Kind.LATER_TODAY, Kind.ANOTHER_DAY, Kind.CLOSED_LONG, Kind.UNKNOWN)
ICONS = {
    Kind.OPEN: "door-enter",
    Kind.LATER_TODAY: "clock",
    Kind.ANOTHER_DAY: "clock",
    Kind.CLOSED_LONG: "calendar-off",
    Kind.UNKNOWN: "phone",
}
# To show six different activities, look at this many times more: a weekly one comes back often.
SERIES_SEEN = 5
# Stops of the cart and rounds: found among however many activities, and shown as "is somebody there".
STOPS = (Activity.Kind.STOP, Activity.Kind.ROUND)
STOPS_SEEN, MOST_STOPS = 12, 3
MOST_NEWS = 3
# More names than this become a number.
MOST_NAMES = 2
FAR = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class PointRow:
    """A place with what to say about it now."""

    place: Place
    status: Status

    @property
    def icon(self):
        return ICONS[self.status.kind]

    @property
    def is_open(self):
        return self.status.is_open

    @property
    def text(self):
        return whole_hours(unbroken(self.status.text))

    @property
    def address(self):
        place = self.place
        return ", ".join(filter(None, (place.street, place.town))) or place.neighbourhood.name


@dataclass(frozen=True)
class ActivityRow:
    """An activity in a list."""

    title: str
    url: str
    when: str
    where: str
    price: str
    tag: str
    tag_icon: str
    tag_look: str
    is_now: bool
    also: str = ""


@dataclass(frozen=True)
class CartRow:
    """A stop of the cart or a round that is on, comes soon, or does not come today."""

    name: str
    url: str
    text: str
    icon: str
    where: str
    is_now: bool
    is_stop: bool
    because: str = ""


def unbroken(words):
    """Keeps the digits of a phone number on one line."""
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", words)


class Line(NamedTuple):
    """What three short lists have in common, so that one query finds two of them: a page costs at most eight."""

    kind: str
    first: str
    second: str
    third: str
    fourth: str
    number: int
    other: int
    at: datetime.datetime | None


def faces_and_news(now, buurten):
    """Who you meet in these neighbourhoods, the cards of workers who said yes; and what is new there. One query."""
    cards = StaffCard.objects.shown().filter(neighbourhoods__in=buurten).order_by()
    faces = _lines(cards, "face", "first_name", "role", "phone", "small", "width", "height", "consented_at")
    found = _both(faces, _news_lines(now, neighbourhood__in=buurten))
    return [Face.of(line) for line in found if line.kind == "face"], _newest(found)


def welcomes_and_news(now, town):
    """Each thing you can come for once, in the order in which the points name them; and what is new. One query.

    It is said as one of these points says it in the language of the page.
    """
    rows = Welcome.objects.filter(place__neighbourhood__municipality=town, place__kind=Place.Kind.POINT)
    points = StringAgg(Cast("place", CharField()), Value(" "))
    rows = rows.values("text", "icon").annotate(top=Min("position"), points=points).order_by()
    nothing = Value(None, output_field=DateTimeField())
    welcomes = _lines(rows, "welcome", "text", "icon", "points", Value(""), "top", Value(0), nothing)
    found = _both(welcomes, _news_lines(now, neighbourhood__municipality=town))
    sayings = sorted((line for line in found if line.kind == "welcome"), key=attrgetter("number", "first"))
    words = [{"text": _of_points(line.first, line.third), "icon": line.second} for line in sayings]
    return words, _newest(found)


def _of_points(text, points):
    keys = sorted({int(key) for key in points.split()})
    return Written(text, *(name_of("places.place", key) for key in keys))


def _both(some, others):
    return [Line(*row) for row in some.union(others).order_by("line_kind")]


def _news_lines(now, **where):
    rows = News.objects.fresh(now).filter(**where).order_by()
    where_at = Coalesce("place__name", "neighbourhood__name")
    return _lines(rows, "news", "title", where_at, Value(""), Value(""), "pk", Value(0), "published_at")


def _lines(rows, kind, *facts):
    """These rows as `Line`."""
    named = {
        f"line_{name}": F(fact) if isinstance(fact, str) else fact
        for name, fact in zip(Line._fields[1:], facts, strict=True)
    }
    return rows.annotate(line_kind=Value(kind), **named).values_list(
        *(f"line_{name}" for name in Line._fields)
    )


def _newest(lines):
    news = sorted(
        (line for line in lines if line.kind == "news"), key=attrgetter("at", "number"), reverse=True
    )
    return [
        {
            "title": Written(line.first, name_of("news.news", line.number)),
            "where": line.second,
            "day": line.at,
            "url": reverse("news:detail", args=[line.number]),
        }
        for line in news[:MOST_NEWS]
    ]


class Face(NamedTuple):
    """Somebody you meet."""

    first_name: str
    role_words: str
    phone: str
    photo_url: str
    width: int
    height: int

    @classmethod
    def of(cls, line):
        photo = f"/foto/{line.fourth}.webp" if line.fourth else ""
        return cls(line.first, Role(line.second).label, line.third, photo, line.number, line.other)


def point_rows(places, now):
    rows = [PointRow(place, opening.status(place, now)) for place in places]
    return sorted(
        rows, key=lambda row: (ORDER.index(row.status.kind), row.status.opens_at or FAR, row.place.name)
    )


def unknown_words(rows):
    """Which of these points nobody knows the hours of, when others are known: said, not kept silent."""
    names = [row.place.name for row in rows if row.status.kind == Kind.UNKNOWN]
    if not names or len(names) == len(rows):
        return ""
    if len(names) > MOST_NAMES:
        return _("Van %(number)s buurtpunten weten we het niet. Bel even.") % {"number": len(names)}
    return _("Van %(names)s weten we het niet. Bel even.") % {"names": _(" en ").join(names)}


def next_activities(now, most, *, place=None, **where):
    """Rows of the first activities that residents may see, and of the cart; a series once, with its next date.

    At the page of one place the place itself is not said again. One query.
    """
    if place:
        where["place"] = place
    found = _coming(now, most, **where)
    return _first(found, most, now, place), _carts(found, now)


def here_and_around(now, most, here, ids):
    """The first activities of a buurt with its parts; of a part those of the whole buurt; and the cart. One query."""
    near = [*ids, here.parent_id] if here.parent_id else ids
    found = _coming(now, 2 * most, neighbourhood__in=near)
    own = [one for one in found if one.neighbourhood_id in ids]
    around = [one for one in found if one.neighbourhood_id not in ids]
    return _first(own, most, now), _first(around, most, now), _carts(found, now)


def _coming(now, most, **where):
    """The first of these, and the first stops among them however many others come before."""
    coming = Activity.objects.published().upcoming(now).filter(**where).order_by("starts_at", "pk")
    soonest, stops = coming[: most * SERIES_SEEN], coming.filter(kind__in=STOPS)[:STOPS_SEEN]
    found = Activity.objects.filter(Q(pk__in=soonest.values("pk")) | Q(pk__in=stops.values("pk")))
    return list(found.select_related("place", "neighbourhood").order_by("starts_at", "pk"))


def _carts(found, now):
    """The stops and rounds of today and tomorrow, the ones of now first; without any the next one."""
    today = timezone.localdate(now)
    stops = [one for one in found if one.is_stop and (not one.is_cancelled or one.day <= today)]
    near = [one for one in stops if (one.day - today).days <= 1] or stops[:1]
    near.sort(key=lambda one: (one.is_cancelled or not one.has_started(now), one.starts_at, one.pk))
    return [_cart_row(one, now) for one in near[:MOST_STOPS]]


def _cart_row(activity, now):
    stop = activity.kind == Activity.Kind.STOP
    icon = "calendar-off" if activity.is_cancelled else "coffee" if stop else "walk"
    return CartRow(
        name=activity.spot,
        url=activity.get_absolute_url(),
        text=whole_hours(cart_words(activity, now)),
        icon=icon,
        where=(activity.where if activity.place_id else "") or activity.neighbourhood.name,
        is_now=activity.has_started(now) and not activity.is_cancelled,
        is_stop=stop,
        because=activity.cancelled_because if activity.is_cancelled else "",
    )


def _first(found, most, now, place=None):
    first, later = [], {}
    for activity in found:
        series = activity.series_id
        if series and series in later:
            later[series].append(activity)
        elif len(first) < most:
            first.append(activity)
            if series:
                later[series] = []
    return [_activity_row(one, now, place, _also(later.get(one.series_id, ()))) for one in first]


def _also(activities):
    following = next((one for one in activities if not one.is_cancelled), None)
    return _("Ook op %(day)s") % {"day": day(following.starts_at)} if following else ""


def _activity_row(activity, now, place, also):
    if activity.is_cancelled:
        tag, icon, look = _("Gaat niet door"), "x", "tag-stop"
    elif activity.kind == Activity.Kind.STOP:
        tag, icon, look = _("Halte van de klapkarre"), "coffee", "tag-ok"
    elif activity.kind == Activity.Kind.ROUND:
        tag, icon, look = _("Wij komen naar jou"), "walk", "tag-ok"
    elif activity.takes_names:
        tag, icon, look = _("Vooraf aanmelden"), "users", "tag-info"
    elif activity.place and activity.place.kind == Place.Kind.POINT:
        tag, icon, look = _("Gewoon binnenlopen"), "door-enter", "tag-ok"
    else:
        tag, icon, look = _("Gewoon komen"), "walk", "tag-ok"
    return ActivityRow(
        title=activity.title,
        url=activity.get_absolute_url(),
        when=when_words(activity, now),
        where=_where(activity, place),
        price=capfirst(euro(activity.price)),
        tag=tag,
        tag_icon=icon,
        tag_look=look,
        is_now=activity.has_started(now) and not activity.is_cancelled,
        also=also,
    )


def _where(activity, place):
    here = activity.where
    if activity.place_id and activity.place_id != (place and place.pk):
        return f"{activity.place.name}, {here}" if here else activity.place.name
    if here or activity.place_id:
        return here
    return activity.neighbourhood.name
