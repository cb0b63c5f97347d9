"""The reading log is for the auditor of the organisation, and for nobody else; it names every row that was shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.accounts.tests.make import Asked, make_reading


@pytest.fixture
def readings(organisation, worker, worker_abroad):
    abroad = worker_abroad.memberships.get().organisation
    return {place: make_reading(worker, place) for place in (organisation, abroad)}


def test_an_auditor_sees_the_log_of_the_own_organisation(readings, organisation, auditor):
    assert list(Reading.objects.visible_to(auditor)) == [readings[organisation]]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "coordinator", "city", "partner", "volunteer", "admin"])
def test_nobody_else_sees_the_log(readings, request, who):
    assert list(Reading.objects.visible_to(request.getfixturevalue(who))) == []


def test_one_reading_names_every_row_that_is_shown(worker, organisation):
    actions.note_reading(Asked(worker), [])
    assert Reading.objects.count() == 0
    memberships = list(worker.memberships.all())
    actions.note_reading(Asked(worker), memberships, reason="uitvoer")
    reading = Reading.objects.get()
    facts = (reading.user, reading.organisation, reading.route, reading.kind, reading.rows)
    assert facts == (worker, organisation, "proef:lijst", "accounts.membership", [str(memberships[0].pk)])
    assert (reading.number, reading.size, reading.reason, reading.opening) == (1, 1, "uitvoer", None)


@pytest.mark.parametrize("rows", [1, 1000])
def test_a_list_costs_three_statements(worker, organisation, rows):
    make_reading(worker, organisation)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        make_reading(worker, organisation, rows=[str(number) for number in range(rows)])
    asked = [query["sql"].split()[0] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert asked == ["SELECT", "INSERT", "UPDATE"]


def test_readings_of_one_row_are_found_in_lists(worker, organisation):
    alone, listed = (
        make_reading(worker, organisation, ["7"]),
        make_reading(worker, organisation, ["6", "7", "8"]),
    )
    make_reading(worker, organisation, ["77", "17"])
    make_reading(worker, organisation, ["7"], kind="agenda.signup")
    found = Reading.objects.naming("outreach.contactmoment", ["7"]).order_by("number")
    assert list(found) == [alone, listed]
    both = Reading.objects.naming("outreach.contactmoment", ["7", "17"])
    assert both.count() == 3
    assert Reading.objects.naming("outreach.contactmoment", []).count() == 0
