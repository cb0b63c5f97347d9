"""Verbs of a home visit: note what somebody agreed to, and erase it."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people import ledger
from klapkarre.rooms.outreach import asked
from klapkarre.rooms.outreach.actions.contacts import ChangedMeanwhile, keep_what_was
from klapkarre.rooms.outreach.models import ContactMoment, HomeVisit


@transaction.atomic
@cipher.comparing()
def note_visit(contact, user, texts, day, version, now=None, language=asked.DUTCH):
    """Keep what was told at home; `day` puts the next step on the list of what is to be done. Returns the visit.

    `language` is that of the text which was read aloud.

    The same form sent twice is one visit. Nothing in any text erases it. Raises `ChangedMeanwhile` when this is not
    the version that the form showed (0: none yet), and `people.Gone` when the person of this contact withdrew.
    """
    now = now or timezone.now()
    contact = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    if contact.person_id:
        people.touch(people.hold(contact.person_id), now)
    found = HomeVisit.objects.select_for_update().filter(contact=contact).first()
    said = asked.text_in(language).version
    is_new_step = texts["next_step"] and texts["next_step"] != (found.next_step if found else None)
    same = (
        found
        and found.text_version == said
        and all(getattr(found, name) == texts[name] for name in HomeVisit.TEXTS)
    )
    if not same:
        if (found.version if found else 0) != version:
            raise ChangedMeanwhile
        if not any(texts.values()):
            erase_visit(contact)
            return None
        found = found or HomeVisit(organisation_id=contact.organisation_id, contact=contact)
        for name in HomeVisit.TEXTS:
            setattr(found, name, texts[name])
        found.person_id, found.by = contact.person_id, user
        _agreed(found, contact, said, now)
        found.version = version + 1
        found.save()
    _on_the_list(contact, user, day, now, is_new_step)
    return found


def _agreed(visit, contact, said, now):
    """To which text, and when: on the day of the conversation, also when noted later. Another text is asked anew."""
    if visit._state.adding:
        visit.consented_on = timezone.localdate(contact.when)
    elif visit.text_version != said:
        visit.consented_on = timezone.localdate(now)
    visit.text_version = said


def _on_the_list(contact, user, day, now, is_new_step):
    """The day of the next step is the day to follow up: one list of what is to be done.

    What was ticked before the step was agreed is open again, also when the day is the same.
    """
    if day and (day != contact.follow_up_on or (is_new_step and contact.followed_up_at)):
        if day != contact.follow_up_on:
            keep_what_was(contact, {"follow_up_on": contact.follow_up_on}, user, now)
        contact.follow_up_on, contact.followed_up_at = day, None
        contact.version += 1
        contact.changed_at = now
        contact.save(update_fields=["follow_up_on", "followed_up_at", "version", "changed_at", "month"])


@transaction.atomic
def erase_visit(contact):
    """Somebody stopped agreeing: the words go at once. That there was a conversation stays."""
    rows = HomeVisit.objects.filter(contact=contact)
    ledger.note(rows)
    rows.delete()
