"""What happens at the door stands in the log: once each, of whom, and never what was typed."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts import factors, invitations, logbook
from klapkarre.foundation.accounts.forms import LoginForm
from klapkarre.foundation.accounts.models import LoginEvent, Membership, User
from klapkarre.foundation.accounts.tests.otp import code_of, log_in, set_up_app
from klapkarre.foundation.kit import limits

Kind, Way = LoginEvent.Kind, LoginEvent.Way
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def noted(user):
    return list(LoginEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def wrong(client, username, times=1):
    for number in range(times):
        client.post(
            "/login/", {"username": username, "password": "fout-geheim"}, REMOTE_ADDR=f"10.7.0.{number}"
        )


def test_who_comes_in_is_noted_with_way_and_browser(client, volunteer):
    client.post(
        "/login/", {"username": "volunteer", "password": "klapkarre-demo"}, headers={"User-Agent": FIREFOX}
    )
    event = LoginEvent.objects.get(user=volunteer)
    assert (event.kind, event.way, event.browser) == (Kind.IN, Way.PASSWORD, "Firefox op Linux")


def test_a_wrong_password_is_tied_to_the_account_and_not_kept(client, volunteer):
    wrong(client, "volunteer")
    event = LoginEvent.objects.get()
    assert (event.user, event.kind) == (volunteer, Kind.WRONG)
    assert "fout" not in " ".join(map(str, LoginEvent.objects.values_list().get()))


def test_a_name_that_nobody_has_leaves_a_line_without_the_name(client, db):
    wrong(client, "jos-van-de-hoek")
    row = LoginEvent.objects.values_list().get()
    assert LoginEvent.objects.get().user is None
    assert "jos" not in " ".join(map(str, row))


@pytest.mark.slow
def test_a_flood_of_unknown_names_fills_no_table(client, db, monkeypatch):
    monkeypatch.setattr(logbook, "MOST_UNKNOWN", 2)
    for number in range(4):
        wrong(client, f"naam{number}")
    assert LoginEvent.objects.count() == 2


def test_too_many_attempts_are_noted_once(client, volunteer, monkeypatch):
    monkeypatch.setattr(LoginForm, "counts", (("login_name", 3, limits.MINUTES_10, "Te veel."),))
    wrong(client, "volunteer", 6)
    assert noted(volunteer) == [Kind.WRONG] * 3 + [Kind.LOCKED]


def test_who_has_no_role_any_more_is_noted(client, volunteer):
    Membership.objects.filter(user=volunteer).update(suspended_at=timezone.now())
    log_in(client, volunteer)
    assert noted(volunteer) == [Kind.REFUSED]


@pytest.mark.slow
def test_the_second_step_and_what_makes_it(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    client.post("/login/tweede/", {"code": "000000"})
    client.post("/login/tweede/", {"code": code_of(secret)})
    added = [Kind.IN, Kind.APP_ADDED, Kind.CODES_MADE]
    assert noted(worker) == [*added, Kind.WRONG_SECOND, Kind.IN]
    assert LoginEvent.objects.first().way == Way.TWO_STEPS


@pytest.mark.slow
def test_a_recovery_code_is_noted_when_it_opens(client, worker):
    set_up_app(worker)
    code = factors.recovery_codes(worker)[0]
    log_in(client, worker)
    answer = client.post("/login/tweede/", {"code": code}, follow=True)
    assert "Maak nu een nieuwe sleutel" in answer.text
    assert noted(worker)[-2:] == [Kind.CODE_USED, Kind.IN]
    assert LoginEvent.objects.first().way == Way.CODE
    assert code not in str(list(LoginEvent.objects.values_list()))


@pytest.mark.slow
def test_a_new_password_new_codes_and_an_app_that_goes(client, worker):
    secret = set_up_app(worker)
    log_in(client, worker)
    client.post("/login/tweede/", {"code": code_of(secret)})
    before = len(noted(worker))
    new = "vier woorden in een zin"
    client.post("/login/mijn/wachtwoord/", {"new": new, "again": new})
    client.post("/login/mijn/codes/")
    Membership.objects.filter(user=worker).update(role="volunteer")
    client.post(f"/login/mijn/sleutel/{factors.of_user(worker).get().pk}/weg/")
    assert noted(worker)[before:] == [Kind.PASSWORD, Kind.CODES_MADE, Kind.APP_REMOVED]


def test_logging_out_elsewhere_is_noted(client, volunteer):
    other = Client()
    for one in (client, other):
        log_in(one, volunteer)
    client.post("/login/mijn/elders/")
    client.post("/login/mijn/elders/")  # nobody was left to log out
    assert noted(volunteer) == [Kind.IN, Kind.IN, Kind.ELSEWHERE]


def test_a_letter_is_noted_when_made_and_when_used(client, coordinator, worker):
    letter = invitations.renew(coordinator, worker.memberships.get())
    client.post(f"/uitnodiging/{invitations.token_of(letter)}/")
    assert noted(worker) == [Kind.LETTER_MADE, Kind.LETTER_USED, Kind.IN]
    assert LoginEvent.objects.first().way == Way.LETTER


def test_confirming_wrong_is_noted(client, volunteer):
    log_in(client, volunteer)
    client.post("/login/opnieuw/", {"password": "fout"})
    assert noted(volunteer) == [Kind.IN, Kind.WRONG_CONFIRM]


def test_i_see_what_happened_with_my_login_and_not_with_another(client, volunteer, worker):
    wrong(Client(), "worker")
    log_in(client, volunteer)
    page = client.get("/login/mijn/").text
    assert ("Ingelogd (wachtwoord)" in page, "Foute poging" in page) == (True, False)


@pytest.mark.slow
def test_attempts_are_told_once(client, volunteer):
    wrong(Client(), "volunteer", 3)
    for _ in range(3):
        log_in(client, volunteer)
        client.get("/werk/")  # what was told stays until a page shows it
        client.post("/logout/")
    log_in(client, volunteer)
    assert "foute pogingen" not in client.get("/werk/").text


@pytest.mark.slow
@pytest.mark.parametrize(("times", "told"), [(2, False), (3, True)])
def test_who_comes_in_hears_of_attempts_in_between(client, volunteer, times, told):
    log_in(client, volunteer)
    client.post("/logout/")
    wrong(Client(), "volunteer", times)
    log_in(client, volunteer)
    assert (f"{times} foute pogingen met jouw naam" in client.get("/werk/").text) is told


def test_the_auditor_sees_those_of_the_own_organisation_and_unknown_names(
    client, auditor, worker, coordinator, organisation
):
    from klapkarre.foundation.accounts.actions import start_organisation

    stranger = User.objects.create_user("vreemde")
    Membership.objects.create(
        user=stranger, organisation=start_organisation("Elders", "elders"), role="worker"
    )
    for user, kind in ((worker, Kind.LOCKED), (stranger, Kind.PASSKEY_ADDED), (None, Kind.WRONG)):
        logbook.note(user, kind)
    client.force_login(auditor)
    page = client.get("/organisatie/inzagen/inloggen/").text
    seen = [words in page for words in ("even dicht</span>", "vreemde", "een naam die niet bestaat")]
    assert seen == [True, False, True]


def test_the_auditor_filters_by_person_and_kind(client, auditor, worker, coordinator):
    logbook.note(worker, Kind.LOCKED)
    logbook.note(worker, Kind.PASSWORD)
    logbook.note(coordinator, Kind.PASSWORD)
    client.force_login(auditor)
    answer = client.get(f"/organisatie/inzagen/inloggen/?wie={worker.pk}&soort=password")
    found = [(one.user, one.kind) for one in answer.context["page_obj"].object_list]
    assert found == [(worker, Kind.PASSWORD)]
    assert "Kijk hem na" in client.get("/organisatie/inzagen/inloggen/?van=zot").text


def test_the_database_keeps_a_line_as_it_was_written(volunteer):
    logbook.note(volunteer, Kind.WRONG)
    for change in (
        lambda: LoginEvent.objects.update(kind=Kind.IN),
        lambda: LoginEvent.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert noted(volunteer) == [Kind.WRONG]


def test_a_line_goes_after_a_year(volunteer):
    logbook.note(volunteer, Kind.IN)
    later = timezone.now() + datetime.timedelta(days=367)
    assert not LoginEvent.objects.past_term(timezone.now()).exists()
    LoginEvent.objects.past_term(later).delete()
    assert not LoginEvent.objects.exists()
