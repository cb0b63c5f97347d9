"""What does not take place says so, with the reason, and shows the worker whom to tell."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity

WEEK = datetime.timedelta(weeks=1)


def path(activity):
    return f"/werk/activiteiten/{activity.pk}/afzeggen/"


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, capacity=1)


def test_residents_read_why(client, phone, worker, soup):
    page = f"/activiteiten/{soup.pk}/"
    assert "gaat niet door" not in phone.get(page).text
    client.force_login(worker)
    client.post(path(soup), {"reason": "De kok is ziek."})
    for shown in (phone.get(page).text, phone.get("/activiteiten/").text):
        assert "aat niet door" in shown
        assert "De kok is ziek." in shown
    assert f"/activiteiten/{soup.pk}/aanmelden/" not in phone.get(page).text


def test_the_worker_sees_whom_to_tell_also_who_was_told_before(client, worker, soup):
    rows = fill(soup, 3)
    actions.cancel(rows[0])
    actions.tell(rows[1])
    client.force_login(worker)
    page = client.post(path(soup), {"reason": "Ziek."}, follow=True)
    assert [row.name for row in page.context["to_tell"]] == ["Buur 1", "Buur 2"]
    assert page.text.count("Weet nog niet dat het niet doorgaat.") == 2


def test_a_coordinator_reads_who_tells_them(client, coordinator, soup):
    fill(soup, 2)
    client.force_login(coordinator)
    asked = client.get(path(soup)).text
    assert ("Je team verwittigt 2 mensen." in asked, "Daarna zie je" in asked) == (True, False)
    page = client.post(path(soup), {"reason": "Ziek."}, follow=True)
    assert "Afgezegd. Je team verwittigt 2 mensen." in page.text


def test_twice_is_once(client, worker, soup):
    fill(soup, 1)
    client.force_login(worker)
    client.post(path(soup), {"reason": "Ziek."})
    actions.tell(SignUp.objects.get())
    client.post(path(soup), {"reason": "Toch iets anders."})
    soup.refresh_from_db()
    assert (soup.cancelled_because, soup.version, SignUp.objects.to_tell().count()) == ("Ziek.", 2, 0)


def test_a_reason_is_needed(client, worker, soup):
    client.force_login(worker)
    page = client.post(path(soup), {"reason": " "})
    assert "Schrijf waarom het niet doorgaat." in page.text
    soup.refresh_from_db()
    assert soup.state == "published"


def test_all_later_ones_too(client, worker, team, buurt):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + 3 * WEEK)
    rows = [make_activity(team, buurt, series=series, starts_in=number * WEEK) for number in range(-1, 4)]
    client.force_login(worker)
    client.post(path(rows[2]), {"reason": "De zaal is dicht.", "later": "ja"})
    assert list(Activity.objects.order_by("starts_at").values_list("state", flat=True)) == [
        "published",
        "published",
        "cancelled",
        "cancelled",
        "cancelled",
    ]


def test_only_this_one(client, worker, team, buurt):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + WEEK)
    rows = [make_activity(team, buurt, series=series, starts_in=number * WEEK) for number in (1, 2)]
    client.force_login(worker)
    client.post(path(rows[0]), {"reason": "Ziek.", "later": "nee"})
    assert list(Activity.objects.order_by("starts_at").values_list("state", flat=True)) == [
        "cancelled",
        "published",
    ]


def test_what_is_over_cannot_be_called_off(client, worker, team, buurt):
    past = make_activity(team, buurt, starts_in=-WEEK)
    client.force_login(worker)
    page = client.post(path(past), {"reason": "Ziek."})
    assert "Deze activiteit is al voorbij." in page.text
    past.refresh_from_db()
    assert past.state == "published"


def test_a_draft_goes_without_a_trace(client, phone, worker, team, buurt):
    draft = make_activity(team, buurt, state="draft")
    client.force_login(worker)
    assert client.post(path(draft)).status_code == 302
    assert Activity.objects.count() == 0
    assert "gaat niet door" not in phone.get("/activiteiten/").text
