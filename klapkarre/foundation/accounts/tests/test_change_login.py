"""Changing how you log in: only who just showed who they are, never without a way in, and in plain Dutch."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from klapkarre.foundation.accounts.forms import MOST_WRONG
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
CONFIRM = "/login/opnieuw/"
LAST = "Dit is je laatste sleutel. Maak eerst een andere, dan kan deze weg."


@pytest.fixture
def strong(client, worker):
    """A client of a worker who has an app; `strong.secret` is in it."""
    client.secret = set_up_app(worker)
    log_in(client, worker)
    assert client.post("/login/tweede/", {"code": code_of(client.secret)})["Location"] == "/werk/"
    return client


def wait(client, seconds):
    session = client.session
    session["confirmed"] -= seconds
    session.save()


def app_of(user):
    return Authenticator.objects.get(user=user, type="totp")


WEIGHS = [
    ("get", "/login/instellen/app/"),
    ("post", "/login/instellen/vraag/"),
    ("post", "/login/mijn/sleutel/"),
    ("post", "/login/mijn/sleutel/{app}/weg/"),
    ("post", "/login/mijn/codes/"),
    ("get", "/login/mijn/wachtwoord/"),
    ("post", "/login/mijn/koppeling/1/weg/"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), WEIGHS)
def test_a_change_needs_a_proof_of_the_last_five_minutes(strong, worker, method, path):
    path = path.format(app=app_of(worker).pk)
    wait(strong, 5 * 60 + 1)
    before = list(Authenticator.objects.order_by("pk").values())
    answer = getattr(strong, method)(path, {"new": "a" * 12, "again": "a" * 12})
    assert answer["Location"].startswith(f"{CONFIRM}?next=%2Flogin%2F")
    assert list(Authenticator.objects.order_by("pk").values()) == before
    assert User.objects.get(pk=worker.pk).check_password(PASSWORD)


@pytest.mark.slow
@pytest.mark.parametrize(("ago", "is_kept"), [(10 * 60 - 5, True), (10 * 60 + 1, False)])
def test_who_opened_a_form_in_time_may_take_as_long_again(strong, worker, ago, is_kept):
    wait(strong, ago)
    new = "vier woorden achter elkaar"
    answer = strong.post("/login/mijn/wachtwoord/", {"new": new, "again": new})
    assert answer["Location"].startswith("/login/mijn/" if is_kept else CONFIRM)
    assert User.objects.get(pk=worker.pk).check_password(new) is is_kept


@pytest.mark.slow
def test_a_proof_counts_for_five_minutes(strong):
    wait(strong, 5 * 60 - 5)
    assert strong.get("/login/mijn/wachtwoord/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("proof", ["password", "code"])
def test_who_shows_who_they_are_goes_on_where_they_were(strong, proof):
    wait(strong, 301)
    where = strong.get("/login/mijn/wachtwoord/")["Location"]
    page = strong.get(where)
    assert "Toon nog eens wie je bent" in page.text
    wrong = strong.post(CONFIRM, {proof: "000000", "next": "/login/mijn/wachtwoord/"})
    assert "Dit klopt niet. Kijk het na en probeer opnieuw." in wrong.text
    right = {"password": PASSWORD, "code": code_of(strong.secret, 1)}[proof]
    answer = strong.post(CONFIRM, {proof: right, "next": "/login/mijn/wachtwoord/"})
    assert answer["Location"] == "/login/mijn/wachtwoord/"
    assert strong.get("/login/mijn/wachtwoord/").status_code == 200


def test_who_posted_comes_back_to_the_page_with_the_form(strong):
    wait(strong, 601)
    page = {"Referer": "http://testserver/login/instellen/app/?x=1"}
    answer = strong.post("/login/instellen/app/", {"code": "1"}, headers=page)
    assert answer["Location"] == f"{CONFIRM}?next=%2Flogin%2Finstellen%2Fapp%2F"
    elsewhere = {"Referer": "https://elders.example/login/"}
    answer = strong.post("/login/mijn/codes/", headers=elsewhere)
    assert answer["Location"] == f"{CONFIRM}?next=%2Flogin%2Fmijn%2F"


def test_showing_who_you_are_leads_to_our_own_pages_only(strong):
    answer = strong.post(CONFIRM, {"password": PASSWORD, "next": "https://elders.example/"})
    assert answer["Location"] == "/login/mijn/"


@pytest.mark.slow
def test_guessing_there_ends_soon(strong):
    for _ in range(MOST_WRONG):
        assert strong.post(CONFIRM, {"password": "fout"}).status_code == 200
    page = strong.post(CONFIRM, {"password": PASSWORD})
    assert page.status_code == 429
    assert "Wacht tien minuten en probeer opnieuw." in page.text


def test_who_installs_an_app_for_a_long_time_is_not_stuck(client, worker):
    worker.set_unusable_password()
    worker.save()
    client.force_login(worker)
    session = client.session
    session["strong"] = False
    session.save()
    page = client.get("/login/instellen/app/")
    wait(client, 20 * 60)
    form = {"code": code_of(shown_secret(page)), "new": "vier woorden achter elkaar"}
    answer = client.post("/login/instellen/app/", form | {"again": form["new"]})
    assert answer["Location"] == "/login/instellen/codes/"


@pytest.mark.slow
def test_the_last_second_factor_of_a_role_that_needs_one_stays(strong, worker):
    page = strong.post(f"/login/mijn/sleutel/{app_of(worker).pk}/weg/", follow=True)
    assert LAST in page.text
    assert app_of(worker)


@pytest.mark.slow
def test_one_of_two_may_go(strong, worker):
    data = {"name": "Telefoon", "credential": {}}
    Authenticator.objects.create(user=worker, type="webauthn", data=data)
    page = strong.post(f"/login/mijn/sleutel/{app_of(worker).pk}/weg/", follow=True)
    assert "Dat is weg. Je andere toestellen zijn uitgelogd." in page.text
    left = Authenticator.objects.filter(user=worker).values_list("type", flat=True)
    assert sorted(left) == ["recovery_codes", "webauthn"]


@pytest.mark.slow
def test_who_needs_none_may_take_the_last_one_away_and_its_codes_go(client, volunteer):
    secret = set_up_app(volunteer)
    log_in(client, volunteer)
    client.post("/login/tweede/", {"code": code_of(secret)})
    client.post(f"/login/mijn/sleutel/{app_of(volunteer).pk}/weg/")
    assert not Authenticator.objects.exists()
    assert log_in(Client(), volunteer)["Location"] == "/werk/"


def test_nobody_touches_the_factors_of_another(strong, worker, volunteer):
    set_up_app(volunteer)
    pk = app_of(volunteer).pk
    assert strong.post(f"/login/mijn/sleutel/{pk}/weg/").status_code == 404
    assert strong.get(f"/login/mijn/sleutel/{pk}/").status_code == 404
    codes = Authenticator.objects.get(user=worker, type="recovery_codes")
    assert strong.post(f"/login/mijn/sleutel/{codes.pk}/weg/").status_code == 404


@pytest.mark.slow
def test_new_recovery_codes_end_the_old_ones(strong, worker):
    old = recovery_codes(worker)
    page = strong.post("/login/mijn/codes/", follow=True)
    shown = re.findall(r"<code>(\d{5}) (\d{5})</code>", page.text)
    assert ["".join(pair) for pair in shown] == recovery_codes(worker)
    assert set(old) & set(recovery_codes(worker)) == set()
    client = Client()
    log_in(client, worker)
    assert "Deze code klopt niet" in client.post("/login/tweede/", {"code": old[0]}).text


@pytest.mark.slow
def test_codes_are_shown_to_the_session_that_made_them_and_once(strong, worker):
    strong.post("/login/mijn/codes/")
    strong.post("/login/instellen/codes/")
    assert strong.get("/login/instellen/codes/")["Location"] == "/login/mijn/"


@pytest.mark.slow
def test_a_passkey_gets_the_name_that_its_owner_knows(strong, worker):
    data = {"name": "Chrome op Linux", "credential": {}}
    key = Authenticator.objects.create(user=worker, type="webauthn", data=data)
    path = f"/login/mijn/sleutel/{key.pk}/"
    assert "Geef de sleutel een naam." in strong.post(path, {"name": " "}).text
    assert "Deze tekst is te lang" in strong.post(path, {"name": "x" * 41}).text
    strong.post(path, {"name": "Mijn <b>telefoon</b>"})
    assert "Mijn &lt;b&gt;telefoon&lt;/b&gt;" in strong.get("/login/mijn/").text


def error_texts(page):
    """The sentences of the summary of errors."""
    summary = page.text.partition('role="alert"')[2].partition("</div>")[0]
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", summary)


NEW_PASSWORD = "/login/mijn/wachtwoord/"
TOO_SHORT = "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."
TOO_COMMON = "Dit wachtwoord gebruiken te veel mensen. Kies een ander."
UNKEEPABLE = "Deze tekst bevat tekens die we niet kunnen bewaren."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "form", "texts"),
    [
        (NEW_PASSWORD, {"x": "1"}, ["Vul een wachtwoord in.", "Vul het wachtwoord nog eens in."]),
        (NEW_PASSWORD, {"new": "kort", "again": "kort"}, [TOO_SHORT]),
        (NEW_PASSWORD, {"new": "password1234", "again": "password1234"}, [TOO_COMMON]),
        (NEW_PASSWORD, {"new": "12345", "again": "12345"}, [TOO_SHORT, TOO_COMMON]),
        (
            NEW_PASSWORD,
            {"new": "regen soep fiets", "again": "b"},
            ["De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."],
        ),
        (NEW_PASSWORD, {"new": "a\0" * 12, "again": "a"}, [UNKEEPABLE]),
        ("/login/instellen/app/", {"x": "1"}, ["Vul de code in die je app toont."]),
        (
            "/login/instellen/app/",
            {"code": "x"},
            ["Deze code klopt niet. Wacht op de volgende code en probeer opnieuw."],
        ),
        (CONFIRM, {}, ["Vul een van de vakken in, of gebruik je toegangssleutel."]),
        (CONFIRM, {"code": "x"}, ["Dit klopt niet. Kijk het na en probeer opnieuw."]),
        (CONFIRM, {"code": "\0"}, [UNKEEPABLE]),
    ],
)
def test_each_mistake_gets_a_dutch_sentence(strong, path, form, texts):
    page = strong.post(path, form)
    assert (page.status_code, error_texts(page)) == (200, texts)


@pytest.mark.parametrize(
    ("path", "form", "texts"),
    [
        ("/login/", {"password": "x"}, ["Vul je gebruikersnaam in."]),
        ("/login/", {"username": "x"}, ["Vul je wachtwoord in."]),
        ("/login/herstel/", {"code": "x"}, ["Vul je gebruikersnaam in."]),
        ("/login/herstel/", {"username": "x"}, ["Vul een herstelcode in."]),
        ("/login/herstel/", {"username": "\0", "code": "1"}, [UNKEEPABLE]),
    ],
)
def test_each_mistake_before_the_login_too(client, db, path, form, texts):
    page = client.post(path, form)
    assert (page.status_code, error_texts(page)) == (200, texts)


@pytest.mark.slow
def test_the_second_step_without_a_code(client, worker):
    set_up_app(worker)
    log_in(client, worker)
    assert error_texts(client.post("/login/tweede/", {"code": ""})) == ["Vul de code in."]


def test_logging_in_tells_nothing_about_who_exists(client, worker, volunteer, city):
    set_up_app(worker)
    city.set_unusable_password()
    city.save()
    User.objects.create_user("uit", PASSWORD)
    User.objects.filter(username="uit").update(is_active=False)
    names = ["niemand", "worker", "volunteer", "city", "uit"]
    pages = [client.post("/login/", {"username": name, "password": "fout"}) for name in names]
    plain = {re.sub(r'value="[^"]*"', "", page.text) for page in pages}
    assert (len(plain), {page.status_code for page in pages}) == (1, {200})
    assert error_texts(pages[0]) == ["Deze gebruikersnaam en dit wachtwoord passen niet samen. Kijk ze na."]


def test_the_demo_keeps_its_password(client, worker, settings):
    settings.DEMO = True
    log_in(client, worker)
    page = client.post(NEW_PASSWORD, {"new": "vier woorden lang", "again": "vier woorden lang"})
    assert error_texts(page) == ["In de demo blijft het wachtwoord zoals het is."]
