"""`activities`: what there is to do and when it comes back. `signups`: who takes a seat, on which slip. `notices`: what
is sent to them. `handovers`: what residents run themselves.
"""

from klapkarre.rooms.agenda.models.activities import (
    Activity,
    RemovedDay,
    Series,
    SeriesException,
    SeriesExtra,
)
from klapkarre.rooms.agenda.models.handovers import HandOver, HandOverChange
from klapkarre.rooms.agenda.models.notices import Notice
from klapkarre.rooms.agenda.models.signups import SignUp, count_reach, count_seats
from klapkarre.rooms.agenda.models.states import How

__all__ = [
    "Activity",
    "HandOver",
    "HandOverChange",
    "How",
    "Notice",
    "RemovedDay",
    "Series",
    "SeriesException",
    "SeriesExtra",
    "SignUp",
    "count_reach",
    "count_seats",
]
