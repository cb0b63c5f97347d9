"""The doors of a round as one walks: what came of each, which to try now, and which at another hour.

Opens numbers: log the reading of the doors first.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klapkarre.rooms.outreach import actions, tallies
from klapkarre.rooms.outreach.addresses import in_order
from klapkarre.rooms.outreach.models import Attempt, RoundCount, Slot

NOW, LATER, DONE = "nu", "later", "klaar"
PLANNED, NOT_HOME = RoundCount.Outcome.PLANNED, RoundCount.Outcome.NOT_HOME
STAY_AWAY = RoundCount.Outcome.STAY_AWAY


@dataclass
class Line:
    """One door, ready to show."""

    door: object
    state: str
    group: str
    # Attempts that count, the first one first.
    attempts: list
    # Slots that people asked for, or that were not tried yet.
    suits: list = field(default_factory=list)
    asked: bool = False

    @property
    def tries(self):
        """How often nobody opened."""
        return sum(one.outcome == NOT_HOME for one in self.attempts)

    @property
    def words(self):
        """What came of it: niet thuis, poging 2."""
        words = str(RoundCount.Outcome(self.state).label)
        if self.state == NOT_HOME:
            return ngettext("%(what)s, poging %(n)s", "%(what)s, poging %(n)s", self.tries) % {
                "what": words,
                "n": self.tries,
            }
        return words

    @property
    def when_words(self):
        """When to try again: past avond of weekend; probeer voormiddag."""
        slots = _(" of ").join(str(slot.label) for slot in self.suits)
        if not slots:
            return ""
        return (_("past: %(slots)s") if self.asked else _("probeer: %(slots)s")) % {"slots": slots}


def lines(doors, now=None):
    """A `Line` of each of these doors of one round, in the order of the street. Their numbers are opened.

    Four queries for each street, none for a door. `doors` come from `to_walk`.
    """
    slot = Slot.of(timezone.localtime(now))
    away = _left_alone(doors)
    found = [_line(door, slot, door.pk in away) for door in doors]
    return sorted(found, key=lambda line: (line.door.street.name, in_order(line.door.where)))


def to_walk(doors):
    """These doors with all that `lines` needs; no number is opened yet."""
    return list(doors.select_related("round", "street__neighbourhood").prefetch_related("attempts"))


def _left_alone(doors):
    """The doors whose people asked not to be visited, in this round or before, of whatever team."""
    streets = defaultdict(list)
    for door in doors:
        streets[door.street].append(door)
    away = set()
    for street, some in streets.items():
        wheres = actions.left_alone(street.organisation_id, street, [door.where for door in some])
        away.update(door.pk for door in some if door.where in wheres)
    return away


def _line(door, slot, is_away):
    attempts = [one for one in door.attempts.all() if one.undone_at is None]
    furthest = tallies.furthest(attempts)
    state = STAY_AWAY.value if is_away else furthest.outcome if furthest else PLANNED.value
    line = Line(door, state, DONE, attempts)
    last = attempts[-1] if attempts else None
    asked = [Slot(one) for one in last.times.split()] if last else []
    back = last is not None and last.outcome == Attempt.Outcome.SPOKE and bool(asked)
    if state in (PLANNED, NOT_HOME) or (back and state == Attempt.Outcome.SPOKE):
        _plan(line, slot, asked)
    return line


def _plan(line, slot, asked):
    """Now, or at another hour: what people asked for goes before what was not tried yet."""
    tried = {one.slot for one in line.attempts if one.outcome == NOT_HOME}
    line.asked = bool(asked)
    line.suits = asked or [one for one in Slot if one not in tried]
    if not tried and not asked:
        line.suits = []
    line.group = NOW if not line.suits or slot in line.suits else LATER
