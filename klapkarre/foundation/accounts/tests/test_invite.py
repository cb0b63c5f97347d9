"""From a link or a letter to a working login: in plain words, once, and only while who invited may invite."""

import datetime
import threading
import uuid

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts import invitations
from klapkarre.foundation.accounts.memberships import Refused
from klapkarre.foundation.accounts.models import Invitation, Membership, MembershipChange, Role, User
from klapkarre.foundation.accounts.tests.making import DAY, again, member
from klapkarre.foundation.kit.guesses import MANY, MOST_WRONG
from klapkarre.foundation.people import retention

pytestmark = [pytest.mark.access, pytest.mark.django_db]
CODES = "/uitnodiging/"


@pytest.fixture
def invited(coordinator, organisation, team):
    return invitations.invite(coordinator, organisation, role=Role.WORKER, team=team)


def link(invitation):
    return f"{CODES}{invitations.token_of(invitation)}/"


def test_a_coordinator_invites_in_the_browser(client, coordinator, team):
    client.force_login(coordinator)
    form = {"role": "worker", "team": team.pk, "starts_on": timezone.localdate().isoformat()}
    page = client.post("/organisatie/uitnodigingen/nieuw/", form, follow=True)
    made = Invitation.objects.get()
    assert f"http://testserver{link(made)}" in page.text
    assert (made.invited_by, made.expires_at - made.invited_at) == (coordinator, datetime.timedelta(days=14))
    letter = client.get(f"/organisatie/uitnodigingen/{made.pk}/brief/").text
    assert "testserver/uitnodiging/" in letter
    assert [part for part in invitations.code_of(made).split("-") if part not in letter] == []
    assert f"/organisatie/uitnodigingen/{made.pk}/" in client.get("/organisatie/medewerkers/").text


def test_link_and_code_are_kept_as_hashes_only(invited):
    values = " ".join(map(str, Invitation.objects.values_list().get()))
    assert invitations.token_of(invited) not in values
    assert [part for part in invitations.code_of(invited).split("-")[:3] if part in values] == []


def test_from_letter_to_work_in_five_screens(client, invited, organisation, team):
    client.get(CODES)  # 1: type the code
    words = invitations.code_of(invited).replace("-", " ").upper()
    answer = client.post(CODES, {"code": words})
    assert answer["Location"] == link(invited)
    page = client.get(answer["Location"])  # 2: who, for what, and a user name
    for text in (
        "coordinator",
        "Buurtwerk Proef vzw",
        "buurtopbouwwerker",
        "Team Molen",
        "Noteert contacten",
    ):
        assert text in page.text
    assert "no-store" in page["Cache-Control"]
    answer = client.post(link(invited), {"username": "Fientje"})
    assert answer["Location"] == "/login/instellen/"  # 3 and on: the way in, by `login`
    user = User.objects.get(username="fientje")
    assert (user.role_names, user.names_reach.team_ids, user.has_usable_password()) == (
        {"worker"},
        {team.pk},
        False,
    )
    assert client.session["organisation"] == str(organisation.pk)
    change = MembershipChange.objects.get()
    assert (change.kind, change.by.username) == ("accepted", "coordinator")
    invited.refresh_from_db()
    assert (invited.state, invited.used_by) == ("used", user)


def test_one_letter_works_once(client, invited):
    client.post(link(invited), {"username": "eerste"})
    late = Client()
    for answer in (late.get(link(invited)), late.post(link(invited), {"username": "tweede"})):
        assert (answer.status_code, "Deze uitnodiging is al gebruikt." in answer.text) == (404, True)
    assert not User.objects.filter(username="tweede").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_letter_one_wins(invited):
    gate, found = threading.Barrier(5), []

    def run(number):
        gate.wait()
        try:
            invitations.accept(invited, username=f"naam{number}")
            found.append("in")
        except invitations.Gone:
            found.append("gone")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["gone"] * 4 + ["in"]
    assert Membership.objects.filter(role=Role.WORKER).count() == 1
    assert User.objects.filter(username__startswith="naam").count() == 1


