"""The own week: only for who it is about, and never beside anybody."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.rooms.outreach.tests.make import make_contact
from klapkarre.windows.workday import my_week

PATH = "/werk/mijn-week/"
DAY = datetime.timedelta(days=1)
WEDNESDAY = timezone.make_aware(datetime.datetime(2026, 5, 20, 15))


def test_my_week_beside_the_one_before_and_what_came_of_it(worker, worker_elsewhere, team, buurt):
    make_contact(team, buurt, by=worker, people=3, when=WEDNESDAY - DAY, to_refer=True)
    make_contact(
        team, buurt, by=worker, when=WEDNESDAY - 7 * DAY, is_signal=True, passed_on_at=WEDNESDAY - DAY
    )
    make_contact(team, buurt, by=worker_elsewhere, people=40, when=WEDNESDAY)
    found = my_week.of(worker, WEDNESDAY)
    this, before = found["this"], found["before"]
    assert (this.contacts, this.people, this.done) == (1, 3, 1)
    assert (before.contacts, before.people, before.done) == (1, 1, 0)
    assert found["places"] == [("Molenwijk", 1, 1)]
    assert [(one.step, one.done, one.waits) for one in found["outcomes"]] == [
        ("doorverwijzen", 0, 1),
        ("signaal", 1, 0),
    ]
    assert [(one.step, one.about) for one in found["came"]] == [("signaal", "Molenwijk")]


@pytest.mark.access
def test_nobody_else_sees_it(client, coordinator, worker, team, buurt):
    make_contact(team, buurt, by=worker, people=37)
    client.force_login(coordinator)
    assert client.get(PATH).status_code == 403
    assert client.get(f"{PATH}?user={worker.pk}").status_code == 403


@pytest.mark.slow
@pytest.mark.access
def test_no_address_shows_the_week_of_another(client, worker, worker_one_buurt, team, other_buurt):
    make_contact(team, other_buurt, by=worker, people=37)
    client.force_login(worker_one_buurt)
    page = client.get(f"{PATH}?user={worker.pk}&by={worker.pk}&werker=worker")
    assert (page.context["this"].people, page.context["places"]) == (0, [])
    assert "Nog niets genoteerd in deze twee weken. Dat mag." in page.text


@pytest.mark.slow
def test_what_a_colleague_took_over_counts_for_both_as_one(worker, worker_one_buurt, team, other_buurt):
    make_contact(
        team,
        other_buurt,
        by=worker,
        to_do_by=worker_one_buurt,
        to_refer=True,
        referred_at=WEDNESDAY,
        when=WEDNESDAY - DAY,
    )
    for user in (worker, worker_one_buurt):
        outcomes = my_week.of(user, WEDNESDAY)["outcomes"]
        assert [(one.step, one.done) for one in outcomes] == [("doorverwijzen", 1)]


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_more_rows(client, worker, team, buurt, rows, django_assert_num_queries):
    for _ in range(rows):
        make_contact(team, buurt, by=worker, to_refer=True, referred_at=timezone.now(), themes=["werk"])
    client.force_login(worker)
    client.get(PATH)
    with django_assert_num_queries(8):
        client.get(PATH)
