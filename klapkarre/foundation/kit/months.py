"""Months and years. A month is one integer, so that reports group and filter without date arithmetic in SQL."""

import datetime

from django.utils import timezone


def month_of(moment):
    """Months since year 0 of a moment, in local time."""
    day = timezone.localtime(moment)
    return day.year * 12 + day.month - 1


def years_before(moment, years):
    """The same moment some calendar years earlier; 29 February becomes 28 February."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)


def start_of(day):
    """Midnight local time at which this day begins; `start_of(tomorrow)` ends it, also on days of 23 or 25 hours."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
