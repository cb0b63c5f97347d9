"""Verbs of the agenda: `joining`, `seats` and `paper` for who comes, `planning`, `repeating` and
`afterwards` for the activities.

Every verb locks the activity before it looks at the list, so that the last seat is given away once. Receipts come
before series, series before activities, activities in order of time, the town last: one order for all, so that no two
verbs wait for each other.
"""

from klapkarre.rooms.agenda.actions.afterwards import ASKED, let_go, note_after, take_back
from klapkarre.rooms.agenda.actions.handovers import AGREED, COUNT_FOR, agree, end, hand_over, run, undo
from klapkarre.rooms.agenda.actions.joining import (
    Contact,
    Full,
    Wish,
    bearers,
    change_contact,
    join,
    rename,
    sign_up,
)
from klapkarre.rooms.agenda.actions.paper import AWAY, NEW, doubts, is_saved, take_over
from klapkarre.rooms.agenda.actions.planning import Changed, add, call_off, change, differences, go_on
from klapkarre.rooms.agenda.actions.repeating import SeriesChanged, Unseen, coming, compare, repeat
from klapkarre.rooms.agenda.actions.seats import (
    cancel,
    note_attendance,
    positions,
    tell,
    why_closed,
)
from klapkarre.rooms.agenda.actions.stops import follow_tally
from klapkarre.rooms.agenda.actions.telling import deliver, note_reminded, remind

__all__ = [
    "AGREED",
    "ASKED",
    "AWAY",
    "COUNT_FOR",
    "NEW",
    "Changed",
    "Contact",
    "Full",
    "SeriesChanged",
    "Unseen",
    "Wish",
    "add",
    "agree",
    "bearers",
    "call_off",
    "cancel",
    "change",
    "change_contact",
    "coming",
    "compare",
    "deliver",
    "differences",
    "doubts",
    "end",
    "follow_tally",
    "go_on",
    "hand_over",
    "is_saved",
    "join",
    "let_go",
    "note_after",
    "note_attendance",
    "note_reminded",
    "positions",
    "remind",
    "rename",
    "repeat",
    "run",
    "sign_up",
    "take_back",
    "take_over",
    "tell",
    "undo",
    "why_closed",
]
