"""`contacts`: one conversation each; `history`: what it said before; `visits`: what was told at home, by consent.
`rounds`: doors that are rung at, until the round ends. `streets`: what is counted about streets, and support to
initiatives of others.
"""

from klapkarre.rooms.outreach.models.contacts import (
    OPEN,
    STEP_FIELDS,
    ContactMoment,
    ContactTheme,
    Step,
)
from klapkarre.rooms.outreach.models.field_notes import FieldNote
from klapkarre.rooms.outreach.models.history import ContactChange
from klapkarre.rooms.outreach.models.rounds import (
    Attempt,
    Certificate,
    Door,
    LeftAlone,
    Round,
    RoundCount,
    Slot,
)
from klapkarre.rooms.outreach.models.streets import (
    Part,
    Street,
    StreetCount,
    StreetVisit,
    Support,
    plain_street,
)
from klapkarre.rooms.outreach.models.visits import HomeVisit

__all__ = [
    "OPEN",
    "STEP_FIELDS",
    "Attempt",
    "Certificate",
    "ContactChange",
    "ContactMoment",
    "ContactTheme",
    "Door",
    "FieldNote",
    "HomeVisit",
    "LeftAlone",
    "Part",
    "Round",
    "RoundCount",
    "Slot",
    "Step",
    "Street",
    "StreetCount",
    "StreetVisit",
    "Support",
    "plain_street",
]
