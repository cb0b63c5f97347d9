"""Back to the worker: the own week beside the one before, where it was, and what came of it.

Only of the one who asks, never beside a colleague, without a target. In four queries.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from klapkarre.foundation.kit.months import start_of
from klapkarre.rooms.agenda.models import Activity, HandOver
from klapkarre.rooms.outreach.figures import about
from klapkarre.rooms.outreach.models import STEP_FIELDS, Attempt, ContactMoment, Step

# So far back what was passed on is followed, and as much of it stands on the page.
BACK = datetime.timedelta(days=91)
MOST = 12
DAY = datetime.timedelta(days=1)


@dataclass
class Week:
    """The counts of one week, from Monday."""

    first: datetime.date
    last: datetime.date
    contacts: int = 0
    people: int = 0
    done: int = 0
    places: Counter = field(default_factory=Counter)

    def has(self, moment):
        return self.first <= timezone.localdate(moment) <= self.last


@dataclass
class Outcome:
    """What was asked for of one kind since `BACK`: how often it was done, and how often it still waits."""

    step: Step
    done: int = 0
    waits: int = 0


@dataclass
class Came:
    """One thing that came of a conversation."""

    contact: ContactMoment
    step: Step
    on: datetime.datetime
    about: str


def of(user, now=None):
    """What the page shows, all of this user."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    monday = today - today.weekday() * DAY
    this, before = Week(monday, monday + 6 * DAY), Week(monday - 7 * DAY, monday - DAY)
    outcomes, came = _outcomes(user, now, (this, before))
    _contacts(user, now, (this, before))
    places = this.places + before.places
    return {
        "this": this,
        "before": before,
        "places": [(name, this.places[name], before.places[name]) for name, _n in places.most_common()],
        "streets": _streets(user, before.first),
        "outcomes": outcomes,
        "came": came[:MOST],
        "activities": _activities(user, monday, now),
        "is_empty": not (this.contacts or before.contacts or outcomes),
    }


def _contacts(user, now, weeks):
    rows = ContactMoment.objects.noted_by(user).filter(when__gte=start_of(weeks[-1].first), when__lte=now)
    for when, people, name in rows.order_by().values_list("when", "people", "neighbourhood__name"):
        week = next((one for one in weeks if one.has(when)), None)
        if week:
            week.contacts += 1
            week.people += people
            week.places[name] += 1


def _outcomes(user, now, weeks):
    """Of the own conversations and of what was taken over: what was done, what waits, and the latest that was done."""
    asked = Q()
    for field_, _taken in STEP_FIELDS.values():
        asked |= Q(**({f"{field_}__isnull": False} if field_ == "follow_up_on" else {field_: True}))
    rows = (
        ContactMoment.objects.workable_by(user)
        .filter(asked, Q(by=user) | Q(to_do_by=user), when__gte=now - BACK)
        .for_list()
    )
    found, came = {step: Outcome(step) for step in Step}, []
    for contact in rows:
        for step, (name, taken) in STEP_FIELDS.items():
            if not getattr(contact, name):
                continue
            at = getattr(contact, taken)
            if at is None:
                found[step].waits += 1
                continue
            found[step].done += 1
            came.append(Came(contact, step, at, about(contact)))
            for week in weeks:
                week.done += week.has(at)
    came.sort(key=lambda one: one.on, reverse=True)
    return [one for one in found.values() if one.done or one.waits], came


def _streets(user, since):
    """Streets where this worker rang since then, as long as their round runs. By name."""
    rows = Attempt.objects.visible_to(user).counted().filter(by=user, when__gte=start_of(since))
    return sorted(set(rows.order_by().values_list("door__street__name", flat=True)))


def _activities(user, monday, now):
    """Of the team, since nobody counts who did what: activities of this week, and what neighbours took over."""
    own = user.own_reach.rows()
    week = Activity.objects.filter(own).published().filter(starts_at__gte=start_of(monday), starts_at__lt=now)
    counts = list(week.exclude(state=Activity.State.CANCELLED).values_list("headcount", flat=True))
    taken = HandOver.objects.filter(
        user.own_reach.rows("team", "activity__neighbourhood"), given_at__gte=now - BACK
    )
    handed = list(taken.select_related("activity").order_by("-given_at")[:MOST])
    return {"number": len(counts), "people": sum(one or 0 for one in counts), "handed": handed}
