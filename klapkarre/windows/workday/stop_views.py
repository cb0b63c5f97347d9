"""Stops of the cart and rounds: which there are, and the large buttons of the counter for who stands there."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, REGISTER, allowed_to
from klapkarre.rooms.agenda.actions import follow_tally
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.counter.actions import Stand
from klapkarre.rooms.counter.desk import Desk, count, show, take_back
from klapkarre.rooms.counter.models import Visit
from klapkarre.windows.workday.stops import MOST, may_tally, stops


@never_cache
@allowed_to(PLAN)
def stop_list(request):
    now = timezone.now()
    found = stops(request.user, now)
    context = {"stops": found, "is_cut": len(found) == MOST, "now": now}
    return render(request, "workday/stops.html", context)


@never_cache
@allowed_to(REGISTER)
def stop_tally(request, pk):
    return _at_stop(request, pk, show)


@never_cache
@allowed_to(REGISTER)
def stop_tap(request, pk):
    """One visitor. GET is where a login sends people back to: on to the page."""
    return _at_stop(request, pk, count)


@never_cache
@allowed_to(REGISTER)
def stop_undo(request, pk):
    """Take one of the own team's taps at this stop back."""
    return _at_stop(request, pk, take_back)


def _at_stop(request, pk, then):
    """The screen of the counter for a stop of the own team. Too early or too late: to where something can be done."""
    rows = Activity.objects.visible_to(request.user).select_related("place", "neighbourhood", "team")
    activity = get_object_or_404(rows, pk=pk)
    if not activity.is_within(request.user.own_reach):
        raise PermissionDenied
    if not activity.is_stop:
        raise Http404
    now = timezone.now()
    if not may_tally(activity, now):
        if activity.is_over(now) and not activity.is_cancelled:
            messages.warning(request, _("Deze halte is al voorbij. Vul hier in hoeveel mensen er waren."))
            return redirect("agenda_staff:attendance", pk)
        messages.warning(request, _("Hier kan je nu niet tellen. Het kan vanaf de dag zelf."))
        return redirect("workday:stops")
    desk = _desk(request.user, activity)
    return then(request, desk) if request.method == "POST" or then is show else redirect(desk.path)


def _desk(user, activity):
    stand = Stand(activity.spot, activity.neighbourhood, activity.place, activity.uid)

    def counted():
        return stand.of(Visit.objects.visible_to(user).counted()).count()

    return Desk(
        stand,
        activity.team,
        reverse("workday:stop_tally", args=[activity.pk]),
        reverse("workday:stops"),
        partial(follow_tally, activity.pk, counted, 1),
        partial(follow_tally, activity.pk, counted, -1),
    )