STOPS = {
    "withdrawn": lambda it, by: Invitation.objects.update(withdrawn_at=timezone.now()),
    "expired": lambda it, by: Invitation.objects.update(expires_at=timezone.now()),
    "role over": lambda it, by: Invitation.objects.update(ends_on=timezone.localdate() - DAY),
    "inviter left": lambda it, by: by.memberships.update(ends_on=timezone.localdate() - DAY),
    "inviter suspended": lambda it, by: by.memberships.update(suspended_at=timezone.now()),
    "inviter is a worker now": lambda it, by: by.memberships.update(role=Role.WORKER),
    "inviter is gone": lambda it, by: Invitation.objects.update(invited_by=None),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_what_was_stopped_opens_nothing(client, invited, coordinator, stop):
    stop(invited, coordinator)
    assert client.get(link(invited)).status_code == 404
    assert client.post(link(invited), {"username": "iemand"}).status_code == 404
    with pytest.raises(invitations.Gone):
        invitations.accept(Invitation.objects.get(), username="iemand")
    assert not User.objects.filter(username="iemand").exists()


def test_withdrawing_is_a_button(client, coordinator, invited):
    client.force_login(coordinator)
    page = client.post(f"/organisatie/uitnodigingen/{invited.pk}/intrekken/", follow=True).text
    assert "Link en brief werken niet meer." in page
    assert (link(invited) in page, Client().get(link(invited)).status_code) == (False, 404)
    assert client.get(f"/organisatie/uitnodigingen/{invited.pk}/brief/").status_code == 302


def test_who_has_a_login_takes_the_role_with_it(client, worker_abroad, invited, organisation):
    client.force_login(worker_abroad)
    assert "Je bent ingelogd als <b>abroad</b>." in client.get(link(invited)).text
    answer = client.post(link(invited))
    assert answer["Location"] == "/organisatie/kiezen/"
    page = client.get(answer["Location"]).text
    assert ("Werk voor Buurtwerk Proef vzw" in page, "Werk voor Andere Stad vzw" in page) == (True, True)
    assert again(worker_abroad).memberships.count() == 2


def test_who_has_a_login_finds_the_way_to_it(client, invited):
    assert f'href="/login/?next={link(invited)}"' in client.get(link(invited)).text


def test_nobody_takes_the_own_invitation(client, coordinator, invited):
    client.force_login(coordinator)
    page = client.post(link(invited))
    assert "Je eigen uitnodiging neem je niet aan." in page.text
    assert coordinator.memberships.count() == 1
    assert Invitation.objects.open().count() == 1


def test_who_gives_roles_takes_none_with_the_link_of_a_colleague(client, admin, invited):
    client.force_login(admin)
    page = client.post(link(invited))
    assert "Wie deze rol mag geven, neemt ze zo niet aan." in page.text
    assert (admin.memberships.count(), Invitation.objects.open().count()) == (1, 1)


def test_the_same_role_is_not_taken_twice(client, worker, invited):
    client.force_login(worker)
    assert "heeft deze rol al" in client.post(link(invited)).text
    assert Invitation.objects.open().count() == 1


def test_a_letter_for_a_buurt_restricts_nobody_who_has_the_whole_team(
    client, coordinator, worker, team, buurt, organisation
):
    letter = invitations.invite(coordinator, organisation, role=Role.WORKER, team=team, neighbourhood=buurt)
    client.force_login(worker)
    assert "worker heeft deze rol al voor heel het team." in client.post(link(letter)).text
    assert (worker.memberships.count(), Invitation.objects.open().count()) == (1, 1)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_invites_for_a_role_above_the_own_one(client, coordinator, admin, organisation, role):
    with pytest.raises(Refused):
        invitations.invite(coordinator, organisation, role=role)
    made = invitations.invite(admin, organisation, role=role)
    client.force_login(coordinator)
    page = client.get(f"/organisatie/uitnodigingen/{made.pk}/").text
    assert (link(made) in page, "beheert enkel de beheerder" in page) == (False, True)
    assert client.get(f"/organisatie/uitnodigingen/{made.pk}/brief/").status_code == 302
    client.post(f"/organisatie/uitnodigingen/{made.pk}/intrekken/")
    assert Invitation.objects.open().count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "volunteer", "partner", "city", "auditor"])
def test_who_does_not_run_the_organisation_sees_no_invitation(request, client, invited, who):
    client.force_login(request.getfixturevalue(who))
    paths = ("nieuw/", f"{invited.pk}/", f"{invited.pk}/brief/", f"{invited.pk}/intrekken/")
    assert [client.get(f"/organisatie/uitnodigingen/{path}").status_code for path in paths] == [403] * 4


def test_a_coordinator_of_elsewhere_finds_no_invitation(client, worker_abroad, invited):
    abroad = worker_abroad.memberships.get().organisation
    client.force_login(member("ver", abroad, Role.COORDINATOR).user)
    paths = (f"{invited.pk}/", f"{invited.pk}/brief/", f"{invited.pk}/intrekken/")
    found = [client.post(f"/organisatie/uitnodigingen/{path}").status_code for path in paths]
    assert found == [404] * 3
    assert Invitation.objects.open().count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Kies een gebruikersnaam."),
        ("a", "Gebruik 2 tot 30 tekens."),
        ("a" * 31, "Gebruik 2 tot 30 tekens."),
        ("Fien tje", "Gebruik enkel letters zonder accent"),
        ("<b>fien", "Gebruik enkel letters zonder accent"),
        ("COORDINATOR", "Iemand anders heeft deze naam al."),
    ],
)
def test_a_name_that_cannot_be_is_asked_again(client, invited, name, sentence):
    page = client.post(link(invited), {"username": name})
    assert (page.status_code, sentence in page.text) == (200, True)
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul de code van je brief in."),
        ("appel fiets 42", "Een code is drie woorden en een getal."),
        ("appel fiets yogurt 42", "Bedoel je “yoghurt”?"),
        ("appel fiets qqqqqqqq 42", "Kijk nog eens in je brief."),
    ],
)
def test_a_code_that_is_none_gets_a_sentence(client, db, typed, sentence):
    page = client.post(CODES, {"code": typed}).text
    assert sentence in page
    assert typed in page


