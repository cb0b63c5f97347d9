"""`docs/asvs.csv` has a line for each requirement of OWASP ASVS 5.0, levels 1 and 2, and what it points at is there."""

import csv
import re

import pytest

from tests.architecture.layers import PACKAGE, ROOT

COLUMNS = ["requirement", "level", "chapter", "section", "status", "how", "where"]
# How many requirements each section of the standard has at these levels, in order: no id can go missing or be made up.
SECTIONS = (
    "V1.1:2 V1.2:9 V1.3:11 V1.4:3 V1.5:2 V2.1:3 V2.2:3 V2.3:4 V2.4:1 V3.2:2 V3.3:4 V3.4:6 V3.5:5 V3.7:2 V4.1:3 V4.2:1"
    " V4.3:2 V4.4:4 V5.1:1 V5.2:3 V5.3:2 V5.4:3 V6.1:3 V6.2:12 V6.3:4 V6.4:4 V6.5:5 V6.6:3 V6.8:4 V7.1:3 V7.2:4 V7.3:2"
    " V7.4:5 V7.5:2 V7.6:2 V8.1:2 V8.2:3 V8.3:1 V8.4:1 V9.1:3 V9.2:4 V10.1:2 V10.2:2 V10.3:4 V10.4:11 V10.5:5 V10.6:2"
    " V10.7:3 V11.1:2 V11.2:3 V11.3:3 V11.4:4 V11.5:1 V11.6:1 V12.1:3 V12.2:2 V12.3:4 V13.1:1 V13.2:5 V13.3:2 V13.4:5"
    " V14.1:2 V14.2:4 V14.3:3 V15.1:3 V15.2:3 V15.3:7 V16.1:1 V16.2:5 V16.3:4 V16.4:3 V16.5:3 V17.1:1 V17.2:4 V17.3:2"
)


def rows():
    with (ROOT / "docs/asvs.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def wanted():
    for part in SECTIONS.split():
        section, count = part.split(":")
        yield from (f"{section}.{number}" for number in range(1, int(count) + 1))


def fault(row):
    """What is not right about this line, or an empty text."""
    path, _, name = row["where"].partition("::")
    if row["status"] not in ("met", "not yet", "does not apply"):
        return f"status {row['status']}"
    if not row["how"] or (row["status"] == "not yet") != row["how"].startswith("not yet, because "):
        return "says not how, or why not yet"
    if row["status"] == "met" and not path:
        return "met, and nothing shows it"
    if path and not (ROOT / path).is_file():
        return f"{path} is not there"
    if not name:
        return ""
    named = rf"^\s*(?:def|class) {name}\b|^\s*(?:\w+, )*{name}(?:, \w+)* *(?::[^=]*)?="
    return "" if re.search(named, (ROOT / path).read_text(), re.MULTILINE) else f"{name} is not in {path}"


def test_each_requirement_stands_there_once():
    found = rows()
    assert list(found[0]) == COLUMNS
    assert [row["requirement"] for row in found] == list(wanted())
    assert len(found) == 253


def test_what_a_line_points_at_is_there():
    assert [f"{row['requirement']}: {wrong}" for row in rows() if (wrong := fault(row))] == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"where": "klapkarre/gone.py"}, "klapkarre/gone.py is not there"),
        ({"where": "pyproject.toml::test_gone"}, "test_gone is not in pyproject.toml"),
        ({"where": ""}, "met, and nothing shows it"),
        ({"status": "done"}, "status done"),
        ({"status": "not yet"}, "says not how, or why not yet"),
    ],
)
def test_a_planted_claim_is_found(change, wrong):
    row = {"status": "met", "how": "so", "where": "pyproject.toml::name"}
    assert fault(row) == ""
    assert fault(row | change) == wrong


def test_every_spreadsheet_is_safe_from_formulas():
    """Each module that writes a spreadsheet passes what people typed through `safe`."""
    writers = [
        path
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and "csv.writer" in path.read_text(encoding="utf-8")
    ]
    assert writers
    assert [
        path.name for path in writers if not re.search(r"\bsafe\b", path.read_text(encoding="utf-8"))
    ] == []
