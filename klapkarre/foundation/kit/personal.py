"""What is personal, declared where it stands.

Every field that may hold something about a person carries a `Personal`: encrypted fields as an argument, others in
the model's `personal` dictionary. Free text that is about the work and not about a person is named in the model's
`not_personal`. A test walks all models and fails on a field that is in neither. The register of processing, the pages
about terms and the DPIA are made from these declarations.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps

from klapkarre.foundation.kit.terms import Term


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
    DUTY = "wettelijke verplichting"


class Special(StrEnum):
    """The ground of GDPR article 9, for what may tell about health, origin, belief and the like."""

    NONE = "geen bijzondere gegevens"
    CONSENT = "artikel 9.2.a: uitdrukkelijke toestemming"
    CLAIMS = "artikel 9.2.f: een rechtsvordering"
    CARE = "artikel 9.2.h: zorg en sociale diensten, onder beroepsgeheim"


class About(StrEnum):
    """Whom the field is about: the categories of persons of GDPR article 30."""

    RESIDENTS = "bewoners"
    STAFF = "medewerkers en vrijwilligers"
    BOTH = "bewoners, medewerkers en vrijwilligers"


class Readers(StrEnum):
    """Who may read it: the recipients of GDPR article 30. Outside the organisation only where it says so."""

    TEAM = "het eigen team; een coördinator enkel met een reden, voor een uur"
    RUN = "wie de organisatie leidt"
    AUDIT = "de auditor"
    DUTIES = "wie de organisatie leidt, en de auditor"
    LED = "de coördinator"
    SELF = "enkel wie het zelf is"
    EVERYONE = "iedereen: het staat op de site"
    NOBODY = "niemand op een scherm: enkel het programma"


@dataclass(frozen=True)
class Personal:
    """Why a personal field is kept, on which ground, how long, what happens then; about whom, and who reads it."""

    purpose: str
    basis: Basis
    term: Term
    fate: Fate
    about: About | None = None
    special: Special | None = None
    readers: Readers | None = None
    # What the field holds, in Dutch, when the model does not say it.
    words: str = ""


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


def faults_of(declared):
    """What this declaration does not say, that the register of processing needs."""
    wanted = {
        "purpose": str,
        "basis": Basis,
        "term": Term,
        "fate": Fate,
        "about": About,
        "special": Special,
        "readers": Readers,
    }
    return [
        f"no {name}" for name, kind in wanted.items() if not isinstance(getattr(declared, name), kind)
    ] + ([] if declared.purpose else ["an empty purpose"])
