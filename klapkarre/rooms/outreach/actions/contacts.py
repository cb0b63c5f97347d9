"""Verbs of the contact log: add, change, take back, tick a step."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people import intake, ledger
from klapkarre.rooms.outreach import compare
from klapkarre.rooms.outreach.models import (
    STEP_FIELDS,
    ContactChange,
    ContactMoment,
    ContactTheme,
    HomeVisit,
)

KIND = "outreach.contact"
# As long as this a contact can be taken back by who wrote it.
REGRET = datetime.timedelta(hours=1)


class KeyTaken(Exception):
    """This form was already used for something that this user does not see."""


class ChangedMeanwhile(Exception):
    """Someone else changed this contact after the form was opened."""


def add_contact(user, team, facts, themes, key, now=None):
    """Note one conversation, once for this key; returns `(contact, is_new)`, with None for one that was taken back.

    `facts` are the fields of the contact. Raises `KeyTaken` when the key is not this user's, or of a team they left,
    and `people.Gone` when the person of this contact withdrew.
    """

    new = uuid.uuid4()

    def note():
        if facts.get("person"):
            # Locked, and where it is now when it was merged just before.
            facts["person"] = people.hold(facts["person"].pk)
            people.touch(facts["person"], now)
        contact = ContactMoment.objects.create(
            id=new,
            organisation_id=team.organisation_id,
            team=team,
            by=user,
            created_at=now or timezone.now(),
            **facts,
        )
        _add_themes(contact, themes)
        return contact

    try:
        answer, made = intake.once(key, KIND, note, new)
    except ValueError as other_form:
        raise KeyTaken from other_form
    if made:
        made.has_note = facts.get("note") is not None
        return made, True
    rows = ContactMoment.objects.defer("note").annotate(has_note=Q(note__isnull=False))
    contact = rows.filter(pk=answer).first()
    own = contact and user.own_reach.covers(contact.team_id, contact.neighbourhood_id)
    if contact and (contact.by_id != user.pk or not own):
        raise KeyTaken
    return contact, False


@transaction.atomic
@cipher.comparing()
def change_contact(contact, team, facts, themes, version, now=None, user=None):
    """Write the facts anew and keep what was. Raises `ChangedMeanwhile` when this is not the version of the form.

    A step that is asked anew, or for another day, is open again.
    """
    contact = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    if contact.version != version:
        raise ChangedMeanwhile
    different = compare.differences(contact, facts, themes)
    keep_what_was(contact, {name: stored for name, (stored, _typed) in different.items()}, user, now)
    if "note" in different and not facts["note"]:
        forget_earlier_notes(contact)
    for asked, taken in STEP_FIELDS.values():
        if facts[asked] != getattr(contact, asked):
            facts[taken] = None
    for name, value in facts.items():
        setattr(contact, name, value)
    contact.team = team
    contact.version += 1
    contact.changed_at = now or timezone.now()
    contact.save()
    _set_themes(contact, themes)
    return contact


def keep_what_was(contact, before, user, now=None):
    """Keep these facts as they were, in words and sealed, with who changed them."""
    for name, fact in before.items():
        ContactChange.objects.create(
            organisation_id=contact.organisation_id,
            contact=contact,
            field=name,
            before=compare.in_words(name, fact),
            by=user,
            at=now or timezone.now(),
        )


def forget_earlier_notes(contact):
    """Who empties the note means it: what it said before goes too. That it was changed, by whom and when, stays."""
    contact.changes.filter(field=ContactChange.Field.NOTE).update(before=None)


@transaction.atomic
def erase_contact(contact):
    """Erase a contact that was noted by mistake, with all that hangs on it."""
    visits = HomeVisit.objects.filter(contact=contact)
    ledger.note(visits)
    visits.delete()
    contact.delete()


def _set_themes(contact, themes):
    contact.themes.all().delete()
    _add_themes(contact, themes)


def _add_themes(contact, themes):
    ContactTheme.objects.bulk_create(ContactTheme(contact=contact, theme=theme) for theme in themes)


def may_take_back(contact, user, now=None):
    """Who wrote it may erase it within the hour, note and all."""
    return contact.by_id == user.pk and (now or timezone.now()) - contact.created_at <= REGRET


def tick(contact, step, done, now=None):
    """Say that a step was taken, or not after all. Doing it twice changes nothing."""
    asked, taken = STEP_FIELDS[step]
    if not getattr(contact, asked):
        return
    rows = ContactMoment.objects.filter(pk=contact.pk)
    if done:
        rows.filter(**{taken: None}).update(**{taken: now or timezone.now()})
    else:
        rows.update(**{taken: None})
