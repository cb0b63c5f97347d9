"""Stops and rounds of a team as rows that are ready to show, with what was tapped there."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.kit.templatetags.kit import clock
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.soon import when_words
from klapkarre.rooms.agenda.traits import Kind
from klapkarre.rooms.counter.models import Visit

# So long after its end a stop can still be counted: at home, from a scrap of paper.
LATER = datetime.timedelta(hours=12)
MOST = 30


@dataclass
class Stop:
    """One stop or round of the own teams."""

    activity: Activity
    when: str
    counted: int
    can_tally: bool


def may_tally(activity, now):
    """From the day itself until twelve hours after the end; one called off only when it had begun."""
    if not activity.is_stop or activity.state == Activity.State.DRAFT:
        return False
    if activity.is_cancelled and not activity.has_started(now):
        return False
    return start_of(activity.day) <= now <= activity.ends_at + LATER


def stops(user, now=None):
    """What comes and what was just now, in order of time. Two queries."""
    now = now or timezone.now()
    rows = Activity.objects.visible_to(user).filter(
        kind__in=(Kind.STOP, Kind.ROUND), ends_at__gte=now - LATER
    )
    rows = list(rows.select_related("place", "neighbourhood").order_by("starts_at", "pk")[:MOST])
    counts = tapped(user, [row.uid for row in rows])
    return [
        Stop(
            row,
            _when(row, now),
            counts.get(row.uid, 0),
            may_tally(row, now) and row.is_within(user.own_reach),
        )
        for row in rows
    ]


def _when(row, now):
    if row.is_over(now):
        return _("Voorbij sinds %(time)s") % {"time": clock(row.ends_at)}
    return when_words(row, now)


def tapped(user, uids):
    """How many taps each of these stops has, by the name that calendars know it by. One query."""
    rows = Visit.objects.visible_to(user).counted().filter(Q(stop__in=uids)).order_by()
    return dict(rows.values_list("stop").annotate(times=Count("pk")))
