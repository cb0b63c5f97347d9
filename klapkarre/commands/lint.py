"""`lint`: what the tests do not see. Style, layout, layers, templates, types; each is also a step of `.ci/run`."""

import subprocess
import sys
from pathlib import Path

from klapkarre.commands.words import say

CHECKS = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("lint-imports",),
    ("djlint", "--lint", "--quiet", "klapkarre"),
    ("mypy",),
)


def arguments(parser):
    pass


def run(options):
    failed = []
    for name, *flags in CHECKS:
        command = " ".join([name, *flags])
        program = Path(sys.executable).parent / name
        result = subprocess.run([program, *flags], capture_output=True, text=True, check=False)
        if result.returncode:
            failed.append(command)
            print(f"{command}\n{result.stdout}{result.stderr}")
    if failed:
        say(f"Niet in orde: {', '.join(failed)}.", f"Not well: {', '.join(failed)}.")
        return 1
    say("Alles in orde.", "All is well.")
    return 0
