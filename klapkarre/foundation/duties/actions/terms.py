"""Choose a term."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.duties.models import TermChoice


@transaction.atomic
def choose_term(organisation, kind, *, number=None, unit=TermChoice.Unit.MONTHS, rule=""):
    """From now on this term, and this rule for selection, hold for one kind in one organisation."""
    facts = {"number": number, "unit": unit, "rule": rule, "changed_at": timezone.now()}
    TermChoice.objects.update_or_create(organisation=organisation, kind=kind, defaults=facts)
