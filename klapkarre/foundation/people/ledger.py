"""The ledger of erasure: which rows went, so that a restored backup forgets them again.

A file of its own beside the key file, in no backup: lines of JSON with day, model, row ids and what was done. No names.
`note(rows)` comes before the rows go and inside their transaction: an entry too many does no harm, one too few brings
somebody back. `replay` does it all again on a database that was just restored.

    with transaction.atomic():
        ledger.note(rows)                     # the rows go
        rows.delete()
    ledger.note(rows, ledger.FORGOTTEN)       # the rows stay, their personal fields are emptied
    ledger.note([person], ledger.WITHDRAWN, consent=..., kinds=..., how_said=...)  # taken back
    ledger.note([person], ledger.RESTRICTED, request=..., event=...)  # locked for work
"""

import datetime
import fcntl
import json
import os
from itertools import batched
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

ERASED, FORGOTTEN, WITHDRAWN = "erased", "forgotten", "withdrawn"
# What someone asked and what was done with it: `actions.rights_again` does it once more.
ASKED, RESTRICTED, LIFTED, CLOSED = "asked", "restricted", "lifted", "closed"
IDS = 1000  # in one line
# An entry is written before its transaction ends: a backup made in between still holds the row.
MARGIN = datetime.timedelta(minutes=10)


def path():
    """Where the ledger lies."""
    return Path(settings.LEDGER or f"{settings.KEY_FILE}.erased")


def note(rows, how=ERASED, now=None, **more):
    """Write down that these rows (a queryset, or rows of one model) go or are forgotten; on the disk at return.

    `more` says what was taken back, and how. Never a name or a text.
    """
    model, ids = _ids(rows)
    if not ids:
        return
    at = (now or timezone.now()).isoformat()
    lines = [
        json.dumps({"at": at, "model": model._meta.label_lower, "how": how, "ids": list(some)} | more)
        for some in batched(ids, IDS)
    ]
    path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def note_after(rows, how, now=None, **more):
    """Write it down once the transaction is over: of what opens or ends something an entry too many does harm."""
    rows = list(rows)
    transaction.on_commit(lambda: note(rows, how, now, **more), robust=True)


def _ids(rows):
    if hasattr(rows, "values_list"):
        return rows.model, [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows = list(rows)
    return (type(rows[0]), [str(row.pk) for row in rows]) if rows else (None, [])


def entries(since=None):
    """What was noted since this moment, oldest first. A last line that a crash cut off is skipped."""
    try:
        lines = path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
            at = datetime.datetime.fromisoformat(entry["at"])
        except (ValueError, KeyError, TypeError):
            continue
        if since is None or at >= since - MARGIN:
            yield entry


def replay(since):
    """Erase and forget again what was noted since a backup. Returns (rows, rows that could not go)."""
    left, count = [one for one in entries(since) if one["how"] in (ERASED, FORGOTTEN, WITHDRAWN)], 0
    for _ in range(3):  # what others point to goes after them
        held = []
        for entry in left:
            try:
                count += _again(entry)
            except ProtectedError:
                held.append(entry)
        left = held
    return count, sum(len(entry["ids"]) for entry in left)


@transaction.atomic
def _again(entry):
    from klapkarre.foundation.people.retention import forget

    try:
        model = apps.get_model(entry["model"])
    except LookupError:
        return 0
    if entry["how"] == WITHDRAWN:
        from klapkarre.foundation.people.actions import withdraw_again

        return withdraw_again(entry)
    count = 0
    for ids in batched(entry["ids"], 500):
        rows = model._default_manager.filter(pk__in=ids)
        count += rows.count()
        if entry["how"] == ERASED:
            rows.delete()
        else:
            forget(model, rows)
        _bury(ids)
    return count


def _bury(ids):
    """What was erased does not come back with a repetition either."""
    from klapkarre.foundation.people.models import Receipt

    Receipt.objects.filter(answer__in=ids).update(answer="", erased_at=timezone.now())
