import datetime

import pytest
from django.db import connection
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

PATH = "/werk/contacten/"


def shown(page):
    return [contact.pk for contact in page.context["page_obj"].object_list]


def test_the_list_is_the_teams_newest_first(client, worker, team, buurt, other_team, other_buurt):
    now = timezone.now()
    old = make_contact(team, buurt, when=now - datetime.timedelta(days=3))
    new = make_contact(team, buurt, by=worker, note="Geheim.", themes=["werk"])
    make_contact(other_team, other_buurt)
    client.force_login(worker)
    page = client.get(PATH)
    assert shown(page) == [new.pk, old.pk]
    assert "Werk" in page.text
    assert "Geheim" not in page.text
    assert Reading.objects.count() == 0


def test_the_list_can_be_narrowed(client, worker, team, buurt):
    mine = make_contact(team, buurt, by=worker)
    to_do = make_contact(team, buurt, to_refer=True, when=mine.when - datetime.timedelta(hours=1))
    make_contact(team, buurt, to_refer=True, referred_at=timezone.now())
    client.force_login(worker)
    assert shown(client.get(f"{PATH}?toon=van-mij")) == [mine.pk]
    assert shown(client.get(f"{PATH}?toon=te-doen")) == [to_do.pk]
    assert len(shown(client.get(f"{PATH}?toon=<script>"))) == 3


@pytest.mark.slow
def test_long_lists_turn_pages(client, worker, team, buurt):
    for _ in range(31):
        make_contact(team, buurt)
    client.force_login(worker)
    assert len(shown(client.get(PATH))) == 30
    assert len(shown(client.get(f"{PATH}?pagina=2"))) == 1
    assert len(shown(client.get(f"{PATH}?pagina=nonsense"))) == 30


@pytest.mark.access
def test_a_coordinator_sees_the_facts_of_all_teams(client, coordinator, team, buurt, other_team, other_buurt):
    ours = make_contact(team, buurt, note="Geheim.")
    theirs = make_contact(other_team, other_buurt)
    client.force_login(coordinator)
    page = client.get(PATH)
    assert set(shown(page)) == {ours.pk, theirs.pk}
    assert "Geheim" not in page.text
    assert "/werk/contacten/nieuw/" not in page.text


@pytest.mark.access
@pytest.mark.parametrize("who", ["city", "partner", "volunteer", "auditor", "admin"])
def test_others_have_no_list(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PATH).status_code == 403


@pytest.mark.access
def test_another_organisation_sees_nothing_of_ours(client, worker_abroad, team, buurt):
    make_contact(team, buurt)
    client.force_login(worker_abroad)
    assert shown(client.get(PATH)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_more_rows(client, worker, team, buurt, rows, django_assert_num_queries):
    for _ in range(rows):
        make_contact(team, buurt, note="Iets.", themes=["babbel", "werk"], to_refer=True)
    client.force_login(worker)
    with django_assert_num_queries(5):
        client.get(PATH)


def test_open_steps_are_found_through_their_own_index(team, buurt):
    """The index holds open steps only, so a team of many years finds them at once."""
    rows = ContactMoment.objects.filter(team=team).to_do().order_by("follow_up_on")
    if connection.vendor == "sqlite":
        assert "contact_to_do" in rows.explain()
    assert rows.count() == 0
