"""Terms as data: so many years, months or days after something happened, counted on the calendar.

A term ends with the last hour of its last day, in local time. A term of months or years ends on the day with the same
number; where that month has no such day, on its last day. [Regulation (EEC, Euratom) 1182/71, article 3]
"""

import calendar
import datetime
from dataclasses import dataclass, replace

from django.utils import timezone

from klapkarre.foundation.kit.months import start_of

DAY = datetime.timedelta(days=1)
NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
UNITS = (("years", "jaar", "jaar"), ("months", "maand", "maanden"), ("days", "dag", "dagen"))
ALL_DAYS_OF_FOUR_YEARS = 1461


@dataclass(frozen=True)
class Term:
    """How long after `after` (in words) something is kept at most. `fixed`: why nobody may choose a shorter one."""

    after: str
    years: int = 0
    months: int = 0
    days: int = 0
    fixed: str = ""

    def __post_init__(self):
        if min(self.years, self.months, self.days) < 0 or not (self.years or self.months or self.days):
            raise ValueError("a term lasts at least a day")

    @property
    def length(self):
        """The length in Dutch words: twee jaar, 30 dagen."""
        parts = []
        for name, one, many in UNITS:
            if number := getattr(self, name):
                word = NUMBERS[number] if number < len(NUMBERS) else str(number)
                parts.append(f"{word} {one if number == 1 else many}")
        return " en ".join(parts)

    def __str__(self):
        return f"{self.length} na {self.after}"

    def last_day(self, day):
        """The last day on which something of this day is kept."""
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = months // 12, months % 12 + 1
        number = min(day.day, calendar.monthrange(year, month)[1])
        return datetime.date(year, month, number) + self.days * DAY

    def first_kept_day(self, today):
        """The oldest day of which something is still kept today; all before it is past its term."""
        months = today.year * 12 + today.month - 1 - self.years * 12 - self.months
        year, month = months // 12, months % 12 + 1
        day = datetime.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
        day -= self.days * DAY
        while self.last_day(day) < today:
            day += DAY
        while self.last_day(day - DAY) >= today:
            day -= DAY
        return day

    def cutoff(self, now):
        """What happened before this moment is past its term at `now`."""
        return start_of(self.first_kept_day(timezone.localdate(now)))

    def within(self, cap):
        """Is this term on no day longer than that one?"""
        start = datetime.date(2027, 1, 1)  # four years with a 29 February in them
        days = (start + number * DAY for number in range(ALL_DAYS_OF_FOUR_YEARS))
        return all(self.last_day(day) <= cap.last_day(day) for day in days)

    def as_long_as(self, *, years=0, months=0, days=0):
        """The same event with another length."""
        return replace(self, years=years, months=months, days=days)
