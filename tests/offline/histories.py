"""Generated histories of phones against the real server: each note that was shown as saved came in exactly once.

python -m tests.offline.histories 10000                     the long run
python -m tests.offline.histories 200 --fault acknowledge   with a mistake in the server, that it must find
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.machine import ROOT
from tests.offline.serve import FAULTS
from tests.offline.site import Site

AT_ONCE = 3  # processes of node


def run(site, count):
    """What came of `count` histories; the server runs, and has two phones for each."""
    share = -(-count // AT_ONCE)
    driver = Path(__file__).with_name("histories.mjs")
    starts = range(0, count, share)
    processes = [
        subprocess.Popen(
            [
                shutil.which("node"),
                str(driver),
                site.address,
                str(site.facts_file),
                str(first),
                str(min(share, count - first)),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in starts
    ]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [history for text in said for history in json.loads(text)]


def faults(site, histories):
    """What is not as it must be, one line each."""
    seen = site.ask("look")
    stored, aside = seen["stored"], seen["aside"]
    doors = {mark: uuid for one in histories for mark, uuid in one["attempts"].items() if uuid}
    came = site.ask("came", uuids=list(doors.values()), organisation=site.facts["organisation"])
    found, asked, rung = [], 0, 0
    for history in histories:
        found += [f"history {history['number']}: {line}" for line in history["bad"]]
        for mark in [*history["shown"], *history["maybe"]]:
            asked += 1
            times = came[doors[mark]] if mark in doors else stored.get(mark, 0) + aside.get(mark, 0)
            wanted = 0 if mark in history["erased"] else 1
            rung += wanted if mark in doors else 0
            if times != wanted:
                found.append(f"{mark}: {times:d} times instead of {wanted}")
    known = {mark for one in histories for mark in [*one["shown"], *one["maybe"]]}
    found += [f"{mark}: nobody noted this" for mark in (stored.keys() | aside.keys()) - known]
    there = len(seen["attempts"]) + seen["attempts_aside"]
    if there != rung:
        found.append(f"{there} times at a door instead of {rung}")
    facts = {
        "histories": len(histories),
        "notes": asked,
        "stored": sum(stored.values()) + len(seen["attempts"]),
        "aside": sum(aside.values()) + seen["attempts_aside"],
        "erased": sum(len(one["erased"]) for one in histories),
        "doors": rung,
    }
    return found, facts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--fault", choices=sorted(FAULTS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        site = Site(Path(folder), phones=2 * asked.count, fault=asked.fault)
        site.fill()
        began = time.monotonic()
        with site:
            found, facts = faults(site, run(site, asked.count))
    print(json.dumps(facts | {"seconds": round(time.monotonic() - began), "faults": len(found)}))
    print("\n".join(found[:20]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
