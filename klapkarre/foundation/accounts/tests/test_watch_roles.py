"""The auditor sees who gave whom which role, and whose login was made again: also by an administrator."""

import pytest

from klapkarre.foundation.accounts import invitations, memberships
from klapkarre.foundation.accounts.models import MembershipChange, Reading, Role, User
from klapkarre.foundation.accounts.tests.making import member

pytestmark = [pytest.mark.access, pytest.mark.django_db]
ROLES = "/organisatie/inzagen/rollen/"


@pytest.fixture
def page(client, auditor):
    client.force_login(auditor)
    return lambda: client.get(ROLES)


def said(answer):
    rows = answer.context["page_obj"].object_list
    return [(row.membership.user.username, row.membership.role, row.kind, row.by.username) for row in rows]


def test_a_second_account_of_an_administrator_is_seen(page, admin, organisation, team):
    letter = invitations.invite(admin, organisation, role=Role.WORKER, team=team)
    invitations.accept(letter, username="nog iemand")
    answer = page()
    assert said(answer) == [("nog iemand", "worker", "accepted", "admin")]
    assert "kan namen zien" in answer.text


def test_a_login_that_was_made_again_is_seen(page, admin, worker):
    memberships.give(admin, worker, worker.memberships.get().organisation, role=Role.CITY)
    letter = invitations.renew(admin, worker.memberships.first())
    invitations.accept(letter)
    assert [kind for _who, _role, kind, _by in said(page())] == ["new_login", "letter", "given"]


def test_a_role_that_came_about_outside_the_program_is_named(page, auditor, admin, organisation, team):
    memberships.give(admin, member("gegeven", organisation, Role.CITY).user, organisation, role=Role.PARTNER)
    User.objects.get(username="gegeven").memberships.filter(role=Role.CITY).delete()
    member("binnengeslopen", organisation, Role.WORKER, team)
    unexplained = [row.user.username for row in page().context["unexplained"]]
    assert unexplained == ["admin", "auditor", "binnengeslopen"]


def test_other_organisations_are_not_shown(page, worker_abroad):
    MembershipChange.objects.create(membership=worker_abroad.memberships.get(), kind="given")
    answer = page()
    assert (said(answer), "abroad" in answer.text) == ([], False)
    assert "Nog niemand gaf of wijzigde een rol." in answer.text


def test_the_look_is_logged(page, auditor):
    page()
    assert Reading.objects.get().kind == "accounts.membershipchange"
