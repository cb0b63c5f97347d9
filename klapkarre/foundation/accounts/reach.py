"""Which rows someone's roles cover: all of a team, or only what happens in some of its neighbourhoods.

The one place where a role becomes a filter. `User.reach`, `own_reach` and `names_reach` make one from the running
roles; each `visible_to` asks `rows(...)`, and a page that has a row in hand asks `covers(...)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q


@dataclass(frozen=True)
class Reach:
    """Whole teams by id; and of other teams the ids of the neighbourhoods, deelbuurten included."""

    whole: frozenset = frozenset()
    parts: Mapping[int, frozenset] = field(default_factory=dict)

    @classmethod
    def of(cls, roles, deelbuurten):
        """From `(team, neighbourhood or None)` of each role; two roles add up. `deelbuurten` are `{buurt: {ids}}`."""
        roles = list(roles)
        whole = frozenset(team for team, buurt in roles if buurt is None)
        parts: dict[int, frozenset] = {}
        for team, buurt in roles:
            if team not in whole:
                parts[team] = parts.get(team, frozenset()) | {buurt} | deelbuurten.get(buurt, frozenset())
        return cls(whole, parts)

    @property
    def team_ids(self):
        """Every team of which something is covered: to choose a team, never to find rows."""
        return self.whole.union(self.parts)

    @property
    def buurten(self):
        """The neighbourhoods of the teams that are not covered whole."""
        return frozenset().union(*self.parts.values())

    @property
    def key(self):
        """The same text for all who cover the same: to keep what each of them would see."""
        parts = (f"{team}:{'.'.join(map(str, sorted(some)))}" for team, some in sorted(self.parts.items()))
        return "_".join((".".join(map(str, sorted(self.whole))), *parts))

    def rows(self, team="team", buurt="neighbourhood"):
        """The rows that are covered; `team` and `buurt` are the fields, or the ways to them."""
        found = Q(**{f"{team}__in": self.whole})
        for one, some in self.parts.items():
            found |= Q(**{team: one, f"{buurt}__in": some})
        return found

    def covers(self, team, buurt):
        """Is a row of this team in this neighbourhood (ids; None is nowhere) covered?"""
        return team in self.whole or buurt in self.parts.get(team, ())

    def with_whole(self, teams):
        """The same, and these teams whole."""
        whole = self.whole | set(teams)
        return Reach(whole, {team: some for team, some in self.parts.items() if team not in whole})

    def only(self, teams):
        """What is covered of these teams."""
        return Reach(
            self.whole.intersection(teams), {team: self.parts[team] for team in teams if team in self.parts}
        )
