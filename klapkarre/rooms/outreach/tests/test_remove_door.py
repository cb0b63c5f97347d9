"""A door that is none goes out of the round; one at which somebody rang stays. And a round has no doors without end."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Opening
from klapkarre.foundation.people import intake
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.actions import rounds
from klapkarre.rooms.outreach.models import Door
from klapkarre.rooms.outreach.tests.make import door_of, make_round, ring

pytestmark = pytest.mark.django_db


def path(one, door):
    return f"{one.path}deur/{door.pk}/weg/"


def test_a_door_at_which_nobody_rang_goes(client, team, buurt, worker):
    one = make_round(team, buurt)
    door = door_of(one, "2")
    client.force_login(worker)
    assert "Haal deze deur uit de ronde" in client.get(f"{one.path}deur/{door.pk}/").text
    for _ in range(2):
        assert client.post(path(one, door)).headers["location"] == one.path
    assert sorted(left.where for left in one.doors.all()) == ["1", "3"]
    with pytest.raises(intake.Erased):  # a phone that did not hear of it
        actions.add_attempt(worker, door.pk, "niet_thuis", (), uuid.uuid4(), timezone.now())


def test_a_door_at_which_somebody_rang_stays(client, team, buurt, worker):
    one = make_round(team, buurt)
    door = door_of(one, "2")
    actions.take_back(ring(worker, door))
    client.force_login(worker)
    assert "Haal deze deur" not in client.get(f"{one.path}deur/{door.pk}/").text
    assert "Hier is al aangebeld." in client.post(path(one, door), follow=True).text
    assert one.doors.count() == 3


@pytest.mark.slow
def test_another_team_takes_no_door_away(client, team, buurt, worker_elsewhere, coordinator):
    one = make_round(team, buurt)
    for user, code in ((worker_elsewhere, 404), (coordinator, 403)):
        client.force_login(user)
        assert client.post(path(one, door_of(one, "2"))).status_code == code
    assert one.doors.count() == 3


@pytest.mark.slow
def test_a_round_has_room_for_as_many_doors_as_anybody_walks(client, team, buurt, worker, monkeypatch):
    one = make_round(team, buurt)
    monkeypatch.setattr("klapkarre.rooms.outreach.actions.rounds.MOST", 4)
    client.force_login(worker)
    facts = {"key": str(uuid.uuid4()), "street": "Kouter", "first": "1", "keep": "1"}
    answer = client.post(f"{one.path}straat/", facts | {"last": "2"})
    assert "Maak een tweede ronde." in answer.text
    assert one.doors.count() == 3
    assert client.post(f"{one.path}straat/", facts | {"last": "1"}).status_code == 302
    assert one.doors.count() == 4


@pytest.mark.slow
def test_who_opened_the_team_gets_no_way_that_is_closed(client, team, buurt, worker, coordinator):
    one = make_round(team, buurt, doors=("4711", "4712"))
    ring(worker, door_of(one, "4712"), "geweigerd")
    until = timezone.now() + datetime.timedelta(hours=1)
    facts = {"organisation": team.organisation, "team": team, "reason": "Klacht", "until": until}
    Opening.objects.create(user=coordinator, **facts)
    client.force_login(coordinator)
    page = client.get(one.path).text
    assert ["4711" in page, "4712" in page, "/deur/" in page] == [True, True, False]


@pytest.mark.slow
def test_a_second_click_leaves_no_door_out_twice(client, team, buurt, worker):
    ring(worker, door_of(make_round(team, buurt), "2"), "niet_meer")
    one = make_round(team, buurt, doors=("9",))
    client.force_login(worker)
    facts = {"key": str(uuid.uuid4()), "street": "Molenstraat", "first": "1", "last": "3", "keep": "1"}
    for _ in range(2):
        assert client.post(f"{one.path}straat/", facts).status_code == 302
    one.refresh_from_db()
    assert (one.left_out, one.doors.count()) == (1, 3)


@pytest.mark.slow
def test_who_rings_while_the_door_goes_hears_that_it_is_gone(team, buurt, worker, monkeypatch):
    one = make_round(team, buurt)
    door = door_of(one, "2")
    held = rounds._held

    def held_after_the_door_went(pk):
        Door.objects.filter(pk=door.pk).delete()
        return held(pk)

    monkeypatch.setattr(rounds, "_held", held_after_the_door_went)
    with pytest.raises(intake.Erased):
        ring(worker, door)
