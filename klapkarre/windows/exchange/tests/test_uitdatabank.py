"""The export for UiTdatabank: leisure only, and what the documents of its Entry API ask of each part."""

import datetime
import re
import uuid

import pytest
from django.utils import timezone

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Series
from klapkarre.rooms.agenda.tests.make import make_activity

pytestmark = [pytest.mark.interop, pytest.mark.django_db]
DAY = datetime.timedelta(days=1)
ID = r"https?://.+?/{}/[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}"


@pytest.fixture
def at(point):
    type(point).objects.filter(pk=point.pk).update(street="Kerkstraat 1", postcode="9200", town="Proefdorp")
    point.refresh_from_db()
    return point


def asked(event, places):
    """What is missing or wrong, by the rules that the Entry API documents for an event."""
    days = event["subEvent"]
    return [
        rule
        for rule, holds in {
            "id": re.fullmatch(ID.format("events"), event["@id"]),
            "name": re.search(r"\S", event["name"][event["mainLanguage"]]),
            "one type": [one["domain"] for one in event["terms"]] == ["eventtype"],
            "place": event["location"]["@id"] in places
            and re.fullmatch(ID.format("places"), event["location"]["@id"]),
            "days": (len(days) == 1) == (event["calendarType"] == "single") and days,
            "moments": all(
                datetime.datetime.fromisoformat(one[key]).tzinfo
                for one in days
                for key in ("startDate", "endDate")
            ),
            "states": {one["status"]["type"] for one in days} <= {"Available", "Unavailable"},
            "price": [one["category"] for one in event["priceInfo"]] == ["base"],
            "contact": sorted(event["contactPoint"]) == ["email", "phone", "url"],
        }.items()
        if not holds
    ]


def test_leisure_goes_out_and_help_stays_home(client, team, buurt, at):
    today = timezone.localdate()
    series = Series.objects.create(team=team, rule="FREQ=DAILY", first_day=today, last_day=today + 9 * DAY)
    days = [
        make_activity(
            team, buurt, title="Koffie", theme="babbel", place=at, series=series, starts_in=number * DAY
        )
        for number in (1, 2, 3)
    ]
    make_activity(team, buurt, title="Soep", theme="buren", place=at, summary="Eet mee.", price_cents=250)
    make_activity(team, buurt, title="Papieren", theme="administratie", place=at)
    make_activity(team, buurt, title="Op straat", theme="buren", place=None, where="Plein")
    make_activity(team, buurt, title="Ontwerp", theme="buren", place=at, state="draft")
    actions.sign_up(days[0], "Roodborstje", key=uuid.uuid4())
    actions.call_off(days[1], "De kok is ziek.")
    answer = client.get("/uitdatabank.json")
    found = answer.json()
    assert {event["name"]["nl"]: len(event["subEvent"]) for event in found["events"]} == {
        "Koffie": 3,
        "Soep": 1,
    }
    places = [place["@id"] for place in found["places"]]
    assert [asked(event, places) for event in found["events"]] == [[], []]
    assert found["places"][0]["address"]["nl"] == {
        "addressCountry": "BE",
        "addressLocality": "Proefdorp",
        "postalCode": "9200",
        "streetAddress": "Kerkstraat 1",
    }
    coffee = next(event for event in found["events"] if event["name"]["nl"] == "Koffie")
    assert coffee["subEvent"][1]["status"] == {"type": "Unavailable", "reason": {"nl": "De kok is ziek."}}
    assert "Roodborstje" not in answer.text
    assert client.get("/uitdatabank.json").json() == found


def test_nothing_to_tell_is_an_empty_list(client, town):
    assert client.get("/uitdatabank.json").json() == {"places": [], "events": []}
    assert client.get("/uitdatabank.json?gemeente=nergens").status_code == 404
