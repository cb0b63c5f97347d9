"""How far each log of readings was, noted beside the key file: its end cannot be taken off in the database unseen.

The links of the chain hold what is there. Who writes in the database can still put an older end back, or an older
copy of all of it. `./kar check` and the daily round of retention note the last number and its hash in a file that is
in no database and no backup, and `check` compares.
"""

import contextlib
import datetime
import json
import os
from pathlib import Path


def path():
    from django.conf import settings

    return Path(f"{settings.KEY_FILE}.read")


def noted():
    """Organisation -> number, hash and day of the last note; empty when there is none that can be read."""
    try:
        return dict(json.loads(path().read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def problems():
    """Each log that ends before what was noted, or says something else there."""
    from klapkarre.foundation.accounts.models import Organisation, Reading, ReadingLog

    for key, mark in noted().items():
        where = Organisation.objects.filter(pk=key).first()
        log = ReadingLog.objects.filter(pk=key).first() or ReadingLog()
        there = Reading.objects.filter(organisation=key, number=mark["number"]).first()
        goes_as_far = log.count >= mark["number"] and (there is None or there.hash == mark["hash"])
        if where is None or goes_as_far:  # an organisation that is gone, or was of another database
            continue
        yield (
            f"Het logboek van {where} was op {mark['on']} al bij inzage {mark['number']}, en nu niet meer. Is er een"
            f" oudere back-up teruggezet? Zeg dat aan de auditor. Haal daarna {path()} weg.",
            f"The log of {where} was at reading {mark['number']} on {mark['on']}, and is not any more. Was an older"
            f" backup put back? Tell the auditor. Then remove {path()}.",
        )


def note():
    """Keep how far each log is now, unless one of them is not well: then the note of before is the proof."""
    from klapkarre.foundation.accounts.models import ReadingLog

    if list(problems()):
        return
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    marks = {
        str(log.pk): {"number": log.count, "hash": log.tip, "on": today}
        for log in ReadingLog.objects.exclude(count=0)
    }
    fresh = path().with_name(f"{path().name}.new")
    with contextlib.suppress(PermissionError):  # made by another user of this machine, who notes it too
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(marks, file, indent=1)
        fresh.replace(path())
