"""The activities themselves: plan one or a series, change it, call it off."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.people.intake import key_for, once
from klapkarre.foundation.places.models import content_changed
from klapkarre.rooms.agenda.actions import found as to_find
from klapkarre.rooms.agenda.actions.queueing import queue
from klapkarre.rooms.agenda.actions.seats import move_up
from klapkarre.rooms.agenda.models import Activity, Series, SeriesException, SeriesExtra, SignUp
from klapkarre.rooms.agenda.repetition import Rule, days_of

# What a change may touch besides day and hours; a change of all later ones takes over what differs.
PLAIN = (
    "title",
    "theme",
    "summary",
    "place",
    "where",
    "neighbourhood",
    "price_cents",
    "bring",
    "kind",
    "audiences",
    "spoken",
    "access",
    "partners",
    "sign_up_kind",
    "capacity",
    "carried_by",
    "state",
)
TOLD_WHEN_CHANGED = {"place", "where", "starts_at", "ends_at"}
DAY = datetime.timedelta(days=1)


class Changed(ValidationError):
    """Someone else saved this activity in the meantime; `activity` is how it stands now."""

    def __init__(self, activity):
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk het na en bewaar opnieuw."), code="changed"
        )
        self.activity = activity


def moments(day, starts, ends):
    """Begin and end on the clocks of that day; an end at or before the begin is after midnight."""
    begin = datetime.datetime.combine(day, starts)
    end = datetime.datetime.combine(day if ends > starts else day + DAY, ends)
    return timezone.make_aware(begin), timezone.make_aware(end)


def add(team, values, days, *, key, repetition=None):
    """Plan an activity on each of these days; with a `Repetition` they are one series.

    The same `key` with the same plan gives the same activity again. Returns the first one.
    """
    content = sorted((name, str(value)) for name, value in values.items() if name != "key")
    answer, first = once(
        key_for(key, team.pk, content, sorted(days)),
        "agenda.add",
        lambda: _plan(team, values, sorted(days), repetition),
    )
    return first or Activity.objects.get(pk=answer)


def _plan(team, values, days, repetition):
    series = _new_series(team, repetition) if repetition else None
    plain = {name: values[name] for name in PLAIN}
    hours = values["starts"], values["ends"]
    rows = [make_row(team, plain, day, hours, series) for day in days]
    to_find.renew(rows)
    content_changed(values["neighbourhood"].municipality_id)
    return rows[0]


def _new_series(team, repetition):
    series = Series(team=team)
    take_over(series, repetition)
    series.save(force_insert=True)
    note_days(series, repetition)
    return series


def take_over(series, repetition):
    """Write what was chosen into the series; the caller saves it."""
    for name in ("rule", "first_day", "last_day", "skip_public", "skip_school"):
        setattr(series, name, getattr(repetition, name))


def note_days(series, repetition):
    """Keep which days are without and which are extra."""
    SeriesException.objects.bulk_create(SeriesException(series=series, day=day) for day in repetition.skipped)
    SeriesExtra.objects.bulk_create(SeriesExtra(series=series, day=day) for day in repetition.extras)


def make_row(team, plain, day, hours, series):
    """One activity more, with these `plain` values, on this day of the series if there is one."""
    starts_at, ends_at = moments(day, *hours)
    row = Activity(
        organisation_id=team.organisation_id,
        team=team,
        series=series,
        series_day=day if series else None,
        starts_at=starts_at,
        ends_at=ends_at,
        **plain,
    )
    row.save(force_insert=True)
    return row


def locked_with_later(activity, along, now):
    """The activity and those of `along` that are later in its series; locked in order of time, the series first."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("neighbourhood")
    if along is None or not activity.series_id:
        return [get_object_or_404(rows, pk=activity.pk)]
    Series.objects.select_for_update().get(pk=activity.series_id)
    among = along.select_for_update(of=("self",)).select_related("neighbourhood")
    found = among.filter(series=activity.series_id, starts_at__gte=activity.starts_at).order_by(
        "starts_at", "pk"
    )
    own, others = None, []
    for row in found:
        if row.pk == activity.pk:
            own = row
        elif not row.is_cancelled and not row.is_over(now):
            others.append(row)
    # Moved to an earlier hour by a colleague just now: then it stands alone in front.
    return [own or get_object_or_404(rows, pk=activity.pk), *others]


@transaction.atomic
def change(activity, values, version, along=None, now=None):
    """Save a changed activity, and the same change in those of `along` (a queryset) that are later in its series.

    Nobody loses a seat; who waits moves up when there is more room. Who is on a list must be told of another day,
    hour or place; returns how many they are. Raises `Changed` when `version` is not the current one any more.
    """
    now = now or timezone.now()
    own, *others = locked_with_later(activity, along, now)
    if own.version != version:
        if not differences(own, values):
            return 0  # the same form sent twice
        raise Changed(own)
    if own.is_cancelled:
        raise ValidationError(_("Deze activiteit gaat niet door. Je kan ze niet meer wijzigen."))
    towns = {own.neighbourhood.municipality_id, values["neighbourhood"].municipality_id}
    changed = differences(own, values)
    shift = values["day"] - own.day
    if along is not None and shift and own.series_id:
        _all_or_none(own, along, now)
        _move_rule(own, others, shift)
    to_tell = 0
    for row in (own, *others):
        to_tell += _apply(row, changed, values, shift, now)
    if changed:
        to_find.renew((own, *others))
        for town in sorted(towns):
            content_changed(town)
    return to_tell


