"""A role gives rights while it runs, and none from the next request after it stopped."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klapkarre.foundation.accounts import memberships
from klapkarre.foundation.accounts.access import work_area
from klapkarre.foundation.accounts.models import Membership, MembershipChange, Role, State, Team
from klapkarre.foundation.accounts.models.memberships import AppendOnly
from klapkarre.foundation.accounts.tests.making import DAY, again, member
from klapkarre.foundation.places.models import Neighbourhood

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def today():
    return timezone.localdate()


def rights_of(user):
    user = again(user)
    return user.role_names, user.reach.team_ids, user.names_reach.team_ids, user.run_ids


NONE = (set(), set(), set(), set())
STOPPED = {
    "ex-member": lambda: {"ends_on": today() - DAY},
    "ended today": lambda: {"ended_at": timezone.now(), "ends_on": today()},
    "not yet": lambda: {"starts_on": today() + DAY},
    "suspended": lambda: {"suspended_at": timezone.now()},
}


@pytest.mark.slow
@pytest.mark.parametrize("stop", STOPPED.values(), ids=STOPPED)
def test_who_has_no_running_role_has_no_rights(client, worker, stop):
    client.force_login(worker)
    assert client.get("/werk/contacten/").status_code == 200
    worker.memberships.update(**stop())
    assert rights_of(worker) == NONE
    pages = ("/werk/contacten/", "/werk/contacten/nieuw/", "/resultaten/", "/organisatie/medewerkers/")
    if "starts_on" in stop():  # a role to come
        assert [client.get(page).status_code for page in pages] == [404] * 4
        assert "Je hebt hier nog geen rol" in client.get("/werk/").text
    else:  # out at once
        assert [client.get(page).status_code for page in pages] == [302] * 4
        assert "_auth_user_id" not in client.session


@pytest.mark.slow
@pytest.mark.parametrize("stop", STOPPED.values(), ids=STOPPED)
def test_who_ran_the_organisation_sees_no_colleague_any_more(client, coordinator, worker, stop):
    client.force_login(coordinator)
    role = worker.memberships.get()
    coordinator.memberships.update(**stop())
    assert list(Membership.objects.visible_to(again(coordinator)).exclude(user=coordinator)) == []
    is_in = "starts_on" in stop()  # a role to come; the others are out at once
    assert client.get(f"/organisatie/medewerkers/{role.pk}/").status_code == (404 if is_in else 302)
    answer = client.post(f"/organisatie/medewerkers/{role.pk}/schors/", {"version": 1})
    assert (answer.status_code, again(worker).role_names) == (404 if is_in else 401, {"worker"})


def test_another_organisation_finds_nothing_and_an_insider_is_refused(client, worker, coordinator, admin):
    far = member("ver", memberships_abroad(), Role.COORDINATOR).user
    role = worker.memberships.get()
    found = {}
    for user in (far, worker, coordinator, admin):
        client.force_login(user)
        found[user.username] = client.get(f"/organisatie/medewerkers/{role.pk}/").status_code
    assert found == {"ver": 404, "worker": 403, "coordinator": 200, "admin": 200}


def memberships_abroad():
    from klapkarre.foundation.accounts.actions import start_organisation

    return start_organisation("Andere Stad vzw", "andere-stad")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.RUNNING),
        ({"ends_on": 0}, State.RUNNING),
        ({"starts_on": 0}, State.RUNNING),
        ({"starts_on": 1}, State.TO_COME),
        ({"ends_on": -1}, State.ENDED),
        ({"suspended_at": 0}, State.SUSPENDED),
        ({"suspended_at": 0, "starts_on": 1}, State.SUSPENDED),
        ({"suspended_at": 0, "ends_on": -1}, State.ENDED),
        ({"ended_at": 0}, State.ENDED),
    ],
)
def test_state_and_current_say_the_same(organisation, fields, state):
    made = {
        name: timezone.now() if name.endswith("_at") else today() + days * DAY
        for name, days in fields.items()
    }
    row = member("iemand", organisation, Role.CITY, **made)
    assert row.state == state
    assert Membership.objects.current().exists() is (state == State.RUNNING)
    assert Membership.objects.not_over().exists() is (state != State.ENDED)


def test_a_role_never_ends_before_it_begins(organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        member("iemand", organisation, Role.CITY, ends_on=datetime.date(2000, 1, 1))


def test_the_whole_life_of_a_role_stays_in_its_history(coordinator, worker):
    role = worker.memberships.get()
    for number, (verb, roles) in enumerate(
        [(memberships.suspend, set()), (memberships.take_back, {"worker"}), (memberships.end, set())], 1
    ):
        role = verb(coordinator, role, number)
        assert again(worker).role_names == roles
    back = memberships.come_back(coordinator, role, role.version, today() + 30 * DAY)
    assert (again(worker).role_names, back.starts_on, back.ends_on) == (
        {"worker"},
        today(),
        today() + 30 * DAY,
    )
    assert role.ends_on == today()
    kinds = [change.kind for change in MembershipChange.objects.all()]
    assert kinds == ["suspended", "taken_back", "ended", "came_back"]
    assert {change.by for change in MembershipChange.objects.all()} == {coordinator}


def test_the_history_is_only_added_to(coordinator, worker):
    memberships.suspend(coordinator, worker.memberships.get(), 1)
    change = MembershipChange.objects.get()
    change.kind = "given"
    with pytest.raises(AppendOnly):
        change.save()
    with pytest.raises(AppendOnly):
        MembershipChange.objects.update(kind="given")
    with pytest.raises(AppendOnly):
        MembershipChange.objects.bulk_update([change], ["kind"])


def test_a_role_that_had_not_begun_can_be_ended(coordinator, worker):
    worker.memberships.update(starts_on=today() + 9 * DAY)
    role = memberships.end(coordinator, worker.memberships.get(), 1)
    assert (role.state, role.ends_on) == (State.ENDED, role.starts_on)


def test_a_role_for_one_neighbourhood_registers_there_only(worker, team, buurt, other_buurt):
    from klapkarre.foundation.accounts.access import work_area

    team.neighbourhoods.add(other_buurt)
    assert list(work_area(again(worker))) == [buurt, other_buurt]
    worker.memberships.update(neighbourhood=other_buurt)
    assert work_area(again(worker)) == {other_buurt: team}


def test_a_neighbourhood_of_two_teams_is_registered_for_the_first_by_name(worker, team, buurt, organisation):
    from klapkarre.foundation.accounts.access import team_in, work_area

    for name in ("Aap", "Zebra"):
        second = Team.objects.create(organisation=organisation, name=name)
        second.neighbourhoods.add(buurt)
        Membership.objects.create(user=worker, organisation=organisation, team=second, role=Role.WORKER)
        assert work_area(again(worker))[buurt].name == team_in(again(worker), buurt).name == "Aap"


def test_the_roles_of_today_are_those_that_a_plain_question_gives(worker, coordinator, buurt):
    one = worker.memberships.get()
    member("worker", one.organisation, Role.WORKER, one.team, neighbourhood=buurt, ends_on=today())
    member("worker", one.organisation, Role.AUDITOR, starts_on=today() + DAY)
    for user in (worker, coordinator, worker):
        plain = user.memberships.current().select_related("organisation", "team", "neighbourhood")
        kept = again(user).memberships_today
        assert sorted(map(everything, kept), key=str) == sorted(map(everything, plain), key=str)
    assert len(again(worker).memberships_today) == 2
    area = work_area(again(worker))
    plain = Neighbourhood.objects.filter(pk__in=[one.pk for one in area])
    assert {one: one.parent for one in area} == {one: one.parent for one in plain}


def everything(membership):
    """Every fact of a role and of what stands beside it, as they stand in memory."""
    beside = (membership, membership.organisation, membership.team, membership.neighbourhood, membership.user)
    return [one and {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields} for one in beside]
