"""When a place is open. Pure: everything here reads rows that are already loaded (`Place.objects.with_hours()`).

The hours of a place are wall-clock times in Europe/Brussels. Moments are compared in UTC only: two local times of the
same zone compare by their face, which is wrong in the nights when the clock changes.

Which slots count on a day, first rule first:
- an extra opening always counts, also when the place would be shut;
- a closure, and a public holiday for a place that shuts then, leave out the weekly slots that start on that day;
- a weekly slot counts within its period and, when it says so, in school weeks or in school holidays only.
A slot past midnight belongs to the day on which it starts.
"""

import datetime
import enum
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.places.holidays import public_holiday, school_holiday
from klapkarre.foundation.places.models import Closure, ExtraOpening, OpeningHours, Place
from klapkarre.foundation.places.opening_words import closed_text, no_hours_text, open_text

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = datetime.timedelta(days=1)
# In the European Union the clock changes at one o'clock UTC (directive 2000/84/EC).
CLOCK_CHANGES_AT = datetime.time(1, tzinfo=datetime.UTC)
# A place that stays shut longer than this has no next opening worth telling.
LOOK_AHEAD = 400
# From here on a weekday alone would be misread, so the date is said.
LONG = 8


class Kind(enum.StrEnum):
    OPEN = "open"
    LATER_TODAY = "later_today"
    ANOTHER_DAY = "another_day"
    CLOSED_LONG = "closed_long"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Interval:
    """One stretch in which the place is open: [start, end), aware, in Europe/Brussels."""

    start: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True)
class Status:
    """What to tell a resident about a place at one moment. `text` is the whole of it in Dutch."""

    kind: Kind
    text: str
    until: datetime.datetime | None = None
    opens_at: datetime.datetime | None = None
    reason: str = ""

    @property
    def is_open(self):
        return self.kind == Kind.OPEN


@dataclass(frozen=True)
class Slot:
    """One line in the table of hours."""

    opens: datetime.time
    closes: datetime.time
    note: str = ""


class LeftOut(NamedTuple):
    """Why the weekly slots of a day do not count: in a table, and inside a sentence."""

    label: str
    why: str


@dataclass(frozen=True)
class WeekDay:
    """One day in the table of hours; a reason only where the place would normally be open."""

    day: datetime.date
    slots: tuple[Slot, ...]
    reason: str = ""


def moment(day, time):
    """This wall-clock time in Brussels, in UTC. An hour that comes twice: the first time it comes.

    A time that the clock skips is the moment at which it skips.
    """
    local = datetime.datetime.combine(day, time, tzinfo=BRUSSELS)
    at = local.astimezone(datetime.UTC)
    if at.astimezone(BRUSSELS).replace(tzinfo=None) == local.replace(tzinfo=None):
        return at
    return datetime.datetime.combine(at, CLOCK_CHANGES_AT)


def _end(day, time):
    """The same for the end of a slot: an hour that comes twice counts until the second time."""
    local = datetime.datetime.combine(day, time, tzinfo=BRUSSELS)
    return max(moment(day, time), local.replace(fold=1).astimezone(datetime.UTC))


class Rows(NamedTuple):
    """The rows of one place, taken out of their managers once: a page looks at them for many days."""

    place: Place
    hours: list[OpeningHours]
    closures: list[Closure]
    extra: list[ExtraOpening]


def rows_of(place):
    return Rows(place, list(place.hours.all()), list(place.closures.all()), list(place.extra_openings.all()))


def day_rows(rows, day):
    """The rows that count on this day, and why weekly slots were left out (None when none were)."""
    extra = [row for row in rows.extra if row.day == day]
    weekday = day.weekday()
    weekly = [row for row in rows.hours if row.weekday == weekday and _valid(row, day)]
    if not weekly:
        return extra, None
    shut = _shut(rows, day)
    if shut:
        return extra, shut
    return extra + _in_season(weekly, day), _out_of_season(weekly, day)


def _valid(row, day):
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_until is None or day <= row.valid_until
    )


def _shut(rows, day):
    """Why the place is shut the whole day, or None. A closure wins: its reason was written for this place."""
    for closure in rows.closures:
        if closure.first_day <= day <= closure.last_day:
            return LeftOut(closure.reason or _("gesloten"), closure.reason)
    holiday = public_holiday(day) if rows.place.closed_on_public_holidays else None
    return LeftOut(_("Feestdag: %(name)s") % {"name": _(holiday)}, _(holiday)) if holiday else None


def _in_season(weekly, day):
    season = OpeningHours.During.HOLIDAYS if school_holiday(day) else OpeningHours.During.SCHOOL
    return [row for row in weekly if row.during in (OpeningHours.During.ALWAYS, season)]


