"""A team chooses which goal of the covenant each theme counts for."""

from django.db import transaction

from klapkarre.foundation.accounts.models import Team, ThemeGoal
from klapkarre.foundation.accounts.themes import DEFAULT_GOAL, goals_of, seen_as


class GoalsChanged(Exception):
    """Someone else chose in the meantime."""


@transaction.atomic
def choose_goals(team, chosen, seen):
    """Keep where this team differs from the usual map. Twice changes nothing; raises `GoalsChanged` when what the form
    showed (`seen`) is no longer so.
    """
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    now = goals_of(team)
    if now == chosen:
        return
    if seen != seen_as(now):
        raise GoalsChanged
    ThemeGoal.objects.filter(team=team).delete()
    ThemeGoal.objects.bulk_create(
        ThemeGoal(team=team, theme=theme, number=number)
        for theme, number in chosen.items()
        if number != DEFAULT_GOAL[theme]
    )
