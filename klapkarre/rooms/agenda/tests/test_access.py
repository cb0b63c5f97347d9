"""Who may do what: the own team sees names, a coordinator plans without them, everyone else finds nothing."""

import uuid

import pytest

from klapkarre.foundation.accounts.models import Reading
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, states

pytestmark = pytest.mark.access

PLANNING = ("wijzigen/", "afzeggen/")
NAMES = (
    "lijst/",
    "lijst/afdrukken/",
    "lijst/toevoegen/",
    "lijst/{row}/verwittigd/",
    "lijst/{row}/briefje/",
    "lijst/{row}/afmelden/",
    "aanwezig/",
)
NOT_STAFF_OF_THIS = ("city", "partner", "volunteer", "auditor", "admin")


@pytest.fixture
def soup(team, buurt):
    row = make_activity(team, buurt, capacity=1, where="Plein")
    fill(row, 2)
    return row


def paths(soup, parts):
    row = soup.signups.order_by("created_at").first()
    return [f"/werk/activiteiten/{soup.pk}/{part.format(row=row.pk)}" for part in parts]


def unchanged(soup):
    return (states(soup), Activity.objects.get(pk=soup.pk).state) == (["signed_up", "waiting"], "published")


def answers(client, paths):
    """The status of each page, asked and posted; a post with all that any of these forms needs."""
    data = {"name": "Nour", "key": uuid.uuid4(), "reason": "Ziek.", "headcount": 3}
    return {client.get(path).status_code for path in paths} | {
        client.post(path, data).status_code for path in paths
    }


@pytest.mark.slow
@pytest.mark.parametrize("who", NOT_STAFF_OF_THIS)
def test_other_roles_are_refused(client, request, soup, who):
    client.force_login(request.getfixturevalue(who))
    everything = ["/werk/activiteiten/", "/werk/activiteiten/nieuw/", *paths(soup, PLANNING + NAMES)]
    assert answers(client, everything) == {403}
    assert unchanged(soup)


@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_abroad"])
def test_another_team_finds_nothing(client, request, soup, who):
    client.force_login(request.getfixturevalue(who))
    assert answers(client, paths(soup, PLANNING + NAMES)) == {404}
    assert "Soep op het plein" not in client.get("/werk/activiteiten/").text
    assert unchanged(soup)


def test_a_coordinator_plans_and_counts_but_sees_no_name(client, coordinator, soup):
    client.force_login(coordinator)
    page = client.get("/werk/activiteiten/")
    assert "1 van 1" in page.text
    assert "lijst/" not in page.text
    for path in paths(soup, PLANNING):
        assert client.get(path).status_code == 200
    assert answers(client, paths(soup, NAMES)) == {403}
    assert unchanged(soup)
    assert Reading.objects.count() == 0


def test_a_coordinator_calls_off_without_seeing_names(client, coordinator, soup):
    client.force_login(coordinator)
    page = client.post(f"/werk/activiteiten/{soup.pk}/afzeggen/", {"reason": "Ziek."}, follow=True)
    assert (page.status_code, Activity.objects.get().state) == (200, "cancelled")
    assert "Buur" not in page.text.replace("Buurt", "").replace("Buurpunt", "")


@pytest.mark.slow
def test_a_coordinator_who_also_works_in_another_team_sees_no_names_here(
    client, coordinator, other_team, soup
):
    coordinator.memberships.create(organisation=other_team.organisation, team=other_team, role="worker")
    client.force_login(coordinator)
    assert answers(client, paths(soup, NAMES)) == {403}
    assert unchanged(soup)


@pytest.mark.slow
def test_the_own_team_sees_everything(client, worker, soup):
    client.force_login(worker)
    for path in paths(soup, (*PLANNING, "lijst/", "lijst/afdrukken/", "lijst/{row}/afmelden/", "aanwezig/")):
        assert client.get(path).status_code == 200


def test_without_login_there_is_only_the_login(client, soup):
    for path in paths(soup, PLANNING + NAMES):
        assert client.get(path).headers["location"] == f"/login/?next={path}"
        assert client.post(path).status_code == 401
    assert unchanged(soup)


def test_rows_are_visible_to_the_own_team_only(worker, worker_elsewhere, worker_abroad, coordinator, soup):
    assert SignUp.objects.visible_to(worker).count() == 2
    for user in (worker_elsewhere, worker_abroad, coordinator):
        assert SignUp.objects.visible_to(user).count() == 0
    assert list(Activity.objects.visible_to(coordinator)) == [soup]
    assert list(Activity.objects.visible_to(worker_elsewhere)) == []
