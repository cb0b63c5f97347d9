"""When a series comes back: an RFC 5545 rule, the days that it names, and plain Dutch for it. Pure: no rows.

A rule names days only. The hours are those of the activities, on the clocks of Brussels: two o'clock stays two o'clock.
"""

import datetime
from itertools import islice, takewhile
from typing import NamedTuple

from dateutil.rrule import rrulestr
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.kit.languages import comma, is_dutch
from klapkarre.foundation.kit.templatetags.kit import clock, date_words
from klapkarre.foundation.places.holidays import public_holiday, school_holiday

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST = datetime.timedelta(days=731)
MOST = 200
NTH = {
    1: gettext_lazy("eerste"),
    2: gettext_lazy("tweede"),
    3: gettext_lazy("derde"),
    4: gettext_lazy("vierde"),
    -1: gettext_lazy("laatste"),
}
MOST_NAMED = 3
# Not every month has one of these.
SOME_MONTHS = 29


class Rule(NamedTuple):
    """Every so many `weeks` on these weekdays (0 is Monday), or each month on the nth of them or on a `month_day`."""

    weeks: int = 0
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    month_day: int = 0

    @classmethod
    def read(cls, text):
        """The rule in an RFC 5545 text that `text` wrote; None for a series of loose days."""
        if not text:
            return None
        parts = dict(part.split("=") for part in text.split(";"))
        if "BYMONTHDAY" in parts:
            return cls(month_day=int(parts["BYMONTHDAY"]))
        days = parts["BYDAY"].split(",")
        weekdays = tuple(CODES.index(day[-2:]) for day in days)
        if parts["FREQ"] == "MONTHLY":
            return cls(weekdays=weekdays, nth=int(days[0][:-2]))
        return cls(weeks=int(parts.get("INTERVAL", 1)), weekdays=weekdays)

    @property
    def text(self):
        """As RFC 5545 writes it, without an end: that is the last day of the series."""
        if self.month_day:
            return f"FREQ=MONTHLY;BYMONTHDAY={self.month_day}"
        codes = ",".join(f"{self.nth or ''}{CODES[day]}" for day in self.weekdays)
        if self.nth:
            return f"FREQ=MONTHLY;BYDAY={codes}"
        interval = f"INTERVAL={self.weeks};" if self.weeks > 1 else ""
        return f"FREQ=WEEKLY;{interval}BYDAY={codes}"

    @property
    def words(self):
        """As people say it: "elke eerste dinsdag van de maand"."""
        if self.month_day:
            text = _("elke maand op de %(number)s")
            if self.month_day >= SOME_MONTHS:
                text = _("elke maand op de %(number)s, als die er is")
            return text % {"number": _ordinal(self.month_day)}
        days = _listed([str(WEEKDAYS[day]) for day in self.weekdays])
        if self.nth:
            return _("elke %(nth)s %(days)s van de maand") % {"nth": NTH[self.nth], "days": days}
        if self.weeks > 1:
            return _("om de %(weeks)s weken op %(days)s") % {"weeks": self.weeks, "days": days}
        return _("elke %(days)s") % {"days": days}

    def moved(self, days):
        """The same rule so many days later; None when no rule says that."""
        if not self.weeks:
            return None
        return self._replace(weekdays=tuple(sorted((day + days) % 7 for day in self.weekdays)))


class Repetition(NamedTuple):
    """What a worker chose for a series. `last_day` is until when; a day may be skipped, an `extra` lies outside."""

    rule: str
    first_day: datetime.date
    last_day: datetime.date
    skip_public: bool = False
    skip_school: bool = False
    skipped: tuple[datetime.date, ...] = ()
    extras: tuple[datetime.date, ...] = ()


def days_of(rule, first, *, until=None, times=None, most=None):
    """The days of an RFC 5545 text from `first` on: until a day (and at most so many), or so many times."""
    begin = datetime.datetime.combine(first, datetime.time())
    found = (moment.date() for moment in rrulestr(rule, dtstart=begin))
    if times:
        return list(islice(found, times))
    return list(islice(takewhile(lambda day: day <= until, found), most))


def holiday_on(day):
    """The name of the public or the school holiday on this day, or an empty text."""
    return public_holiday(day) or school_holiday(day) or ""


def is_skipped(day, *, public, school):
    """Does this day fall out by one of the two ticks?"""
    return bool((public and public_holiday(day)) or (school and school_holiday(day)))


def sentence(series, hours, last_day=None):
    """What residents read: "Elke dinsdag, van 14 uur tot 16 uur, tot en met 30 juni". `hours`: begin and end.

    `last_day` is the last on which it does take place; without it stands until when the series was meant to run.
    """
    rule = Rule.read(series.rule)
    if rule is None:
        return ""
    starts, ends = hours
    text = _("%(rule)s, van %(starts)s tot %(ends)s, tot en met %(day)s")
    last = date_words(last_day or series.last_day, year=True)
    words = {"rule": capfirst(rule.words), "starts": clock(starts), "ends": clock(ends), "day": last}
    return text % words


def this_time(hours):
    """Of a day with other hours than the sentence says. `hours`: its own begin and end."""
    starts, ends = hours
    return _("Deze keer van %(starts)s tot %(ends)s.") % {"starts": clock(starts), "ends": clock(ends)}


def without(days):
    """Days of the rule on which it does not take place: "Niet op 6 april." Many of them are not all named."""
    if len(days) > MOST_NAMED:
        return _("Soms valt een dag weg.")
    if not days:
        return ""
    return _("Niet op %(days)s.") % {"days": _listed([date_words(day) for day in days])}


def _ordinal(number):
    """15 as "15de", 20 as "20ste"; the other languages say the number, with what they put around it."""
    if not is_dutch():
        return str(number)
    return f"{number}{'ste' if number in (1, 8) or number >= 20 else 'de'}"


def _listed(words):
    """One, two or more words with "en" before the last."""
    return _(" en ").join(filter(None, (comma().join(words[:-1]), words[-1])))