def _all_or_none(own, along, now):
    """A rule moves with all later ones of its series, not when some of them are elsewhere."""
    later = Activity.objects.upcoming(now).filter(series=own.series_id, starts_at__gt=own.starts_at)
    if later.exclude(pk__in=along.values("pk")).exists():
        raise ValidationError(
            _("Deze reeks loopt ook in een andere buurt. Verzet elke keer apart."), code="rule"
        )


def _move_rule(own, others, shift):
    """The days of all later ones move: the rule of the series moves along, when a rule can say so."""
    series = Series.objects.get(pk=own.series_id)
    rows = [row for row in (own, *others) if row.series_day]
    if not series.rule or not rows:
        return
    days = {row.series_day + shift for row in rows}
    rule = Rule.read(series.rule).moved(shift.days)
    last_day = max(series.last_day + shift, *days)
    if rule is None or days - set(days_of(rule.text, min(days), until=last_day)):
        raise ValidationError(
            _("Zo verschuift deze reeks niet. Kies bij de herhaling op welke dagen ze terugkomt."),
            code="rule",
        )
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(series_day=None)
    taken = set(series.activities.exclude(series_day=None).values_list("series_day", flat=True))
    for row in rows:
        moved = row.series_day + shift
        row.series_day = None if moved in taken else moved
    first = min(days)
    skipped = series.exceptions.filter(day__gte=first - shift)
    without = [one.day + shift for one in skipped]
    skipped.delete()
    SeriesException.objects.bulk_create(
        [SeriesException(series=series, day=day) for day in without], ignore_conflicts=True
    )
    series.rule, series.first_day, series.last_day = rule.text, first, last_day
    series.version += 1
    series.save()


def differences(activity, values):
    """What these values would change: field name -> new value."""
    starts_at, ends_at = moments(values["day"], values["starts"], values["ends"])
    wanted = {name: values[name] for name in PLAIN} | {"starts_at": starts_at, "ends_at": ends_at}
    return {name: value for name, value in wanted.items() if getattr(activity, name) != value}


def _apply(row, changed, values, shift, now):
    """Write the change in one activity; says how many people to tell."""
    if changed.get("state") == Activity.State.DRAFT and row.signups.filter(state__in=SignUp.OPEN).exists():
        raise ValidationError(
            _("Er staan al mensen op de lijst. Zeg de activiteit af als ze niet doorgaat."), code="on_list"
        )
    for name in PLAIN:
        if name in changed:
            setattr(row, name, changed[name])
    if row.carried_by != Activity.CarriedBy.BY:
        row.alone_since = None
    if "starts_at" in changed or "ends_at" in changed:
        row.starts_at, row.ends_at = moments(row.day + shift, values["starts"], values["ends"])
    if changed:
        row.version += 1
        row.saved_at = now
        row.save()
    move_up(row, now)
    to_tell = 0
    if TOLD_WHEN_CHANGED & changed.keys() and not row.is_over(now):
        to_tell = _to_tell_again(row, now)
    queue(row, now)
    return to_tell


def _to_tell_again(row, now):
    """Everyone on the list must hear of this change; says how many they are."""
    return row.signups.filter(state__in=SignUp.OPEN).update(changed_at=now, told_at=None)


@transaction.atomic
def call_off(activity, reason, along=None, now=None):
    """Say that it does not take place, and why; for those of `along` later in the series too. Twice is once.

    Who is on a list must be told again. Drafts go without a trace. Returns how many people there are to tell.
    """
    now = now or timezone.now()
    rows = locked_with_later(activity, along, now)
    if rows[0].is_over(now):
        raise ValidationError(_("Deze activiteit is al voorbij."))
    to_find.away([row.pk for row in rows])
    to_tell = sum(call_off_row(row, reason, now) for row in rows)
    content_changed(rows[0].neighbourhood.municipality_id)
    return to_tell


def call_off_row(row, reason, now):
    """Call one locked activity off; says how many people there are to tell. A draft without people goes."""
    if row.state == Activity.State.DRAFT and not row.signups.exists():
        row.delete()
        return 0
    if not row.is_cancelled:
        row.state, row.cancelled_because = Activity.State.CANCELLED, reason
        row.version += 1
        row.saved_at = now
        row.save(update_fields=["state", "cancelled_because", "version", "saved_at"])
        row.signups.filter(state__in=SignUp.OPEN).update(told_at=None)
        queue(row, now)
    return row.signups.to_tell().count()


@transaction.atomic
def go_on(activity, now=None):
    """Say that what was called off takes place after all. Twice is once. Returns how many people there are to tell."""
    now = now or timezone.now()
    (row,) = locked_with_later(activity, None, now)
    if not row.is_cancelled:
        return 0
    row.state, row.cancelled_because, row.on_again_at = Activity.State.PUBLISHED, "", now
    row.version += 1
    row.saved_at = now
    row.save(update_fields=["state", "cancelled_because", "on_again_at", "version", "saved_at"])
    move_up(row, now)
    to_tell = 0 if row.is_over(now) else _to_tell_again(row, now)
    queue(row, now)
    to_find.renew([row])
    content_changed(row.neighbourhood.municipality_id)
    return to_tell
