"""Who comes to a stop of the cart is tapped as at a buurtpunt: once, under its name, seen by the team only."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.places.models import Municipality, Place
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.counter.models import Visit
from klapkarre.windows.workday.stops import may_tally

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
KIND = Activity.Kind


@pytest.fixture
def stop(team, buurt):
    """The cart stands somewhere that is none of our places, since a minute."""
    return make_stop(team, buurt, where="Speelplein achter nummer 12")


def make_stop(team, buurt, starts_in=datetime.timedelta(minutes=-1), **fields):
    more = {"kind": KIND.STOP, "sign_up_kind": "none", "title": "Klapkarre"} | fields
    return make_activity(team, buurt, starts_in=starts_in, **more)


def tap(client, stop, key=None, reason="babbel", **more):
    return client.post(f"/werk/haltes/{stop.pk}/tik/", {"key": key or uuid.uuid4(), "reason": reason}, **more)


def undo(client, stop, key):
    return client.post(f"/werk/haltes/{stop.pk}/ongedaan/", {"visit": key})


def headcount(stop):
    return Activity.objects.get(pk=stop.pk).headcount


def test_a_tap_at_a_stop_counts_once_for_its_neighbourhood(client, worker, team, buurt, stop):
    client.force_login(worker)
    key = uuid.uuid4()
    answers = [tap(client, stop, key) for _ in range(2)]
    tap(client, stop, gone := uuid.uuid4(), "rechten")
    undo(client, stop, gone)
    undo(client, stop, gone)
    (visit,) = Visit.objects.counted()
    assert {answer.headers["location"] for answer in answers} == {f"/werk/haltes/{stop.pk}/"}
    assert (visit.pk, visit.neighbourhood, visit.team, visit.by) == (key, buurt, team, worker)
    assert (visit.place, visit.stop, visit.spot) == (None, stop.uid, "Speelplein achter nummer 12")
    assert headcount(stop) == 1
    page = client.get(f"/werk/haltes/{stop.pk}/")
    assert (page.context["total"], "Speelplein achter nummer 12" in page.text) == (1, True)


def test_who_is_of_another_team_counts_nothing(client, worker_elsewhere, coordinator, stop):
    for user, code in ((worker_elsewhere, 404), (coordinator, 403)):
        client.force_login(user)
        assert tap(client, stop).status_code == code
    assert Visit.objects.count() == 0


def test_residents_see_nothing_of_the_tally(client, worker, town, stop):
    path, other = f"/activiteiten/{stop.pk}/", Client()
    before, version = other.get(path).content, Municipality.objects.get().content_version
    client.force_login(worker)
    for _ in range(3):
        tap(client, stop)
    assert Municipality.objects.get().content_version == version
    Municipality.objects.update(content_version=version + 1)
    assert other.get(path).content == before


@pytest.mark.slow
def test_a_stop_at_a_point_is_not_counted_at_its_counter(client, worker, team, buurt, point):
    there = make_stop(team, buurt, place=point)
    client.force_login(worker)
    tap(client, there)
    assert client.get(f"/werk/onthaal/{point.slug}/").context["total"] == 0
    assert client.get(f"/werk/haltes/{there.pk}/").context["total"] == 1


@pytest.mark.slow
def test_a_key_of_the_point_does_not_hide_a_tap_at_the_stop(client, worker, point, stop):
    key = uuid.uuid4()
    client.force_login(worker)
    client.post(f"/werk/onthaal/{point.slug}/tik/", {"key": key, "reason": "babbel"})
    assert tap(client, stop, key).status_code == 400
    assert (Visit.objects.count(), headcount(stop)) == (1, None)


@pytest.mark.slow
def test_the_module_gets_only_what_changed(client, worker, stop):
    client.force_login(worker)
    answer = tap(client, stop, headers={"HX-Request": "true"})
    assert (answer.headers["klapkarre-tally"], "<html" in answer.text) == ("counted", False)
    assert "Babbel: 1" in answer.text
    assert "vandaag" not in answer.text


@pytest.mark.slow
def test_the_headcount_follows_until_somebody_notes_another(client, worker, stop):
    client.force_login(worker)
    keys = [uuid.uuid4() for _ in range(3)]
    for key in keys:
        tap(client, stop, key)
    undo(client, stop, keys[0])
    assert headcount(stop) == 2
    client.post(f"/werk/activiteiten/{stop.pk}/aanwezig/", {"headcount": 40})
    tap(client, stop)
    assert headcount(stop) == 40


@pytest.mark.slow
def test_taken_back_to_nobody_is_not_counted_yet(client, worker, stop):
    client.force_login(worker)
    tap(client, stop, key := uuid.uuid4())
    undo(client, stop, key)
    assert headcount(stop) is None


@pytest.mark.slow
def test_an_ordinary_activity_has_no_buttons(client, worker, team, buurt):
    soup = make_activity(team, buurt, starts_in=-HOUR)
    client.force_login(worker)
    assert tap(client, soup).status_code == 404


@pytest.mark.slow
def test_too_early_and_too_late_lead_on(client, worker, team, buurt):
    early = make_stop(team, buurt, starts_in=2 * DAY, where="Plein")
    late = make_stop(team, buurt, starts_in=-2 * DAY, where="Plein")
    client.force_login(worker)
    found = [client.get(f"/werk/haltes/{one.pk}/").headers["location"] for one in (early, late)]
    assert found == ["/werk/haltes/", f"/werk/activiteiten/{late.pk}/aanwezig/"]
    assert [tap(client, one).status_code for one in (early, late)] == [302, 302]
    assert Visit.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hours", "may"), [(-15, False), (-13, True), (0, True), (2, True), (13.9, True), (14.1, False)]
)
def test_from_the_day_itself_until_twelve_hours_after(team, buurt, hours, may):
    """Two o'clock until four on the day on which the clock goes back: that day has an hour more."""
    begin = timezone.make_aware(datetime.datetime(2026, 10, 25, 14))
    stop = make_stop(team, buurt, starts_at=begin, where="Plein")
    assert may_tally(stop, begin + hours * HOUR) is may


