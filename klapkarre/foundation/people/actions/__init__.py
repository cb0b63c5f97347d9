"""Verbs about persons: `persons` for the person, `consents` for what was agreed, `network` for steps and ties,
`merging` for doubles, `requests` for what someone asks about the own data, `erasing` for the end of it all. And
`cards` for what a worker shows of herself.

Every verb locks the person first, and follows it when it went up in another: what arrives during a merge lands
where the person now is. Receipts come before persons, persons in order of key.
"""

from klapkarre.foundation.people.actions.again import Rights, rights_again
from klapkarre.foundation.people.actions.cards import show_card, take_card_away
from klapkarre.foundation.people.actions.consents import give_consent, withdraw_again, withdraw_consent
from klapkarre.foundation.people.actions.erasing import Held, erase_loose, erase_person
from klapkarre.foundation.people.actions.merging import merge, undo_merge
from klapkarre.foundation.people.actions.network import (
    Removed,
    add_step,
    add_tie,
    change_step,
    change_tie,
    in_words,
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
    hold,
    put_back,
    touch,
)
from klapkarre.foundation.people.actions.requests import (
    StillOpen,
    close_request,
    lift,
    note_look,
    open_request,
    request_behind,
    restrict,
)

__all__ = [
    "Changed",
    "Gone",
    "Held",
    "KeyTaken",
    "Removed",
    "Rights",
    "StillOpen",
    "add_person",
    "add_step",
    "add_tie",
    "change_person",
    "change_step",
    "change_tie",
    "close_request",
    "differences",
    "erase_loose",
    "erase_person",
    "give_consent",
    "hold",
    "in_words",
    "lift",
    "merge",
    "note_look",
    "open_request",
    "put_back",
    "remove_step",
    "remove_tie",
    "request_behind",
    "restrict",
    "rights_again",
    "settle_step",
    "show_card",
    "take_card_away",
    "touch",
    "undo_merge",
    "withdraw_again",
    "withdraw_consent",
]
