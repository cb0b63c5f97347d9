"""The page that everyone who signs in starts from: for each role what it can do here now."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.models import Opening, Role
from klapkarre.foundation.duties.clock import running_clocks
from klapkarre.rooms.outreach.figures import open_steps, own_counts
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.views import last_tick
from klapkarre.windows.workday import today

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
    now = timezone.now()
    steps = open_steps(ContactMoment.objects.workable_by(request.user), request.user, now)
    context = {
        "now": now,
        "clocks": running_clocks(request.user, now),
        "ticked": last_tick(request),
        "steps": steps,
        "groups": _first(steps.groups, SHOWN),
        "hidden": max(0, steps.total - SHOWN),
        "counts": own_counts(request.user, now),
        "gatherings": today.gatherings(request.user, now),
        "back": today.to_come_back(request.user, now),
        "points": today.points(request.user, now),
        "leads": Role.COORDINATOR in request.user.role_names,
        "to_review": _to_review(request.user),
    }
    return render(request, "workday/worker.html", context)


def _coordinator(request):
    now = timezone.now()
    context = {
        "now": now,
        "clocks": running_clocks(request.user, now),
        "teams": today.team_steps(request.user, now),
        "gatherings": today.gatherings(request.user, now),
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
