"""`activities`: what there is to do and when it comes back. `signups`: who takes a seat, on which slip."""

from klapkarre.rooms.agenda.models.activities import (
    Activity,
    RemovedDay,
    Series,
    SeriesException,
    SeriesExtra,
)
from klapkarre.rooms.agenda.models.signups import SignUp, count_seats
from klapkarre.rooms.agenda.models.states import How

__all__ = [
    "Activity",
    "How",
    "RemovedDay",
    "Series",
    "SeriesException",
    "SeriesExtra",
    "SignUp",
    "count_seats",
]
