"""Hand an activity over to residents, what they may change themselves, and how the team undoes that."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.people.intake import key_for, once
from klapkarre.rooms.agenda import handover_codes
from klapkarre.rooms.agenda.actions.afterwards import let_go, take_back
from klapkarre.rooms.agenda.actions.planning import PLAIN, Changed, call_off, change, go_on
from klapkarre.rooms.agenda.actions.seats import locked
from klapkarre.rooms.agenda.models import HandOver, HandOverChange

AGREED = ("takes_on", "kit", "opens", "tasks", "fallback", "until")
# Residents move an hour by at most this much, on the same day; a larger change goes past the team.
FURTHEST = datetime.timedelta(hours=2)
# So long after it they can still say how many people there were.
COUNT_FOR = datetime.timedelta(days=14)
What = HandOverChange.What


def hand_over(activity, values, along, *, key, now=None):
    """Give this activity, and those of `along` later in its series, to residents. The same `key` twice is once."""
    answer, made = once(
        key_for(key, activity.pk), "agenda.hand_over", lambda: _hand_over(activity, values, along, now)
    )
    return made or HandOver.objects.get(pk=answer)


def _hand_over(activity, values, along, now):
    row = locked(activity.pk)
    if HandOver.objects.live().of(row).exists():
        raise ValidationError(_("Dit is al overgedragen. Open de overdracht opnieuw."))
    agreed = {name: values[name] for name in AGREED}
    made = handover_codes.give(HandOver(team_id=row.team_id, activity=row, **agreed))
    let_go(activity, along, now)
    return made


@transaction.atomic
def agree(handover, values, version):
    """Change what was agreed. Raises `Changed` when `version` is not the current one."""
    row = HandOver.objects.select_for_update().get(pk=handover.pk)
    if all(getattr(row, name) == values[name] for name in AGREED):
        return row
    if row.version != version:
        raise Changed(row)
    for name in AGREED:
        setattr(row, name, values[name])
    row.version += 1
    row.save(update_fields=[*AGREED, "version"])
    return row


@transaction.atomic
def end(handover, along, now=None):
    """The code opens nothing any more, and the team carries it with residents again. Twice is once."""
    row = HandOver.objects.select_for_update().get(pk=handover.pk)
    if row.ended_at is None:
        row.ended_at = now or timezone.now()
        row.save(update_fields=["ended_at"])
        take_back(row.activity, along, now)
    return row


def hours_words(activity):
    starts, ends = (timezone.localtime(moment) for moment in (activity.starts_at, activity.ends_at))
    return f"{starts:%H:%M}-{ends:%H:%M}"


@transaction.atomic
def run(handover, activity, what, value, now=None):
    """One change by the residents who run it. `value`: (starts, ends), a text, a reason or a number, by `what`.

    The same as it is does nothing: None. ValidationError with a sentence when it is not theirs to change (any more).
    """
    now = now or timezone.now()
    row = locked(activity.pk)
    if not HandOver.objects.live(timezone.localdate(now)).filter(pk=handover.pk).exists():
        raise ValidationError(_("Deze overdracht is gestopt. Bel het team."))
    if row.is_cancelled:
        raise ValidationError(_("Deze activiteit gaat niet door."))
    if what == What.COUNT:
        return _count(handover, row, value, now)
    if row.has_started(now):
        raise ValidationError(_("De activiteit is al begonnen. Bel het team."))
    if what == What.OFF:
        call_off(row, value, now=now)
        return _noted(handover, row, what, "", value, now)
    before = hours_words(row) if what == What.HOURS else row.bring
    values = _as_it_is(row)
    if what == What.HOURS:
        _near(_agreed_hours(handover, row), *value)
        values["starts"], values["ends"] = value
    else:
        values["bring"] = value
    change(row, values, row.version, now=now)
    row.refresh_from_db()
    after = hours_words(row) if what == What.HOURS else row.bring
    return _noted(handover, row, what, before, after, now) if before != after else None


def _agreed_hours(handover, row):
    """Begin and end of this day as agreed with the team: as the residents found them, before their own moves.

    When the team chose other hours since, those are what is agreed.
    """
    words = hours_words(row)
    moves = handover.changes.filter(activity=row, what=What.HOURS, undone_at=None)
    for before, after in moves.order_by("-made_at", "-pk").values_list("before", "after"):
        if after != words:
            break
        words = before
    return map(datetime.time.fromisoformat, words.split("-"))


def _near(agreed, starts, ends):
    """Other hours, not too far from those that were agreed with the team."""
    for was, wanted in zip(agreed, (starts, ends), strict=True):
        day = datetime.date.min
        apart = datetime.datetime.combine(day, wanted) - datetime.datetime.combine(day, was)
        if abs(apart) > FURTHEST:
            raise ValidationError(_("Schuif hoogstens twee uur op. Wil je meer? Bel het team."))
    if ends <= starts:
        raise ValidationError(_("Het einde valt voor het begin. Kies een later uur."))


def _as_it_is(row):
    values = {name: getattr(row, name) for name in PLAIN}
    starts, ends = (timezone.localtime(moment).time() for moment in (row.starts_at, row.ends_at))
    return values | {"day": row.day, "starts": starts, "ends": ends}


def _count(handover, row, number, now):
    if not row.has_started(now):
        raise ValidationError(_("Dit kan zodra de activiteit begonnen is."))
    if row.ends_at < now - COUNT_FOR:
        raise ValidationError(_("Dit is te lang geleden. Bel het team."))
    before = "" if row.headcount is None else str(row.headcount)
    if before == str(number):
        return None
    row.headcount = number
    row.save(update_fields=["headcount"])
    return _noted(handover, row, What.COUNT, before, str(number), now)


def _noted(handover, row, what, before, after, now):
    return HandOverChange.objects.create(
        handover=handover, activity=row, what=what, before=before, after=after, made_at=now
    )


@transaction.atomic
def undo(made, now=None):
    """Set back what residents changed. Twice is once; ValidationError when it was changed again since."""
    now = now or timezone.now()
    row = locked(made.activity_id)
    made = HandOverChange.objects.select_for_update().get(pk=made.pk)
    if made.undone_at is not None:
        return made
    still = {
        What.HOURS: lambda: hours_words(row),
        What.BRING: lambda: row.bring,
        What.OFF: lambda: row.cancelled_because if row.is_cancelled else None,
        What.COUNT: lambda: "" if row.headcount is None else str(row.headcount),
    }[made.what]()
    if still != made.after:
        raise ValidationError(_("Intussen wijzigde er nog iets. Kijk de activiteit zelf na."))
    if made.what in (What.HOURS, What.BRING):
        values = _as_it_is(row)
        if made.what == What.BRING:
            values["bring"] = made.before
        else:
            values["starts"], values["ends"] = map(datetime.time.fromisoformat, made.before.split("-"))
        change(row, values, row.version, now=now)
    elif made.what == What.OFF:
        go_on(row, now=now)
    else:
        row.headcount = int(made.before) if made.before else None
        row.save(update_fields=["headcount"])
    made.undone_at = now
    made.save(update_fields=["undone_at"])
    return made
