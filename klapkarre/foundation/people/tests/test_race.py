"""Two at once: one merge, one person for one form, and nothing that lands on a person who went up in another."""

import threading
import uuid

import pytest
from django.db import connection, connections

from klapkarre.foundation.people import actions
from klapkarre.foundation.people.models import AgreedStep, Merge, Person
from klapkarre.foundation.people.tests.make import FACTS, make_person

VALUES = FACTS


def at_once(*calls):
    """Run these at the same time, each on a connection of its own; returns what came out or went wrong."""
    gate, out = threading.Barrier(len(calls)), []

    def run(call):
        gate.wait()
        try:
            out.append(call())
        except Exception as error:
            out.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return out


@pytest.fixture
def pair(transactional_db, team, worker):
    return make_person(team, worker), make_person(team, worker, "Voorbeeld, Fientje")


@pytest.mark.slow
def test_two_merges_of_one_pair_the_other_way_round(pair, worker):
    first, second = pair
    out = at_once(
        lambda: actions.merge(first, second, VALUES, (1, 1), worker),
        lambda: actions.merge(second, first, VALUES, (1, 1), worker),
    )
    assert sorted(type(one).__name__ for one in out) == ["Gone", "Merge"]
    assert Merge.objects.count() == 1
    assert Person.objects.visible_to(worker).count() == 1


def test_a_step_that_arrives_during_a_merge_is_never_lost(pair, worker):
    first, second = pair
    facts = {"what": "Samen bellen", "doer": "wij", "who": None, "day": first.consented_on}
    at_once(
        lambda: actions.merge(first, second, VALUES, (1, 1), worker),
        lambda: actions.add_step(second, facts, uuid.uuid4()),
    )
    assert AgreedStep.objects.get().person_id == first.pk


@pytest.mark.slow
def test_one_form_sent_twice_at_once_is_one_person(transactional_db, team, worker):
    key = uuid.uuid4()
    out = at_once(*[lambda: actions.add_person(worker, team, FACTS, ["bewaren"], "gesproken", key)] * 2)
    assert sorted(is_new for _person, is_new in out) == [False, True]
    assert Person.objects.count() == 1
    assert connection.vendor in ("sqlite", "postgresql")
