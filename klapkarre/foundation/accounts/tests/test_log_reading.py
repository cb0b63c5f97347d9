"""The reading log is for the auditor of the organisation, and for nobody else."""

import pytest

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Reading


@pytest.fixture
def readings(organisation, worker, worker_abroad):
    abroad = worker_abroad.memberships.get().organisation
    return {
        place: Reading.objects.create(organisation=place, user=worker, route="x", kind="x", rows=["1"])
        for place in (organisation, abroad)
    }


def test_an_auditor_sees_the_log_of_the_own_organisation(readings, organisation, auditor):
    assert list(Reading.objects.visible_to(auditor)) == [readings[organisation]]


@pytest.mark.parametrize("who", ["worker", "coordinator", "city", "partner", "volunteer", "admin"])
def test_nobody_else_sees_the_log(readings, request, who):
    assert list(Reading.objects.visible_to(request.getfixturevalue(who))) == []


def test_one_reading_names_every_row_that_is_shown(rf, worker, organisation):
    request = rf.get("/werk/")
    request.user = worker
    request.resolver_match = type("Match", (), {"view_name": "proef:lijst"})
    actions.note_reading(request, [])
    assert Reading.objects.count() == 0
    memberships = list(worker.memberships.all())
    actions.note_reading(request, memberships)
    reading = Reading.objects.get()
    facts = (reading.user, reading.organisation, reading.route, reading.kind, reading.rows)
    assert facts == (worker, organisation, "proef:lijst", "accounts.membership", [str(memberships[0].pk)])
