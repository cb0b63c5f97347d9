"""Who has a role for one neighbourhood sees the results of that one, and the page and the file say so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klapkarre.foundation.people.tests.make import make_person
from klapkarre.foundation.places.models import Place
from klapkarre.windows.results.tests.make import came, held, met, moment

PERIOD = "periode=maanden&van=24314&tot=24315"
MARCH = moment("2026-03-05")


@pytest.fixture
def spring(team, worker, buurt, other_buurt, deelbuurt, point, covenant):
    part = Place.objects.create(neighbourhood=deelbuurt, name="Buurtpunt Sporen", slug="buurtpunt-sporen")
    for place, people in ((buurt, 100), (other_buurt, 3), (deelbuurt, 2)):
        met(team, place, MARCH, "babbel", people=people, known="bekend", is_signal=True)
        held(team, place, MARCH, people * 10)
        make_person(team, worker, f"Fien {place}", neighbourhood=place, now=MARCH)
    held(team, buurt, MARCH, None)
    came(team, point, MARCH, "babbel")
    came(team, part, MARCH, "babbel")
    make_person(team, worker, "Nergens", now=MARCH)


def figures(report):
    found = report.found
    return report.attendances, report.familiar, found.persons, report.activities, found.to_do["signal"]


@pytest.mark.access
def test_only_what_happened_there_counts(client, worker_one_buurt, worker, spring):
    client.force_login(worker_one_buurt)
    page = client.get(f"/resultaten/?{PERIOD}")
    report = page.context["report"]
    assert figures(report) == (3 + 2 + 30 + 20 + 1, 2, 2, 2, 2)
    assert list(report.found.neighbourhoods.values()) == ["Stationswijk", "Stationswijk: Sporen"]
    assert report.found.uncounted == []
    assert "Je ziet de cijfers van Team Molen (enkel Stationswijk)." in page.text
    assert "Molenwijk" not in page.text
    sheet = client.get(f"/resultaten/csv/?{PERIOD}")
    assert "Team Molen (enkel Stationswijk)" in sheet.text
    assert "Molenwijk" not in sheet.text
    assert "enkel-stationswijk" in sheet.headers["content-disposition"]
    client.force_login(worker)
    page = client.get(f"/resultaten/?{PERIOD}")
    assert figures(page.context["report"]) == (105 + 1050 + 2, 3, 4, 4, 3)
    assert "enkel Stationswijk" not in page.text


@pytest.mark.slow
def test_a_neighbourhood_costs_two_queries_more(client, worker_one_buurt, worker, spring):
    counts = []
    for user in (worker, worker_one_buurt):
        client.force_login(user)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/resultaten/?{PERIOD}")
        counts.append(len(seen))
    assert counts[1] - counts[0] <= 2  # its deelbuurten, and its name
