"""A phone is coupled by who is logged in; what it gets names nobody, and what is unlocked is never kept."""

import json

import pytest

from klapkarre.foundation.accounts import memberships, phones
from klapkarre.foundation.accounts.models import Phone, Reading
from klapkarre.rooms.outreach.tests.make import door_of, make_contact, make_round, ring
from klapkarre.windows.field.tests.make import make_phone

pytestmark = [pytest.mark.django_db, pytest.mark.offline]
COUPLE, TODAY = "/onderweg/koppelen/", "/onderweg/vandaag.json"
ANDROID = "Mozilla/5.0 (Linux; Android 14) Chrome/130"


def test_couple_a_phone(client, worker, team, buurt):
    make_contact(team, buurt, by=worker, setting="huisbezoek", note="Kanarie")
    client.force_login(worker)
    answer = client.post(COUPLE, headers={"User-Agent": ANDROID})
    facts = answer.json()
    phone = phones.by_token(facts["token"])
    assert (str(phone.pk), phone.user, phone.team, phone.name) == (
        facts["phone"],
        worker,
        team,
        "Chrome op Android",
    )
    assert facts["token"] not in json.dumps(list(Phone.objects.values()), default=str)
    assert facts["neighbourhoods"] == [[buurt.pk, "Molenwijk"]]
    assert facts["last"] == {"setting": "huisbezoek", "neighbourhood": buurt.pk}
    assert ["straat", "straat of plein"] in facts["settings"]
    assert "Kanarie" not in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.slow
def test_ten_phones_are_enough(client, worker, team):
    for _ in range(phones.MOST):
        make_phone(worker, team)
    client.force_login(worker)
    answer = client.post(COUPLE)
    assert (answer.status_code, "Ontkoppel er een" in answer.json()["error"]) == (409, True)
    phones.withdraw(Phone.objects.first())
    assert client.post(COUPLE).status_code == 200


@pytest.mark.slow
def test_the_rounds_of_today_need_a_session_and_are_logged(client, worker, worker_elsewhere, team, buurt):
    one = make_round(team, buurt, doors=("12", "2", "2 bus 3"))
    assert client.get(TODAY).status_code == 302
    client.force_login(worker_elsewhere)
    assert client.get(TODAY).json()["rounds"] == []
    client.force_login(worker)
    answer = client.get(TODAY)
    (found,) = answer.json()["rounds"]
    assert (found["id"], found["street"]) == (str(one.pk), "Molenstraat")
    assert [(door["number"], door["box"]) for door in found["doors"]] == [("2", ""), ("2", "3"), ("12", "")]
    assert found["doors"][0] | {"id": ""} == {
        "id": "", "number": "2", "box": "", "state": "", "attempts": 0, "times": []
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    assert Reading.objects.get(kind="outreach.door").size == 3


@pytest.mark.slow
def test_who_asked_for_rest_in_another_round_is_left_alone_on_the_phone_too(client, worker, team, buurt):
    first, _second = (make_round(team, buurt, doors=("12", "2")) for _ in range(2))
    ring(worker, door_of(first, "2"), "niet_meer")
    client.force_login(worker)
    told = client.get(TODAY).json()["rounds"]
    assert [[(door["number"], door["state"]) for door in one["doors"]] for one in told] == [
        [("2", "niet_meer"), ("12", "")]
    ] * 2


@pytest.mark.slow
def test_withdraw_asks_first_and_only_who_may(client, worker, worker_elsewhere, coordinator, team):
    phone = make_phone(worker, team).row
    path = f"/werk/telefoons/{phone.pk}/ontkoppelen/"
    client.force_login(worker_elsewhere)
    assert client.get(path).status_code == 404
    assert "Chrome op Android" not in client.get("/werk/telefoons/").text
    client.force_login(coordinator)
    assert "Chrome op Android" in client.get("/werk/telefoons/").text
    client.post(path)
    phone.refresh_from_db()
    assert phone.is_live
    client.post(path, {"sure": "ja"})
    phone.refresh_from_db()
    assert not phone.is_live
    client.force_login(worker)
    assert "Ontkoppeld" in client.get("/werk/telefoons/").text


@pytest.mark.slow
def test_a_device_that_was_lost_is_logged_out_and_withdrawn(client, worker, coordinator, team):
    phone = make_phone(worker, team).row
    role = worker.memberships.get()
    assert memberships.end_sessions(coordinator, role)
    phone.refresh_from_db()
    assert not phone.is_live
    assert not memberships.end_sessions(coordinator, role)
