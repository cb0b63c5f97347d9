"""Opening hours in the words of OpenStreetMap (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification).

`Mo-We,Fr 09:00-12:00; 2026 Dec 21-2027 Jan 03 Mo,We off; PH off; 2027 Jan 11 10:00-24:00`: a later rule wins on the
days that it names. We write the usual week first, then periods, then public holidays, then single dates, and play the
rules ourselves while writing: what they would not say right becomes a date. So the text says what `places.opening`
says on every day of its period, whatever was closed or opened. School holidays are dates: OpenStreetMap's programs know
none for Flanders. A slot past midnight is cut in two, because a rule for a day would take away what was left of the day
before. Once a year an hour comes twice; of that hour nothing can be said in these words.
"""

import datetime
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from klapkarre.foundation.places.holidays import public_holiday, school_holidays
from klapkarre.foundation.places.models import OpeningHours
from klapkarre.foundation.places.opening import DAY, day_rows, rows_of

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NIGHT = 24 * 60
# How far ahead the whole text looks: a year and the holidays after it.
LONGEST = 400
# A tag in OpenStreetMap holds 255 characters: a text that is longer looks less far ahead.
TAG = 255
SHORTER = (LONGEST, 200, 100, 63, 28, 14, 7)
# Two Sundays are public holidays for us, and for the law. To OpenStreetMap's programs they are Sundays.
ONLY_HERE = ("Pasen", "Pinksteren")


class Hours(NamedTuple):
    """A text, and the last day on which it is right."""

    text: str
    until: datetime.date


def whole(place, today):
    """All that is known from this day on, as far as a year ahead. The text is empty when nothing is known."""
    return Hours(_text(rows_of(place), today, LONGEST), today + (LONGEST - 1) * DAY)


def tag(place, today):
    """What fits in a tag of OpenStreetMap: as far ahead as it can."""
    rows = rows_of(place)
    for days in SHORTER:
        text = _text(rows, today, days)
        if len(text) <= TAG:
            return Hours(text, today + (days - 1) * DAY)
    return Hours("", today)


def _text(rows, first, count):
    days = [first + number * DAY for number in range(count)]
    wanted = _pieces(rows, days)
    if not any(wanted.values()):
        return ""
    shut = rows.place.closed_on_public_holidays
    holidays = {day for day in days if shut and public_holiday(day) not in (None, *ONLY_HERE)}
    ordinary = {day: pieces for day, pieces in wanted.items() if day not in holidays}
    usual = usual_week(ordinary)
    said = {day: usual[day.weekday()] for day in days}
    rules = [_rule("", weekdays, pieces) for pieces, weekdays in _by_pieces(usual) if pieces]
    for begin, end in _periods(rows, days[0], days[-1]):
        rules += _period_rules(begin, end, ordinary, said)
    if shut:
        rules.append("PH off")
        said |= dict.fromkeys(holidays, ())
    return "; ".join(rules + _dates({day: wanted[day] for day in days if wanted[day] != said[day]}))


def _pieces(rows, days):
    """For each day when it is open, in minutes of that day: pieces in order, apart from each other."""
    found = {day: [] for day in (days[0] - DAY, *days, days[-1] + DAY)}
    for day in found.keys() - {days[-1] + DAY}:
        for row in day_rows(rows, day)[0]:
            opens, closes = _minutes(row.opens), _minutes(row.closes)
            if closes > opens:
                found[day].append((opens, closes))
            else:
                found[day].append((opens, NIGHT))
                found[day + DAY].append((0, closes))
    return {day: _joined(found[day]) for day in days}


def _minutes(time):
    return time.hour * 60 + time.minute


def _joined(pieces):
    joined = []
    for opens, closes in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def usual_week(by_day):
    """What most Mondays have, most Tuesdays, and so on; open rather than shut when as many have this as that."""
    weeks = [Counter() for _ in WEEKDAYS]
    for day, what in by_day.items():
        weeks[day.weekday()][what] += 1
    return [max(one.items(), key=lambda found: (found[1], bool(found[0])))[0] if one else () for one in weeks]


def _by_pieces(usual):
    """The weekdays that have the same, in the order of the week."""
    together = {}
    for weekday, pieces in enumerate(usual):
        together.setdefault(pieces, []).append(weekday)
    return together.items()


def _periods(rows, first, last):
    """Periods in which a week may look different: other hours, school holidays, closures. Cut to what is asked for."""
    edges = {first}
    for row in rows.hours:
        edges |= {row.valid_from, row.valid_until and row.valid_until + DAY}
    begins = sorted(day for day in edges if day and first <= day <= last)
    found = list(zip(begins, [day - DAY for day in begins[1:]] + [last], strict=True))
    if any(row.during != OpeningHours.During.ALWAYS for row in rows.hours):
        for year in range(first.year - 1, last.year + 1):
            found += [(one.first_day, one.last_day) for one in school_holidays(year)]
    found += sorted((one.first_day, one.last_day) for one in rows.closures)
    cut = ((max(begin, first), min(end, last)) for begin, end in found)
    # One day is a date, and dates come last.
    return [(begin, end) for begin, end in cut if begin < end]


def _period_rules(begin, end, ordinary, said):
    """What is different in this period for whole weekdays; `said` is brought up to date."""
    days = [day for day in ordinary if begin <= day <= end]
    common = usual_week({day: ordinary[day] for day in days})
    differ = sorted({day.weekday() for day in days if said[day] != common[day.weekday()]})
    if not differ:
        return []
    shut = not any(common[day.weekday()] for day in days)
    for day in days:
        if day.weekday() in differ:
            said[day] = common[day.weekday()]
    period = _range(begin, end)
    if shut:
        return [f"{period} off"]
    return [
        _rule(period, weekdays, pieces)
        for pieces, weekdays in _by_pieces(
            [common[weekday] if weekday in differ else None for weekday in range(7)]
        )
        if pieces is not None
    ]


def _rule(period, weekdays, pieces):
    return " ".join(filter(None, (period, _weekdays(weekdays), _hours(pieces))))


def _dates(differ):
    """Dates that have the same in one rule, the first date first."""
    together = {}
    for day in sorted(differ):
        together.setdefault(differ[day], []).append(day)
    return [
        f"{','.join(_range(*one) for one in _runs(days))} {_hours(pieces)}"
        for pieces, days in together.items()
    ]


def _runs(days):
    """(first, last) of dates that follow each other."""
    for _key, run in groupby(enumerate(days), key=lambda one: one[1] - one[0] * DAY):
        ones = [day for _number, day in run]
        yield ones[0], ones[-1]


def _range(first, last):
    return _date(first) if first == last else f"{_date(first)}-{_date(last)}"


def _date(day):
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _weekdays(numbers):
    """`Mo-We,Fr`: three or more that follow each other become a range."""
    found = []
    for _key, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        ones = [WEEKDAYS[number] for _position, number in run]
        found += [f"{ones[0]}-{ones[-1]}"] if len(ones) > 2 else ones
    return ",".join(found)


def _hours(pieces):
    return ",".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in pieces) or "off"


def _clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"
