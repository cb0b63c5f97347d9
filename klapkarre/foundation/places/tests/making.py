"""Places in memory, with their rows as if prefetched: the engine needs no database."""

import datetime

from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
)


def time(text):
    hours, _, minutes = text.partition(".")
    return datetime.time(int(hours), int(minutes or 0))


def make_place(hours=(), closures=(), extra=(), **facts):
    """`hours`: (weekday, "9-12") or with more fields; `closures`: (first, last, reason); `extra`: (day, "9-12")."""
    town = Municipality(pk=1, name="Proefdorp", slug="proefdorp", phone="052 00 00 01")
    place = Place(
        pk=1, neighbourhood=Neighbourhood(pk=1, municipality=town), name="Punt", slug="punt", **facts
    )
    place._prefetched_objects_cache = {
        "hours": [make_hours(*one) for one in hours],
        "closures": [
            Closure(first_day=_day(first), last_day=_day(last), reason=reason)
            for first, last, reason in closures
        ],
        "extra_openings": [
            ExtraOpening(day=_day(day), **_slot(slot), note=note[0] if note else "")
            for day, slot, *note in extra
        ],
    }
    return place


def make_hours(weekday, slot, during="always", valid_from=None, valid_until=None):
    return OpeningHours(
        weekday=weekday,
        **_slot(slot),
        during=during,
        valid_from=_day(valid_from),
        valid_until=_day(valid_until),
    )


def _slot(text):
    opens, _, closes = text.partition("-")
    return {"opens": time(opens), "closes": time(closes)}


def _day(text):
    return datetime.date.fromisoformat(text) if isinstance(text, str) else text
