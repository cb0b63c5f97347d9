"""What permission and the log of readings cost of a staff list: the list of persons, of a team with 1,000 of them.

Runs inside one data folder, as a process of its own, and takes its persons away again. Prints JSON: milliseconds of
each request, and how many of them went to asking who is there and writing down who reads.
"""

import json
import sys
import time
import uuid
from functools import cached_property, wraps

import django

PERSONS = 1000
PATH = "/werk/personen/"


class Clock:
    """Adds up the time inside some functions, each counted once when one calls another."""

    def __init__(self):
        self.seconds, self.inside = 0.0, False

    def times(self, function):
        @wraps(function)
        def timed(*args, **kwargs):
            if self.inside:
                return function(*args, **kwargs)
            self.inside, began = True, time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - began
                self.inside = False

        return timed


def watch(clock):
    """Everything that asks who is there, with which role, or writes down who reads."""
    from klapkarre.foundation.accounts import factors, sessions
    from klapkarre.foundation.accounts.models import User
    from klapkarre.foundation.people.views import persons

    for place, name in ((sessions, "settle"), (factors, "next_step"), (persons, "note_reading")):
        setattr(place, name, clock.times(getattr(place, name)))
    for name in ("memberships_today", "openings"):
        timed = cached_property(clock.times(getattr(User, name).func))
        timed.__set_name__(User, name)
        setattr(User, name, timed)


def fill(team, worker):
    from klapkarre.foundation.people import actions
    from klapkarre.foundation.people.models import Kind, Person

    nothing = dict.fromkeys(Person.TEXTS)
    for number in range(PERSONS - Person.objects.filter(team=team).count()):
        facts = nothing | {"name": f"Proef {number}", "wants": "een babbel"}
        actions.add_person(worker, team, facts, [Kind.KEEP.value], "gesproken", uuid.uuid4())


def measure(rounds, cookie):
    from django.db import transaction
    from django.test import Client

    from klapkarre.foundation.accounts.models import Team, User

    team = Team.objects.select_related("organisation").order_by("pk").first()
    worker = User.objects.filter(memberships__team=team).order_by("pk").first()
    clock = Clock()
    watch(clock)
    client = Client(headers={"cookie": cookie}, SERVER_NAME="localhost")
    found = {"page": [], "checks": []}
    with transaction.atomic():
        fill(team, worker)
        for _ in range(rounds + 1):
            clock.seconds, began = 0.0, time.perf_counter()
            answer = client.get(PATH)
            found["page"].append(1000 * (time.perf_counter() - began))
            found["checks"].append(1000 * clock.seconds)
            if answer.status_code != 200:
                raise RuntimeError(f"{PATH} answers {answer.status_code}")
        transaction.set_rollback(True)
    return {name: values[1:] for name, values in found.items()}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
