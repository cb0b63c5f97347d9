"""Who does the work and for what: organisations, teams, covenants, users, roles, keys, and who read what."""

from klapkarre.foundation.accounts.models.invitations import Invitation
from klapkarre.foundation.accounts.models.keys import DataKey, IndexKey, SealingKey
from klapkarre.foundation.accounts.models.logins import LoginEvent
from klapkarre.foundation.accounts.models.memberships import Membership, MembershipChange, State
from klapkarre.foundation.accounts.models.openings import Opening, OpeningReview
from klapkarre.foundation.accounts.models.organisations import (
    Covenant,
    CovenantGoal,
    Organisation,
    Team,
    ThemeGoal,
)
from klapkarre.foundation.accounts.models.phones import Phone
from klapkarre.foundation.accounts.models.readings import Reading, ReadingLog
from klapkarre.foundation.accounts.models.users import Role, User

__all__ = [
    "Covenant",
    "CovenantGoal",
    "DataKey",
    "IndexKey",
    "Invitation",
    "LoginEvent",
    "Membership",
    "MembershipChange",
    "Opening",
    "OpeningReview",
    "Organisation",
    "Phone",
    "Reading",
    "ReadingLog",
    "Role",
    "SealingKey",
    "State",
    "Team",
    "ThemeGoal",
    "User",
]
