import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.counter import actions
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.counter.tests.make import make_visit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def at_counter(client, worker, point):
    client.force_login(worker)
    return client


def tap(client, point, key=None, reason="babbel", **more):
    return client.post(
        f"/werk/onthaal/{point.slug}/tik/", {"key": str(key or uuid.uuid4()), "reason": reason}, **more
    )


def test_one_tap_is_one_visitor(at_counter, worker, team, point):
    key = uuid.uuid4()
    answer = tap(at_counter, point, key)
    visit = Visit.objects.get()
    assert answer.headers["location"] == f"/werk/onthaal/{point.slug}/"
    assert (visit.pk, visit.reason, visit.place, visit.team, visit.by) == (key, "babbel", point, team, worker)
    assert "Babbel: 1 vandaag" in at_counter.get(answer.headers["location"]).text


def test_the_module_gets_only_what_changed(at_counter, point):
    answer = tap(at_counter, point, headers=HTMX)
    assert answer.headers["klapkarre-tally"] == "counted"
    assert "<html" not in answer.text
    assert '<b id="n-babbel" hx-swap-oob="innerHTML">1</b>' in answer.text
    assert "Babbel: 1 vandaag" in answer.text


def test_a_repeated_tap_counts_once(at_counter, point):
    key = uuid.uuid4()
    tap(at_counter, point, key)
    again = tap(at_counter, point, key, headers=HTMX)
    assert Visit.objects.count() == 1
    assert "Al geteld. Babbel: 1 vandaag." in again.text


def test_a_repeated_tap_after_undo_stays_undone(at_counter, point):
    key = uuid.uuid4()
    tap(at_counter, point, key)
    at_counter.post(f"/werk/onthaal/{point.slug}/ongedaan/", {"visit": key})
    again = tap(at_counter, point, key, headers=HTMX)
    assert Visit.objects.counted().count() == 0
    assert "telt niet mee" in again.text


def test_another_reason_under_a_used_key_is_refused_aloud(at_counter, point):
    key = uuid.uuid4()
    tap(at_counter, point, key)
    answer = tap(at_counter, point, key, reason="rechten")
    assert answer.status_code == 400
    assert "Niet geteld. Tik opnieuw." in answer.text
    assert Visit.objects.count() == 1


def test_a_key_of_another_form_is_refused_aloud(at_counter, point):
    key = uuid.uuid4()
    Receipt.objects.create(uuid=key, kind="something.else")
    assert tap(at_counter, point, key).status_code == 400
    assert Visit.objects.count() == 0


@pytest.mark.access
def test_a_key_of_another_team_shows_nothing(client, worker_elsewhere, other_team, other_buurt, point, team):
    key = uuid.uuid4()
    make_visit(point, team, key=key)
    Receipt.objects.create(uuid=key, kind=actions.KIND, answer=str(key))
    there = type(point).objects.create(neighbourhood=other_buurt, name="Punt Station", slug="punt-station")
    client.force_login(worker_elsewhere)
    assert tap(client, there, key).status_code == 400
    assert Visit.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"reason": "babbel"},
        {"key": "no uuid", "reason": "babbel"},
        {"key": str(uuid.uuid4())},
        {"key": str(uuid.uuid4()), "reason": "werk"},
        {"key": str(uuid.uuid4()), "reason": "<script>alert(1)</script>"},
        {"key": str(uuid.uuid4()), "reason": "bab\0bel"},
        {"key": str(uuid.uuid4()), "reason": "😀" * 1000},
        {"key": "\0", "reason": "مرحبا"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nonsense_is_refused_in_dutch(at_counter, point, typed, headers):
    answer = at_counter.post(f"/werk/onthaal/{point.slug}/tik/", typed, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["klapkarre-tally"] == "no"
    assert ("Niet geteld. Tik opnieuw." in answer.text) is not bool(headers)
    assert "<script>alert" not in answer.text
    assert Visit.objects.count() == 0


def test_after_a_login_the_tap_page_leads_back(at_counter, point):
    answer = at_counter.get(f"/werk/onthaal/{point.slug}/tik/")
    assert answer.headers["location"] == f"/werk/onthaal/{point.slug}/"


def test_only_today_counts(at_counter, team, point):
    make_visit(point, team, at=timezone.now() - datetime.timedelta(days=1))
    make_visit(point, team, reason="rechten")
    page = at_counter.get(f"/werk/onthaal/{point.slug}/")
    assert page.context["total"] == 1
    assert [one["word"] for one in page.context["last"]] == ["rechten"]


@pytest.mark.parametrize("day", [datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)])
def test_today_holds_when_the_clock_changes(team, point, worker, day):
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    for moment in (datetime.time(0), datetime.time(23, 59)):
        make_visit(point, team, at=timezone.make_aware(datetime.datetime.combine(day, moment)))
    make_visit(
        point,
        team,
        at=timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        - datetime.timedelta(seconds=1),
    )
    assert actions.of_today(Visit.objects.visible_to(worker), noon).count() == 2


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_more_visits(at_counter, team, point, rows, django_assert_num_queries):
    for _ in range(rows):
        make_visit(point, team)
    at_counter.get(f"/werk/onthaal/{point.slug}/")
    with django_assert_num_queries(7):
        at_counter.get(f"/werk/onthaal/{point.slug}/")


def test_the_page_is_not_kept_by_the_browser(at_counter, point):
    assert "no-store" in at_counter.get(f"/werk/onthaal/{point.slug}/").headers["cache-control"]


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_thirty_hands_tap_at_once(worker, team, point):
    """Thirty different taps, each sent twice at the same moment: exactly thirty count."""
    keys = [uuid.uuid4() for _ in range(30)]
    start = threading.Barrier(30)
    statuses = []

    def hand(key):
        client = Client()
        client.force_login(worker)
        start.wait()
        statuses.extend(tap(client, point, key, headers=HTMX).status_code for _ in range(2))
        connection.close()

    hands = [threading.Thread(target=hand, args=(key,)) for key in keys]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    assert statuses == [200] * 60
    assert set(Visit.objects.counted().values_list("pk", flat=True)) == set(keys)


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_one_tap_sent_by_thirty_at_once_counts_once(worker, team, point):
    key = uuid.uuid4()
    start = threading.Barrier(30)
    answers = []

    def sender():
        start.wait()
        answers.append(actions.tap(worker, actions.Stand.at(point), team, "babbel", key))
        connection.close()

    senders = [threading.Thread(target=sender) for _ in range(30)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert sorted(is_new for _visit, is_new in answers) == [False] * 29 + [True]
    assert Visit.objects.count() == 1
