"""Signing in: the right password, a safe next page, one tap in the demo and never elsewhere."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.forms import MOST_WRONG, MOST_WRONG_NAME
from klapkarre.foundation.accounts.models import Membership

GOOD = {"username": "worker", "password": "klapkarre-demo"}


def sign_in(client, **fields):
    return client.post("/login/", GOOD | fields)


def test_the_right_password_leads_to_work(client, volunteer):
    answer = sign_in(client, username="volunteer")
    assert (answer.status_code, answer["Location"]) == (302, "/werk/")


def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(client, worker):
    answer = sign_in(client, password="fout")
    assert answer.status_code == 200
    assert "passen niet samen" in answer.text
    assert 'value="worker"' in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/resultaten/", "/resultaten/"),
        ("https://elsewhere.example/", "/werk/"),
        ("//elsewhere.example/", "/werk/"),
        ("/\\elsewhere.example/", "/werk/"),
        ("javascript:alert(1)", "/werk/"),
        ("abc", "/werk/"),
        ("accounts:logout", "/werk/"),
        ("/" + "a" * 9000, "/werk/"),
    ],
)
def test_the_next_page_is_always_our_own(client, volunteer, wanted, got):
    assert sign_in(client, username="volunteer", next=wanted)["Location"] == got


def test_who_is_signed_in_goes_on_to_work(client, worker):
    client.force_login(worker)
    assert client.get("/login/")["Location"] == "/werk/"
    assert client.get("/login/?next=/resultaten/")["Location"] == "/resultaten/"


def test_the_login_page_speaks_of_logging_in_only(client, db):
    page = client.get("/login/").text
    assert ("Log in" in page, "anmelden" in page, "Meld je aan" in page) == (True, False, False)


def test_a_closed_page_asks_to_sign_in_and_comes_back(client, db):
    answer = client.get("/werk/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/werk/")


def test_guessing_from_one_address_ends_soon(client, worker):
    for number in range(MOST_WRONG):
        assert sign_in(client, username=f"naam{number}").status_code == 200
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Wacht tien minuten en probeer opnieuw." in answer.text
    assert 'value="worker"' in answer.text
    assert "_auth_user_id" not in client.session
    assert client.post("/login/", GOOD, REMOTE_ADDR="10.9.9.9").status_code == 302


@pytest.mark.slow
def test_guessing_at_one_name_ends_soon(client, worker):
    for number in range(MOST_WRONG_NAME):
        wrong = GOOD | {"password": "fout", "username": ("worker", "WORKER", " ｗorker")[number % 3]}
        assert client.post("/login/", wrong, REMOTE_ADDR=f"10.8.0.{number}").status_code == 200
    assert client.post("/login/", GOOD, REMOTE_ADDR="10.9.9.9").status_code == 429


@pytest.mark.slow
@pytest.mark.access
def test_one_address_cannot_lock_one_name(client, worker):
    for _ in range(2 * MOST_WRONG):
        sign_in(client, password="fout")
    assert client.post("/login/", GOOD, REMOTE_ADDR="10.9.9.9").status_code == 302


@pytest.mark.slow
def test_one_address_cannot_lock_every_name(client, worker):
    for number in range(MOST_WRONG):
        sign_in(client, username=f"naam{number}")
    for _ in range(MOST_WRONG):
        assert sign_in(client, password="fout").status_code == 429
    assert client.post("/login/", GOOD, REMOTE_ADDR="10.9.9.9").status_code == 302


@pytest.mark.slow
def test_no_password_is_looked_at_when_there_were_too_many(client, worker, django_assert_num_queries):
    for _ in range(MOST_WRONG):
        sign_in(client, password="fout")
    sign_in(client)  # the first one that is too many is noted
    with django_assert_num_queries(0):
        assert sign_in(client).status_code == 429


@pytest.mark.slow
def test_right_passwords_and_empty_forms_are_never_too_many(client, worker):
    for _ in range(MOST_WRONG + 1):
        assert sign_in(client).status_code == 302
        client.logout()
        assert sign_in(client, password="").status_code == 200
    assert sign_in(client).status_code == 302


@pytest.mark.parametrize("field", ["username", "password"])
def test_what_cannot_be_kept_gets_our_own_sentence(client, worker, field):
    answer = sign_in(client, **{field: "a\0b"})
    assert answer.status_code == 200
    assert "Deze tekst bevat tekens die we niet kunnen bewaren." in answer.text


@pytest.mark.parametrize("demo", [True, False])
def test_one_tap_works_in_the_demo_only(client, worker, settings, demo):
    settings.DEMO = demo
    answer = client.post("/login/demo/", {"role": "worker"})
    assert answer.status_code == (302 if demo else 404)
    assert ("_auth_user_id" in client.session) is demo


def test_only_the_demo_shows_its_password(client, db, settings):
    settings.DEMO = False
    assert "klapkarre-demo" not in client.get("/login/").text


def test_one_tap_is_for_demo_names_only(client, worker, settings):
    settings.DEMO = True
    worker.username = "iemand"
    worker.save()
    assert client.post("/login/demo/", {"role": "iemand"}).status_code == 404


def test_signing_out_ends_the_session_and_clears_the_cache(client, worker):
    sign_in(client)
    answer = client.post("/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/werk/").status_code == 302


def test_signing_out_is_never_a_link(client, worker):
    client.force_login(worker)
    assert client.get("/logout/").status_code == 405


@pytest.mark.parametrize(
    ("begins", "ends", "holds"), [(-1, None, True), (0, 0, True), (1, None, False), (-9, -1, False)]
)
def test_a_role_holds_from_its_first_day_to_its_last(worker, team, begins, ends, holds):
    today = timezone.localdate()

    def shift(days):
        return None if days is None else today + datetime.timedelta(days=days)

    Membership.objects.update(starts_on=shift(begins), ends_on=shift(ends))
    worker = type(worker).objects.get(pk=worker.pk)
    assert worker.role_names == ({"worker"} if holds else set())
    assert worker.names_reach.team_ids == ({team.pk} if holds else set())


def test_a_coordinator_shares_all_teams_but_sees_no_names(coordinator, team, other_team, worker_abroad):
    assert coordinator.reach.team_ids == {team.pk, other_team.pk}
    assert coordinator.names_reach.team_ids == set()


def test_who_cannot_log_in_reads_what_to_do(client, db):
    page = client.get("/login/").text
    for words in (
        "Wachtwoord vergeten",
        "Telefoon met de app kwijt",
        "Log in met een herstelcode",
        "Typ de code van",
    ):
        assert words in page


def test_who_was_sent_here_reads_why(client, db):
    said = "Na een tijd zonder tik log je vanzelf uit."
    assert (said in client.get("/login/?next=/werk/").text, said in client.get("/login/").text) == (
        True,
        False,
    )
