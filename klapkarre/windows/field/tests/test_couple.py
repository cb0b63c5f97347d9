"""A phone is coupled by who is logged in; what it gets names nobody, and what is unlocked is never kept."""

import datetime
import json

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts import memberships, phones
from klapkarre.foundation.accounts.models import LoginEvent, Phone, Reading
from klapkarre.rooms.outreach.tests.make import door_of, make_contact, make_round, ring
from klapkarre.windows.field.tests.make import make_phone

pytestmark = [pytest.mark.django_db, pytest.mark.offline]
COUPLE, TODAY = "/onderweg/koppelen/", "/onderweg/vandaag.json"
Kind = LoginEvent.Kind
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


def kinds_of(user):
    return list(LoginEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def couple(client, before=""):
    headers = {"User-Agent": ANDROID} | ({"Authorization": f"Bearer {before}"} if before else {})
    return client.post(COUPLE, headers=headers).json()["token"]


def test_coupling_and_withdrawing_stand_in_the_log_of_logins(client, worker, coordinator):
    client.force_login(worker)
    couple(client)
    phone = Phone.objects.get()
    client.post(f"/werk/telefoons/{phone.pk}/ontkoppelen/", {"sure": "ja"})
    client.post(f"/werk/telefoons/{phone.pk}/ontkoppelen/", {"sure": "ja"})
    couple(client)
    assert kinds_of(worker) == [Kind.PHONE_ADDED, Kind.PHONE_REMOVED, Kind.PHONE_ADDED]
    assert LoginEvent.objects.filter(user=worker).first().browser == "Chrome op Android"
    assert "Telefoon gekoppeld" in client.get("/login/mijn/").text
    client.force_login(coordinator)
    client.post(f"/werk/telefoons/{Phone.objects.live().get().pk}/ontkoppelen/", {"sure": "ja"})
    assert kinds_of(worker)[-1] == Kind.PHONE_ENDED_BY
    assert not kinds_of(coordinator)


def test_coupling_again_leaves_no_phone_that_nobody_has(client, worker, worker_one_buurt):
    client.force_login(worker)
    first = couple(client)
    second = couple(client, first)
    assert [phone.token_hash for phone in Phone.objects.live()] == [phones.hash_token(second)]
    client.force_login(worker_one_buurt)
    couple(client, second)
    assert [phone.user for phone in Phone.objects.live()] == [worker_one_buurt]
    assert kinds_of(worker) == [Kind.PHONE_ADDED, Kind.PHONE_RENEWED, Kind.PHONE_TAKEN]
    assert kinds_of(worker_one_buurt) == [Kind.PHONE_ADDED]


@pytest.mark.slow
def test_notes_of_another_organisation_still_leave_with_their_own_token(client, worker, worker_abroad):
    abroad = make_phone(worker_abroad, worker_abroad.memberships.get().team)
    client.force_login(worker)
    couple(client, abroad.token)
    assert Phone.objects.live().count() == 2


def test_on_a_phone_of_a_colleague_the_app_hears_so(client, worker, worker_one_buurt, team):
    phone = make_phone(worker, team).row
    client.force_login(worker)
    assert client.get(TODAY, {"telefoon": phone.pk}).json()["is_own"] is True
    client.force_login(worker_one_buurt)
    assert client.get(TODAY, {"telefoon": phone.pk}).json()["is_own"] is False
    assert client.get(TODAY, {"telefoon": "' or 1=1"}).json()["is_own"] is True


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
    assert kinds_of(worker) == [Kind.PHONE_ADDED, Kind.PHONE_ENDED_BY, Kind.ENDED_BY]
    phone.refresh_from_db()
    assert not phone.is_live
    assert not memberships.end_sessions(coordinator, role)


def test_two_phones_of_one_kind_are_told_apart(client, worker, team):
    first, second = make_phone(worker, team).row, make_phone(worker, team).row
    moments = [timezone.make_aware(datetime.datetime(2026, 3, 3, hour, 5)) for hour in (9, 14)]
    for phone, at in zip((first, second), moments, strict=True):
        Phone.objects.filter(pk=phone.pk).update(created_at=at, last_seen_at=at)
    client.force_login(worker)
    page = client.get("/werk/telefoons/").text
    assert ("9.05 uur" in page, "14.05 uur" in page, "Deze telefoon" in page) == (True, True, False)
    page = client.get(f"/werk/telefoons/?telefoon={second.pk}").text
    assert page.count("Deze telefoon") == 1
    assert "14.05 uur" in client.get(f"/werk/telefoons/{second.pk}/ontkoppelen/").text
