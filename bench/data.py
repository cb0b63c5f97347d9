"""The data that is measured on: folders that are filled once and copied for each run."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.servers import ROOT, environment

SMALL = (1, 1)
STALE_AFTER = 21 * 24 * 60 * 60  # seconds: the sample has activities for six weeks ahead


def big_size():
    teams, _, years = os.environ.get("KLAPKARRE_BENCH_BIG", "300x3").partition("x")
    return int(teams), int(years or 3)


def size_of(name):
    return SMALL if name == "small" else big_size()


def kept_folder(teams, years):
    """Where the filled folder of this size lies; another shape of the tables or the sample gives another place."""
    shape = hashlib.sha256()
    code = ROOT / "klapkarre"
    for file in sorted([*code.glob("**/migrations/0*.py"), *code.glob("sample/*.py")]):
        shape.update(file.read_bytes())
    data = Path(os.environ.get("KLAPKARRE_DATA") or ROOT / "data")
    return data.resolve() / "bench" / f"{teams}x{years}-{shape.hexdigest()[:12]}"


def prepare(folder, *arguments):
    """Run `bench.prepare` in this folder."""
    subprocess.run(
        [sys.executable, "-m", "bench.prepare", *map(str, arguments)],
        env=environment(folder),
        cwd=ROOT,
        check=True,
    )


def filled(name, say):
    """The filled folder of a size, made when it is not there yet."""
    teams, years = size_of(name)
    folder = kept_folder(teams, years)
    done = folder / "done"
    if done.is_file() and time.time() - done.stat().st_mtime < STALE_AFTER:
        return folder
    for old in folder.parent.glob(f"{teams}x{years}-*"):
        shutil.rmtree(old)
    folder.mkdir(parents=True)
    say(f"{teams} teams x {years} years: filling {folder} ...")
    began = time.monotonic()
    prepare(folder, "build", teams, years)
    done.touch()
    say(f"filled in {time.monotonic() - began:.0f} s")
    return folder


def copied(name, to, say):
    """A copy of the filled folder to measure on, since forms write; with `facts.json` in it."""
    source = filled(name, say)
    folder = to / name
    shutil.copytree(source, folder)
    prepare(folder, "facts")
    return folder
