"""Two programs that others wrote read a calendar: each gives (begin, end, title, state) of every occurrence."""

import datetime
import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ICAL_JS = HERE.parents[3] / "tests/vendor/ical.min.mjs"
NODE_LINE = "node ontbreekt: apt install nodejs"


def node():
    """Path of node, or None."""
    return shutil.which("node")


def with_ical_js(*texts):
    """ical.js, the reader of Thunderbird, in node. It knows the zone from the calendar itself. A list for each text."""
    run = subprocess.run(
        [node(), str(HERE / "expand.mjs"), str(ICAL_JS)],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [
        sorted((_moment(begin), _moment(end), title, state) for begin, end, title, state in found)
        for found in json.loads(run.stdout)
    ]


def _moment(text):
    return datetime.datetime.fromisoformat(text)


def with_vobject(text):
    """vobject with dateutil. It leaves it to the reader to put a day that differs in the place of the usual one."""
    import vobject

    events = list(vobject.readOne(text).vevent_list)
    differing = {
        (one.uid.value, _utc(one.recurrence_id.value)): one for one in events if hasattr(one, "recurrence_id")
    }
    found = []
    for one in events:
        if hasattr(one, "recurrence_id"):
            continue
        lasts = one.dtend.value.replace(tzinfo=None) - one.dtstart.value.replace(tzinfo=None)
        for begin in one.getrruleset(addRDate=True) if one.rruleset else [one.dtstart.value]:
            other = differing.pop((one.uid.value, _utc(begin)), None)
            if other is None:
                end = (begin.replace(tzinfo=None) + lasts).replace(tzinfo=one.dtstart.value.tzinfo)
                found.append((_utc(begin), _utc(end), one.summary.value, one.status.value))
            else:
                moments = _utc(other.dtstart.value), _utc(other.dtend.value)
                found.append((*moments, other.summary.value, other.status.value))
    assert not differing, "a day that differs and that the rule does not name"
    return sorted(found)


def _utc(moment):
    return moment.astimezone(datetime.UTC)
