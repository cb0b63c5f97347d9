"""Rounds of the demo: one that runs and one that ended, in streets that do not exist; and support to others."""

import datetime
import uuid

from klapkarre.foundation.accounts.models import User
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.models import Attempt, Certificate, Support

DAY = datetime.timedelta(days=1)
STREETS = ("Proefstraat", "Verzinselstraat", "Voorbeeldstraat")
UNSEEN = ("Nergenshof", "Fantasieplein")
Outcome = Attempt.Outcome
# How it goes at a hundred doors, more or less: nobody home is the most usual.
ODDS = {
    Outcome.NOT_HOME: 48,
    Outcome.SPOKE: 24,
    Outcome.INSIDE: 12,
    Outcome.RIGHTS: 6,
    Outcome.REFUSED: 8,
    Outcome.STAY_AWAY: 2,
}
SUPPORT = (
    (9, "Buurtfeestcomité (verzonnen)", Support.Kind.THINK, 6),
    (24, "Samentuin (verzonnen)", Support.Kind.LEND, 2),
    (51, "Samentuin (verzonnen)", Support.Kind.PAPER, 5),
)


def fill_rounds(rng, team, other, worker, now):
    """In the first neighbourhoods of the team; support in those of the other one."""
    # Read again: her roles were made after the row.
    worker = User.objects.get(pk=worker.pk)
    first, *others = team.neighbourhoods.order_by("pk")
    ended = _round(team, first, "Kennismaken (verzonnen)", STREETS[0], (1, 60), now - 75 * DAY, 30)
    _walk(rng, worker, ended, (74, 72, 66, 60), now, share=0.8)
    actions.end_round(ended, Certificate.Rule.BUTTON, now - 44 * DAY)
    second = others[0] if others else first
    title = "Vragen wie hulp zoekt met energie (verzonnen)"
    running = _round(team, second, title, STREETS[1], (2, 40), now - 8 * DAY, 20)
    doors = [str(number) for number in range(1, 19)] + ["20 bus 1", "20 bus 2", "20 bus 3"]
    actions.add_doors(running, STREETS[2], doors, uuid.uuid5(running.pk, STREETS[2]))
    _walk(rng, worker, running, (7, 5, 1), now, share=0.4)
    for name in UNSEEN:
        actions.street_of(team.organisation, second, name)
    buurt = other.neighbourhoods.order_by("pk").first()
    Support.objects.bulk_create(
        Support(
            organisation_id=other.organisation_id,
            team=other,
            neighbourhood=buurt,
            day=(now - days * DAY).date(),
            initiative=initiative,
            kind=kind,
            quarters=quarters,
        )
        for days, initiative, kind, quarters in SUPPORT
    )


def _round(team, buurt, title, street, numbers, starts, days):
    first_day = starts.date()
    facts = {
        "title": title,
        "neighbourhood": buurt,
        "starts_on": first_day,
        "ends_on": first_day + days * DAY,
    }
    wheres = [str(number) for number in range(*numbers)]
    return actions.draw_up(team, facts, street, wheres, uuid.UUID(int=_bits(title)))[0]


def _bits(title):
    """A key that is the same each time the demo is made."""
    return uuid.uuid5(uuid.NAMESPACE_URL, title).int


def _walk(rng, worker, one, days_ago, now, share):
    """Some doors on each of these days, at an hour of work; who opened is left in peace afterwards."""
    doors = list(one.doors.select_related("street").order_by("street", "pk"))
    shut = [door for door in doors if rng.random() < share]
    for days in days_ago:
        start = now.replace(hour=rng.choice((9, 13, 16)), minute=5) - days * DAY
        outcomes = rng.choices(list(ODDS), list(ODDS.values()), k=len(shut))
        left = []
        for number, (door, outcome) in enumerate(zip(shut, outcomes, strict=True)):
            when = start + number * datetime.timedelta(minutes=2)
            times = ["avond"] if outcome == Outcome.SPOKE and rng.random() < 0.2 else []
            actions.add_attempt(worker, door.pk, outcome, times, None, when, now=max(when, start))
            if outcome == Outcome.NOT_HOME:
                left.append(door)
        shut = left
