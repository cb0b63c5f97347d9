"""Afterwards: what the team learned, when it comes back, and the neighbours who take it over."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import day_fields, form_of, make_activity

DAY = datetime.timedelta(days=1)
By = Activity.CarriedBy


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, starts_in=-2 * DAY)


@pytest.fixture
def series(team, buurt):
    """One before, this one, one later; and one of another team on the same series."""
    today = timezone.localdate()
    row = Series.objects.create(team=team, first_day=today - 9 * DAY, last_day=today + 9 * DAY)
    return [make_activity(team, buurt, starts_in=days * DAY, series=row) for days in (-7, -1, 7)]


def path(activity, tail=""):
    return f"/werk/activiteiten/{activity.pk}/na/{tail}"


def carried(rows):
    return [
        (row.carried_by, row.lives_alone) for row in Activity.objects.filter(pk__in=[one.pk for one in rows])
    ]


def test_one_tap_and_the_later_ones_live_without_the_team(client, worker, series):
    client.force_login(worker)
    client.post(path(series[1], "overgenomen/"))
    assert carried(series) == [("for", False), ("by", True), ("by", True)]
    assert "Leeft zonder ons" in client.get("/werk/activiteiten/").text
    client.post(path(series[1], "overgenomen/"), {"terug": "ja"})
    assert carried(series) == [("for", False), ("with", False), ("with", False)]


def test_two_questions_and_the_day_comes_back_in_the_list_of_today(client, worker, soup):
    client.force_login(worker)
    answers = form_of(client.get(path(soup))) | {"carried_by": "with", "learned": "Meer stoelen."}
    client.post(path(soup), answers | day_fields("back_on", timezone.localdate()))
    soup.refresh_from_db()
    assert (soup.carried_by, soup.learned, soup.back_on) == ("with", "Meer stoelen.", timezone.localdate())
    assert f'href="{path(soup)}"' in client.get("/werk/").text
    assert "Meer stoelen" not in client.get(f"/activiteiten/{soup.pk}/").text
    client.post(path(soup), form_of(client.get(path(soup))) | {"geweest": "ja"})
    soup.refresh_from_db()
    assert (soup.learned, soup.back_on) == ("Meer stoelen.", None)


def test_another_team_lets_nothing_go(client, worker_elsewhere, soup):
    client.force_login(worker_elsewhere)
    assert client.post(path(soup, "overgenomen/")).status_code == 404
    assert carried([soup]) == [("for", False)]


@pytest.mark.slow
def test_a_day_that_must_still_come_is_not_in_the_list(client, worker, soup):
    Activity.objects.filter(pk=soup.pk).update(back_on=timezone.localdate() + DAY)
    client.force_login(worker)
    assert path(soup) not in client.get("/werk/").text


@pytest.mark.slow
def test_two_who_answer_at_once_lose_nothing(client, worker, soup):
    client.force_login(worker)
    first = form_of(client.get(path(soup)))
    client.post(path(soup), first | {"learned": "Van de eerste."})
    page = client.post(path(soup), first | {"learned": "Van de tweede."})
    soup.refresh_from_db()
    assert (page.status_code, soup.learned, "Van de tweede." in page.text) == (409, "Van de eerste.", True)
    page = client.post(path(soup), form_of(page) | {"learned": "Van de tweede."})
    soup.refresh_from_db()
    assert (page.status_code, soup.learned) == (302, "Van de tweede.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"learned": "x" * 1001}, "Deze tekst is te lang"),
        ({"learned": "Bel Jef op 0470 12 34 56"}, "telefoonnummer"),
        (day_fields("back_on", timezone.localdate() - DAY), "Die dag is al voorbij."),
        (day_fields("back_on", timezone.localdate() + 900 * DAY), "Dat jaar klopt niet."),
        ({"carried_by": "niemand"}, "Kies iets uit de lijst."),
    ],
)
def test_a_wrong_answer_is_said_and_stays(client, worker, soup, typed, sentence):
    client.force_login(worker)
    page = client.post(path(soup), form_of(client.get(path(soup))) | typed)
    assert sentence in page.text
    soup.refresh_from_db()
    assert (soup.learned, soup.back_on) == ("", None)


@pytest.mark.slow
def test_carrying_it_together_again_in_the_plan_ends_living_alone(client, worker, soup):
    client.force_login(worker)
    client.post(path(soup, "overgenomen/"))
    client.post(path(soup), form_of(client.get(path(soup))) | {"carried_by": "with"})
    assert carried([soup]) == [("with", False)]


@pytest.mark.slow
def test_what_is_called_off_is_not_taken_over(client, worker, team, buurt):
    off = make_activity(team, buurt, state="cancelled")
    client.force_login(worker)
    client.post(path(off, "overgenomen/"))
    assert carried([off]) == [("for", False)]


@pytest.mark.slow
def test_the_database_knows_that_only_residents_carry_it_alone(soup):
    with pytest.raises(IntegrityError):
        Activity.objects.filter(pk=soup.pk).update(alone_since=timezone.localdate())


def test_what_is_still_to_come_asks_nothing_yet(client, worker, team, buurt):
    soon = make_activity(team, buurt, carried_by="by", alone_since=timezone.localdate())
    client.force_login(worker)
    page = client.get(path(soon)).text
    assert "Dit moet nog komen." in page
    assert ('name="learned"' in page, "De buren namen het over" in page) == (False, False)
    # From the list one comes here to take back what the neighbours took over.
    assert "Toch niet, we dragen het samen" in page


@pytest.mark.slow
def test_an_answer_to_a_day_that_was_put_later_is_kept(client, worker, soup):
    client.force_login(worker)
    answers = form_of(client.get(path(soup))) | {"learned": "Meer stoelen."}
    Activity.objects.filter(pk=soup.pk).update(
        starts_at=timezone.now() + DAY, ends_at=timezone.now() + 2 * DAY, version=soup.version + 1
    )
    page = client.post(path(soup), answers)
    assert (page.status_code, "Meer stoelen." in page.text) == (409, True)
