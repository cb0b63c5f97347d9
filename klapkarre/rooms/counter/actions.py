"""Verbs of the counter: count one visitor, take a tap back."""

import datetime
import uuid
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.accounts.access import team_in, work_area
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.people import intake
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.rooms.counter.models import Visit

KIND = "counter.visit"


class NotCounted(Exception):
    """This tap cannot count: its key belongs to another tap."""


class Stand(NamedTuple):
    """Where somebody stands and counts: a buurtpunt, or a stop that the agenda announced, by its calendar's name."""

    name: str
    neighbourhood: Neighbourhood
    place: Place | None = None
    stop: uuid.UUID | None = None

    @classmethod
    def at(cls, point):
        return cls(point.name, point.neighbourhood, point)

    def of(self, visits):
        """Those of these visits that were tapped here: what a stop at a point counts is not the point's."""
        return visits.filter(stop=self.stop) if self.stop else visits.filter(place=self.place, stop=None)


def points_for(user):
    """`{point: team}` of the buurtpunten where this worker stands at the counter."""
    area = work_area(user)
    points = Place.objects.points().filter(neighbourhood__in=area).select_related("neighbourhood")
    return {point: area[point.neighbourhood] for point in points}


def point_for(user, slug):
    """`(point, team)` of one buurtpunt, or None where this worker does not stand at the counter. Two queries."""
    point = Place.objects.points().filter(slug=slug).select_related("neighbourhood").first()
    team = point and team_in(user, point.neighbourhood)
    return (point, team) if team else None


def tap(user, stand, team, reason, key, now=None, also=None):
    """Count one visitor, once for this key; returns `(visit, is_new)`.

    A repetition gets the first visit back, also when that was taken back since. Raises `NotCounted` when the key was
    used for something else, so that a second, different tap never disappears behind the first. `also()` runs in the
    same transaction, and not for a repetition.
    """

    def count():
        made = Visit.objects.create(
            id=key,
            organisation_id=team.organisation_id,
            team=team,
            neighbourhood=stand.neighbourhood,
            place=stand.place,
            stop=stand.stop,
            spot=stand.name if stand.stop else "",
            by=user,
            reason=reason,
            at=now or timezone.now(),
        )
        if also:
            also()
        return made

    try:
        answer, counted = intake.once(key, KIND, count, key)
    except ValueError as other_form:
        raise NotCounted from other_form
    if counted:
        return counted, True
    visit = stand.of(Visit.objects.visible_to(user)).filter(pk=answer, reason=reason).first()
    if visit is None:
        raise NotCounted
    return visit, False


def of_today(visits, now=None):
    """Only today's taps, local time."""
    today = timezone.localdate(now)
    return visits.filter(at__gte=start_of(today), at__lt=start_of(today + datetime.timedelta(days=1)))


@transaction.atomic
def undo(visit, now=None, also=None):
    """Take a tap back. Doing it twice changes nothing; the row stays, so that a late repetition does not count.

    `also()` runs in the same transaction, the first time only.
    """
    if Visit.objects.filter(pk=visit.pk, undone_at=None).update(undone_at=now or timezone.now()) and also:
        also()
