"""The list of one activity: give a seat back, move up, tell, tick who came."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klapkarre.foundation.places.models import content_changed
from klapkarre.rooms.agenda.actions.queueing import queue
from klapkarre.rooms.agenda.models import Activity, SignUp

State = SignUp.State


def locked(pk):
    """The activity with its lock, inside the caller's transaction. SQLite locks whole transactions (IMMEDIATE).

    Http404 when a colleague took the day out of its series just now.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("neighbourhood")
    return get_object_or_404(rows, pk=pk)


def lock_in_order(days):
    """These activities with their locks, in order of time. Those that are gone meanwhile are left out."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("neighbourhood")
    return list(rows.filter(pk__in=days).order_by("starts_at", "pk"))


def why_closed(activity, now=None, at_the_door=False):
    """Why nobody can sign up now, as a sentence for residents; empty when they can."""
    now = now or timezone.now()
    if activity.is_cancelled:
        return _("Deze activiteit gaat niet door. Je kan je niet meer aanmelden.")
    if activity.is_over(now):
        return _("Deze activiteit is voorbij. Je kan je niet meer aanmelden.")
    if not activity.takes_names:
        return _("Je hoeft je niet aan te melden. Kom gewoon langs.")
    if activity.has_started(now) and not at_the_door:
        return _("Deze activiteit is al begonnen. Kom langs of bel ons.")
    return ""


def tell_residents(activity, before, after):
    """Make the pages anew when the seats that they show are others: full, the last nine, or simply free."""
    if activity.capacity is None:
        return
    shown = [min(max(activity.capacity - taken, 0), Activity.MANY) for taken in (before, after)]
    if shown[0] != shown[1]:
        content_changed(activity.neighbourhood.municipality_id, only_seats=True)


@transaction.atomic
def cancel(sign_up, now=None):
    """Give a seat or a place on the waiting list back; the first who waits moves up at once. Twice is once."""
    activity = locked(sign_up.activity_id)
    row = activity.signups.defer("name").get(pk=sign_up.pk)
    if row.state not in SignUp.OPEN:
        return row
    taken = activity.signups.seated().count()
    was_seated = row.state == State.SIGNED_UP
    row.state = State.CANCELLED
    row.save(update_fields=["state"])
    if was_seated:
        moved = move_up(activity, now)
        queue(activity, now)
        tell_residents(activity, taken, taken - 1 + moved)
    return row


def move_up(activity, now=None):
    """Give free seats to those who wait longest and say how many: the seat is held, a worker still tells them.

    The caller holds the lock of the activity. Nobody moves up once it is over or called off.
    """
    now = now or timezone.now()
    if activity.is_cancelled or activity.is_over(now):
        return 0
    first = activity.signups.waiting().values_list("pk", flat=True)
    if activity.capacity is not None:
        free = activity.capacity - activity.signups.seated().count()
        if free <= 0:
            return 0
        first = first[:free]
    return activity.signups.filter(pk__in=list(first)).update(
        state=State.SIGNED_UP, moved_up_at=now, told_at=None
    )


@transaction.atomic
def tell(sign_up, told=True, now=None):
    """Note that this person knows (or after all does not know yet): moved up, changed, or called off. Twice is once."""
    activity = locked(sign_up.activity_id)
    row = activity.signups.defer("name").get(pk=sign_up.pk)
    row.activity = activity
    if told and row.to_tell:
        row.told_at = now or timezone.now()
        row.save(update_fields=["told_at"])
    elif not told and row.told_at is not None:
        row.told_at = None
        row.save(update_fields=["told_at"])
    return row


def positions(seats):
    """The place on its waiting list, from 1, for each of these seats that waits: its id -> number. One query."""
    days = {seat.activity_id for seat in seats if seat.state == State.WAITING}
    places: dict[int, list] = {day: [] for day in days}
    if days:
        for day, pk in SignUp.objects.filter(activity__in=days).waiting().values_list("activity", "pk"):
            places[day].append(pk)
    return {pk: place for row in places.values() for place, pk in enumerate(row, start=1)}


@transaction.atomic
def note_attendance(activity, shown, came, headcount, now=None):
    """Tick who of those `shown` on the list came, and how many people were there in all. Twice is once.

    Without `headcount` there were as many as are ticked.
    """
    activity = locked(activity.pk)
    if activity.is_cancelled or not activity.has_started(now):
        raise ValidationError(_("Dit kan zodra de activiteit begonnen is."))
    on_list = activity.signups.seated()
    ticked = on_list.filter(pk__in=came).count()
    others = on_list.filter(state=State.ATTENDED).exclude(pk__in=shown).count()
    if headcount is None:
        headcount = ticked + others
    if headcount < ticked + others:
        text = ngettext(
            "Je vinkte %(ticked)s mens aan. Vul hier minstens dat getal in.",
            "Je vinkte %(ticked)s mensen aan. Vul hier minstens dat getal in.",
            ticked + others,
        )
        raise ValidationError({"headcount": text % {"ticked": ticked + others}})
    on_list.filter(pk__in=shown).update(state=State.MISSED)
    activity.signups.filter(pk__in=came, state=State.MISSED).update(state=State.ATTENDED)
    activity.headcount = headcount
    activity.save(update_fields=["headcount"])
    return activity
