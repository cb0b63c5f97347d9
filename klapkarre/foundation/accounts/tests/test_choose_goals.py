"""A team's own map of themes to goals of the covenant."""

import pytest

from klapkarre.foundation.accounts.models import ThemeGoal
from klapkarre.foundation.accounts.themes import DEFAULT_GOAL, goals_of, seen_as


@pytest.fixture
def path(team, covenant):
    return f"/organisatie/doelen/{team.pk}/"


def as_shown(page, **other):
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields} | other


def test_a_team_chooses_and_only_what_differs_is_kept(client, worker, team, path):
    client.force_login(worker)
    assert client.get("/organisatie/doelen/").headers["location"] == path
    page = client.get(path)
    assert "1. Dichter bij hulp (gewoonlijk)" in page.text
    for _twice in range(2):
        assert client.post(path, as_shown(page, babbel="3")).headers["location"] == path
    row = ThemeGoal.objects.get()
    assert (row.team, row.theme, row.number) == (team, "babbel", 3)
    client.post(path, as_shown(client.get(path), babbel="2"))
    assert (ThemeGoal.objects.count(), goals_of(team)) == (0, DEFAULT_GOAL)


@pytest.mark.slow
def test_what_a_colleague_chose_is_not_lost(client, worker, team, path):
    client.force_login(worker)
    page = client.get(path)
    ThemeGoal.objects.create(team=team, theme="werk", number=3)
    answer = client.post(path, as_shown(page, babbel="3"))
    assert "Een collega wijzigde dit ook." in answer.text
    assert ThemeGoal.objects.get().theme == "werk"
    assert answer.context["form"]["seen"].value() == seen_as(goals_of(team))


@pytest.mark.slow
def test_a_goal_that_is_not_there_is_refused(client, worker, team, path):
    client.force_login(worker)
    page = client.get(path)
    for wrong in ("99", "", "<b>", "1" * 400):
        assert client.post(path, as_shown(page, babbel=wrong)).status_code == 200
    assert ThemeGoal.objects.count() == 0


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [("worker_elsewhere", 404), ("worker_one_buurt", 404), ("worker_abroad", 404), ("city", 403)],
)
def test_nobody_else_chooses(client, request, path, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(path).status_code == status
    assert client.post(path, {"babbel": "3"}).status_code == status
    assert ThemeGoal.objects.count() == 0
