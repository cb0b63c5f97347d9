"""When a round ends no address is left: not in a stored value, and not as sealed bytes in a file of the database."""

import pytest
from django.db import connection

from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.models import Certificate, Door
from klapkarre.rooms.outreach.tests.make import make_round, ring
from tests.canary.test_dump import dump
from tests.canary.test_erase import left_in_files

pytestmark = [pytest.mark.canary, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_no_door_is_left_anywhere(client, team, buurt, worker):
    one = make_round(team, buurt, doors=("4711", "4712"))
    sealed = {bytes(where)[21:] for where in Door.objects.values_list("where", flat=True)}
    ring(worker, one.doors.first(), "binnen")
    client.force_login(worker)
    assert "4711" in client.get(one.path).text
    if connection.vendor == "sqlite":
        assert left_in_files(sealed) != []  # the search finds what is there
    actions.end_round(one, Certificate.Rule.BUTTON)
    client.get(f"{one.path}bewijs/")
    assert left_in_files(sealed) == []
    assert b"4711" not in dump()
