"""Verbs of what was noted on the street for the desk: add, and tick."""

from django.utils import timezone

from klapkarre.rooms.outreach.models import FieldNote


def add_field_note(user, team, neighbourhood, word, text, when):
    """A melding or signal that waits at the desk. Who keeps a receipt sees to it that this happens once."""
    return FieldNote.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        neighbourhood=neighbourhood,
        by=user,
        word=FieldNote.Word(word),
        text=text,
        noted_at=when,
    )


def tick_field_note(note, done, now=None):
    """Say that this was carried on, or not after all. Doing it twice changes nothing."""
    rows = FieldNote.objects.filter(pk=note.pk)
    if done:
        rows.filter(done_at=None).update(done_at=now or timezone.now())
    else:
        rows.update(done_at=None)
