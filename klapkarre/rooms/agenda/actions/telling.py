"""Tell people what changed, the way they asked: note in the same transaction, send after it, and never twice."""

import datetime
import time
from collections import Counter

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klapkarre.rooms.agenda import channels, wording
from klapkarre.rooms.agenda.actions.seats import locked
from klapkarre.rooms.agenda.models import Activity, How, Notice, SignUp

Kind, State = Notice.Kind, Notice.State
# After how long it is tried again; after that a person calls.
AGAIN = (datetime.timedelta(minutes=2), datetime.timedelta(minutes=15), datetime.timedelta(hours=1))
# What was being sent when the program stopped: nobody knows whether it went.
LOST = datetime.timedelta(minutes=10)
SOON = datetime.timedelta(hours=2)
DAY = datetime.timedelta(days=1)
# A phone does not ring at night.
FROM, UNTIL = 8, 21


def remind(now=None):
    """Note a reminder for who asked one and comes tomorrow (or today, when yesterday was missed). Says how many."""
    now = now or timezone.now()
    end = timezone.make_aware(datetime.datetime.combine(timezone.localdate(now) + 2 * DAY, datetime.time.min))
    rows = SignUp.objects.filter(
        remind=True,
        how__in=channels.by_itself(),
        activity__state=Activity.State.PUBLISHED,
        activity__starts_at__gt=now + SOON,
        activity__starts_at__lt=end,
    ).exclude(notices__kind=Kind.REMINDER)
    made = [
        Notice(organisation_id=row.organisation_id, sign_up=row, kind=Kind.REMINDER, next_at=now)
        for row in rows.defer("name", "phone", "mail")
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def deliver(now=None):
    """Send what is due. Each message is claimed in a transaction of its own, so that two senders never both send it."""
    now, started = now or timezone.now(), time.monotonic()
    done: Counter = Counter()
    lost = Notice.objects.filter(state=State.SENDING, tried_at__lt=now - LOST)
    done[State.FAILED] += lost.update(state=State.FAILED)
    for pk in list(Notice.objects.due(now).values_list("pk", flat=True)):
        # A server that hangs makes a round long: what is claimed late in it is not lost for another sender.
        late = datetime.timedelta(seconds=time.monotonic() - started)
        if (state := _one(pk, now + late)) is not None:
            done[state] += 1
    return done


def _one(pk, now):
    """Send one; gives what became of it, or None when another sender has it or it must wait until morning."""
    notice = Notice.objects.select_related("sign_up").get(pk=pk)
    awake = FROM <= timezone.localtime(now).hour < UNTIL
    if not awake and (notice.kind == Kind.REMINDER or notice.sign_up.how == How.SMS):
        return None
    claim = {"state": State.SENDING, "tried_at": now, "tries": F("tries") + 1, "channel": notice.sign_up.how}
    if not Notice.objects.filter(pk=pk, state=State.WAITING).update(**claim):
        return None
    notice.refresh_from_db()
    row = notice.sign_up
    activity = Activity.objects.with_place().get(pk=row.activity_id)
    seats = list(_seats(row, activity))
    text = _text(notice, activity, seats)
    if not text or not channels.can(row.how) or not (row.mail if row.how == How.MAIL else row.phone):
        return _ends(notice, State.DROPPED)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(title)s: een bericht") % {"title": activity.title}
    try:
        channels.send(row.how, row, subject, text)
    except channels.Unsure:
        return _ends(notice, State.FAILED)
    except channels.NotSent as why:
        if why.again and notice.tries <= len(AGAIN):
            return _ends(notice, State.WAITING, next_at=now + AGAIN[notice.tries - 1])
        return _ends(notice, State.FAILED)
    if notice.kind == Kind.NEWS:
        _told(row, activity, seats, now)
    return _ends(notice, State.SENT)


def _seats(row, activity):
    """The seats of this slip on this day, with what must still be told."""
    lead = row.lead_id or row.pk
    rows = SignUp.objects.filter(activity=activity.pk).defer("name", "phone", "mail")
    return rows.on_slip(SignUp(pk=lead))


def _text(notice, activity, seats):
    """What to say now; empty when there is nothing to say any more."""
    if activity.is_over():
        return ""
    lead = notice.sign_up.slip
    for seat in seats:
        seat.activity = activity
    if notice.kind == Kind.REMINDER:
        comes = any(seat.state == SignUp.State.SIGNED_UP for seat in seats)
        return wording.reminder(activity, lead) if comes and not activity.is_cancelled else ""
    untold = [seat for seat in seats if seat.to_tell]
    return wording.news(activity, untold, lead) if untold else ""


def _ends(notice, state, **more):
    """Note what became of it. Another message of the same kind may wait already: then that one goes on."""
    rows = Notice.objects.filter(pk=notice.pk, state=State.SENDING)
    try:
        with transaction.atomic():
            rows.update(state=state, **more)
    except IntegrityError:
        state = State.DROPPED
        rows.update(state=state)
    return state


@transaction.atomic
def _told(row, activity, seats, now):
    """These people know now, unless something changed again while the message was under way."""
    today = locked(activity.pk)
    if today.version != activity.version:
        return
    for seat in seats:
        if seat.to_tell:
            SignUp.objects.filter(
                SignUp.UNTOLD, pk=seat.pk, moved_up_at=seat.moved_up_at, changed_at=seat.changed_at
            ).update(told_at=now)


def note_reminded(row, now=None):
    """A worker called this person to remind them. Twice is once."""
    now = now or timezone.now()
    done = {"state": State.SENT, "channel": How.CALL, "tried_at": now}
    given = {"organisation_id": row.organisation_id} | done
    notice, made = Notice.objects.get_or_create(sign_up=row, kind=Kind.REMINDER, defaults=given)
    if not made:
        Notice.objects.filter(pk=notice.pk, state__in=(State.FAILED, State.WAITING)).update(**done)
