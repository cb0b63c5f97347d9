"""Come on the list: alone or together, one day or several, all on one slip; and change what stands on it."""

import datetime
import uuid
from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klapkarre.foundation.people.intake import Erased, key_for, once
from klapkarre.rooms.agenda import slips
from klapkarre.rooms.agenda.actions.seats import lock_in_order, locked, tell_residents, why_closed
from klapkarre.rooms.agenda.models import How, SignUp

TICK = datetime.timedelta(microseconds=1)
State = SignUp.State


class Full(ValidationError):
    """There is no seat for everyone; ask whether the waiting list is all right. `free` seats are left."""

    def __init__(self, free=0, wanted=1):
        if free:
            text = ngettext(
                "Er is nog maar %(free)s plaats. Wil je die, en de rest op de wachtlijst?",
                "Er zijn nog maar %(free)s plaatsen. Wil je die, en de rest op de wachtlijst?",
                free,
            ) % {"free": free}
        else:
            text = _("Deze activiteit is vol. Wil je op de wachtlijst?")
        super().__init__(text, code="full")
        self.free, self.wanted = free, wanted


class Contact(NamedTuple):
    """Where and how somebody wants to hear of a change; by default nowhere."""

    phone: str = ""
    mail: str = ""
    how: str = How.SELF
    remind: bool = False


class Wish(NamedTuple):
    """What is asked of every day: these names, all or (`or_wait`) as many as fit; who asks and how to reach them."""

    names: tuple
    contact: Contact = Contact()
    or_wait: bool = False
    at_the_door: bool = False
    by_worker: bool = False
    # Asked once, when the seats are there; raises why they are not given after all.
    may_take: Callable = bool


def sign_up(activity, name, *, key, now=None, **wish):
    """Take one seat, or with `or_wait` a place on the waiting list when it is full. See `join`."""
    return join([activity], Wish((name,), **wish), key=key, now=now)


def join(activities, wish, *, key, now=None):
    """Take a seat for each name on each of these days, all on one slip; gives the sign-up that carries it.

    The same `key` with the same names and days gives the same slip again, with the number typed last. On one day it
    is all or asked: `Full` when there are too few seats and waiting was not asked for. With `or_wait` the first names
    get the seats that are left. On several days, each full one puts them on its waiting list. ValidationError with a
    sentence when nobody can sign up.
    """
    now = now or timezone.now()
    new = uuid.uuid4()
    days = sorted(activity.pk for activity in activities)
    try:
        answer, row = once(
            key_for(key, *days, *wish.names), "agenda.sign_up", lambda: _take(new, days, wish, now), new
        )
    except Erased as erased:
        raise ValidationError(
            _("Deze aanmelding is gewist. Open het formulier opnieuw."), code="erased"
        ) from erased
    if row is None:
        row = SignUp.objects.defer("name").get(pk=answer)
        if wish.contact != Contact():
            change_contact(row, wish.contact)
    return row


def _take(new, days, wish, now):
    several = len(days) > 1
    open_days, closed = [], ""
    for activity in lock_in_order(days) if several else [locked(days[0])]:
        # Called off or begun while the form was open: the other days are still good.
        why = why_closed(activity, now, wish.at_the_door)
        if why:
            closed = why
        else:
            open_days.append(activity)
    if not open_days:
        raise ValidationError(closed or _("Deze dagen zijn er niet meer. Kies opnieuw."), code="closed")
    lead = None
    for activity in open_days:
        rows, taken = _rows(activity, wish, now, several)
        if lead is None:
            wish.may_take()
            lead = rows.pop(0)
            lead.pk = new
            slips.give(lead)
        for row in rows:
            row.lead = lead
        SignUp.objects.bulk_create(rows)
        tell_residents(activity, *taken)
    return lead


def _rows(activity, wish, now, several):
    """The unsaved seats of one locked day, and how many were and will be taken."""
    # The list as it is under the lock: who is seated, and the latest moment in it.
    seen = activity.signups.aggregate(
        taken=Count("pk", filter=Q(state__in=SignUp.SEATED)), latest=Max("created_at")
    )
    taken, wanted = seen["taken"], len(wish.names)
    free = wanted if activity.capacity is None else max(0, activity.capacity - taken)
    if free < wanted and not (wish.or_wait or several):
        raise Full(free, wanted)
    # A clock that was set back must not let anyone overtake.
    first = max(now, seen["latest"] + TICK) if seen["latest"] else now
    rows = [
        SignUp(
            organisation_id=activity.organisation_id,
            activity=activity,
            name=name,
            by_worker=wish.by_worker,
            state=State.SIGNED_UP if place < free else State.WAITING,
            created_at=first + place * TICK,
        )
        for place, name in enumerate(wish.names)
    ]
    if activity.takes_contact or wish.by_worker:
        _put(rows[0], wish.contact)
    return rows, (taken, taken + min(free, wanted))


def _put(row, contact):
    row.phone, row.mail = contact.phone or None, contact.mail or None
    row.how, row.remind = contact.how, contact.remind


@transaction.atomic
def change_contact(lead, contact):
    """Another number, address or way of telling, for every day of this slip that is still to come."""
    for row in bearers(SignUp.objects.live().on_slip(lead).select_for_update(of=("self",))):
        _put(row, contact)
        row.save(update_fields=[*("phone", "phone_index", "mail", "mail_index", "how", "remind")])


def bearers(seats):
    """Of the seats of one slip, the first on each day: that one holds the number and the address."""
    found = {}
    for row in seats.order_by("created_at", "pk"):
        found.setdefault(row.activity_id, row)
    return list(found.values())


@transaction.atomic
def rename(lead, names):
    """Spell names of this slip otherwise: old name -> new name, on every day that is still to come."""
    for row in SignUp.objects.live().on_slip(lead).select_for_update(of=("self",)):
        if row.name in names and names[row.name] != row.name:
            row.name = names[row.name]
            row.save(update_fields=["name", "name_index"])
