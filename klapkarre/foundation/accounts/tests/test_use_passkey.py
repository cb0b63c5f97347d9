"""A passkey opens the work by itself: here, now, once, for its owner, and only when its device asked who holds it."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts.tests.key import PRESENT, Key
from klapkarre.foundation.accounts.tests.otp import log_in

pytestmark = pytest.mark.access
UNKNOWN = "Deze toegangssleutel kennen we niet."


def set_up_key(user):
    """Give this user a passkey, as they do it themselves."""
    client, key = Client(), Key()
    log_in(client, user)
    question = client.post("/login/instellen/vraag/").json()
    answer = client.post("/login/instellen/", {"credential": key.made(question)})
    assert answer["Location"] == "/login/instellen/codes/", answer.text
    return key


def asked(client):
    return client.post("/login/vraag/").json()


def enter(client, credential):
    return client.post("/login/", {"credential": credential})


def test_a_passkey_opens_the_work(client, worker):
    key = set_up_key(worker)
    assert enter(client, key.answer(asked(client), worker))["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200


BENT = {
    "the device did not ask who holds it": {"flags": PRESENT},
    "another site": {"origin": "https://testserver.elders.example"},
    "not over https": {"origin": "http://testserver"},
    "made for another site": {"site": "elders.example"},
    "another deed": {"kind": "create"},
}


@pytest.mark.slow
@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_bent_answer_opens_nothing(client, worker, bent):
    key = set_up_key(worker)
    assert UNKNOWN in enter(client, key.answer(asked(client), worker, **bent)).text
    assert "_auth_user_id" not in client.session


@pytest.mark.slow
def test_an_answer_opens_once_and_in_one_browser(client, worker):
    key = set_up_key(worker)
    answer = key.answer(asked(client), worker)
    thief = Client()
    asked(thief)
    assert UNKNOWN in enter(thief, answer).text
    assert enter(client, answer).status_code == 302
    client.post("/logout/")
    assert UNKNOWN in enter(client, answer).text


@pytest.mark.slow
def test_a_wrong_answer_uses_the_question_up(client, worker):
    key, question = set_up_key(worker), asked(client)
    assert UNKNOWN in enter(client, Key().answer(question, worker)).text
    assert UNKNOWN in enter(client, key.answer(question, worker)).text


@pytest.mark.slow
def test_a_passkey_is_of_one_user(client, worker, coordinator):
    key = set_up_key(worker)
    set_up_key(coordinator)
    assert UNKNOWN in enter(client, key.answer(asked(client), coordinator)).text


@pytest.mark.slow
@pytest.mark.parametrize("switched_off", [True, False])
def test_who_left_does_not_come_in(client, worker, switched_off):
    key = set_up_key(worker)
    if switched_off:
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
    else:
        worker.memberships.update(suspended_at=timezone.now())
    page = enter(client, key.answer(asked(client), worker))
    said = UNKNOWN if switched_off else "Je kan met deze naam niet meer binnen."
    assert (said in page.text, "_auth_user_id" in client.session) == (True, False)


@pytest.mark.slow
def test_the_second_step_takes_the_own_passkey_only(client, worker, coordinator):
    key, other = set_up_key(worker), set_up_key(coordinator)
    log_in(client, worker)
    page = client.post("/login/tweede/", {"credential": other.answer(asked(client), coordinator)})
    assert (UNKNOWN in page.text, "_auth_user_id" in client.session) == (True, False)
    answer = client.post("/login/tweede/", {"credential": key.answer(asked(client), worker)})
    assert (answer["Location"], client.get("/werk/").status_code) == ("/werk/", 200)


@pytest.mark.slow
def test_showing_who_you_are_takes_the_own_passkey_only(client, worker, coordinator):
    key, other = set_up_key(worker), set_up_key(coordinator)
    enter(client, key.answer(asked(client), worker))
    session = client.session
    session["confirmed"] -= 3600
    session.save()
    page = client.post("/login/opnieuw/", {"credential": other.answer(asked(client), coordinator)})
    assert "Deze toegangssleutel is niet van jou." in page.text
    assert client.post("/login/mijn/codes/")["Location"].startswith("/login/opnieuw/")
    client.post("/login/opnieuw/", {"credential": key.answer(asked(client), worker)})
    assert client.post("/login/mijn/codes/")["Location"] == "/login/instellen/codes/"


@pytest.mark.slow
@pytest.mark.parametrize("bent", [{"flags": PRESENT}, {"origin": "https://elders.example"}])
def test_a_bent_passkey_is_not_kept(client, worker, bent):
    log_in(client, worker)
    question = client.post("/login/instellen/vraag/").json()
    page = client.post("/login/instellen/", {"credential": Key().made(question, **bent)})
    assert "Het maken van de sleutel lukte niet." in page.text
    assert not Authenticator.objects.exists()


def test_the_question_tells_nothing_about_who_exists(client, worker):
    set_up_key(worker)
    question = asked(client)["publicKey"]
    assert (question.get("allowCredentials", []), question["userVerification"]) == ([], "required")
