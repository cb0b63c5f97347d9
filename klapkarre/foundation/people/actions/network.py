"""What is agreed with a person, and who is around them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import intake, ledger
from klapkarre.foundation.people.actions.persons import Changed, differences, hold, touch
from klapkarre.foundation.people.models import AgreedStep, Earlier, Kind, Tie, standing_kinds


class Removed(Exception):
    """A colleague erased this step or tie in the meantime."""


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
@cipher.comparing()
def change_step(step, facts, version, user, now=None):
    """Write the facts of a step anew and keep what was. Whether it is done stays as it is.

    Raises `Changed` when this is not the version that the form showed, `Gone` when the consent stopped, `Removed`.
    """
    hold(step.person_id)
    found = AgreedStep.objects.select_for_update(of=("self",)).filter(pk=step.pk).first()
    return _write_anew(found, facts, version, user, now)


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
        own, other = _agreed_pair(person.pk, facts["other"])
        touch(own, now)
        return Tie.objects.create(
            **facts | {"other": other, "person": own, "organisation_id": own.organisation_id}
        )

    content = sorted((name, str(value)) for name, value in facts.items())
    return intake.once(intake.key_for(key, person.pk, content), "people.tie", note)


@transaction.atomic
@cipher.comparing()
def change_tie(tie, facts, version, user, now=None):
    """Write who calls or visits anew and keep what was; as for a new one, both must have agreed.

    Raises `Changed` when this is not the version that the form showed, `Gone` when a consent stopped, `Removed`.
    """
    own, other = _agreed_pair(tie.person_id, facts["other"])
    found = Tie.objects.select_for_update(of=("self",)).filter(pk=tie.pk, person=own).first()
    return _write_anew(found, facts | {"other": other}, version, user, now)


def _agreed_pair(pk, other):
    """This person and the other one (or None), locked; both agreed to this being noted."""
    # Both in order of key, so that two ties the other way round never wait for each other.
    keys = sorted({pk, other.pk} if other else {pk}, key=str)
    held = {one: hold(one) for one in keys}
    for one in held.values():
        if Kind.NETWORK not in standing_kinds(one.consents.all()):
            raise ValidationError(_("Er is geen akkoord om te noteren wie belt of langskomt."))
    own, found = held[pk], held[other.pk] if other else None
    if found == own:
        raise ValidationError(_("Dit is dezelfde persoon. Kies iemand anders."))
    return own, found


@transaction.atomic
def remove_tie(tie):
    """Someone no longer calls or visits."""
    hold(tie.person_id)
    rows = Tie.objects.filter(pk=tie.pk)
    ledger.note(rows)
    rows.delete()


def _write_anew(row, facts, version, user, now):
    """The facts into this locked row of a step or a tie, the earlier ones into its history."""
    if row is None:
        raise Removed
    changed = differences(row, facts)
    if not changed:
        return row  # also the same form sent twice
    if row.version != version:
        raise Changed(row)
    before = in_words(row)
    names = {"who" if name in WHO else name for name in changed}
    own = {"step" if isinstance(row, AgreedStep) else "tie": row}
    for name in sorted(names):
        Earlier.objects.create(
            organisation_id=row.organisation_id,
            field=name,
            before=before[name],
            by=user,
            at=now or timezone.now(),
            **own,
        )
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    touch(row.person, now)
    return row


# Three columns of a tie say who it is.
WHO = ("who", "other", "volunteer")


def in_words(row):
    """What a step or a tie says now, for its history. Of another person or a volunteer no name: it may have to go."""
    if isinstance(row, AgreedStep):
        words = {"what": row.what, "doer": row.get_doer_display(), "who": row.who, "day": row.day}
    else:
        words = {"who": _who(row), "does": row.get_does_display(), "agreed_on": row.agreed_on}
    return {name: _plain(value) for name, value in words.items()}


def _who(tie):
    if tie.other_id:
        return gettext("iemand die het team kent")
    return gettext("een vrijwilliger") if tie.volunteer_id else tie.who


def _plain(value):
    return date_format(value, "j F Y") if hasattr(value, "isoformat") else value and str(value)
