"""The real program for tests of the field app, with a side door for what a test must see or do; loopback only.

python -m tests.offline.serve PORT [FAULT]      FAULT: one of the mistakes that the tests must catch
"""

import json
import random
import re
import sys
import time
import uuid
from collections import Counter

import django

DOOR = "/_proef/"
MARK = re.compile(r"proef-[\w-]+")


def look(_asked):
    """How often each marked note came in: as a contact or a thing to do, or aside for a person."""
    from klapkarre.foundation.people.models import Quarantined
    from klapkarre.rooms.agenda.models import Activity
    from klapkarre.rooms.outreach.models import Attempt, ContactMoment, FieldNote

    texts = [row.note or "" for row in ContactMoment.objects.all()]
    todo = [row.text for row in FieldNote.objects.all()]
    aside = [row.content or "" for row in Quarantined.objects.all()]
    count = lambda rows: Counter(mark for text in rows for mark in MARK.findall(text))  # noqa: E731
    return {
        "stored": count(texts + todo),
        "aside": count(aside),
        "rows": len(texts) + len(aside),
        "attempts": sorted(Attempt.objects.values_list("outcome", flat=True)),
        "attempts_aside": Quarantined.objects.filter(kind="attempt").count(),
        "todo": todo,
        "headcounts": list(Activity.objects.exclude(headcount=None).values_list("headcount", flat=True)),
    }


def _row_of(asked):
    """What came of this note of a phone: `(its key, the row or None)`."""
    from klapkarre.foundation.people import intake
    from klapkarre.foundation.people.models import Quarantined, Receipt
    from klapkarre.rooms.outreach.models import Attempt, ContactMoment, FieldNote

    key = intake.key_for(uuid.UUID(asked["uuid"]), "field", asked["organisation"])
    receipt = Receipt.objects.filter(uuid=key).first()
    if receipt is None or not receipt.answer:
        return key, None
    if receipt.answer == str(key):
        return key, Quarantined.objects.filter(pk=key).first()
    model = {"field.contact": ContactMoment, "field.attempt": Attempt, "field.todo": FieldNote}[receipt.kind]
    return key, model.objects.filter(pk=receipt.answer).first()


def came(asked):
    """Of each of these notes: is there a row of it?"""
    one = {"organisation": asked["organisation"]}
    return {name: _row_of(one | {"uuid": name})[1] is not None for name in asked["uuids"]}


def erase(asked):
    """Erase what came of this note, as an erasure on request does: rows away, receipts become tombstones."""
    from django.db import transaction
    from django.utils import timezone

    from klapkarre.foundation.people.models import Quarantined, Receipt

    with transaction.atomic():
        _key, row = _row_of(asked)
        if row is None or isinstance(row, Quarantined):
            return {"erased": False}
        Receipt.objects.filter(answer=str(row.pk)).update(answer="", erased_at=timezone.now())
        row.delete()
    return {"erased": True}


def leave(asked):
    """End the role of the worker who carries the phone with this token."""
    from django.utils import timezone

    from klapkarre.foundation.accounts import phones
    from klapkarre.foundation.accounts.models import Membership

    user = phones.by_token(asked["token"]).user
    return {"ended": Membership.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now())}


def withdraw(asked):
    """Withdraw a phone by its token, or all phones of this user."""
    from klapkarre.foundation.accounts import phones
    from klapkarre.foundation.accounts.models import Phone

    if asked.get("token"):
        rows = [phones.by_token(asked["token"])]
    else:
        rows = Phone.objects.live().filter(user__username=asked["user"])
    return {"withdrawn": sum(phones.withdraw(row) for row in rows)}


VERBS = {"look": look, "came": came, "erase": erase, "withdraw": withdraw, "leave": leave}


def with_side_door(program):
    def application(environ, start_response):
        path = environ["PATH_INFO"]
        if not path.startswith(DOOR):
            return program(environ, start_response)
        from django.db import connections

        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        answer = json.dumps(VERBS[path.removeprefix(DOOR)](json.loads(body or b"{}"))).encode()
        connections.close_all()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    return application


def acknowledge_first():
    """Says `stored` before it stores, and then dies."""
    from klapkarre.windows.field import actions

    real = actions._take_in

    def take_in(*arguments):
        return actions.STORED if random.random() < 0.2 else real(*arguments)

    actions._take_in = take_in


def check_then_insert():
    """Looks whether the receipt is there, and then writes: two that come in together both find nothing."""
    from klapkarre.foundation.people import intake
    from klapkarre.foundation.people.models import Receipt

    def once(key, kind, action, pk=""):
        if not kind.startswith("field."):  # the room trusts the window
            row = action()
            return str(row.pk), row
        found = Receipt.objects.filter(uuid=key).first()
        if found:
            if found.erased_at:
                raise intake.Erased
            return found.answer, None
        time.sleep(0.02)
        row = action()
        Receipt.objects.get_or_create(uuid=key, defaults={"kind": kind, "answer": str(row.pk)})
        return str(row.pk), row

    intake.once = once


def cached_page():
    """A service worker that keeps every answer, "so that it also works offline"."""
    from klapkarre.windows.field import shell_views

    real = shell_views._worker_text
    keep = """event.respondWith(fetch(request).then(async (kept) => {
      if (kept.ok) await (await caches.open(CACHE)).put(request, kept.clone());
      return kept;
    }));"""
    line = "if (isShell) event.respondWith(answer(url.pathname, request));"

    def text(demo):
        assert line in real(demo)
        return real(demo).replace(line, line + "\n  else " + keep)

    shell_views._worker_text = text


FAULTS = {
    "acknowledge": acknowledge_first,
    "check-then-insert": check_then_insert,
    "cached-page": cached_page,
}


def main(port, fault=None):
    django.setup()
    from klapkarre.commands import server
    from klapkarre.config import wsgi

    if fault:
        FAULTS[fault]()
    wsgi.application = with_side_door(wsgi.application)
    server.serve("127.0.0.1", int(port), 1, lambda: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
