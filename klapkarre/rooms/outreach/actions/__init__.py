"""Verbs: `contacts` to add, change, take back and tick; `steps` to plan; `visits` for what was told at home; `rounds`
from drawing up to erasing.
"""

from klapkarre.rooms.outreach.actions.contacts import (
    KIND,
    REGRET,
    ChangedMeanwhile,
    KeyTaken,
    add_contact,
    change_contact,
    erase_contact,
    may_take_back,
    tick,
)
from klapkarre.rooms.outreach.actions.field_notes import add_field_note, tick_field_note
from klapkarre.rooms.outreach.actions.rounds import (
    Ended,
    NoDoor,
    RoundChanged,
    StaysForNow,
    add_attempt,
    add_doors,
    change_round,
    draw_up,
    end_round,
    end_rounds,
    leave_address_alone,
    left_alone,
    street_named,
    street_of,
    take_back,
    welcome_again,
)
from klapkarre.rooms.outreach.actions.steps import colleagues_for, plan
from klapkarre.rooms.outreach.actions.visits import erase_visit, note_visit

__all__ = [
    "KIND",
    "REGRET",
    "ChangedMeanwhile",
    "Ended",
    "KeyTaken",
    "NoDoor",
    "RoundChanged",
    "StaysForNow",
    "add_attempt",
    "add_contact",
    "add_doors",
    "add_field_note",
    "change_contact",
    "change_round",
    "colleagues_for",
    "draw_up",
    "end_round",
    "end_rounds",
    "erase_contact",
    "erase_visit",
    "leave_address_alone",
    "left_alone",
    "may_take_back",
    "note_visit",
    "plan",
    "street_named",
    "street_of",
    "take_back",
    "tick",
    "tick_field_note",
    "welcome_again",
]
