"""How far the program is with a public standard for safe applications: counted in `docs/asvs.csv`, line by line."""

import csv
from functools import cache
from pathlib import Path

LIST = Path(__file__).resolve().parents[3] / "docs" / "asvs.csv"
STANDARD = "OWASP ASVS 5.0"
STATES = {"met": "met", "not yet": "not_yet", "does not apply": "not_ours"}


@cache
def chapters():
    """`{"V8": {"name": ..., "met": 6, "not_yet": 1, "not_ours": 0}}`; empty without the list beside the program."""
    found: dict[str, dict] = {}
    if not LIST.is_file():
        return found
    with LIST.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = row["requirement"].partition(".")[0]
            chapter = found.setdefault(number, {"name": row["chapter"], **dict.fromkeys(STATES.values(), 0)})
            chapter[STATES[row["status"]]] += 1
    return found


def counted(numbers=()):
    """The counts of these chapters together, or of all; None when there is no list."""
    every = chapters()
    rows = [every[number] for number in numbers] if numbers and every else list(every.values())
    return {state: sum(row[state] for row in rows) for state in STATES.values()} if rows else None
