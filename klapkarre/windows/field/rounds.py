"""The rounds of today for the unlocked app: doors with a number, what came of ringing, and when it suits."""

from django.utils import timezone

from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.rooms.outreach import walking
from klapkarre.rooms.outreach.models import Door, Round


def rounds_for(request, now):
    """Rounds that run today in which this user walks, street by street. The reading of their doors is logged first.

    Who asked not to be visited, in whatever round, is *niet_meer* here too.
    """
    rows = Round.objects.workable_by(request.user).running(timezone.localdate(now))
    doors = walking.to_walk(Door.objects.workable_by(request.user).filter(round__in=rows))
    note_reading(request, doors)
    found: dict[tuple, list] = {}
    for line in walking.lines(doors, now):
        found.setdefault((line.door.round, line.door.street), []).append(_door(line))
    return [
        {"id": str(one.pk), "name": one.title, "street": street.name, "doors": some}
        for (one, street), some in sorted(found.items(), key=_in_order)
    ]


def _in_order(found):
    (one, street), _doors = found
    return one.ends_on, one.title, str(one.pk), street.name


def _door(line):
    return {
        "id": str(line.door.pk),
        "number": line.door.number,
        "box": line.door.box,
        "state": "" if line.state == walking.PLANNED else str(line.state),
        "attempts": len(line.attempts),
        "times": sorted({time for one in line.attempts for time in one.times.split()}),
    }
