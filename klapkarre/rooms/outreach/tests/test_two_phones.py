"""Two phones at one door, and one that still rings while the round ends: nothing twice, nothing lost, nothing back."""

import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.people import intake
from klapkarre.foundation.people.tests.test_race import at_once
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.models import Attempt, Certificate, Door, RoundCount
from klapkarre.rooms.outreach.tests.make import door_of, make_round

pytestmark = pytest.mark.slow


@pytest.fixture
def one(transactional_db, team, buurt):
    return make_round(team, buurt)


def rings(worker, door, key):
    return lambda: actions.add_attempt(worker, door.pk, "binnen", (), key, timezone.now())


def test_one_tap_that_arrives_twice_at_once_is_one_attempt(one, worker):
    door, key = door_of(one, "2"), uuid.uuid4()
    out = at_once(*[rings(worker, door, key)] * 3)
    assert sorted(is_new for _attempt, is_new in out) == [False, False, True]
    assert Attempt.objects.count() == 1


def test_two_phones_at_one_door_are_two_attempts(one, worker):
    door = door_of(one, "2")
    at_once(*[rings(worker, door, uuid.uuid4()) for _ in range(3)])
    assert Attempt.objects.count() == 3


def test_who_rings_while_the_round_ends_is_counted_or_told_that_it_is_gone(one, worker):
    door = door_of(one, "2")
    out = at_once(
        rings(worker, door, uuid.uuid4()),
        lambda: actions.end_round(one, Certificate.Rule.BUTTON),
        rings(worker, door, uuid.uuid4()),
    )
    counted = [one for one in out if isinstance(one, tuple)]
    gone = [one for one in out if isinstance(one, intake.Erased)]
    assert len(counted) + len(gone) == 2
    assert Certificate.objects.get().attempts == len(counted)
    assert (Door.objects.count(), Attempt.objects.count()) == (0, 0)
    inside = RoundCount.objects.filter(outcome="binnen").count()
    assert inside == bool(counted)


def test_two_who_end_one_round_make_one_certificate(one):
    out = at_once(*[lambda: actions.end_round(one, Certificate.Rule.BUTTON)] * 2)
    assert [type(found).__name__ for found in out] == ["Certificate", "Certificate"]
    assert Certificate.objects.count() == 1
