"""Who lost every way in gets a letter from who runs the organisation, and makes the login again with it."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from klapkarre.commands import letter as letter_command
from klapkarre.foundation.accounts import invitations, memberships, sessions
from klapkarre.foundation.accounts.memberships import Refused
from klapkarre.foundation.accounts.models import Invitation, Membership, MembershipChange, Role, User
from klapkarre.foundation.accounts.tests.making import DAY, again, member
from klapkarre.foundation.accounts.tests.otp import (
    PASSWORD,
    code_of,
    log_in,
    recovery_codes,
    set_up_app,
    shown_secret,
)

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def link(invitation):
    return f"/uitnodiging/{invitations.token_of(invitation)}/"


def role_of(user):
    return user.memberships.get()


def state_of(user):
    """All that opens this account."""
    factors = Authenticator.objects.filter(user=user).count()
    return again(user).has_usable_password(), factors, SocialAccount.objects.filter(user=user).count()


@pytest.fixture
def letter(coordinator, worker):
    set_up_app(worker)
    SocialAccount.objects.create(user=worker, provider="huis", uid="anna")
    return invitations.renew(coordinator, role_of(worker))


@pytest.mark.slow
def test_a_coordinator_gives_a_letter_in_the_browser(client, coordinator, worker):
    client.force_login(coordinator)
    path = f"/organisatie/medewerkers/{role_of(worker).pk}/"
    assert "Kan niet meer inloggen?" in client.get(path).text
    page = client.post(f"{path}brief/", follow=True)
    made = Invitation.objects.get()
    assert f"http://testserver{link(made)}" in page.text
    paper = client.get(f"/organisatie/uitnodigingen/{made.pk}/brief/").text
    assert "Maak je login opnieuw" in paper
    assert "<b>worker</b>" in paper
    assert [part for part in invitations.code_of(made).split("-") if part not in paper] == []
    assert "Nieuwe brief voor de login" in client.get(path).text
    assert state_of(worker) == (True, 0, 0)


def test_the_letter_ends_every_old_way_in_and_leads_to_a_new_one(client, letter, worker):
    old = Client()
    old.force_login(worker)
    old.get("/werk/")
    codes = recovery_codes(worker)
    page = client.get(link(letter))
    assert "Je gebruikersnaam blijft <b>worker</b>." in page.text
    assert state_of(worker) == (True, 2, 1)  # looking changes nothing
    answer = client.post(link(letter))
    assert answer["Location"] == "/login/instellen/"
    assert state_of(worker) == (False, 0, 0)
    assert len(sessions.of_user(worker)) == 1
    assert old.get("/werk/")["Location"] == "/login/?next=/werk/"
    assert client.get("/werk/")["Location"] == "/login/instellen/"
    assert "passen niet samen" in log_in(Client(), worker, PASSWORD).text
    page = Client().post("/login/herstel/", {"username": "worker", "code": codes[0]})
    assert "passen niet samen" in page.text
    secret = shown_secret(client.get("/login/instellen/app/"))
    form = {"new": "vier woorden achter elkaar", "again": "vier woorden achter elkaar"}
    client.post("/login/instellen/app/", form | {"code": code_of(secret)})
    assert client.get("/werk/").status_code == 200
    assert Membership.objects.filter(user=worker).count() == 1
    kinds = MembershipChange.objects.values_list("kind", "by__username")
    assert list(kinds) == [("letter", "coordinator"), ("new_login", "coordinator")]


@pytest.mark.slow
def test_the_letter_works_once(client, letter, worker):
    client.post(link(letter))
    late = Client()
    assert [late.get(link(letter)).status_code, late.post(link(letter)).status_code] == [404, 404]
    letter.refresh_from_db()
    assert (letter.state, letter.used_by) == ("used", worker)


def test_its_code_works_as_that_of_an_invitation(client, letter):
    answer = client.post("/uitnodiging/", {"code": invitations.code_of(letter)})
    assert answer["Location"] == link(letter)


@pytest.mark.slow
def test_who_was_logged_in_on_that_device_is_not_any_more(client, letter, worker, volunteer):
    client.force_login(volunteer)
    client.post(link(letter))
    assert client.session["_auth_user_id"] == str(worker.pk)
    assert role_of(volunteer).role == Role.VOLUNTEER


def test_it_serves_who_never_finished(client, coordinator, organisation, team):
    first = invitations.invite(coordinator, organisation, role=Role.WORKER, team=team)
    client.post(link(first), {"username": "nieuw"})  # and closes the browser
    user = User.objects.get(username="nieuw")
    letter = invitations.renew(coordinator, role_of(user))
    assert Client().post(link(letter))["Location"] == "/login/instellen/"
    assert User.objects.filter(username__startswith="nieuw").count() == 1


@pytest.mark.slow
def test_a_second_letter_ends_the_first(coordinator, worker, letter):
    second = invitations.renew(coordinator, role_of(worker))
    statuses = [Client().get(link(one)).status_code for one in (letter, second)]
    assert statuses == [404, 200]


@pytest.mark.slow
def test_it_can_be_taken_back(client, coordinator, worker, letter):
    client.force_login(coordinator)
    client.post(f"/organisatie/uitnodigingen/{letter.pk}/intrekken/")
    assert Client().post(link(letter)).status_code == 404
    assert state_of(worker) == (True, 2, 1)


STOPS = {
    "giver left": lambda by, user: by.memberships.update(ends_on=timezone.localdate() - DAY),
    "giver is a worker now": lambda by, user: by.memberships.update(role=Role.WORKER),
    "expired": lambda by, user: Invitation.objects.update(expires_at=timezone.now()),
    "suspended": lambda by, user: user.memberships.update(suspended_at=timezone.now()),
    "left": lambda by, user: user.memberships.update(ends_on=timezone.localdate() - DAY),
    "became administrator": lambda by, user: member(
        "worker", by.memberships.get().organisation, "administrator"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_what_was_stopped_makes_nothing_new(client, coordinator, worker, letter, stop):
    stop(coordinator, worker)
    assert [client.get(link(letter)).status_code, client.post(link(letter)).status_code] == [404, 404]
    assert state_of(worker) == (True, 2, 1)


def abroad():
    from klapkarre.foundation.accounts.actions import start_organisation

    return start_organisation("Andere Stad vzw", "andere-stad")


REFUSED = {
    "yourself": lambda here, by: by.memberships.get(),
    "a role above": lambda here, by: member("baas", here, Role.ADMINISTRATOR),
    "also a role above": lambda here, by: [
        member("baas", here, Role.ADMINISTRATOR),
        member("baas", here, Role.WORKER),
    ][1],
    "also a role elsewhere": lambda here, by: [
        member("twee", abroad(), Role.WORKER),
        member("twee", here, Role.WORKER),
    ][1],
    "suspended": lambda here, by: member("stil", here, Role.WORKER, suspended_at=timezone.now()),
    "left": lambda here, by: member("weg", here, Role.WORKER, ends_on=timezone.localdate() - DAY),
}


@pytest.mark.slow
@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_nobody_gets_more_with_a_letter_than_they_may_give(client, coordinator, organisation, make):
    membership = make(organisation, coordinator)
    with pytest.raises(Refused):
        invitations.renew(coordinator, membership)
    client.force_login(coordinator)
    path = f"/organisatie/medewerkers/{membership.pk}/"
    assert "Kan niet meer inloggen?" not in client.get(path).text
    page = client.post(f"{path}brief/", follow=True)
    assert "Deze brief kan jij niet geven. Vraag het aan de beheerder." in page.text
    assert not Invitation.objects.exists()


def test_a_letter_needs_a_fresh_proof(client, coordinator, worker):
    client.force_login(coordinator)
    session = client.session
    session["confirmed"] -= 301
    session.save()
    path = f"/organisatie/medewerkers/{role_of(worker).pk}/"
    answer = client.post(f"{path}brief/", headers={"Referer": f"http://testserver{path}"})
    assert answer["Location"].startswith("/login/opnieuw/?next=%2Forganisatie%2Fmedewerkers%2F")
    assert not Invitation.objects.exists()


def test_an_invitation_gives_a_role_and_no_login(worker, coordinator, organisation):
    """The two kinds of letter never mix: an invitation that a colleague takes leaves the own login as it is."""
    made = invitations.invite(coordinator, organisation, role=Role.PARTNER)
    invitations.accept(made, user=worker)
    assert again(worker).has_usable_password()
    assert memberships.givable(worker, organisation) == set()


@pytest.fixture
def from_server(admin, capsys):
    """What the command on the server prints for the only administrator, and the link in it."""

    def make(name="admin"):
        code = letter_command.run(SimpleNamespace(username=name))
        said = capsys.readouterr()
        return code, said.out + said.err

    return make


@pytest.mark.slow
def test_the_only_administrator_gets_a_letter_on_the_server(client, admin, from_server):
    set_up_app(admin)
    code, said = from_server()
    made = Invitation.objects.get()
    assert code == 0
    assert f"http://localhost{link(made)}" in said
    assert invitations.code_of(made) in said
    assert made.expires_at - made.invited_at == DAY
    page = client.get(link(made))
    assert "Wie de server beheert, gaf je deze brief." in page.text
    assert client.post(link(made)).headers["Location"] == "/login/instellen/"
    assert state_of(admin) == (False, 0, 0)
    kinds = list(MembershipChange.objects.values_list("kind", "by"))
    assert kinds == [("server_letter", None), ("new_login", admin.pk)]
    assert client.post(link(made)).status_code == 404


def test_a_letter_of_the_server_ends_with_the_role(client, admin, from_server):
    from_server()
    made = Invitation.objects.get()
    Membership.objects.update(suspended_at=timezone.now())
    assert client.post(link(made)).status_code == 404
    assert from_server()[0] == 1
    assert from_server("niemand") == (
        1,
        "Er is niemand 'niemand' met een rol die loopt. Let op hoofdletters.\n",
    )


def test_no_colleague_makes_a_letter_in_her_own_name(admin, coordinator):
    """What marks a letter of the server cannot be made on a page."""
    for user in (admin, coordinator):
        with pytest.raises(Refused):
            invitations.renew(user, role_of(user))
