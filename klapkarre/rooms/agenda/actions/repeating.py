"""Another rule for a series that runs: what has people stays, empty days go, new days come, what is past is past."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.people.intake import key_for, once
from klapkarre.foundation.places.models import content_changed
from klapkarre.rooms.agenda.actions import found as to_find
from klapkarre.rooms.agenda.actions.planning import PLAIN, call_off_row, make_row, note_days, take_over
from klapkarre.rooms.agenda.models import Activity, RemovedDay, Series, SignUp
from klapkarre.rooms.agenda.repetition import days_of


class SeriesChanged(ValidationError):
    """Someone else saved another repetition in the meantime."""

    def __init__(self):
        super().__init__(
            _("Iemand anders wijzigde de herhaling intussen. Kijk het na en bewaar opnieuw."), code="changed"
        )


class Unseen(ValidationError):
    """Days with people fall outside, and the worker was not shown them yet."""

    def __init__(self):
        super().__init__(_("Kijk eerst wat er met deze dagen gebeurt."), code="unseen")


class Comparison(NamedTuple):
    """The coming activities of a series beside the days that it should have."""

    stays: dict  # day -> activity
    new: list  # days
    kept: list  # activities outside, with people
    goes: list  # activities outside, empty


class Outcome(NamedTuple):
    """What a saved repetition did, in numbers."""

    new: int
    gone: int
    kept: int
    to_tell: int


def coming(series, since, now, rows=None):
    """The activities of a series that have to do with days from `since` on, with `on_list` and `has_people`.

    `may_go` says which of them fall under another rule: what began, or stands for a day before, stays as it is.
    """
    rows = Activity.objects.all() if rows is None else rows
    rows = rows.filter(Q(starts_at__gt=now) | Q(series_day__gte=since), series=series)
    found = [
        row for row in rows.order_by("starts_at", "pk") if max(row.series_day or row.day, row.day) >= since
    ]
    # Apart from the rows: PostgreSQL does not lock what it groups.
    counts = {
        pk: (there, on_list)
        for pk, there, on_list in SignUp.objects.filter(activity__in=[row.pk for row in found])
        .order_by()
        .values_list("activity")
        .annotate(there=Count("pk"), on_list=Count("pk", filter=Q(state__in=SignUp.OPEN)))
    }
    for row in found:
        there, row.on_list = counts.get(row.pk, (0, 0))
        # Who gave the seat back still has a slip: any name keeps the day.
        row.has_people = bool(there) or row.headcount is not None
        row.may_go = row.starts_at > now and (row.series_day or row.day) >= since
    return found


def compare(rows, days):
    """Which of these activities stay on the wanted days, which days are new, what falls outside."""
    stays = {row.series_day: row for row in rows if row.series_day in days}
    for row in rows:
        # Moved to a day that is wanted now: it is that day's activity.
        if row not in stays.values() and row.day in days and row.day not in stays:
            stays[row.day] = row
    outside = [row for row in rows if row.may_go and row not in stays.values()]
    return Comparison(
        stays,
        [day for day in days if day not in stays],
        [row for row in outside if row.has_people],
        [row for row in outside if not row.has_people],
    )


def repeat(activity, since, days, repetition, *, key, version, seen=(), off=(), reason="", now=None):
    """Give the series of this activity another repetition from day `since` on: exactly these days.

    New days take over the texts, place and hours of `activity`. Days outside that have people stay: `Unseen` when the
    worker was not shown them (`seen`), called off with `reason` when she ticked them (`off`). `SeriesChanged` when
    `version` is not the current one. The same `key` with the same choice does nothing: None.
    """
    now = now or timezone.now()
    days = sorted(days)
    facts = (activity.series_id, since, days, repetition, sorted(off), reason)
    told: list[Outcome] = []
    once(
        key_for(key, *facts),
        "agenda.repeat",
        lambda: _repeat(activity, since, days, repetition, version, (set(seen), set(off), reason), now, told),
    )
    return told[0] if told else None


@transaction.atomic
def _repeat(activity, since, days, repetition, version, about_kept, now, told):
    seen, off, reason = about_kept
    series = Series.objects.select_for_update().get(pk=activity.series_id)
    if series.version != version:
        raise SeriesChanged
    locked = Activity.objects.select_for_update(of=("self",)).select_related("neighbourhood", "team", "place")
    found = compare(coming(series, since, now, locked), days)
    if any(row.pk not in seen for row in found.kept):
        raise Unseen
    towns = {row.neighbourhood.municipality_id for row in (*found.goes, *found.kept)}
    like = locked.get(pk=activity.pk)
    to_find.away([row.pk for row in (*found.goes, *found.kept) if row in found.goes or row.pk in off])
    _remove(series, found.goes)
    moved = [row.pk for day, row in found.stays.items() if row.series_day != day]
    Activity.objects.filter(pk__in=moved).update(series_day=None)
    for day, row in found.stays.items():
        if row.series_day != day:
            row.series_day = day
            row.save(update_fields=["series_day"])
    to_find.renew(_make(series, like, found.new))
    to_tell = sum(call_off_row(row, reason, now) for row in found.kept if row.pk in off)
    _keep(series, since, repetition)
    for town in sorted(towns | {like.neighbourhood.municipality_id}):
        content_changed(town)
    told.append(Outcome(len(found.new), len(found.goes), len(found.kept), to_tell))
    return series


def _remove(series, rows):
    """Empty days go; of one that residents saw stays that it went."""
    for row in rows:
        if row.state != Activity.State.DRAFT:
            RemovedDay.objects.create(pk=row.pk, series=series, day=row.day)
        row.delete()


def _make(series, like, days):
    """New days, like this activity."""
    plain = {name: getattr(like, name) for name in (*PLAIN, "alone_since")}
    if like.is_cancelled:
        plain["state"] = Activity.State.PUBLISHED
    hours = [timezone.localtime(moment).time() for moment in (like.starts_at, like.ends_at)]
    return [make_row(series.team, plain, day, hours, series) for day in days]


def _keep(series, since, repetition):
    """The new rule; the days before `since` stay as they were noted."""
    if repetition.rule == series.rule and since in days_of(series.rule, series.first_day, until=since):
        repetition = repetition._replace(first_day=series.first_day)
    take_over(series, repetition)
    series.version += 1
    series.save()
    series.exceptions.filter(day__gte=since).delete()
    series.extras.filter(day__gte=since).delete()
    note_days(series, repetition)
