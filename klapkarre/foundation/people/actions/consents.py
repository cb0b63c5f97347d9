"""The person agrees to more, or takes it back; and takes it back again after a backup was restored."""

import datetime
import json
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import consent_text, ledger, subject
from klapkarre.foundation.people.actions.persons import NEEDS, Gone, hold, note_consent
from klapkarre.foundation.people.models import Consent, Kind, Person, standing_kinds
from klapkarre.foundation.people.models.persons import DAYS_OF_GRACE


@transaction.atomic
def give_consent(person, kinds, how, user, now=None, language=consent_text.DUTCH):
    """The person agrees, to more or again. After a withdrawal it makes the person readable again, within the term."""
    now = now or timezone.now()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if (
        person.merged_into_id
        or person.restricted_at
        or (person.erase_on and person.erase_on <= timezone.localdate(now))
    ):
        raise Gone
    standing = standing_kinds(person.consents.all())
    if Kind.KEEP not in standing | set(kinds):
        raise ValidationError(_("Zonder akkoord bewaren we niets."), code="no_consent")
    given = None
    if set(kinds) - standing:
        given = note_consent(person, Consent.Act.GIVEN, kinds, how, user, now, language=language)
    if person.withdrawn_at:
        person.withdrawn_at = person.erase_on = None
        person.consented_on = timezone.localdate(now)
        _drop_what_fell(person, set(kinds) | standing, given)
    person.touched_at = now
    person.save()
    return person


@transaction.atomic
def withdraw_consent(person, kinds, how, said_by, user, now=None):
    """Take back some of what was agreed; without *bewaren* the person is closed at once and erased in 30 days.

    What was kept for a kind that falls (number, address, network) is erased now. Twice is once.
    """
    now = now or timezone.now()
    person = hold(person.pk)
    standing = standing_kinds(person.consents.all())
    if Kind.KEEP in kinds:
        kinds = standing
    fallen = standing & set(kinds)
    if not fallen:
        return person
    said = note_consent(person, Consent.Act.WITHDRAWN, fallen, how, user, now, said_by)
    ledger.note(
        [person], ledger.WITHDRAWN, now, consent=str(said.pk), kinds=said.kinds, how_said=[how, said_by]
    )
    return _take_back(person, standing, said)


def _take_back(person, standing, said):
    """What a withdrawal does, now and once more after a restore."""
    if Kind.KEEP in said.kinds:
        person.withdrawn_at = said.at
        person.erase_on = timezone.localdate(said.at) + datetime.timedelta(days=DAYS_OF_GRACE)
    else:
        _drop_what_fell(person, standing - set(said.kinds), said)
    person.touched_at = said.at
    person.version += 1
    person.save()
    return person


@transaction.atomic
def withdraw_again(entry):
    """A withdrawal that the ledger knows and this restored database does not; returns how many persons it closed."""
    pk, how_said = uuid.UUID(entry["consent"]), entry["how_said"]
    if Consent.objects.filter(pk=pk).exists():
        return 0
    person = Person.objects.select_for_update(of=("self",)).filter(pk__in=entry["ids"]).first()
    if person is None:
        return 0
    at = datetime.datetime.fromisoformat(entry["at"])
    standing = standing_kinds(person.consents.all())
    how, said_by = how_said
    said = note_consent(person, Consent.Act.WITHDRAWN, entry["kinds"], how, None, at, said_by, pk=pk)
    _take_back(person, standing, said)
    return 1


@cipher.comparing()
def _drop_what_fell(person, standing, said):
    """Erase what nobody agreed to any more, also in the doubles that went up in this person; `said` is why."""
    fields = [field for field, kind in NEEDS.items() if kind not in standing]
    family = subject.family(person)
    for field in fields:
        setattr(person, field, None)
        earlier = person.corrections.filter(field=field)
        ledger.note(earlier)
        earlier.delete()
    if fields:
        Person.objects.filter(pk__in=[one.pk for one in family]).update(**dict.fromkeys(fields))
        _drop_from_merges(family, fields)
    for double in family[1:]:  # taken apart again, it may not bring back what was taken back
        fallen = {Kind.CALL, Kind.VISIT, Kind.NETWORK} - standing
        if said and fallen:
            act = Consent.Act.WITHDRAWN
            note_consent(double, act, fallen, said.how, said.by, said.at, said.said_by)
    if Kind.NETWORK not in standing:
        for ties in (person.ties.all(), person.ties_to.all()):
            ledger.note(ties)
            ties.delete()


def _drop_from_merges(family, fields):
    """What a merge keeps to be taken apart, loses these too."""
    for one in family:
        for merge in one.merges.filter(kept__isnull=False):
            kept = json.loads(merge.kept)
            for values in (kept["before"], kept["after"]):
                values.update(dict.fromkeys(fields))
            merge.kept = json.dumps(kept)
            merge.save(update_fields=["kept"])
