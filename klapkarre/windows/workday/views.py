"""The page that everyone who signs in starts from: for each role what it can do here now."""

import datetime
import uuid

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, allowed_to
from klapkarre.foundation.accounts.models import Opening, Role
from klapkarre.foundation.duties.clock import running_clocks
from klapkarre.foundation.places.models import feed_version
from klapkarre.rooms.outreach.figures import open_steps, own_week
from klapkarre.rooms.outreach.models import ContactMoment, Round
from klapkarre.rooms.outreach.views import last_tick
from klapkarre.windows.workday import my_week, today
from klapkarre.windows.workday.translations import known_out_of_date

# As many steps stand on the page; the rest is one tap away.
SHOWN = 20
# The first of these that a user has decides what the page says.
OTHER_ROLES = (Role.VOLUNTEER, Role.PARTNER, Role.CITY, Role.AUDITOR, Role.ADMINISTRATOR)


@never_cache
def home(request):
    roles = request.user.role_names
    if Role.WORKER in roles:
        return _worker(request)
    if Role.COORDINATOR in roles:
        return _coordinator(request)
    role = next((role for role in OTHER_ROLES if role in roles), "none")
    context = {
        "role": str(role),
        "clocks": running_clocks(request.user),
        "to_review": _to_review(request.user),
    }
    return render(request, "workday/other.html", context)


def _to_review(user):
    """How many opened teams wait for this auditor. No query for who is none."""
    return Opening.objects.to_review(user).count() if user.audited_ids else 0


def _worker(request):
    """The own day in at most twelve queries, whatever the years before it; in ten when a colleague just looked.

    Who leads or audits too has more on it, for four queries more.
    """
    now, user = timezone.now(), request.user
    steps = open_steps(ContactMoment.objects.workable_by(user), user, now)
    counts, last = own_week(user, now)
    gatherings, back = today.agenda(user, now)
    # Read before what it stands for: who changes something meanwhile makes a new one.
    version = feed_version()
    day = timezone.localdate(now)
    context = {
        "now": now,
        "clocks": running_clocks(user, now),
        "ticked": last_tick(request),
        "steps": steps,
        "groups": _first(steps.groups, SHOWN),
        "hidden": max(0, steps.total - SHOWN),
        "theirs": steps.theirs[:SHOWN],
        "counts": counts,
        # One tap is one contact, where the last one was.
        "last": last and last | {"key": uuid.uuid4()},
        "tomorrow": day + datetime.timedelta(days=1),
        "next_week": day + datetime.timedelta(days=7),
        "gatherings": gatherings,
        "rounds": list(Round.objects.workable_by(user).running(day).order_by("ends_on", "pk")),
        "out_of_date": known_out_of_date(user, now, version),
        "back": back,
        "points": today.points(user, now, version),
        "from_street": today.from_street(user),
        "leads": Role.COORDINATOR in user.role_names,
        "to_review": _to_review(user),
    }
    return render(request, "workday/worker.html", context)


@never_cache
@allowed_to(REGISTER)
def week(request):
    """The own week beside the one before, and what came of it. Nobody else sees this, and nobody is compared."""
    return render(request, "workday/my_week.html", my_week.of(request.user))


def _coordinator(request):
    now = timezone.now()
    context = {
        "now": now,
        "clocks": running_clocks(request.user, now),
        "teams": today.team_steps(request.user, now),
        "gatherings": today.gatherings(request.user, now),
        "out_of_date": known_out_of_date(request.user, now, feed_version()),
        "to_review": _to_review(request.user),
    }
    return render(request, "workday/coordinator.html", context)


def _first(groups, most):
    """The groups with at most so many steps in all."""
    shown = []
    for name, words, steps in groups:
        if most > 0:
            shown.append((name, words, steps[:most], len(steps)))
        most -= len(steps)
    return shown
