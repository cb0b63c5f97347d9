"""What is measured inside a process of its own: where no request goes over the wire."""

import json
import statistics
import subprocess
import sys

from bench.servers import ROOT, environment


def search(folder):
    """Search in 2,000 sealed notes, beside opening the same values."""
    found = asked(folder, "bench.search", max(folder.rounds, 5))
    ratio = statistics.median(b / a for a, b in zip(found["search"], found["floor"], strict=True))
    ours, floor = statistics.median(found["search"]), statistics.median(found["floor"])
    yield folder.line("search.notes", ours, "ms", floor, ratio, n=len(found["search"]), rows=2000)


def audit(folder):
    """Permission and the log of readings on a list of 1,000 persons: their part of its time, a quarter at most."""
    found = asked(folder, "bench.audit", 4 * max(folder.rounds, 5), folder.facts["worker"])
    part = statistics.median(a / b for a, b in zip(found["checks"], found["page"], strict=True))
    page, checks = statistics.median(found["page"]), statistics.median(found["checks"])
    more = {"target": 0.25, "lower_is_better": True, "n": len(found["page"]), "rows": 1000}
    yield folder.line("audit.list", page, "ms", checks, part, **more)


def asked(folder, module, *arguments):
    """What a module prints as JSON that runs as a process of its own in this data folder."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    ran = subprocess.run(command, env=environment(folder.path), cwd=ROOT, check=True, capture_output=True)
    return json.loads(ran.stdout)
