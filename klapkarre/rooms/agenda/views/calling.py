"""Whom to call: everybody of the own team's activities who must still hear something, on a screen or on paper."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.rooms.agenda import actions, channels, wording
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.views.lists import kept_list_or_403, ready_to_tell

# More than anyone calls in a day; the rest comes when these are ticked.
MOST = 100


@never_cache
@allowed_to(SEE_NAMES)
def to_call(request):
    """News first, then who asked to be reminded of tomorrow; `?blad` is the same on paper, with boxes to tick."""
    now = timezone.now()
    visible = SignUp.objects.visible_to(request.user)
    news = list(_in_order(visible.to_tell(now))[:MOST])
    reminders = list(_in_order(visible.to_remind(channels.by_itself(), now))[:MOST])
    rows = [*news, *reminders]
    _with_contacts(visible, rows)
    note_reading(request, {row.pk: row for one in rows for row in (one, one.contact)}.values())
    for activity, some in _by_activity(news):
        ready_to_tell(activity, some)
    for row in reminders:
        row.text = wording.reminder(row.activity, row.slip)
        row.said = wording.reminder(row.activity)
    own = request.user.own_reach
    context = {
        "news": _by_activity(news),
        "reminders": _by_activity(reminders),
        "keeps": {row.activity_id for row in rows if row.activity.is_within(own)},
        "printed": timezone.localtime(now),
    }
    page = "agenda/staff/to_call_sheet.html" if "blad" in request.GET else "agenda/staff/to_call.html"
    return render(request, page, context)


def _in_order(rows):
    places = (
        "activity__neighbourhood__municipality",
        "activity__place__neighbourhood__municipality",
        "lead",
    )
    return rows.select_related(*places).order_by("activity__starts_at", "activity", "created_at", "pk")


def _with_contacts(visible, rows):
    """The first seat of each slip on each day holds the number."""
    found: dict = {}
    days = {row.activity_id for row in rows}
    for row in visible.filter(activity__in=days).order_by("created_at", "pk"):
        found.setdefault((row.activity_id, row.lead_id or row.pk), row)
    for row in rows:
        row.contact = found[row.activity_id, row.slip.pk]


def _by_activity(rows):
    days: dict[int, tuple[Activity, list]] = {}
    for row in rows:
        days.setdefault(row.activity_id, (row.activity, []))[1].append(row)
    return list(days.values())


@never_cache
@allowed_to(KEEP_NAMES)
def reminded(request, pk, sign_up):
    """This person was called to remind them of tomorrow."""
    activity = kept_list_or_403(request, pk)
    rows = SignUp.objects.visible_to(request.user).filter(activity=activity.pk)
    row = get_object_or_404(rows, pk=sign_up)
    if request.method == "POST":
        actions.note_reminded(row)
    return redirect("agenda_staff:to_call")
