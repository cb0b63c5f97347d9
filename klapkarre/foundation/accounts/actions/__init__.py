"""Verbs of the foundation: start an organisation, note that someone read, open a team with a reason, choose goals."""

from klapkarre.foundation.accounts.actions.goals import GoalsChanged, choose_goals
from klapkarre.foundation.accounts.actions.openings import open_team, review_opening, stop_opening
from klapkarre.foundation.accounts.actions.organisations import start_organisation
from klapkarre.foundation.accounts.actions.readings import note_look, note_reading

__all__ = [
    "GoalsChanged",
    "choose_goals",
    "note_look",
    "note_reading",
    "open_team",
    "review_opening",
    "start_organisation",
    "stop_opening",
]
