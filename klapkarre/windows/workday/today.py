"""What a team needs to know today, as rows that are ready to show and in a fixed number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from klapkarre.foundation.accounts.access import points_of
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, SignUp, count_seats
from klapkarre.rooms.outreach.models import ContactMoment

# So far ahead a worker is told that someone has to be called about an activity.
AHEAD = datetime.timedelta(days=31)
MOST_BACK = 10
OPEN_TODAY = (opening.Kind.OPEN, opening.Kind.LATER_TODAY)


@dataclass
class Gathering:
    """One activity of today, or a later one about which someone still has to hear something."""

    activity: Activity
    is_today: bool
    is_cancelled: bool
    where: str
    taken: int
    to_tell: int


@dataclass
class Point:
    """One buurtpunt of the team and whether it opens today."""

    place: Place
    text: str
    is_open: bool
    opens_today: bool


def gatherings(user, now=None):
    """Today's activities of the own teams, and later ones with names *nog te verwittigen*. Two queries."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    tomorrow = start_of(today + datetime.timedelta(days=1))
    of_today = Q(starts_at__lt=tomorrow, ends_at__gte=start_of(today))
    untold = Exists(SignUp.objects.to_tell(now).filter(activity=OuterRef("pk")))
    rows = (
        Activity.objects.visible_to(user)
        .published()
        .filter(ends_at__gte=start_of(today), starts_at__lt=now + AHEAD)
        .filter(of_today | Q(untold))
        .select_related("place", "neighbourhood")
        .order_by("starts_at", "pk")
    )
    return [
        Gathering(
            activity=activity,
            is_today=activity.starts_at < tomorrow,
            is_cancelled=activity.is_cancelled,
            where=activity.place.name if activity.place else activity.where or activity.neighbourhood.name,
            taken=activity.taken,
            to_tell=activity.told_later,
        )
        for activity in count_seats(list(rows))
    ]


def to_come_back(user, now=None):
    """Activities of which the team said: we come back by now. One query."""
    rows = Activity.objects.visible_to(user).to_come_back(timezone.localdate(now))
    return list(rows.order_by("back_on", "pk")[:MOST_BACK])


def points(user, now=None):
    """The buurtpunten where this worker stands, those that open today first. Four queries."""
    found = []
    for place in points_of(user.own_reach).with_hours():
        status = opening.status(place, now)
        found.append(Point(place, status.text, status.is_open, status.kind in OPEN_TODAY))
    return sorted(found, key=lambda point: (not point.is_open, not point.opens_today))


def team_steps(user, now=None):
    """Open steps per team as totals: contacts that still ask for something, and how many of them are late."""
    late = Q(follow_up_on__lt=timezone.localdate(now), followed_up_at=None)
    rows = ContactMoment.objects.visible_to(user).to_do().order_by("team__name")
    return list(rows.values("team__name").annotate(total=Count("pk"), late=Count("pk", filter=late)))
