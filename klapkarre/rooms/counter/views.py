"""The counter of a buurtpunt. The screen itself is in `desk.py`; that of a stop stands in `windows/workday`."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, allowed_to
from klapkarre.rooms.counter import actions
from klapkarre.rooms.counter.desk import Desk, count, show, take_back

LAST_POINT = "counter.point"


def _desk_or_404(request, slug):
    found = actions.point_for(request.user, slug)
    if found is None:
        raise Http404
    point, team = found
    elsewhere = f"{reverse('counter:choose')}?kies"
    return Desk(actions.Stand.at(point), team, reverse("counter:tally", args=[slug]), elsewhere)


@never_cache
@allowed_to(REGISTER)
def choose(request):
    """Straight on to the only or the last point; `?kies` shows the choice."""
    points = list(actions.points_for(request.user))
    slugs = [point.slug for point in points]
    last = request.session.get(LAST_POINT)
    asked = "kies" in request.GET
    if len(points) == 1 and not asked:
        return redirect("counter:tally", slugs[0])
    if last in slugs and not asked:
        return redirect("counter:tally", last)
    return render(request, "counter/choose.html", {"points": points})


@never_cache
@allowed_to(REGISTER)
def tally(request, slug):
    desk = _desk_or_404(request, slug)
    if request.session.get(LAST_POINT) != slug:
        request.session[LAST_POINT] = slug
    return show(request, desk)


@never_cache
@allowed_to(REGISTER)
def tap(request, slug):
    """One visitor. GET is where a login sends people back to: on to the page."""
    desk = _desk_or_404(request, slug)
    return count(request, desk) if request.method == "POST" else redirect(desk.path)


@never_cache
@allowed_to(REGISTER)
def undo(request, slug):
    """Take one of today's taps of the own team back."""
    desk = _desk_or_404(request, slug)
    return take_back(request, desk) if request.method == "POST" else redirect(desk.path)
