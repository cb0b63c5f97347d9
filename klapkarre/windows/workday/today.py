"""What a team needs to know today, as rows that are ready to show and in a fixed number of queries."""

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from klapkarre.foundation.accounts.access import points_of
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.people.models import Quarantined
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, HandOverChange, SignUp
from klapkarre.rooms.outreach.models import ContactMoment, FieldNote

# So far ahead a worker is told that someone has to be called about an activity.
AHEAD = datetime.timedelta(days=31)
MOST_BACK = 10
# Hours and days of the points are kept until residents would see others: for an hour at most.
REMEMBERED = 60 * 60
OPEN_TODAY = (opening.Kind.OPEN, opening.Kind.LATER_TODAY)


@dataclass
class Gathering:
    """One activity of today, or a later one about which someone still has to hear something.

    `is_changed`: residents who run it changed something, the team too wants to hear that.
    """

    activity: Activity
    is_today: bool
    is_cancelled: bool
    where: str
    taken: int
    to_tell: int
    is_changed: bool


@dataclass
class Point:
    """One buurtpunt of the team and whether it opens today."""

    place: Place
    text: str
    is_open: bool
    opens_today: bool


def gatherings(user, now=None):
    """Today's activities of the own teams, later ones with names *nog te verwittigen*, and what residents changed.

    One query.
    """
    return agenda(user, now)[0]


def agenda(user, now=None):
    """The same, and the activities of which the team said: we come back by now. `(gatherings, to come back)`."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    tomorrow = start_of(today + datetime.timedelta(days=1))
    of_today = Q(starts_at__lt=tomorrow, ends_at__gte=start_of(today))
    names = SignUp.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    taken = names.filter(state__in=SignUp.SEATED).annotate(n=Count("pk")).values("n")
    untold = names.filter(SignUp.UNTOLD)
    told_later = untold.annotate(n=Count("pk")).values("n")
    changed = Exists(HandOverChange.objects.fresh(now).filter(activity=OuterRef("pk")))
    states = (Activity.State.PUBLISHED, Activity.State.CANCELLED)
    coming = Q(state__in=states, ends_at__gte=start_of(today))
    asked = Q(starts_at__lt=now + AHEAD) & (of_today | Exists(untold) & Q(ends_at__gte=now)) | Q(
        is_changed=True
    )
    rows = list(
        Activity.objects.visible_to(user)
        .annotate(is_changed=changed)
        .annotate(
            taken=Coalesce(Subquery(taken), 0),
            told_later=Coalesce(Subquery(told_later), 0),
        )
        .filter((coming & asked) | Q(back_on__lte=today))
        .select_related("place", "neighbourhood")
        .order_by("starts_at", "pk")
    )
    ahead = [one for one in rows if _is_ahead(one, start_of(today), now)]
    back = [one for one in rows if one.back_on and one.back_on <= today]
    found = [
        Gathering(
            activity=activity,
            is_today=activity.starts_at < tomorrow,
            is_cancelled=activity.is_cancelled,
            where=activity.place.name if activity.place else activity.where or activity.neighbourhood.name,
            taken=activity.taken,
            to_tell=activity.told_later,
            is_changed=activity.is_changed,
        )
        for activity in ahead
        if activity.starts_at < tomorrow or activity.told_later or activity.is_changed
    ]
    return found, sorted(back, key=lambda one: (one.back_on, one.pk))[:MOST_BACK]


def _is_ahead(activity, midnight, now):
    return (
        activity.state != Activity.State.DRAFT
        and activity.ends_at >= midnight
        and (activity.starts_at < now + AHEAD or activity.is_changed)
    )


def points(user, now=None, version=None):
    """The buurtpunten where this worker stands, those that open today first.

    Two queries; none while the content `version` that residents see is the same as when a colleague looked.
    """
    reach = user.own_reach

    def load():
        return list(points_of(reach).with_hours())

    key = f"points-of:{reach.key}:{version}"
    places = load() if version is None else cache.get_or_set(key, load, REMEMBERED)
    found = []
    for place in places:
        status = opening.status(place, now)
        found.append(Point(place, status.text, status.is_open, status.kind in OPEN_TODAY))
    return sorted(found, key=lambda point: (not point.is_open, not point.opens_today))


@dataclass
class FromStreet:
    """What phones sent and waits: meldingen and signals to carry on, and notes that could not be placed."""

    notes: list
    kept: int


def from_street(user):
    """What came from the street and waits for this team. Two queries; no text is opened."""
    notes = FieldNote.objects.visible_to(user).to_do().select_related("neighbourhood").defer("text")
    return FromStreet(list(notes[:MOST_BACK]), Quarantined.objects.visible_to(user).count())


def team_steps(user, now=None):
    """Open steps per team as totals: contacts that still ask for something, and how many of them are late."""
    late = Q(follow_up_on__lt=timezone.localdate(now), followed_up_at=None)
    rows = ContactMoment.objects.visible_to(user).to_do().order_by("team__name")
    return list(rows.values("team__name").annotate(total=Count("pk"), late=Count("pk", filter=late)))
