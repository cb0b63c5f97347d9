"""Calendars to follow: the right kind of file, sent once, cheap, stable, and without anyone's name."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.foundation.kit import pages
from klapkarre.foundation.kit.headers import CLOSED
from klapkarre.foundation.places.models import Municipality, Place, content_changed
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import make_activity

pytestmark = [pytest.mark.interop, pytest.mark.django_db]
DAY = datetime.timedelta(days=1)
FEEDS = {
    "/agenda.ics": 6,
    "/buurten/molenwijk/agenda.ics": 6,
    "/buurtpunten/buurtpunt-molenwijk/agenda.ics": 6,
}


@pytest.fixture
def weekly(team, buurt, point):
    """Three weeks, every day of them at the point."""
    today = timezone.localdate()
    first = today + DAY
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    series = Series.objects.create(team=team, rule=rule, first_day=first, last_day=today + 21 * DAY)
    for number in range(21):
        day = first + number * DAY
        starts = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14)))
        make_activity(team, buurt, place=point, series=series, series_day=day, starts_at=starts)
    return list(series.activities.all())


def lines(client, path="/agenda.ics"):
    """The unfolded lines of a calendar."""
    text = client.get(path).content.decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    return text.replace("\r\n ", "").split("\r\n")


def uids(client, path="/agenda.ics"):
    return [line for line in lines(client, path) if line.startswith("UID:")]


@pytest.mark.parametrize("path", FEEDS)
def test_a_calendar_says_what_it_is_and_is_sent_once(client, weekly, path):
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    again = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # No page of ours: whoever opens it by itself lets it do nothing.
    policies = {one.headers["Content-Security-Policy"] for one in (answer, again)}
    assert policies == {CLOSED}


@pytest.mark.slow
@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize("path", FEEDS)
def test_a_calendar_costs_few_queries_and_one_when_kept(client, team, buurt, point, weekly, path, more):
    for _ in range(more):
        make_activity(team, buurt, place=point)
    for wanted in (FEEDS[path], 1):
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        assert len(seen) == wanted <= 8


def test_a_change_shows_at_once(client, weekly):
    assert "Gaat niet door" not in client.get("/agenda.ics").text
    actions.call_off(weekly[2], "De kok is ziek.")
    found = lines(client)
    assert "SUMMARY:Gaat niet door: Soep op het plein" in found
    assert "STATUS:CANCELLED" in found
    assert any(line.startswith("DESCRIPTION:De kok is ziek.") for line in found)


@pytest.mark.slow
def test_stops_of_the_cart_and_rounds_stand_in_every_calendar(client, team, buurt):
    square = Place.objects.create(neighbourhood=buurt, kind="square", name="Kerkplein", slug="kerkplein")
    facts = {"place": square, "sign_up_kind": "none"}
    for title, kind in (("Klapkarre", "stop"), ("Ronde", "round")):
        make_activity(team, buurt, title=title, kind=kind, **facts)
    for way in ("/", "/buurten/molenwijk/", "/buurtpunten/kerkplein/"):
        found = client.get(f"{way}agenda.ics").text
        assert [f"SUMMARY:{title}" in found for title in ("Klapkarre", "Ronde")] == [True, True], way


def test_a_seat_that_is_taken_changes_pages_and_no_calendar(client, weekly):
    Activity.objects.filter(pk=weekly[0].pk).update(capacity=5, sign_up_kind="name")
    content_changed()
    page = client.get(weekly[0].get_absolute_url()).headers["ETag"]
    calendar = client.get("/agenda.ics").headers["ETag"]
    actions.sign_up(weekly[0], "Roodborstje", key=uuid.uuid4())
    assert client.get(weekly[0].get_absolute_url()).headers["ETag"] != page
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/agenda.ics").headers["ETag"] == calendar
    assert len(seen) == 1


def test_two_hosts_share_the_frame_and_follow_their_own_calendar(client, weekly, settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["een.example", "twee.example"]
    monkeypatch.setattr(pages, "_around", {})
    hosts = {
        "een.example": "een.example",
        "een.example:8000": "een.example:8000",
        "een.example:666": "een.example",
    }
    for host, shown in (hosts | {"twee.example": "twee.example"}).items():
        text = client.get("/activiteiten/", headers={"host": host}, SERVER_PORT="8000").text
        assert text.count("webcal://") == text.count(f"webcal://{shown}/agenda.ics") == 1
        assert "\0" not in text
    assert len(pages._around) == 1


def test_a_week_that_keeps_its_rule_is_one_event(client, weekly):
    assert uids(client) == [f"UID:{weekly[0].series.uid}"]
    assert sum(line.startswith("RRULE:FREQ=WEEKLY;UNTIL=") for line in lines(client)) == 1


def test_an_event_keeps_its_uid_when_it_moves(client, weekly):
    path = f"/activiteiten/{weekly[0].pk}/agenda.ics"
    before = uids(client, path)
    Activity.objects.filter(pk=weekly[0].pk).update(starts_at=weekly[0].starts_at - DAY / 12, version=2)
    content_changed()
    assert uids(client, path) == before == [f"UID:{weekly[0].uid}"]
    assert "SEQUENCE:1" in lines(client, path)


def test_only_one_s_own_calendar_keeps_the_time_free(client, weekly):
    assert "TRANSP:TRANSPARENT" in lines(client)
    assert "TRANSP:OPAQUE" in lines(client, f"/activiteiten/{weekly[0].pk}/agenda.ics")


def test_drafts_and_names_are_in_no_calendar(client, team, buurt, weekly, point):
    make_activity(team, buurt, title="Ontwerp", state="draft", place=point)
    actions.sign_up(weekly[0], "Roodborstje", key=uuid.uuid4())
    for path in (*FEEDS, f"/activiteiten/{weekly[0].pk}/agenda.ics"):
        text = client.get(path).text
        assert ("Ontwerp" in text, "Roodborstje" in text) == (False, False)


def test_what_is_long_over_is_gone(client, team, buurt):
    make_activity(team, buurt, title="Vorige week", starts_in=-7 * DAY)
    make_activity(team, buurt, title="Lang geleden", starts_in=-40 * DAY)
    text = client.get("/agenda.ics").text
    assert ("Vorige week" in text, "Lang geleden" in text) == (True, False)


def test_an_empty_calendar_is_a_calendar(client, town, buurt):
    found = lines(client, "/buurten/molenwijk/agenda.ics")
    assert (found[0], "BEGIN:VTIMEZONE" in found, "BEGIN:VEVENT" in found) == ("BEGIN:VCALENDAR", True, False)


def test_text_cannot_break_out(client, team, buurt):
    make_activity(team, buurt, title="Soep;BEGIN:VALARM", summary="a\nEND:VEVENT\r\nBEGIN:VEVENT,b")
    found = lines(client)
    assert (found.count("BEGIN:VEVENT"), found.count("END:VEVENT")) == (1, 1)
    assert "SUMMARY:Soep\\;BEGIN:VALARM" in found


def test_addresses_are_those_that_were_asked_for(client, weekly):
    for host in ("testserver:8443", "testserver"):
        text = client.get("/agenda.ics", headers={"host": host}).text
        assert f"URL:http://{host}/activiteiten/" in text


def test_of_many_towns_the_address_names_one(client, town, weekly):
    other = Municipality.objects.create(name="Elders", slug="elders")
    assert client.get("/agenda.ics").status_code == 404
    assert "Soep" in client.get(f"/agenda.ics?gemeente={town.slug}").text
    assert "Soep" not in client.get(f"/agenda.ics?gemeente={other.slug}").text


@pytest.mark.parametrize(
    "path",
    [
        "/buurten/x/agenda.ics",
        "/buurtpunten/x/agenda.ics",
        "/activiteiten/9/agenda.ics",
        "/agenda.ics?gemeente=x",
    ],
)
def test_an_unknown_calendar_is_not_there(client, town, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/activiteiten/", "/agenda.ics"),
        ("/activiteiten/?buurt=molenwijk", "/buurten/molenwijk/agenda.ics"),
        ("/buurten/molenwijk/", "/buurten/molenwijk/agenda.ics"),
        ("/buurtpunten/buurtpunt-molenwijk/", "/buurtpunten/buurtpunt-molenwijk/agenda.ics"),
    ],
)
def test_residents_find_the_link(client, weekly, page, link):
    for host in ("testserver", "localhost"):
        text = client.get(page, headers={"host": host}).text
        assert f'href="{link}"' in text
        assert f'href="webcal://{host}{link}"' in text
    assert "Nieuwe activiteiten komen er vanzelf bij." in text


def test_one_activity_goes_into_one_s_own_calendar(client, weekly):
    page = client.get(f"/activiteiten/{weekly[0].pk}/").text
    assert f'href="/activiteiten/{weekly[0].pk}/agenda.ics"' in page
    assert ("Zet deze dag in mijn agenda" in page, 'href="/buurten/molenwijk/#volg"' in page) == (True, True)


def test_what_you_follow_has_a_name(client, weekly):
    page = client.get("/buurten/molenwijk/").text
    assert ("Zet alle activiteiten van Molenwijk in je agenda" in page, 'id="volg"' in page) == (True, True)
