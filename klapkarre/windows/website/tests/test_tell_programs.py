"""What programs read in the pages of points and neighbourhoods: what the page says, and nothing that breaks it."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from klapkarre.foundation.places.models import ExtraOpening
from klapkarre.foundation.places.opening import days
from klapkarre.foundation.places.tests.making import make_place
from klapkarre.windows.website.structured import hours
from klapkarre.windows.website.tests.make import make_point

MONDAY = datetime.date(2026, 11, 23)
NASTY = 'Punt </script><script>alert("1")</script> & <!-- "\\'


def facts(client, path):
    page = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])["@graph"]


def spec(opens, closes, **more):
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes, **more}


def test_hours_with_what_differs():
    place = make_place(
        [(0, "9-12"), (1, "9-12"), (1, "18-1"), (3, "0-0")],
        closures=[("2026-12-22", "2027-01-03", "Kerst")],
        extra=[("2026-12-05", "10-16")],
    )
    assert hours(days(place, MONDAY, 63)) == (
        [
            spec("09:00", "12:00", dayOfWeek=["Monday", "Tuesday"]),
            spec("18:00", "01:00", dayOfWeek=["Tuesday"]),
            spec("00:00", "23:59", dayOfWeek=["Thursday"]),
        ],
        [
            spec("10:00", "16:00", validFrom="2026-12-05", validThrough="2026-12-05"),
            spec("00:00", "00:00", validFrom="2026-12-22", validThrough="2026-12-31"),
        ],
    )


@pytest.mark.django_db
def test_a_point_tells_who_where_and_when(client, team, town, buurt):
    point = make_point(
        buurt, "Punt", thursdays=True, street="Kerkstraat 1", phone="0400 00 00 00", phone_is_example=True
    )
    place, organisation = facts(client, "/buurtpunten/punt/")
    assert organisation == {
        "@type": "Organization",
        "name": team.organisation.name,
        "location": {"@id": "/buurtpunten/punt/"},
    }
    assert place["openingHoursSpecification"] == [spec("09:00", "12:30", dayOfWeek=["Thursday"])]
    assert (place["address"]["streetAddress"], "telephone" in place) == ("Kerkstraat 1", False)
    assert point.neighbourhood.name == place["containedInPlace"]["name"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/buurtpunten/punt/", "/buurten/molenwijk/"])
def test_no_name_breaks_out_of_the_script(client, team, buurt, path):
    point = make_point(buurt, "Punt", thursdays=True, summary=NASTY)
    type(point).objects.filter(pk=point.pk).update(name=NASTY)
    type(buurt).objects.filter(pk=buurt.pk).update(name=NASTY)
    assert facts(client, path)[0]["name"] == NASTY


@pytest.mark.django_db
def test_the_hours_for_maps_are_an_address_of_their_own(client, team, buurt):
    point = make_point(buurt, "Punt", thursdays=True)
    today = timezone.localdate()
    ExtraOpening.objects.create(
        place=point, day=today + datetime.timedelta(days=2), opens=datetime.time(20), closes=datetime.time(22)
    )
    answer = client.get("/buurtpunten/punt/openingsuren.json")
    found = answer.json()
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert found["opening_hours"].startswith("Th 09:00-12:30; PH off; ")
    assert " 20:00-22:00" in found["opening_hours"]
    assert (found["name"], len(found["tag"]["opening_hours"]) <= 255) == ("Punt", True)


@pytest.mark.django_db
def test_without_hours_nothing_is_said(client, team, buurt):
    make_point(buurt, "Punt")
    assert "openingHoursSpecification" not in facts(client, "/buurtpunten/punt/")[0]
    assert client.get("/buurtpunten/punt/openingsuren.json").json()["opening_hours"] == ""
    assert client.get("/buurtpunten/nergens/openingsuren.json").status_code == 404
