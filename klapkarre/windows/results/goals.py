"""Which goal a theme counts for, per team, and how the goals are called in the covenant of the period."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.accounts.models import Covenant, Team
from klapkarre.foundation.accounts.reach import Reach
from klapkarre.foundation.accounts.themes import DEFAULT_GOAL
from klapkarre.windows.results.periods import month_of_day


@dataclass
class TeamLine:
    """One team with its organisation and its own map of themes to goal numbers."""

    pk: int
    name: str
    organisation: object
    organisation_name: str
    # The neighbourhoods that a role is limited to, deelbuurten included; None for a whole team.
    only: frozenset | None = None
    only_words: str = ""
    goal_of: dict = field(default_factory=lambda: {theme.value: goal for theme, goal in DEFAULT_GOAL.items()})


@dataclass
class CovenantLine:
    """A covenant with the short words of its goals by number."""

    pk: int
    name: str
    organisation: object
    starts_on: datetime.date
    ends_on: datetime.date
    goals: dict = field(default_factory=dict)

    def runs_on(self, day):
        return self.starts_on <= day <= self.ends_on


def team_lines(reach):
    """The teams by name, with what they changed in the map of themes, and the neighbourhoods that a role is limited to.

    One query; one more for who has a role for a neighbourhood only.
    """
    lines = {}
    rows = Team.objects.filter(pk__in=reach.team_ids).order_by("organisation__name", "name", "pk")
    names = ("pk", "name", "organisation", "organisation__name", "theme_goals__theme", "theme_goals__number")
    for *facts, theme, number in rows.values_list(*names):
        line = lines.setdefault(facts[0], TeamLine(*facts))
        if theme is not None:
            line.goal_of[theme] = number
    if reach.parts:
        buurten = list(buurten_of(reach).order_by("name").values_list("pk", "parent", "name"))
        for team, some in reach.parts.items():
            # A deelbuurt that comes along with its buurt is not named.
            names = [name for pk, parent, name in buurten if pk in some and parent not in some]
            lines[team].only, lines[team].only_words = some, ", ".join(names)
    return list(lines.values())


def reach_of(teams):
    """Which rows count for these `TeamLine`s."""
    whole = frozenset(team.pk for team in teams if team.only is None)
    return Reach(whole, {team.pk: team.only for team in teams if team.only is not None})


def covenant_lines(organisation):
    """The covenants that have begun, latest first, with their goals. One query."""
    lines = {}
    rows = Covenant.objects.filter(organisation=organisation, starts_on__lte=timezone.localdate())
    names = ("pk", "name", "organisation", "starts_on", "ends_on", "goals__number", "goals__short")
    for *facts, number, short in rows.order_by("-starts_on", "-pk", "goals__number").values_list(*names):
        line = lines.setdefault(facts[0], CovenantLine(*facts))
        if number is not None:
            line.goals[number] = short
    return list(lines.values())


def covenant_of(period, covenants):
    """The covenant whose words fit the period: the latest one that had begun by its last month."""
    for covenant in covenants:
        if month_of_day(covenant.starts_on) <= period.last:
            return covenant
    return covenants[-1] if covenants else None


def covenants_in(period, covenants):
    """The covenants that run in at least one month of the period."""
    return [
        covenant
        for covenant in covenants
        if month_of_day(covenant.starts_on) <= period.last and month_of_day(covenant.ends_on) >= period.first
    ]


def goal_words(number, covenant):
    """1. Dichter bij hulp"""
    if covenant is None:
        return _("Doel %(number)d") % {"number": number}
    if number not in covenant.goals:
        return _("Doel %(number)d (niet in dit convenant)") % {"number": number}
    return f"{number}. {covenant.goals[number]}"
