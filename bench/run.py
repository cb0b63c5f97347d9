"""Choose what runs, make the folders, print a line for each figure."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bench import data
from bench.cases import CASES, Folder

SIZES = ("small", "big")


def say(text):
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main(names, out):
    unknown = sorted(set(names) - set(SIZES) - set(CASES))
    if unknown:
        say(f"Unknown: {', '.join(unknown)}. There is: {', '.join((*SIZES, *CASES))}.")
        return 2
    sizes = [size for size in SIZES if size in names] or SIZES
    cases = [case for case in CASES if case in names] or list(CASES)
    rounds = int(os.environ.get("KLAPKARRE_BENCH_ROUNDS", "5"))
    began = time.monotonic()
    wrong = 0
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="klapkarre-bench-") as temporary:
            folder = Folder(data.copied(size, Path(temporary), say), size, rounds)
            for case in cases:
                wrong += not run(case, folder, out)
    say(f"{time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def run(case, folder, out):
    """Print the lines of one case. A case that breaks says why, and the others go on."""
    try:
        for line in CASES[case](folder):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
    except Exception as error:
        say(f"{case} ({folder.size}): {type(error).__name__}: {error}")
        return False
    return True
