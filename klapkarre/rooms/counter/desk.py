"""The screen with the large buttons, wherever somebody stands: at a buurtpunt, or at a stop of the cart.

A tap answers with a small part of the page for the module, and with a redirect without it. A view of this room or of a
window says where the worker stands, and asks `show`, `count` or `take_back`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Team
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
SHOWN = 5


@dataclass(frozen=True)
class Desk:
    """Where this worker counts now. `path` is its page; a tap goes to `tik/` under it, a tap back to `ongedaan/`."""

    stand: actions.Stand
    team: Team
    path: str
    # The way to the other places to stand, and what is told in the transaction of each tap and each tap back.
    elsewhere: str = ""
    after_tap: Callable | None = None
    after_undo: Callable | None = None

    def visits(self, user):
        """What this user's teams counted here: at a point today, at a stop in all."""
        visits = self.stand.of(Visit.objects.visible_to(user))
        return visits if self.stand.stop else actions.of_today(visits)

    def said(self, user, reason):
        """How many came for this, for the line above the buttons."""
        count = self.visits(user).counted().filter(reason=reason).count()
        text = _("%(reason)s: %(count)s") if self.stand.stop else _("%(reason)s: %(count)s vandaag")
        return text % {"reason": capfirst(reason.label), "count": count}


def count(request, desk):
    """One visitor, sent with POST."""
    form = TapForm(request.POST)
    if not form.is_valid():
        return show(request, desk, wrong=_("Niet geteld. Tik opnieuw."))
    reason, key = Theme(form.cleaned_data["reason"]), form.cleaned_data["key"]
    try:
        visit, is_new = actions.tap(request.user, desk.stand, desk.team, reason, key, also=desk.after_tap)
    except actions.NotCounted:
        return show(request, desk, wrong=_("Niet geteld. Tik opnieuw."))
    said = desk.said(request.user, reason)
    if visit.undone_at:
        said = _("Deze tik is al ongedaan gemaakt. Hij telt niet mee.")
    elif not is_new:
        said = _("Al geteld. %(count)s.") % {"count": said}
    return _answer(request, desk, said)


def take_back(request, desk):
    """Take one of the taps back that this user's teams made here, sent with POST."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Http404
    visit = get_object_or_404(desk.visits(request.user), pk=form.cleaned_data["visit"])
    actions.undo(visit, also=desk.after_undo)
    count = desk.said(request.user, Theme(visit.reason))
    return _answer(request, desk, _("Ongedaan gemaakt. %(count)s.") % {"count": count})


def _answer(request, desk, said):
    if "HX-Request" in request.headers:
        return show(request, desk, said)
    messages.success(request, said)
    return redirect(desk.path)


def show(request, desk, said="", wrong=""):
    """The screen, or for the module only what changed; the header tells it that this is not a login page."""
    visits = desk.visits(request.user).counted()
    counts = dict(visits.order_by().values_list("reason").annotate(count=Count("pk")))
    context = {
        "desk": desk,
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
