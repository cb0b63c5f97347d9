"""A person comes and changes."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import consent_text, intake
from klapkarre.foundation.people.models import Consent, Correction, Kind, Person, standing_kinds

ADD = "people.person"
# Which field may only be kept with which agreement.
NEEDS = {"phone": Kind.CALL, "where": Kind.VISIT}


class Gone(Exception):
    """This person withdrew the consent, is restricted, or was erased."""


class KeyTaken(Exception):
    """This form was already used for something that this user does not see."""


class Changed(ValidationError):
    """Someone else saved this in the meantime; `row` (a person, a step, a tie) is how it stands now."""

    def __init__(self, row):
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk het na en bewaar opnieuw."), code="changed"
        )
        self.row = row


def hold(pk):
    """The row of this person, locked until the transaction ends; the one it went up in when it was merged.

    Raises `Gone` when the consent does not stand. Call it inside a transaction.
    """
    person = Person.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    while person is not None and person.merged_into_id:
        person = Person.objects.select_for_update(of=("self",)).filter(pk=person.merged_into_id).first()
    if person is None or not person.is_readable:
        raise Gone
    return person


def touch(person, now=None):
    """Something was noted about this person: the term of two years begins anew."""
    Person.objects.filter(pk=person.pk).update(touched_at=now or timezone.now())


def add_person(user, team, facts, kinds, how, key, now=None, language=consent_text.DUTCH):
    """Keep a person and the consent in one transaction, once for this key; returns `(person, is_new)`.

    `language` is that of the text which was read aloud.

    Raises `ValidationError` when nothing may be kept, `KeyTaken` when the key was used by another team.
    """
    _may_keep(facts, kinds)
    now = now or timezone.now()

    def note():
        person = Person.objects.create(
            organisation_id=team.organisation_id,
            team=team,
            consented_on=timezone.localdate(now),
            created_at=now,
            touched_at=now,
            **facts,
        )
        note_consent(person, Consent.Act.GIVEN, kinds, how, user, now, language=language)
        return person

    content = sorted((name, _plain(value) or "") for name, value in facts.items())
    try:
        answer, is_new = intake.once(intake.key_for(key, user.pk, team.pk, content, sorted(kinds)), ADD, note)
    except ValueError as other_form:
        raise KeyTaken from other_form
    person = Person.objects.visible_to(user).filter(pk=uuid.UUID(answer)).first()
    if person is None:
        raise KeyTaken
    return person, bool(is_new)


def _may_keep(facts, kinds):
    if Kind.KEEP not in kinds:
        raise ValidationError(_("Zonder akkoord bewaren we niets."), code="no_consent")
    for field, kind in NEEDS.items():
        if facts.get(field) and kind not in kinds:
            raise ValidationError(_("Hiervoor is er geen akkoord. Haal het weg."), code="no_consent")


def note_consent(
    person, act, kinds, how, user, now, said_by=Consent.SaidBy.PERSON, language=consent_text.DUTCH, **more
):
    """Add to the history of what was agreed."""
    return Consent.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        act=act,
        kinds=sorted(str(kind) for kind in kinds),
        how=how,
        said_by=said_by,
        text_version=consent_text.text_in(language).version,
        day=timezone.localdate(now),
        by=user,
        at=now,
        **more,
    )


@transaction.atomic
@cipher.comparing()
def change_person(person, facts, version, now=None, user=None):
    """Write the facts anew and keep what was. Raises `Changed` when this is not the version that the form showed."""
    now = now or timezone.now()
    person = hold(person.pk)
    changed = differences(person, facts)
    if not changed:
        return person  # also the same form sent twice
    if person.version != version:
        raise Changed(person)
    _may_keep(facts, standing_kinds(person.consents.all()))
    keep_what_was(person, {name: stored for name, (stored, _typed) in changed.items()}, user, now)
    for name, value in facts.items():
        setattr(person, name, value)
    person.version += 1
    person.changed_at = person.touched_at = now
    person.save()
    return person


def keep_what_was(person, before, user, now):
    """Keep these facts as they were, in words and sealed, with who changed them."""
    for name, fact in before.items():
        words = None if fact is None else str(fact)
        Correction.objects.create(
            organisation_id=person.organisation_id, person=person, field=name, before=words, by=user, at=now
        )


@transaction.atomic
def put_back(correction, user, now=None):
    """A text as it was before: a change of its own, so that nothing of the history goes."""
    person = hold(correction.person_id)
    facts = {name: getattr(person, name) for name in Person.TEXTS} | {correction.field: correction.before}
    return change_person(person, facts, person.version, now, user)


def differences(row, facts):
    """What these facts would change: `{field: (stored, typed)}`. Opens the texts: log the reading first."""
    pairs = {name: (getattr(row, name), typed) for name, typed in facts.items()}
    return {name: pair for name, pair in pairs.items() if _meant(pair[0]) != _meant(pair[1])}


def _meant(value):
    return (value or "").splitlines() if isinstance(value or "", str) else value


def _plain(fact):
    """A fact as text for the key of a form; of a neighbourhood its key, because two towns may have one of that name."""
    return str(fact.pk) if hasattr(fact, "pk") else fact
