import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.people import retention
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.rooms.outreach.tests.make import make_contact


def undo(client, contact):
    return client.post(f"/werk/contacten/{contact.pk}/ongedaan/")


def test_a_mistake_goes_note_and_all(client, worker, team, buurt):
    contact = make_contact(team, buurt, by=worker, note="Fout.", themes=["babbel"])
    client.force_login(worker)
    for _ in range(2):
        assert undo(client, contact).headers["location"] == "/werk/contacten/"
    assert (ContactMoment.objects.count(), ContactTheme.objects.count()) == (0, 0)


def test_after_an_hour_it_stays(client, worker, team, buurt):
    contact = make_contact(team, buurt, by=worker, created_at=timezone.now() - datetime.timedelta(minutes=61))
    client.force_login(worker)
    page = client.post(f"/werk/contacten/{contact.pk}/ongedaan/", follow=True)
    assert "Dit kan niet meer ongedaan gemaakt worden." in page.text
    assert ContactMoment.objects.count() == 1


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [("worker_elsewhere", 404), ("worker_abroad", 404), ("coordinator", 403), ("city", 403)],
)
def test_nobody_else_takes_it_back(client, request, worker, team, buurt, who, status):
    contact = make_contact(team, buurt, by=worker)
    client.force_login(request.getfixturevalue(who))
    assert undo(client, contact).status_code == status
    assert ContactMoment.objects.count() == 1


def test_a_colleague_changes_but_does_not_erase(client, worker, team, buurt):
    contact = make_contact(team, buurt)
    client.force_login(worker)
    assert undo(client, contact).headers["location"] == f"/werk/contacten/{contact.pk}/"
    assert ContactMoment.objects.count() == 1


@pytest.mark.slow
def test_after_two_years_note_and_writer_go_and_the_count_stays(worker, team, buurt):
    now = timezone.now()
    old = make_contact(team, buurt, by=worker, note="Oud.", people=3, when=now - datetime.timedelta(days=732))
    young = make_contact(team, buurt, by=worker, note="Jong.", when=now - datetime.timedelta(days=725))
    retention.run(now)
    old, young = ContactMoment.objects.get(pk=old.pk), ContactMoment.objects.get(pk=young.pk)
    assert (old.note, old.by, old.people) == (None, None, 3)
    assert (young.note, young.by) == ("Jong.", worker)
    assert retention.run(now, dry_run=True)["contactmomenten"] == 0
