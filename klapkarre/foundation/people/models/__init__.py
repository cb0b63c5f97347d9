"""Persons by consent, what is agreed with them, who is around them, what they ask; and receipts of what came in."""

from klapkarre.foundation.people.models.cards import StaffCard
from klapkarre.foundation.people.models.consents import Consent, Kind, standing_kinds
from klapkarre.foundation.people.models.corrections import Correction
from klapkarre.foundation.people.models.earlier import Earlier
from klapkarre.foundation.people.models.merges import Merge
from klapkarre.foundation.people.models.persons import Person
from klapkarre.foundation.people.models.pointing import OfPerson
from klapkarre.foundation.people.models.quarantined import Quarantined
from klapkarre.foundation.people.models.receipts import Receipt
from klapkarre.foundation.people.models.requests import RequestEvent, RightsRequest
from klapkarre.foundation.people.models.steps import AgreedStep
from klapkarre.foundation.people.models.ties import Tie

__all__ = [
    "AgreedStep",
    "Consent",
    "Correction",
    "Earlier",
    "Kind",
    "Merge",
    "OfPerson",
    "Person",
    "Quarantined",
    "Receipt",
    "RequestEvent",
    "RightsRequest",
    "StaffCard",
    "Tie",
    "standing_kinds",
]
