"""What a role covers: a whole team, or one neighbourhood with its deelbuurten; two roles add up."""

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.access import buurten_of, points_of
from klapkarre.foundation.accounts.models import Membership, Opening, Role
from klapkarre.foundation.accounts.models.openings import OPEN_FOR
from klapkarre.foundation.accounts.reach import Reach
from klapkarre.foundation.accounts.tests.making import again
from klapkarre.foundation.places.models import Place


def test_a_role_for_one_neighbourhood_covers_it_and_its_deelbuurten(
    worker_one_buurt, team, buurt, other_buurt, deelbuurt
):
    reach = Reach(parts={team.pk: frozenset({other_buurt.pk, deelbuurt.pk})})
    user = worker_one_buurt
    assert (user.reach, user.own_reach, user.names_reach) == (reach, reach, reach)
    places = (other_buurt.pk, deelbuurt.pk, buurt.pk, None)
    assert [reach.covers(team.pk, place) for place in places] == [True, True, False, False]
    assert not reach.covers(team.pk + 1, other_buurt.pk)


def test_a_role_for_the_team_covers_all_of_it(worker, team, buurt, django_assert_num_queries):
    with django_assert_num_queries(1):  # the roles themselves: nothing more for who has no role for a buurt
        assert worker.reach == worker.own_reach == worker.names_reach == Reach(frozenset({team.pk}))
    assert worker.reach.covers(team.pk, buurt.pk)
    assert worker.reach.covers(team.pk, None)


def test_each_page_says_that_a_role_is_for_one_neighbourhood(
    client, worker_one_buurt, worker, organisation, team, other_team, buurt, django_assert_num_queries
):
    user, line = worker_one_buurt, f"Je werkt nu voor <b>{organisation.name}</b>"
    client.force_login(user)
    assert f"{line}, enkel Stationswijk</span>" in client.get("/organisatie/rechten/").text
    more = {"user": user, "organisation": organisation, "role": Role.WORKER}
    Membership.objects.create(**more, team=team, neighbourhood=buurt)
    assert f"{line}, enkel Molenwijk, Stationswijk</span>" in client.get("/organisatie/rechten/").text
    other = Membership.objects.create(**more, team=other_team)
    assert f"{line}, van Team Molen enkel Molenwijk, Stationswijk</span>" in (
        client.get("/organisatie/rechten/").text
    )
    Membership.objects.filter(pk=other.pk).update(team=team)
    assert again(user).only_in == []
    Membership.objects.filter(pk=other.pk).update(team=None, role=Role.COORDINATOR)
    assert again(user).only_in == []
    client.force_login(worker)
    assert f"{line}</span>" in client.get("/organisatie/rechten/").text
    for one in (again(worker), again(user)):
        with django_assert_num_queries(1):  # the roles themselves
            list(one.only_in)


def test_two_roles_add_up(worker_one_buurt, organisation, team, other_team, buurt, other_buurt):
    user = worker_one_buurt
    more = {"user": user, "organisation": organisation, "role": Role.WORKER}
    Membership.objects.create(**more, team=team, neighbourhood=buurt)
    Membership.objects.create(**more, team=other_team)
    found = Reach(frozenset({other_team.pk}), {team.pk: frozenset({buurt.pk, other_buurt.pk})})
    assert again(user).own_reach == found
    Membership.objects.create(**more, team=team)
    assert again(user).own_reach == Reach(frozenset({team.pk, other_team.pk}))


def test_a_coordinator_of_one_neighbourhood_coordinates_that_one(
    coordinator, team, other_team, other_buurt, deelbuurt
):
    """The form gives no such role; a row that says so is taken at its word."""
    coordinator.memberships.update(neighbourhood=other_buurt)
    both = frozenset({other_buurt.pk, deelbuurt.pk})
    assert again(coordinator).reach == Reach(parts={team.pk: both, other_team.pk: both})


def test_an_opened_team_is_open_whole(worker_one_buurt, organisation, team, buurt, other_buurt):
    user = worker_one_buurt
    Membership.objects.create(user=user, organisation=organisation, role=Role.COORDINATOR)
    assert not again(user).names_reach.covers(team.pk, buurt.pk)
    Opening.objects.create(
        organisation=organisation,
        team=team,
        user=user,
        reason="Collega ziek.",
        until=timezone.now() + OPEN_FOR,
    )
    user = again(user)
    assert user.names_reach == Reach(frozenset({team.pk}))
    assert not user.own_reach.covers(team.pk, buurt.pk)


def test_points_and_neighbourhoods_of_a_role(worker, worker_one_buurt, point, buurt, other_buurt, deelbuurt):
    part = Place.objects.create(neighbourhood=deelbuurt, name="Buurtpunt Sporen", slug="buurtpunt-sporen")
    assert set(points_of(worker.reach)) == {point, part}
    assert set(points_of(worker_one_buurt.reach)) == {part}
    assert set(buurten_of(worker.reach)) == {buurt, other_buurt, deelbuurt}
    assert set(buurten_of(worker_one_buurt.reach)) == {other_buurt, deelbuurt}


@pytest.mark.access
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.WORKER, Role.COORDINATOR}))
def test_no_other_role_covers_anything(worker_one_buurt, role):
    worker_one_buurt.memberships.update(role=role)
    user = again(worker_one_buurt)
    assert (user.reach, user.own_reach, user.names_reach) == (Reach(), Reach(), Reach())
