"""Periods of whole months, counted as in `kit.months`."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.months import start_of

LONGEST = 240


def first_day(month):
    """The first day of a month that is counted since year 0."""
    return datetime.date(month // 12, month % 12 + 1, 1)


def month_words(month):
    """november 2026"""
    return date_format(first_day(month), "F Y")


def month_of_day(day):
    return day.year * 12 + day.month - 1


def this_month():
    return month_of_day(timezone.localdate())


@dataclass(frozen=True)
class Period:
    """From the first until the last month, both included; months that still have to come are left out."""

    first: int
    last: int

    @property
    def months(self):
        return range(self.first, self.last + 1)

    @property
    def begin(self):
        return start_of(first_day(self.first))

    @property
    def end(self):
        """The moment just after the period."""
        return start_of(first_day(self.last + 1))

    @property
    def holds_now(self):
        return self.last >= this_month()

    def __str__(self):
        if self.first == self.last:
            return month_words(self.first)
        words = {"first": month_words(self.first), "last": month_words(self.last)}
        return _("%(first)s tot en met %(last)s") % words


def until_now(first, last):
    """A period that stops at this month and is never longer than twenty years."""
    last = min(last, this_month())
    return Period(max(min(first, last), last - LONGEST + 1), last)


def of_covenant(covenant):
    return until_now(month_of_day(covenant.starts_on), month_of_day(covenant.ends_on))
