"""What is counted about doors: how far we came at each, when we were in a street, how often nobody opened.

Live rounds are counted from their attempts, ended ones from what `keep` wrote when they ended. One door counts once in
the outcomes, under the furthest we came; who asked us to stay away counts as that.
"""

import datetime
from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone

from klapkarre.foundation.kit.months import month_of, start_of
from klapkarre.rooms.outreach.models import Attempt, RoundCount, StreetCount, StreetVisit

# The furthest last. Who does not want to be visited goes before all.
LADDER = (
    Attempt.Outcome.NOT_HOME,
    Attempt.Outcome.REFUSED,
    Attempt.Outcome.SPOKE,
    Attempt.Outcome.INSIDE,
    Attempt.Outcome.RIGHTS,
    Attempt.Outcome.STAY_AWAY,
)
RANK = {outcome.value: number for number, outcome in enumerate(LADDER)}


def furthest(attempts):
    """The attempt at which we came furthest, the first of these; None without one that counts."""
    counted = [one for one in attempts if one.undone_at is None]
    return max(counted, key=lambda one: RANK[one.outcome], default=None)


def opened(attempts):
    """Did somebody ever open?"""
    found = furthest(attempts)
    return found is not None and found.outcome != Attempt.Outcome.NOT_HOME


def by_outcome(pairs, first_day):
    """`{(outcome, month): doors}` of `(door, attempts)`; a door at which nobody rang counts in the first month."""
    counts: Counter = Counter()
    for _door, attempts in pairs:
        found = furthest(attempts)
        if found:
            counts[found.outcome, month_of(found.when)] += 1
        else:
            counts[RoundCount.Outcome.PLANNED.value, month_of(start_of(first_day))] += 1
    return counts


def by_street(pairs):
    """`{street id: (doors, visited, never opened)}`."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for door, attempts in pairs:
        line, found = counts[door.street_id], furthest(attempts)
        line[0] += 1
        line[1] += found is not None
        line[2] += found is not None and not opened(attempts)
    return counts


def by_visit(pairs):
    """`{(street id, day, part): (rings, nobody opened)}`."""
    counts: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for door, attempts in pairs:
        for one in attempts:
            if one.undone_at is None:
                line = counts[door.street_id, timezone.localdate(one.when), one.part.value]
                line[0] += 1
                line[1] += one.outcome == Attempt.Outcome.NOT_HOME
    return counts


def pairs_of(doors):
    """`(door, attempts)` of each of these doors, without opening a number. Two queries."""
    return [(door, list(door.attempts.all())) for door in doors.defer("where").prefetch_related("attempts")]


def doors_by_outcome(rounds, first, last):
    """`{outcome: doors}` of these rounds between two months, both included, running or ended. Two queries."""
    counts: Counter = Counter()
    kept = RoundCount.objects.filter(round__in=rounds, month__gte=first, month__lte=last)
    for outcome, doors in kept.values_list("outcome").annotate(Sum("doors")):
        counts[outcome] += doors
    rows = (
        rounds.filter(ended_at=None, doors__isnull=False)
        .order_by()
        .values_list(
            "starts_on",
            "doors",
            "doors__attempts__outcome",
            "doors__attempts__when",
            "doors__attempts__undone_at",
        )
    )
    found: dict = {}
    for starts_on, door, *facts in rows:
        found.setdefault(door, (starts_on, []))[1].append(Rung(*facts))
    for starts_on, rung in found.values():
        pairs = [(None, [one for one in rung if one.outcome])]
        ((outcome, month),) = by_outcome(pairs, starts_on)
        counts[outcome] += first <= month <= last
    return counts


class Rung(NamedTuple):
    """The facts of an attempt that count."""

    outcome: str
    when: datetime.datetime
    undone_at: datetime.datetime | None


def keep(one):
    """Write down what stays of a round that ends."""
    pairs = pairs_of(one.doors.all())
    RoundCount.objects.bulk_create(
        RoundCount(round=one, outcome=outcome, month=month, doors=doors)
        for (outcome, month), doors in by_outcome(pairs, one.starts_on).items()
    )
    StreetCount.objects.bulk_create(
        StreetCount(round=one, street_id=street, doors=doors, visited=visited, never_opened=never)
        for street, (doors, visited, never) in by_street(pairs).items()
    )
    StreetVisit.objects.bulk_create(
        StreetVisit(round=one, street_id=street, day=day, part=part, rings=rings, nobody=nobody)
        for (street, day, part), (rings, nobody) in by_visit(pairs).items()
    )
