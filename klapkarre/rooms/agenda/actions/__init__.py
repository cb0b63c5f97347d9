"""Verbs of the agenda: `seats` for the list of one activity, `planning` and `repeating` for the activities themselves.

Every verb locks the activity before it looks at the list, so that the last seat is given away once. Receipts come
before series, series before activities, activities in order of time, the town last: one order for all, so that no two
verbs wait for each other.
"""

from klapkarre.rooms.agenda.actions.planning import Changed, add, call_off, change, differences
from klapkarre.rooms.agenda.actions.repeating import SeriesChanged, Unseen, coming, compare, repeat
from klapkarre.rooms.agenda.actions.seats import (
    Full,
    cancel,
    note_attendance,
    position,
    sign_up,
    tell,
    why_closed,
)

__all__ = [
    "Changed",
    "Full",
    "SeriesChanged",
    "Unseen",
    "add",
    "call_off",
    "cancel",
    "change",
    "coming",
    "compare",
    "differences",
    "note_attendance",
    "position",
    "repeat",
    "sign_up",
    "tell",
    "why_closed",
]
