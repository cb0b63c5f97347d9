"""What is agreed with a person, and who is around them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.people import intake, ledger
from klapkarre.foundation.people.actions.persons import hold, touch
from klapkarre.foundation.people.models import AgreedStep, Kind, Tie, standing_kinds


@transaction.atomic
def add_step(person, facts, key, now=None):
    """Note one agreed step, once for this key. Raises `Gone` when the consent stopped."""

    def note():
        held = hold(person.pk)
        touch(held, now)
        return AgreedStep.objects.create(organisation_id=held.organisation_id, person=held, **facts)

    content = sorted((name, str(value)) for name, value in facts.items())
    return intake.once(intake.key_for(key, person.pk, content), "people.step", note)


@transaction.atomic
def settle_step(step, state, now=None):
    """Done, not done, or open again. Doing it twice changes nothing."""
    hold(step.person_id)
    rows = AgreedStep.objects.filter(pk=step.pk).exclude(state=state)
    settled = None if state == AgreedStep.State.OPEN else (now or timezone.now())
    if rows.update(state=state, settled_at=settled):
        touch(step.person, now)


@transaction.atomic
def remove_step(step):
    """Erase a step that was noted by mistake."""
    hold(step.person_id)
    rows = AgreedStep.objects.filter(pk=step.pk)
    ledger.note(rows)
    rows.delete()


@transaction.atomic
def add_tie(person, facts, key, now=None):
    """Note who calls or visits, once for this key; both persons must have agreed to that being noted."""

    def note():
        # Both in order of key, so that two ties the other way round never wait for each other.
        keys = sorted({person.pk, facts["other"].pk} if facts["other"] else {person.pk}, key=str)
        held = {pk: hold(pk) for pk in keys}
        for one in held.values():
            if Kind.NETWORK not in standing_kinds(one.consents.all()):
                raise ValidationError(_("Er is geen akkoord om te noteren wie belt of langskomt."))
        own = held[person.pk]
        other = held[facts["other"].pk] if facts["other"] else None
        if other == own:
            raise ValidationError(_("Dit is dezelfde persoon. Kies iemand anders."))
        touch(own, now)
        return Tie.objects.create(
            **facts | {"other": other, "person": own, "organisation_id": own.organisation_id}
        )

    content = sorted((name, str(value)) for name, value in facts.items())
    return intake.once(intake.key_for(key, person.pk, content), "people.tie", note)


@transaction.atomic
def remove_tie(tie):
    """Someone no longer calls or visits."""
    hold(tie.person_id)
    rows = Tie.objects.filter(pk=tie.pk)
    ledger.note(rows)
    rows.delete()
