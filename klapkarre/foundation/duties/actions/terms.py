"""Choose a term."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.duties.models import TermChoice


@transaction.atomic
def choose_term(organisation, kind, *, number=None, unit=TermChoice.Unit.MONTHS, rule="", now=None):
    """This term, and this rule for selection, hold for one kind in one organisation: the term after a week.

    The same term again does not begin the week anew.
    """
    facts = {"number": number, "unit": unit, "rule": rule}
    rows = TermChoice.objects.filter(organisation=organisation, kind=kind, number=number, unit=unit)
    if not rows.update(**facts):
        facts["changed_at"] = now or timezone.now()
        TermChoice.objects.update_or_create(organisation=organisation, kind=kind, defaults=facts)
