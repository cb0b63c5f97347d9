"""How long someone stays in, what ends a session, and the list of own sessions."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from klapkarre.foundation.accounts import sessions
from klapkarre.foundation.accounts.kept_sessions import kept_as
from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.accounts.tests.otp import PASSWORD, code_of, log_in, set_up_app, shown_secret

pytestmark = pytest.mark.access
MINUTE, HOUR = 60, 3600
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
NEW = {"new": "vier woorden achter elkaar", "again": "vier woorden achter elkaar"}


def turn_back(client, **seconds):
    """As if these marks of the session were set that long ago."""
    session = client.session
    for name, ago in seconds.items():
        session[name] -= ago
    session.save()


def is_in(client):
    return client.get("/werk/").status_code == 200


@pytest.fixture
def inside(volunteer):
    """A function that logs in as the volunteer on one more device."""

    def log_in_again(**more):
        client = Client(headers={"User-Agent": FIREFOX})
        assert log_in(client, volunteer, **more)["Location"] == "/werk/"
        return client

    return log_in_again


@pytest.mark.parametrize(
    ("more", "ago", "stays"),
    [
        ({}, 30 * MINUTE - 5, True),
        ({}, 30 * MINUTE + 1, False),
        ({"shared": "on"}, 10 * MINUTE - 5, True),
        ({"shared": "on"}, 10 * MINUTE + 1, False),
    ],
)
def test_who_does_nothing_is_logged_out(inside, more, ago, stays):
    client = inside(**more)
    turn_back(client, seen=ago)
    assert is_in(client) is stays
    assert ("_auth_user_id" in client.session) is stays
    assert UserSession.objects.count() == stays


def test_each_tap_begins_the_half_hour_again(inside):
    client = inside()
    for _ in range(3):
        turn_back(client, seen=29 * MINUTE)
        assert is_in(client)


@pytest.mark.slow
@pytest.mark.parametrize("more", [{}, {"shared": "on"}])
@pytest.mark.parametrize(("ago", "stays"), [(12 * HOUR - 5, True), (12 * HOUR + 1, False)])
def test_nobody_stays_longer_than_twelve_hours(inside, more, ago, stays):
    client = inside(**more)
    turn_back(client, began=ago)
    assert is_in(client) is stays


def test_a_public_page_does_not_keep_anyone_in(inside):
    client = inside()
    turn_back(client, seen=29 * MINUTE)
    client.get("/")
    turn_back(client, seen=2 * MINUTE)
    assert not is_in(client)


@pytest.mark.slow
def test_what_was_typed_stays_when_the_half_hour_is_over(client, worker, buurt):
    secret = set_up_app(worker)
    log_in(client, worker)
    client.post("/login/tweede/", {"code": code_of(secret)})
    turn_back(client, seen=31 * MINUTE)
    page = client.post("/werk/contacten/nieuw/", {"note": "Dak lekt", "neighbourhood": buurt.pk})
    assert page.status_code == 401
    assert "Je bent uitgelogd. Log opnieuw in: wat je typte, blijft staan." in page.text
    log_in(client, worker, typed=page.context["typed"])
    form = {"code": code_of(secret, 1), "typed": page.context["typed"]}
    assert ["note", "Dak lekt"] in client.post("/login/tweede/", form).context["fields"]


def test_the_own_list_names_each_device_and_no_address(inside):
    client = inside()
    inside()
    page = client.get("/login/mijn/").text.split('id="laatst"')[0]
    assert (page.count("Firefox op Android"), page.count("dit toestel</span>")) == (3, 1)
    assert set(UserSession.objects.values_list("ip", "user_agent")) == {("::", "Firefox op Android")}


@pytest.mark.slow
def test_one_other_device_can_be_logged_out(inside):
    here, there, last = inside(), inside(), inside()
    row = UserSession.objects.get(session_key=kept_as(there.session.session_key))
    page = here.post(f"/login/mijn/elders/{row.pk}/", follow=True)
    assert "Dat toestel is uitgelogd." in page.text
    assert (is_in(here), is_in(there), is_in(last)) == (True, False, True)
    page = here.post(f"/login/mijn/elders/{row.pk}/", follow=True)
    assert "Dat toestel was al uitgelogd." in page.text


def test_nobody_logs_somebody_else_out(inside, city):
    there, here = inside(), Client()
    log_in(here, city)
    row = UserSession.objects.get(session_key=kept_as(there.session.session_key))
    here.post(f"/login/mijn/elders/{row.pk}/")
    here.post("/login/mijn/elders/")
    assert is_in(there)


def test_all_other_devices_can_be_logged_out(inside):
    here, *others = inside(), inside(), inside()
    page = here.post("/login/mijn/elders/", follow=True)
    assert "2 andere toestellen zijn uitgelogd." in page.text
    assert (is_in(here), [is_in(one) for one in others]) == (True, [False, False])


def test_what_the_database_knows_of_a_session_opens_none(inside):
    known = {kept_as(inside().session.session_key)}
    assert set(Session.objects.values_list("pk", flat=True)) == known
    assert set(UserSession.objects.values_list("session_key", flat=True)) == known
    thief = Client()
    thief.cookies["sessie"] = known.pop()
    assert not is_in(thief)


def test_logging_out_leaves_no_session_behind(inside):
    client = inside()
    client.post("/logout/")
    assert (UserSession.objects.count(), Session.objects.count()) == (0, 0)


def change_password(client):
    return client.post("/login/mijn/wachtwoord/", NEW)


def add_app(client):
    secret = shown_secret(client.get("/login/instellen/app/"))
    return client.post("/login/instellen/app/", {"code": code_of(secret, -1)})


def new_codes(client):
    return client.post("/login/mijn/codes/")


def remove_app(client):
    return client.post(re.search(r"/login/mijn/sleutel/\d+/weg/", client.get("/login/mijn/").text)[0])


@pytest.mark.parametrize("change", [change_password, add_app])
def test_a_change_of_how_someone_logs_in_ends_every_other_session(inside, change):
    here, there = inside(), inside()
    key = here.session.session_key
    assert change(here).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != key
    living = sessions.of_user(User.objects.get(pk=here.session["_auth_user_id"]))
    assert [row.session_key for row in living] == [kept_as(here.session.session_key)]


@pytest.mark.slow
@pytest.mark.parametrize("change", [change_password, new_codes, remove_app])
def test_so_does_a_change_with_a_second_factor(volunteer, change):
    secret = set_up_app(volunteer)
    here, there = Client(), Client()
    for number, client in enumerate((here, there)):
        log_in(client, volunteer)
        client.post("/login/tweede/", {"code": code_of(secret, number)})
    assert change(here).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.slow
def test_the_key_of_the_session_is_new_after_each_step(client, volunteer):
    secret = set_up_app(volunteer)
    client.get("/login/?next=/werk/")
    client.session["x"] = 1
    keys = [client.session.session_key]
    log_in(client, volunteer)
    keys.append(client.session.session_key)
    client.post("/login/tweede/", {"code": code_of(secret)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert UserSession.objects.filter(session_key=kept_as(keys[-1])).exists()


@pytest.mark.parametrize("deed", ["schors", "beeindig"])
def test_who_was_suspended_or_left_is_out_at_the_next_request(inside, volunteer, coordinator, deed):
    there, runner = inside(), Client()
    runner.force_login(coordinator)
    role = volunteer.memberships.get()
    runner.post(f"/organisatie/medewerkers/{role.pk}/{deed}/", {"version": role.version, "sure": "ja"})
    assert not is_in(there)
    assert "_auth_user_id" not in there.session
    page = log_in(there, volunteer, PASSWORD).text
    assert "Je kan met deze naam niet meer binnen. Vraag het aan je coördinator." in page


def test_a_session_without_marks_starts_its_clock_at_once(client, volunteer):
    log_in(client, volunteer)
    session = client.session
    for mark in (sessions.BEGAN, sessions.SEEN, sessions.CONFIRMED, sessions.STRONG):
        del session[mark]
    session.save()
    assert is_in(client)
    turn_back(client, seen=31 * MINUTE)
    assert not is_in(client)
