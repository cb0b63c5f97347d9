"""The counter screen. A tap answers with a small part of the page for the module, and with a redirect without it."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, allowed_to
from klapkarre.foundation.accounts.themes import COUNTER_REASONS, Theme
from klapkarre.rooms.counter import actions
from klapkarre.rooms.counter.forms import TapForm, UndoForm
from klapkarre.rooms.counter.models import Visit

ICONS = {
    Theme.CHAT: "coffee",
    Theme.DIGITAL: "device-laptop",
    Theme.PAPERWORK: "file-text",
    Theme.RIGHTS: "scale",
    Theme.NEIGHBOURS: "users",
    Theme.IDEA: "bulb",
    Theme.GARBAGE_BAGS: "shopping-bag",
}
LAST_POINT = "counter.point"
SHOWN = 5


def _point_or_404(request, slug):
    found = actions.point_for(request.user, slug)
    if found is None:
        raise Http404
    return found


@never_cache
@allowed_to(REGISTER)
def choose(request):
    """Straight on to the only or the last point; `?kies` shows the choice."""
    points = list(actions.points_for(request.user))
    slugs = [point.slug for point in points]
    last = request.session.get(LAST_POINT)
    if len(points) == 1:
        return redirect("counter:tally", slugs[0])
    if last in slugs and "kies" not in request.GET:
        return redirect("counter:tally", last)
    return render(request, "counter/choose.html", {"points": points})


@never_cache
@allowed_to(REGISTER)
def tally(request, slug):
    point, _team = _point_or_404(request, slug)
    if request.session.get(LAST_POINT) != point.slug:
        request.session[LAST_POINT] = point.slug
    return _page(request, point)


@never_cache
@allowed_to(REGISTER)
def tap(request, slug):
    """One visitor. GET is where a login sends people back to: on to the page."""
    point, team = _point_or_404(request, slug)
    if request.method != "POST":
        return redirect("counter:tally", slug)
    form = TapForm(request.POST)
    if not form.is_valid():
        return _page(request, point, wrong=_("Niet geteld. Tik opnieuw."))
    reason = Theme(form.cleaned_data["reason"])
    try:
        visit, is_new = actions.tap(request.user, point, team, reason, form.cleaned_data["key"])
    except actions.NotCounted:
        return _page(request, point, wrong=_("Niet geteld. Tik opnieuw."))
    said = _count_said(request, point, reason)
    if visit.undone_at:
        said = _("Deze tik is al ongedaan gemaakt. Hij telt niet mee.")
    elif not is_new:
        said = _("Al geteld. %(count)s.") % {"count": said}
    return _answer(request, point, said)


@never_cache
@allowed_to(REGISTER)
def undo(request, slug):
    """Take one of today's taps of the own team back."""
    point, _team = _point_or_404(request, slug)
    if request.method != "POST":
        return redirect("counter:tally", slug)
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Http404
    visit = get_object_or_404(_visits(request, point), pk=form.cleaned_data["visit"])
    actions.undo(visit)
    count = _count_said(request, point, Theme(visit.reason))
    return _answer(request, point, _("Ongedaan gemaakt. %(count)s.") % {"count": count})


def _visits(request, point):
    return actions.of_today(Visit.objects.visible_to(request.user).filter(place=point))


def _count_said(request, point, reason):
    count = _visits(request, point).counted().filter(reason=reason).count()
    return _("%(reason)s: %(count)s vandaag") % {"reason": capfirst(reason.label), "count": count}


def _answer(request, point, said):
    if "HX-Request" in request.headers:
        return _page(request, point, said)
    messages.success(request, said)
    return redirect("counter:tally", point.slug)


def _page(request, point, said="", wrong=""):
    """The screen, or for the module only what changed; the header tells it that this is not a login page."""
    visits = _visits(request, point).counted()
    counts = dict(visits.order_by().values_list("reason").annotate(count=Count("pk")))
    context = {
        "point": point,
        "said": said,
        "wrong": wrong,
        "key": uuid.uuid4(),
        "reasons": [
            {
                "value": reason.value,
                "word": reason.label,
                "icon": ICONS[reason],
                "count": counts.get(reason, 0),
            }
            for reason in COUNTER_REASONS
        ],
        "total": sum(counts.values()),
        "last": [
            {"pk": visit.pk, "at": visit.at, "word": Theme(visit.reason).label}
            for visit in visits.order_by("-at", "pk")[:SHOWN]
        ],
    }
    part = "#answer" if "HX-Request" in request.headers else ""
    answer = render(request, f"counter/tally.html{part}", context, status=400 if wrong else 200)
    answer["Klapkarre-Tally"] = "no" if wrong else "counted"
    return answer
