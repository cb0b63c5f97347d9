"""A role may be for one neighbourhood: rows are found and judged by a `Reach`, never by their team alone."""

import re

import pytest

from tests.architecture.layers import PACKAGE

BY_TEAM = re.compile(r"team(_id|_ids|__pk)?__in=[^)]*team_ids|team(_id|\.pk)\s+(not\s+)?in\s[^:]*team_ids")


def faults(text):
    """The lines that ask for a team where a reach has to be asked."""
    return [line.strip() for line in text.splitlines() if BY_TEAM.search(line)]


def test_no_row_is_judged_by_its_team_alone():
    found = {
        str(path.relative_to(PACKAGE)): lines
        for kind in ("py", "html")
        for path in PACKAGE.rglob(f"*.{kind}")
        if "tests" not in path.parts and (lines := faults(path.read_text()))
    }
    assert found == {}, "ask reach.rows() or reach.covers(team, neighbourhood)"


@pytest.mark.parametrize(
    "line",
    [
        "return self.filter(team__in=user.reach.team_ids)",
        "rows.filter(activity__team__in=user.names_reach.team_ids)",
        "if activity.team_id not in request.user.own_reach.team_ids:",
        "{% if row.team_id in request.user.reach.team_ids %}",
    ],
)
def test_a_planted_mistake_is_found(line):
    assert faults(line) == [line]


def test_choosing_a_team_is_no_mistake():
    assert faults("teams = Team.objects.filter(pk__in=reach.team_ids)") == []