def test_guessing_codes_ends_soon(client, invited):
    for _ in range(MOST_WRONG):
        assert client.post(CODES, {"code": "appel fiets koffie 42"}).status_code == 200
    good = {"code": invitations.code_of(invited)}
    assert client.post(CODES, good).status_code == 429
    assert client.post(CODES, good, REMOTE_ADDR="10.9.9.9").status_code == 302


@pytest.mark.slow
def test_guessing_from_everywhere_locks_nobody_else_out(client, invited):
    for number in range(MANY):
        client.post(CODES, {"code": "appel fiets koffie 42"}, REMOTE_ADDR=f"10.1.{number}.1")
    good = {"code": invitations.code_of(invited)}
    assert client.post(CODES, good, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_right_codes_are_never_too_many(client, invited):
    for _ in range(MOST_WRONG + 1):
        assert client.post(CODES, {"code": invitations.code_of(invited)}).status_code == 302


def test_an_unknown_link_opens_nothing(client, db):
    assert client.get(f"{CODES}{uuid.uuid4().hex}/").status_code == 404


def test_a_role_that_starts_later_gives_nothing_before(client, coordinator, organisation, team):
    later = timezone.localdate() + 3 * DAY
    made = invitations.invite(coordinator, organisation, role=Role.WORKER, team=team, starts_on=later)
    client.post(link(made), {"username": "later"})
    assert User.objects.get(username="later").role_names == set()
    assert Membership.objects.get(user__username="later").starts_on == later


def test_an_invitation_goes_after_a_year(invited):
    Invitation.objects.update(invited_at=timezone.now() - 367 * DAY)
    assert retention.run()["uitnodigingen"] == 1


@pytest.mark.parametrize("name", ["coordinator2", "Coor-dinator", "coordinator.1"])
def test_no_second_login_under_the_name_of_who_invites(client, coordinator, organisation, name):
    made = invitations.invite(coordinator, organisation, role="volunteer")
    page = client.post(link(made), {"username": name})
    assert "lijkt op die van wie je uitnodigde" in page.text
    assert (User.objects.filter(username=name.lower()).exists(), "_auth_user_id" in client.session) == (
        False,
        False,
    )


def test_a_used_letter_leads_to_the_login(client, coordinator, organisation):
    made = invitations.invite(coordinator, organisation, role="volunteer")
    client.post(link(made), {"username": "nieuwe"})
    page = client.get(link(made))
    assert (page.status_code, "Was jij dat? Log dan in." in page.text) == (404, True)
    assert "Was jij dat?" not in client.get("/uitnodiging/aaaaaaaaaaaaaaaaaaaaaaaaaa/").text


def test_the_name_is_asked_before_the_long_list_of_rights(client, coordinator, organisation):
    page = client.get(link(invitations.invite(coordinator, organisation, role="coordinator"))).text
    assert page.index("Kies je gebruikersnaam") < page.index("Dit houdt je rol in")


def test_the_history_says_who_invited_not_who_did_it(client, coordinator, organisation):
    made = invitations.invite(coordinator, organisation, role="volunteer")
    membership = invitations.accept(made, username="nieuwe")
    client.force_login(coordinator)
    page = client.get(f"/organisatie/medewerkers/{membership.pk}/").text
    assert "uitgenodigd door <bdi>coordinator</bdi>" in page


def test_who_needs_only_a_password_goes_on_to_the_work(client, coordinator, organisation):
    made = invitations.invite(coordinator, organisation, role="volunteer")
    client.post(link(made), {"username": "nieuwe"})
    assert "andere toestellen" not in client.get("/login/mijn/wachtwoord/").text
    typed = {"new": "regen soep fiets maandag", "again": "regen soep fiets maandag"}
    answer = client.post("/login/mijn/wachtwoord/", typed, follow=True)
    assert (answer.redirect_chain, "Je login is klaar." in answer.text) == ([("/werk/", 302)], True)
    assert "andere toestellen" in client.get("/login/mijn/wachtwoord/").text
