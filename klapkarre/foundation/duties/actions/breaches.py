"""Note a breach, and all that follows."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.duties.models import Breach, BreachNote, Part


@transaction.atomic
def note_breach(user, organisation, *, discovered_at, what, kinds="", people=None, measures="", key=None):
    """Start the log of a breach; the clock runs from the moment of discovery. The same `key` is stored once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = Breach.objects.filter(organisation=organisation)
    if key and (known := rows.filter(pk=key).first()):
        return known
    number = (rows.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    named = {"pk": key} if key else {}
    found = Breach.objects.create(
        organisation=organisation, number=number, discovered_at=discovered_at, by=user, **named
    )
    for part, text in ((Part.WHAT, what), (Part.KINDS, kinds), (Part.MEASURES, measures)):
        if text:
            add_note(user, found, part=part, text=text)
    if people is not None:
        add_note(user, found, part=Part.PEOPLE, people=people)
    return found


def add_note(user, breach, *, part, text=None, people=None, happened_at=None, key=None):
    """Add a line to the log of a breach. The same `key` is stored once."""
    named = {"pk": key} if key else {}
    facts = {"part": part, "text": text or None, "people": people, "happened_at": happened_at}
    try:
        with transaction.atomic():
            return BreachNote.objects.create(
                organisation_id=breach.organisation_id,
                breach=breach,
                by=user,
                at=timezone.now(),
                **facts,
                **named,
            )
    except IntegrityError:
        if key and (known := BreachNote.objects.filter(pk=key, breach=breach).first()):
            return known
        raise