@pytest.mark.slow
@pytest.mark.parametrize(("begun", "may"), [(-1, True), (1, False)])
def test_a_stop_that_is_called_off_keeps_who_was_there(team, buurt, begun, may):
    stop = make_stop(team, buurt, starts_in=begun * HOUR, where="Plein", state="cancelled")
    assert may_tally(stop, timezone.now()) is may


@pytest.mark.slow
def test_the_list_shows_what_comes_with_what_was_counted(client, worker, team, buurt, stop):
    make_stop(team, buurt, starts_in=DAY, where="Kerkplein", kind=KIND.ROUND)
    make_activity(team, buurt, starts_in=DAY)
    make_stop(team, buurt, starts_in=-3 * DAY, where="Vorige week")
    client.force_login(worker)
    tap(client, stop)
    page = client.get("/werk/haltes/")
    found = [(one.activity.spot, one.counted, one.can_tally) for one in page.context["stops"]]
    assert found == [("Speelplein achter nummer 12", 1, True), ("Kerkplein", 0, False)]
    assert "1 bezoeker" in page.text


@pytest.mark.slow
def test_today_leads_to_the_buttons(client, worker, stop):
    client.force_login(worker)
    assert f"/werk/haltes/{stop.pk}/" in client.get("/werk/").text


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_more_stops(
    client, worker, team, buurt, rows, django_assert_max_num_queries
):
    square = Place.objects.create(neighbourhood=buurt, kind="square", name="Plein", slug="plein")
    for _ in range(rows):
        stop = make_stop(team, buurt, place=square)
        Visit.objects.create(
            organisation=team.organisation,
            team=team,
            neighbourhood=buurt,
            place=square,
            stop=stop.uid,
            spot="Plein",
            reason="babbel",
        )
    client.force_login(worker)
    client.get("/werk/haltes/")
    for path in ("/werk/haltes/", f"/werk/haltes/{stop.pk}/"):
        with django_assert_max_num_queries(8):
            client.get(path)


@pytest.mark.slow
def test_what_is_over_is_not_called_now(client, worker, team, buurt):
    make_stop(team, buurt, starts_in=-3 * HOUR, where="Plein")
    client.force_login(worker)
    page = client.get("/werk/haltes/").text
    assert (page.count("Plein, Voorbij sinds"), "Nu, tot" in page) == (2, False)
