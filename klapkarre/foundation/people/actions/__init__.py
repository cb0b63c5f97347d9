"""Verbs about persons: `persons` for the person and the consent, `network` for steps and ties, `merging` for doubles.

Every verb locks the person first, and follows it when it went up in another: what arrives during a merge lands
where the person now is. Receipts come before persons, persons in order of key.
"""

from klapkarre.foundation.people.actions.merging import merge, undo_merge
from klapkarre.foundation.people.actions.network import (
    add_step,
    add_tie,
    remove_step,
    remove_tie,
    settle_step,
)
from klapkarre.foundation.people.actions.persons import (
    Changed,
    Gone,
    KeyTaken,
    add_person,
    change_person,
    differences,
    give_consent,
    hold,
    touch,
    withdraw_consent,
)

__all__ = [
    "Changed",
    "Gone",
    "KeyTaken",
    "add_person",
    "add_step",
    "add_tie",
    "change_person",
    "differences",
    "give_consent",
    "hold",
    "merge",
    "remove_step",
    "remove_tie",
    "settle_step",
    "touch",
    "undo_merge",
    "withdraw_consent",
]
