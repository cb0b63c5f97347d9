"""Verbs of the agenda: `seats` for the list of one activity, `planning` for the activities themselves.

Every verb locks the activity before it looks at the list, so that the last seat is given away once. Receipts come
before activities, activities in order of time, the town last: one order for all, so that no two verbs wait for each
other.
"""

from klapkarre.rooms.agenda.actions.planning import Changed, add, call_off, change, differences
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
    "add",
    "call_off",
    "cancel",
    "change",
    "differences",
    "note_attendance",
    "position",
    "sign_up",
    "tell",
    "why_closed",
]
