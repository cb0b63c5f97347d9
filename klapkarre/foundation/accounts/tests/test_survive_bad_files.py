"""Damaged town files: an import never raises and never writes a part."""

import contextlib
import itertools

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.accounts.models import Covenant, Organisation, Team
from klapkarre.foundation.accounts.tests.test_import_town import DEMO, SMALL
from klapkarre.foundation.accounts.town_import import import_town
from klapkarre.foundation.places.models import Municipality, Neighbourhood, OpeningHours, Place, Welcome

MODELS = (Municipality, Neighbourhood, Place, OpeningHours, Welcome, Organisation, Team, Covenant)
LINES = (SMALL.splitlines(), DEMO.read_text().splitlines())
ODD = (
    *(
        "",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!python/object:os.system ",
        "<<: *a",
        "\t",
        "'",
        '"',
        "#",
    ),
    *(
        "|",
        ">",
        "%YAML 9",
        "---",
        "...",
        "null",
        "~",
        "1e999",
        "2026-13-45",
        "25:00",
        "\\0",
        '"\\0"',
        '"\\ud83d"',
    ),
    *(
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\N{PILE OF POO}",
        "x" * 300,
        "ja",
        "-1",
        "0" * 400,
        "\x85",
        "\ufeff",
        "? a",
    ),
)
odd = st.sampled_from(ODD) | st.text(max_size=12)
steps = st.tuples(
    st.sampled_from(["drop", "twice", "swap", "insert", "replace", "value", "indent"]),
    st.integers(0, 400),
    st.integers(0, 400),
    odd,
)


def damage(lines, steps):
    lines = list(lines)
    for kind, one, other, text in steps:
        if not lines:
            break
        at, to = one % len(lines), other % len(lines)
        line = lines[at]
        cut = other % (len(line) + 1)
        if kind == "drop":
            del lines[at]
        elif kind == "twice":
            lines.insert(to, line)
        elif kind == "swap":
            lines[at], lines[to] = lines[to], line
        elif kind == "insert":
            lines[at] = line[:cut] + text + line[cut:]
        elif kind == "replace":
            lines[at] = line[:cut] + text + line[cut + len(text) :]
        elif kind == "value":
            lines[at] = line.split(":")[0] + ": " + text
        else:
            lines[at] = " " * (other % 9) + line.lstrip()
    return "\n".join(lines)


@contextlib.contextmanager
def undone():
    """Every example starts from an empty database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counts():
    return [model.objects.count() for model in MODELS]


def check(path, data):
    path.write_bytes(data)
    with undone():
        report = import_town(path)
        # All of it or nothing; and what was written once is there the second time.
        assert report.ok is (counts() != [0] * len(MODELS))
        assert report.ok or all(problem.line >= 1 and problem.message for problem in report.problems)
        if report.ok:
            assert import_town(path).wrote is False
    assert "\n".join(report.lines())


@pytest.mark.slow
@pytest.mark.django_db
@given(st.sampled_from(LINES), st.lists(steps, min_size=1, max_size=4))
def test_a_mutated_file_never_raises_and_never_half_writes(tmp_path, lines, steps):
    check(tmp_path / "town.yaml", damage(lines, steps).encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@pytest.mark.django_db
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_refused_with_a_sentence(tmp_path, data):
    check(tmp_path / "town.yaml", data)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_file_cut_anywhere_never_half_writes(tmp_path):
    data = SMALL.encode()
    for length in itertools.chain(range(0, len(data), 29), (len(data),)):
        check(tmp_path / "town.yaml", data[:length])
