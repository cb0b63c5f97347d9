"""Generated histories: phones that note, send, send again, lose the answer, are cut off, lie about the time, are
withdrawn; roles that stop and rounds that end in between. Each acknowledged note is there once.
`HISTORIES=3000` runs more.
"""

import json
import os
import random
import uuid
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.people.models import Quarantined, Receipt
from klapkarre.rooms.outreach import actions as outreach
from klapkarre.rooms.outreach.models import Attempt, Certificate, ContactMoment, FieldNote
from klapkarre.rooms.outreach.tests.make import make_round
from klapkarre.windows.field.tests.make import make_phone, milliseconds, note, send_raw, statuses, talk

pytestmark = [pytest.mark.django_db, pytest.mark.offline]
TWO_YEARS = 730 * 24 * 60 * 60 * 1000
FORGETS = {"stored", "kept", "gone"}


class History:
    """Two phones, what lies in each, and what each note was answered."""

    def __init__(self, seed, worker, team, buurt):
        self.draw = random.Random(seed)
        self.worker, self.buurt = worker, buurt
        self.phones = [make_phone(worker, team) for _ in range(2)]
        self.skews = [self.draw.choice([0, 0, 90_000, -TWO_YEARS, TWO_YEARS]) for _ in self.phones]
        self.round = make_round(team, buurt, doors=("1", "2"))
        self.doors = [str(pk) for pk in self.round.doors.values_list("pk", flat=True)]
        self.outbox: list[dict] = [{}, {}]
        self.sent: list[dict] = [{}, {}]
        self.kinds, self.heard, self.number = {}, {}, 0

    def clock(self, side):
        return milliseconds() + self.skews[side]

    def write(self, side):
        """Note something; one in five does not fit."""
        self.number += 1
        kind = self.draw.choice(["contact", "contact", "attempt", "todo"])
        facts = {
            "contact": lambda: talk(self.buurt, people=self.number),
            "attempt": lambda: {"door": self.draw.choice(self.doors), "outcome": "niet_thuis", "times": []},
            "todo": lambda: {
                "word": "melding",
                "neighbourhood": self.buurt.pk,
                "text": f"Tegel {self.number}",
            },
        }[kind]()
        if self.draw.random() < 0.2:
            facts["x"] = 1
        name = str(uuid.UUID(int=self.draw.getrandbits(128), version=4))
        self.outbox[side][name] = note(
            self.phones[side], facts, kind=kind, when=self.clock(side) - self.draw.randrange(10**7), name=name
        )
        self.kinds[name] = kind

    def post(self, side, names=None):
        """Send some of it, with something of before between it, in any order; the answer may get lost."""
        known = self.outbox[side] | self.sent[side]
        if names is None:
            names = [name for name in known if self.draw.random() < 0.7]
            names += names[:1]
            self.draw.shuffle(names)
        body = json.dumps({"v": 1, "now": self.clock(side), "notes": [known[name] for name in names]})
        if self.draw.random() < 0.15:
            assert (
                send_raw(body[: self.draw.randrange(len(body))], self.phones[side].token).status_code == 400
            )
            return
        found = statuses(send_raw(body, self.phones[side].token))
        for name, status in zip(names, found, strict=True):
            before = self.heard.setdefault(name, status)
            assert status in FORGETS
            assert status == before or (before, status) == ("stored", "gone")
            self.heard[name] = status
        if self.draw.random() < 0.7:  # otherwise the phone never hears it, and sends it again
            for name in names:
                if name in self.outbox[side]:
                    self.sent[side][name] = self.outbox[side].pop(name)

    def end_round(self, _side):
        outreach.end_round(self.round, Certificate.Rule.BUTTON)

    def withdraw(self, side):
        phones.withdraw(self.phones[side].row)

    def leave(self, _side):
        self.worker.memberships.update(suspended_at=self.draw.choice([None, timezone.now()]))

    def live(self):
        deeds = [self.write, self.post]
        rare = [self.end_round, self.withdraw, self.leave]
        for _ in range(14):
            self.draw.choice(rare if self.draw.random() < 0.12 else deeds)(self.draw.randrange(2))
        while any(self.outbox):
            for side in range(2):
                if self.outbox[side]:
                    self.post(side, list(self.outbox[side]))

    def check(self):
        """What was answered is what is there."""
        said = Counter((self.kinds[name], status) for name, status in self.heard.items())
        assert len(self.heard) == self.number
        people = sorted(ContactMoment.objects.values_list("people", flat=True))
        assert len(people) == len(set(people)) == said["contact", "stored"]
        assert FieldNote.objects.count() == said["todo", "stored"]
        assert Quarantined.objects.count() == sum(
            n for (_kind, status), n in said.items() if status == "kept"
        )
        ended = Certificate.objects.exists()
        assert Attempt.objects.count() == (0 if ended else said["attempt", "stored"])
        assert Receipt.objects.filter(kind__startswith="field.").count() == self.number


def live_through(seeds, worker, team, buurt):
    for seed in seeds:
        with transaction.atomic():
            history = History(seed, worker, team, buurt)
            try:
                history.live()
                history.check()
            except AssertionError as fault:
                raise AssertionError(f"history {seed}: {fault}") from fault
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def many_at_once(settings, monkeypatch):
    settings.MOST_PUBLIC_POSTS = 10**9
    monkeypatch.setattr("klapkarre.windows.field.views.MOST_BATCHES", 10**9)
    monkeypatch.setattr("klapkarre.windows.field.views.MOST_AFTERWARDS", 10**9)


@pytest.mark.slow
def test_many_histories(worker, team, buurt):
    live_through(range(int(os.environ.get("HISTORIES", "100"))), worker, team, buurt)


@pytest.mark.slow
def test_a_server_that_forgets_its_receipts_is_caught(worker, team, buurt, monkeypatch):
    """Planted fault: who asks first and writes afterwards stores a repetition twice, as soon as the asking is late."""
    from klapkarre.windows.field import actions

    def once(key, kind, action, pk=""):
        row = action()
        Receipt.objects.update_or_create(uuid=key, defaults={"kind": kind, "answer": str(row.pk)})
        return str(row.pk), row

    real = actions._first_answer
    calls = Counter()

    def late(key):
        calls[key] += 1
        return None if calls[key] in (1, 3) else real(key)

    monkeypatch.setattr(actions.intake, "once", once)
    monkeypatch.setattr(actions, "_first_answer", late)
    with pytest.raises(Exception, match=r"history|UNIQUE|unique"):
        live_through(range(20), worker, team, buurt)
