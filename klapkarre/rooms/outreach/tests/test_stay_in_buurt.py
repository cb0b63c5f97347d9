"""Who has a role for one neighbourhood reads, notes, changes and ticks what happened there, and nothing else."""

import pytest
from django.utils import timezone

from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.rooms.outreach.tests.make import make_contact, typed

pytestmark = pytest.mark.access


@pytest.fixture
def rows(team, worker, buurt, other_buurt, deelbuurt):
    """A conversation in each neighbourhood of the team."""
    return [
        make_contact(team, place, by=worker, note=f"Nota {place}", themes=[theme], follow_up_on="2026-01-05")
        for place, theme in ((buurt, "geld"), (other_buurt, "babbel"), (deelbuurt, "babbel"))
    ]


def test_only_those_of_there_are_found(worker_one_buurt, worker, rows):
    for scope in (ContactMoment.objects.visible_to, ContactMoment.objects.workable_by):
        assert set(scope(worker_one_buurt)) == set(rows[1:])
        assert set(scope(worker)) == set(rows)
    used = ContactTheme.objects.most_used(worker_one_buurt, timezone.now() - timezone.timedelta(days=1))
    assert used == ["babbel"]


def test_another_neighbourhood_is_another_house(client, worker_one_buurt, rows):
    client.force_login(worker_one_buurt)
    parts = ("", "aanpassen/", "bewaard/")
    away, own = (
        [client.get(f"/werk/contacten/{row.pk}/{part}").status_code for part in parts] for row in rows[:2]
    )
    assert (away, own) == ([404] * 3, [200] * 3)
    listed = client.get("/werk/contacten/").context["page_obj"].object_list
    assert set(listed) == set(rows[1:])
    assert {todo.contact for todo in _to_dos(client)} == set(rows[1:])


def _to_dos(client):
    page = client.get("/werk/")
    own = [todo for _name, _words, steps, _count in page.context["groups"] for todo in steps]
    return own + page.context["theirs"]


def test_nothing_is_noted_or_moved_elsewhere(client, worker_one_buurt, rows, buurt, other_buurt):
    client.force_login(worker_one_buurt)
    client.post("/werk/contacten/nieuw/", typed(buurt))
    version = {"version": rows[1].version}
    client.post(f"/werk/contacten/{rows[1].pk}/aanpassen/", typed(buurt) | version)
    assert ContactMoment.objects.filter(neighbourhood=buurt).count() == 1
    client.post("/werk/contacten/nieuw/", typed(other_buurt))
    assert ContactMoment.objects.filter(neighbourhood=other_buurt, by=worker_one_buurt).count() == 1


def test_the_person_of_another_neighbourhood_is_not_linked(
    client, worker_one_buurt, rows, team, worker, buurt
):
    rows[1].person = make_person(team, worker, neighbourhood=buurt)
    rows[1].save()
    path = rows[1].person.path
    client.force_login(worker_one_buurt)
    assert path not in client.get(f"/werk/contacten/{rows[1].pk}/").text
    client.force_login(worker)
    assert path in client.get(f"/werk/contacten/{rows[1].pk}/").text
