"""What is personal, declared where it stands.

Every field that may hold something about a person carries a `Personal`: encrypted fields as an argument, others in
the model's `personal` dictionary. Free text that is about the work and not about a person is named in the model's
`not_personal`. A test walks all models and fails on a field that is in neither.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps


class Fate(StrEnum):
    """What happens to the row when the term is over or the person asks for it."""

    ERASE = "erase"  # the row goes
    DETACH = "detach"  # the row stays, the link to the person goes
    COUNT = "count"  # the personal fields go, the row stays as a nameless count


class Basis(StrEnum):
    """Legal basis, GDPR article 6."""

    CONSENT = "toestemming"
    PUBLIC_TASK = "taak van algemeen belang"
    CONTRACT = "overeenkomst"
    LEGITIMATE = "gerechtvaardigd belang"


@dataclass(frozen=True)
class Personal:
    """Why a personal field is kept, on which ground, how long, and what happens then."""

    purpose: str
    basis: Basis
    term: str
    fate: Fate


def declarations(model):
    """All declared personal fields of a model: name -> Personal."""
    found = dict(getattr(model, "personal", {}))
    for field in model._meta.local_fields:
        declared = getattr(field, "personal", None)
        if declared is not None:
            found[field.name] = declared
    return found


def personal_models():
    """Every model with at least one personal field, found through the app registry."""
    return [model for model in apps.get_models() if declarations(model)]