def _out_of_season(weekly, day):
    """The school holiday, when it leaves out every slot that this day has in a school week."""
    if _in_season(weekly, day) or all(row.during == OpeningHours.During.HOLIDAYS for row in weekly):
        return None
    return LeftOut(_(school_holiday(day)), _(school_holiday(day)))


def _span(row, day):
    """From when to when a row is open on this day, in UTC. Closing at or before opening is the next day."""
    last = day if row.closes > row.opens else day + DAY
    return moment(day, row.opens), _end(last, row.closes)


def _spans(rows, first_day, last_day):
    """All stretches that start on these days, in UTC, in order; what overlaps or touches is one stretch."""
    spans = []
    for number in range((last_day - first_day).days + 1):
        day = first_day + number * DAY
        spans += [_span(row, day) for row in day_rows(rows, day)[0]]
    merged = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def open_intervals(place, start, end):
    """When the place is open between two moments: intervals in order, apart from each other, cut to the period."""
    start, end = start.astimezone(datetime.UTC), end.astimezone(datetime.UTC)
    # A slot of the day before may still be running.
    spans = _spans(rows_of(place), _day(start) - DAY, _day(end))
    return [
        Interval(max(begin, start).astimezone(BRUSSELS), min(stop, end).astimezone(BRUSSELS))
        for begin, stop in spans
        if begin < end and stop > start
    ]


def _day(at):
    return at.astimezone(BRUSSELS).date()


def status(place, now=None):
    """Is the place open, until when, or when does it open again and why not now."""
    now = (now or timezone.now()).astimezone(datetime.UTC)
    today = _day(now)
    rows = rows_of(place)
    spans = _spans(rows, today - DAY, today + LONG * DAY)
    current = next((span for span in spans if span[0] <= now < span[1]), None)
    if current:
        until = current[1].astimezone(BRUSSELS)
        return Status(Kind.OPEN, open_text(until, today), until=until)
    if not _has_hours(rows, today):
        return Status(Kind.UNKNOWN, no_hours_text(place.number_to_call))
    opens = next((span[0] for span in spans if span[0] > now), None) or _much_later(rows, today)
    return _closed(rows, today, opens.astimezone(BRUSSELS) if opens else None)


def _has_hours(rows, today):
    """Hours that have lapsed are not known any more."""
    return any(row.valid_until is None or row.valid_until >= today for row in rows.hours) or any(
        row.day >= today for row in rows.extra
    )


def _much_later(rows, today):
    for number in range(LONG, LOOK_AHEAD):
        spans = _spans(rows, today + number * DAY, today + number * DAY)
        if spans:
            return spans[0][0]
    return None


def _closed(rows, today, opens_at):
    days = (opens_at.date() - today).days if opens_at else None
    if days == 0:
        return Status(Kind.LATER_TODAY, closed_text(today, opens_at), opens_at=opens_at)
    day, left_out = _first_left_out(rows, today, days or LONG)
    label, why = left_out or ("", "")
    text = closed_text(today, opens_at, day, why, rows.place.number_to_call)
    kind = Kind.ANOTHER_DAY if days and days < LONG else Kind.CLOSED_LONG
    return Status(kind, text, opens_at=opens_at, reason=label)


def _first_left_out(rows, today, days):
    """The first day from today on which people would stand before a shut door, and why."""
    for number in range(days):
        day = today + number * DAY
        left_out = day_rows(rows, day)[1]
        if left_out:
            return day, left_out
    return None, None


def week(place, day):
    """The seven days from this one, for the table of hours on the page and on paper."""
    return days(place, day, 7)


def days(place, first_day, count):
    """So many days from this one, each with its slots."""
    rows = rows_of(place)
    return [_week_day(rows, first_day + number * DAY) for number in range(count)]


def exceptions(place, first_day, days):
    """The days that differ from the weekly hours, for who plans further than this week."""
    rows = rows_of(place)
    found = (_week_day(rows, first_day + number * DAY) for number in range(days))
    extra_days = {row.day for row in rows.extra}
    return [one for one in found if one.reason or one.day in extra_days]


def _week_day(rows, day):
    found, left_out = day_rows(rows, day)
    found.sort(key=lambda row: (row.opens, row.closes))
    slots = []
    for row in found:
        note = getattr(row, "note", "")
        touches = slots and slots[-1].closes >= row.opens and slots[-1].closes > slots[-1].opens
        if touches and row.closes > row.opens and not (note or slots[-1].note):
            slots[-1] = Slot(slots[-1].opens, max(slots[-1].closes, row.closes))
        else:
            slots.append(Slot(row.opens, row.closes, note))
    return WeekDay(day, tuple(slots), left_out.label if left_out else "")
