"""Who sees names needs a second factor: set up in three screens, asked at each login, guessed at in vain."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode

from klapkarre.foundation.accounts.forms import (
    MOST_WRONG_CODES,
    MOST_WRONG_CODES_A_DAY,
    MOST_WRONG_NAME,
    CodeForm,
)
from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.accounts.tests.otp import (
    PASSWORD,
    code_of,
    log_in,
    recovery_codes,
    set_up_app,
    shown_secret,
)

pytestmark = pytest.mark.access
MUST = ["worker", "coordinator", "auditor", "admin"]
MAY = ["volunteer", "partner", "city"]
CLOSED = ["/werk/", "/resultaten/", "/login/mijn/", "/login/mijn/wachtwoord/"]
WRONG = "Deze code klopt niet, of is al gebruikt."


@pytest.mark.slow
@pytest.mark.parametrize("who", MUST)
@pytest.mark.parametrize("path", CLOSED)
def test_a_password_alone_opens_no_page(client, request, who, path):
    user = request.getfixturevalue(who)
    assert log_in(client, user)["Location"] == "/login/instellen/"
    assert client.get(path)["Location"] == "/login/instellen/"
    assert client.post(path, {"x": "1"})["Location"] == "/login/instellen/"
    assert client.get(path, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize("who", MAY)
def test_who_sees_no_names_needs_no_second_factor(client, request, who):
    assert log_in(client, request.getfixturevalue(who))["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200


@pytest.mark.parametrize(("demo", "to"), [(True, "/werk/"), (False, "/login/instellen/")])
def test_one_password_is_enough_in_the_demo_only(client, worker, settings, demo, to):
    settings.DEMO = demo
    assert log_in(client, worker)["Location"] == to


def test_a_session_of_the_demo_opens_nothing_outside_it(client, worker, settings):
    settings.DEMO = True
    client.post("/login/demo/", {"role": "worker"})
    assert client.get("/werk/").status_code == 200
    settings.DEMO = False
    assert client.get("/werk/")["Location"] == "/login/instellen/"


def test_the_demo_makes_no_exception_for_other_names(client, worker, settings):
    settings.DEMO = True
    worker.username = "iemand"
    worker.save()
    assert log_in(client, worker)["Location"] == "/login/instellen/"


@pytest.mark.slow
def test_an_app_is_set_up_in_three_screens(client, worker):
    page = client.get(log_in(client, worker, next="/werk/contacten/")["Location"])
    assert "Maak je login klaar" in page.text
    page = client.get("/login/instellen/app/")
    page = client.post("/login/instellen/app/", {"code": code_of(shown_secret(page))}, follow=True)
    codes = re.findall(r"<code>(\d{5} \d{5})</code>", page.text)
    assert len(set(codes)) == 10
    answer = client.post("/login/instellen/codes/")
    assert answer["Location"] == "/werk/contacten/"
    assert client.get("/werk/").status_code == 200
    assert client.get("/login/instellen/codes/")["Location"] == "/login/mijn/"


@pytest.mark.slow
def test_who_was_invited_chooses_a_password_with_the_app(client, worker):
    worker.set_unusable_password()
    worker.save()
    Client.force_login(client, worker)
    session = client.session
    for mark in ("began", "seen", "confirmed", "strong"):  # as an invitation logs in
        del session[mark]
    session.save()
    page = client.get("/login/instellen/", follow=True)
    assert "Maak je login klaar" in page.text
    page = client.get("/login/instellen/app/")
    form = {
        "code": code_of(shown_secret(page)),
        "new": "vier woorden achter elkaar",
        "again": "iets anders dan dat",
    }
    page = client.post("/login/instellen/app/", form)
    assert "De twee wachtwoorden zijn niet gelijk." in page.text
    answer = client.post("/login/instellen/app/", form | {"again": form["new"]})
    assert answer["Location"] == "/login/instellen/codes/"
    assert client.get("/login/instellen/codes/").status_code == 200
    assert "Nog één stap" in log_in(Client(), worker, form["new"]).text


SET_UP = ("", "vraag/", "app/", "codes/")


@pytest.mark.slow
def test_a_session_from_before_the_factor_sets_up_no_other_one(client, worker):
    """Logged in with the password alone, while a factor came by another way that ended no session."""
    set_up_app(worker)
    client.force_login(worker)
    session = client.session
    session["strong"] = False
    session.save()
    found = [client.post(f"/login/instellen/{path}", {"code": "1"}) for path in SET_UP]
    found.append(client.post("/login/opnieuw/", {"password": PASSWORD}))
    assert {answer.headers.get("Location") for answer in found} == {"/login/tweede/"}
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_a_wrong_code_sets_nothing_up(client, worker):
    log_in(client, worker)
    secret = shown_secret(client.get("/login/instellen/app/"))
    page = client.post("/login/instellen/app/", {"code": "abc def"})
    assert "Deze code klopt niet." in page.text
    assert shown_secret(page) == secret
    assert not Authenticator.objects.exists()


def test_the_code_comes_after_the_password(client, worker):
    secret = set_up_app(worker)
    page = log_in(client, worker, next="/resultaten/")
    assert (page.status_code, "Nog één stap" in page.text) == (200, True)
    assert client.get("/werk/")["Location"] == "/login/?next=/werk/"
    key = client.session.session_key
    answer = client.post("/login/tweede/", {"code": code_of(secret), "next": "/resultaten/"})
    assert answer["Location"] == "/resultaten/"
    assert client.session.session_key != key
    assert client.get("/werk/").status_code == 200


@pytest.mark.slow
def test_each_code_opens_once(client, worker):
    secret = set_up_app(worker)
    for to in ("/werk/", None):
        log_in(client, worker)
        answer = client.post("/login/tweede/", {"code": code_of(secret)})
        assert answer.headers.get("Location") == to
        client.logout()
    assert WRONG in answer.text


@pytest.mark.slow
def test_a_recovery_code_opens_once(client, worker):
    set_up_app(worker)
    code = recovery_codes(worker)[3]
    for to in ("/login/mijn/", None):
        log_in(client, worker)
        answer = client.post("/login/tweede/", {"code": f"{code[:5]} {code[5:]}"})
        assert answer.headers.get("Location") == to
        client.logout()
    assert len(recovery_codes(worker)) == 9


@pytest.mark.slow
def test_guessing_codes_ends_soon_from_everywhere(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    for number in range(MOST_WRONG_CODES):
        page = client.post("/login/tweede/", {"code": "000000"}, REMOTE_ADDR=f"10.8.0.{number}")
        assert (page.status_code, WRONG in page.text) == (200, True)
    form = {"code": code_of(secret)}
    assert client.post("/login/tweede/", form, REMOTE_ADDR="10.9.9.9").status_code == 429
    log_in(client, worker)
    assert client.post("/login/tweede/", form, REMOTE_ADDR="10.9.9.8").status_code == 429


@pytest.mark.slow
def test_guessing_codes_slowly_ends_too(client, worker, monkeypatch):
    """Six digits, a guess a minute: without an end somebody with the password is in within a year."""
    set_up_app(worker)
    log_in(client, worker)
    monkeypatch.setattr(CodeForm, "counts", CodeForm.counts[1:])
    for number in range(MOST_WRONG_CODES_A_DAY):
        page = client.post("/login/tweede/", {"code": "000000"}, REMOTE_ADDR=f"10.8.0.{number}")
        assert page.status_code == 200
    page = client.post("/login/tweede/", {"code": "000000"}, REMOTE_ADDR="10.9.9.9")
    assert (page.status_code, "Er waren vandaag te veel foute codes." in page.text) == (429, True)


@pytest.mark.slow
def test_who_knows_a_name_only_keeps_nobody_from_the_second_step(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    for number in range(MOST_WRONG_NAME + 1):
        wrong = {"username": "worker", "password": "fout"}
        Client().post("/login/", wrong, REMOTE_ADDR=f"10.8.0.{number}")
    assert client.post("/login/tweede/", {"code": code_of(secret)})["Location"] == "/werk/"


def test_the_second_step_waits_ten_minutes(client, worker, monkeypatch):
    secret = set_up_app(worker)
    log_in(client, worker)
    session = client.session
    session["waiting"] = session["waiting"] | {"at": session["waiting"]["at"] - 601}
    session.save()
    answer = client.post("/login/tweede/", {"code": code_of(secret)})
    assert answer["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.slow
def test_a_password_that_changed_meanwhile_ends_the_second_step(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    worker.set_password("een heel ander wachtwoord")
    worker.save()
    assert client.post("/login/tweede/", {"code": code_of(secret)})["Location"] == "/login/"


@pytest.mark.slow
def test_who_was_switched_off_meanwhile_does_not_finish(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    User.objects.update(is_active=False)
    assert client.post("/login/tweede/", {"code": code_of(secret)})["Location"] == "/login/"


def test_the_second_step_of_nobody_leads_to_the_login(client, db):
    assert client.get("/login/tweede/")["Location"] == "/login/"
    assert client.post("/login/tweede/", {"code": "1"})["Location"] == "/login/"


def test_who_has_a_second_factor_shows_it_whatever_the_role(client, volunteer):
    client.force_login(volunteer)
    secret = shown_secret(client.get("/login/instellen/app/"))
    client.post("/login/instellen/app/", {"code": code_of(secret, -1)})
    assert "Nog één stap" in log_in(Client(), volunteer).text


@pytest.mark.slow
def test_what_was_typed_is_carried_through_both_steps(client, worker, buurt):
    secret = set_up_app(worker)
    page = client.post("/werk/contacten/nieuw/", {"note": "x", "neighbourhood": buurt.pk})
    typed = page.context["typed"]
    page = log_in(client, worker, typed=typed, next="/werk/contacten/nieuw/")
    assert "Wat je typte, blijft staan." in page.text
    page = client.post("/login/tweede/", {"code": "0", "typed": typed})
    assert page.context["typed"] == typed
    page = client.post("/login/tweede/", {"code": code_of(secret), "typed": typed})
    assert "Bewaar nu" in page.text
    assert page.context["fields"] == [["note", "x"], ["neighbourhood", str(buurt.pk)]]


def recover(client, name, code, **more):
    return client.post("/login/herstel/", {"username": name, "code": code}, **more)


@pytest.mark.slow
def test_a_recovery_code_opens_for_who_has_no_password(client, worker):
    set_up_app(worker)
    worker.set_unusable_password()
    worker.save()
    assert recover(client, "worker", recovery_codes(worker)[0])["Location"] == "/login/mijn/"
    assert client.get("/werk/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        (lambda user: User.objects.update(is_active=False), "Deze naam en deze code passen niet samen."),
        (lambda user: user.memberships.update(suspended_at=timezone.now()), "Je kan met deze naam niet meer"),
    ],
    ids=["switched off", "suspended"],
)
def test_a_recovery_code_does_not_open_for_who_left(client, worker, stop, sentence):
    set_up_app(worker)
    worker.set_unusable_password()
    worker.save()
    stop(worker)
    page = recover(client, "worker", recovery_codes(worker)[0])
    assert (sentence in page.text, "_auth_user_id" in client.session) == (True, False)


@pytest.mark.slow
def test_recovering_tells_nothing_about_who_exists(client, worker):
    set_up_app(worker)
    answers = [
        recover(client, "niemand", "12345 67890"),
        recover(client, "worker", "12345 67890"),
        recover(client, "worker", recovery_codes(worker)[0]),  # has a password
    ]
    texts = {re.sub(r"value=\"[^\"]*\"", "", answer.text) for answer in answers}
    assert len(texts) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert len(recovery_codes(worker)) == 10


@pytest.mark.slow
def test_guessing_recovery_codes_ends_soon(client, worker):
    for number in range(MOST_WRONG_NAME):
        assert recover(client, "worker", "12345 67890", REMOTE_ADDR=f"10.8.0.{number}").status_code == 200
    assert recover(client, "worker", "12345 67890", REMOTE_ADDR="10.9.9.9").status_code == 429


def webauthn(**response):
    """An answer about a passkey of the first user, in which these bytes stand."""
    parts = {
        "userHandle": b"1",
        "clientDataJSON": b'{"type":"webauthn.get","challenge":"YQ"}',
        "signature": b"a",
    }
    texts = {name: websafe_encode(value) for name, value in (parts | response).items()}
    return json.dumps({"id": "YQ", "rawId": "YQ", "type": "public-key", "response": texts})


AUTH = bytes(32) + b"\x85" + bytes(4)  # says that a map follows


@pytest.mark.slow
@pytest.mark.parametrize(
    "credential",
    [
        *("x", "{}", "[]", "null", '{"response": {"userHandle": "MQ"}}', "\ud83d" * 2, "[" * 100_000),
        webauthn(clientDataJSON=b"[" * 100_000, authenticatorData=bytes(37)),
        webauthn(authenticatorData=AUTH + b"\x81" * 20_000),  # lists in lists without end
        webauthn(authenticatorData=AUTH),
        webauthn(authenticatorData=AUTH + b"\x1a"),  # a number without its bytes
    ],
    ids=str.__len__,
)
def test_what_is_no_passkey_gets_a_sentence(client, worker, credential):
    client.post("/login/vraag/")
    page = client.post("/login/", {"credential": credential.encode("utf-8", "replace").decode()})
    assert page.status_code == 200
    assert "Deze toegangssleutel kennen we niet." in page.text
    log_in(client, worker)
    page = client.post("/login/instellen/", {"credential": "{}"})
    assert "Het maken van de sleutel lukte niet." in page.text


def test_secrets_are_sealed_in_the_database(worker):
    secret = set_up_app(worker)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert recovery_codes(worker)[0] not in stored


def test_a_password_login_with_nothing_set_up_is_not_asked_for_a_code(client, volunteer):
    assert log_in(client, volunteer, password=PASSWORD)["Location"] == "/werk/"
