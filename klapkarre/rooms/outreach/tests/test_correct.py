"""A correction keeps what was: who, what, when, sealed, read by nobody unseen, and gone with the note."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people import retention
from klapkarre.rooms.outreach.actions import change_contact
from klapkarre.rooms.outreach.models import ContactChange, ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

DAY = datetime.timedelta(days=1)


@pytest.fixture
def contact(worker, team, buurt):
    return make_contact(team, buurt, by=worker, note="Eerste nota.", themes=["babbel"])


def corrected(contact, worker, themes=("babbel",), **facts):
    names = ("setting", "people", "neighbourhood", "note", "follow_up_on", "to_refer", "is_signal", "when")
    now = ContactMoment.objects.get(pk=contact.pk)
    facts = {name: getattr(now, name) for name in names} | facts
    return change_contact(now, now.team, facts, list(themes), now.version, user=worker)


def told():
    return {(change.field, change.before) for change in ContactChange.objects.all()}


def test_what_it_said_before_is_kept_once_for_each_fact(contact, worker):
    corrected(contact, worker, people=3, note="Tweede nota.", themes=["wonen"], to_refer=True)
    assert told() == {
        ("people", "1"),
        ("note", "Eerste nota."),
        ("themes", "babbel"),
        ("to_refer", "nee"),
    }
    assert set(ContactChange.objects.values_list("by", flat=True)) == {worker.pk}
    corrected(contact, worker, themes=["wonen"])
    assert ContactChange.objects.count() == 4


def test_reading_it_is_logged_and_only_for_who_may_read_the_note(client, worker, coordinator, contact):
    corrected(contact, worker, note="Tweede nota.")
    path = f"/werk/contacten/{contact.pk}/geschiedenis/"
    client.force_login(coordinator)
    assert client.get(path).status_code == 403
    client.force_login(worker)
    assert "Eerste nota." in client.get(path).text
    reading = Reading.objects.get()
    assert (reading.user, reading.kind) == (worker, "outreach.contactchange")
    assert reading.rows == [str(ContactChange.objects.get().pk)]


def test_who_empties_the_note_erases_what_it_said_before(contact, worker):
    corrected(contact, worker, note="Tweede nota.")
    corrected(contact, worker, note=None)
    assert told() == {("note", None)}
    assert ContactChange.objects.count() == 2


@pytest.mark.slow
def test_it_goes_with_the_note_after_its_term_and_with_a_contact_that_was_noted_by_mistake(
    contact, worker, team, buurt
):
    corrected(contact, worker, note="Tweede nota.")
    retention.run(timezone.now() + 740 * DAY)
    assert ContactChange.objects.count() == 0
    assert ContactMoment.objects.get().note is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_history_is_only_added_to(contact, worker):
    corrected(contact, worker, people=2)
    change = ContactChange.objects.get()
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChange.objects.update(field="note")
    with connection.cursor() as cursor:
        cursor.execute("SELECT before FROM outreach_contactchange")
        assert bytes(cursor.fetchone()[0]) != b"1"


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_more_changes(client, worker, contact, rows, django_assert_num_queries):
    for number in range(rows):
        corrected(contact, worker, people=number + 2)
    client.force_login(worker)
    with django_assert_num_queries(10):
        client.get(f"/werk/contacten/{contact.pk}/geschiedenis/")
