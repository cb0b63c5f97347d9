"""Readings per worker and per day: what helps to see odd reading, without a ranking."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.db.models.functions import ExtractHour, TruncDate

# Hours of work: outside them, and in the weekend, a reading is not wrong, but worth a question.
OPENS, CLOSES = 8, 19


@dataclass
class Reader:
    """What one worker read in the period."""

    name: str
    pk: int
    times: int = 0
    rows: int = 0
    outside: int = 0
    by_day: dict = field(default_factory=dict)

    @property
    def busiest(self):
        """The most readings on one day."""
        return max(self.by_day.values(), default=0)


def is_outside(day, hour):
    """Before eight, from seven in the evening on, or in the weekend."""
    return day.weekday() > 4 or not OPENS <= hour < CLOSES


def _counts(readings):
    shape = {"day": TruncDate("at"), "hour": ExtractHour("at")}
    rows = readings.order_by().annotate(**shape).values("user", "user__username", "day", "hour")
    return rows.annotate(times=Count("pk"), rows_read=Sum("size"))


def per_user(readings):
    """Readers by name. One query, a row per worker, day and hour."""
    found: dict[int, Reader] = {}
    for row in _counts(readings):
        reader = found.setdefault(row["user"], Reader(row["user__username"], row["user"]))
        reader.times += row["times"]
        reader.rows += row["rows_read"]
        reader.outside += row["times"] if is_outside(row["day"], row["hour"]) else 0
        reader.by_day[row["day"]] = reader.by_day.get(row["day"], 0) + row["times"]
    return sorted(found.values(), key=lambda reader: reader.name)


def days_of(readings):
    """(day, times, rows, outside the hours) of one worker, the latest day first."""
    found: dict = {}
    for row in _counts(readings):
        times, rows, outside = found.get(row["day"], (0, 0, 0))
        more = row["times"] if is_outside(row["day"], row["hour"]) else 0
        found[row["day"]] = (times + row["times"], rows + row["rows_read"], outside + more)
    return [(day, *found[day]) for day in sorted(found, reverse=True)]
