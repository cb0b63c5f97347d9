"""Who runs the organisation logs a colleague out everywhere, now: a phone was lost. It is written down, and no more."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from klapkarre.foundation.accounts import lapse, memberships, sessions
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD
from klapkarre.foundation.accounts.kept_sessions import kept_as
from klapkarre.foundation.accounts.models import LoginEvent, MembershipChange, Role, User
from klapkarre.foundation.accounts.tests.making import member

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def page_of(user):
    return f"/organisatie/medewerkers/{user.memberships.earliest('pk').pk}/"


def come_in(user):
    """A browser in which this user works, in the list of its owner as a login puts it there."""
    browser = Client()
    browser.force_login(user)
    UserSession.objects.create(user=user, session_key=kept_as(browser.session.session_key), ip="::")
    assert is_in(browser)
    return browser


def is_in(browser):
    return not browser.get("/werk/").headers.get("location", "").startswith("/login/")


def noted():
    changes = MembershipChange.objects.filter(kind="sessions_ended")
    events = LoginEvent.objects.filter(kind="ended_by")
    return (
        [(one.membership.user.username, one.by.username) for one in changes],
        [one.user.username for one in events],
    )


@pytest.mark.parametrize("runs", ["coordinator", "admin"])
def test_who_runs_the_organisation_logs_a_colleague_out_everywhere(client, request, worker, runs):
    phone, desk, other = come_in(worker), come_in(worker), come_in(request.getfixturevalue("volunteer"))
    client.force_login(request.getfixturevalue(runs))
    assert "Meld overal af" in client.get(page_of(worker)).text
    for said in ("Je collega is overal afgemeld.", "Je collega was nergens aangemeld."):  # twice is once
        page = client.post(f"{page_of(worker)}afmelden/", follow=True)
        assert said in page.text
    assert [is_in(one) for one in (phone, desk, other, client)] == [False, False, True, True]
    assert noted() == ([("worker", runs)], ["worker"])
    assert "Overal afgemeld" in page.text
    assert come_in(worker), "the login itself is as it was"


@pytest.mark.slow
def test_the_auditor_sees_who_did_it(client, worker, coordinator, auditor):
    come_in(worker)
    memberships.end_sessions(coordinator, worker.memberships.get())
    client.force_login(auditor)
    assert "Overal afgemeld" in client.get("/organisatie/inzagen/rollen/").text
    assert (
        "Overal afgemeld door wie de organisatie leidt" in client.get("/organisatie/inzagen/inloggen/").text
    )


@pytest.mark.slow
def test_it_takes_a_fresh_proof(client, worker, coordinator):
    phone = come_in(worker)
    client.force_login(coordinator)
    session = client.session
    session[sessions.CONFIRMED] -= sessions.RECENT + 1
    session.save()
    answer = client.post(f"{page_of(worker)}afmelden/")
    assert answer["Location"].startswith("/login/opnieuw/")
    assert (is_in(phone), noted()) == (True, ([], []))
    page = client.post(answer["Location"], {"password": DEMO_PASSWORD, "next": page_of(worker)}, follow=True)
    assert "Er is nog niets gedaan: druk opnieuw." in page.text
    assert "Er is nog niets gedaan" not in client.get(page_of(worker)).text
    assert (is_in(phone), noted()) == (True, ([], []))


def test_what_the_colleague_was_typing_is_for_nobody_else(client, worker, volunteer, coordinator):
    phone = come_in(worker)
    memberships.end_sessions(coordinator, worker.memberships.get())
    sealed = phone.post("/werk/contacten/nieuw/", {"note": "Dak lekt"}).context["typed"]
    assert lapse.unpack(sealed, volunteer) is None
    assert lapse.unpack(sealed, worker) == ("/werk/contacten/nieuw/", [["note", "Dak lekt"]])


def test_nor_is_what_stood_in_another_tab_when_the_half_hour_was_over(worker, volunteer):
    browser = come_in(worker)
    session = browser.session
    session[sessions.SEEN] -= sessions.IDLE + 1
    session.save()
    browser.get("/werk/")
    sealed = browser.post("/werk/contacten/nieuw/", {"note": "Dak lekt"}).context["typed"]
    assert lapse.unpack(sealed, volunteer) is None
    assert lapse.unpack(sealed, worker) is not None


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["auditor", "admin", "coordinator"])
def test_not_of_who_holds_a_role_that_she_does_not_give_and_not_the_own(client, request, coordinator, whom):
    theirs = request.getfixturevalue(whom)
    browser = come_in(theirs)
    client.force_login(coordinator)
    assert "Meld overal af" not in client.get(page_of(theirs)).text
    page = client.post(f"{page_of(theirs)}afmelden/", follow=True)
    assert "Deze collega kan jij niet afmelden." in page.text
    assert (is_in(browser), noted()) == (True, ([], []))


@pytest.mark.slow
def test_not_of_who_is_also_more_than_that(client, coordinator, worker, worker_abroad, organisation):
    """A second role that she does not give, here or in another organisation."""
    far = worker_abroad.memberships.get()
    member(worker_abroad, organisation, Role.VOLUNTEER)
    member(worker, organisation, Role.AUDITOR)
    assert far.organisation != organisation
    for user, role in ((worker, "worker"), (worker_abroad, "volunteer")):
        browser = come_in(User.objects.get(pk=user.pk))
        with pytest.raises(memberships.Refused):
            memberships.end_sessions(coordinator, user.memberships.get(role=role, organisation=organisation))
        assert is_in(browser)
    assert noted() == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "status"), [("worker", 403), ("auditor", 403), ("worker_abroad", 403), ("partner", 403)]
)
def test_nobody_else_does(client, request, volunteer, who, status):
    browser = come_in(volunteer)
    client.force_login(request.getfixturevalue(who))
    assert client.post(f"{page_of(volunteer)}afmelden/").status_code == status
    assert is_in(browser)
    assert UserSession.objects.filter(user=volunteer).exists()
