"""The activities themselves: plan one or a series, change it, call it off."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.people.intake import key_for, once
from klapkarre.foundation.places.models import content_changed
from klapkarre.rooms.agenda.actions.seats import move_up
from klapkarre.rooms.agenda.models import Activity, Series, SeriesException, SignUp

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
    "sign_up_kind",
    "capacity",
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


def add(team, values, days, *, key, skipped=None):
    """Plan an activity on each of these days; with `skipped` (a list, maybe empty) they are one series.

    The same `key` with the same plan gives the same activity again. Returns the first one.
    """
    content = sorted((name, str(value)) for name, value in values.items() if name != "key")
    answer, first = once(
        key_for(key, team.pk, content, sorted(days)),
        "agenda.add",
        lambda: _plan(team, values, sorted(days), skipped),
    )
    return first or Activity.objects.get(pk=answer)


def _plan(team, values, days, skipped):
    series = None
    if skipped is not None:
        series = Series.objects.create(team=team, first_day=days[0], last_day=days[-1])
        SeriesException.objects.bulk_create(SeriesException(series=series, day=day) for day in skipped)
    plain = {name: values[name] for name in PLAIN}
    rows = []
    for day in days:
        starts_at, ends_at = moments(day, values["starts"], values["ends"])
        row = Activity(
            organisation_id=team.organisation_id,
            team=team,
            series=series,
            starts_at=starts_at,
            ends_at=ends_at,
            **plain,
        )
        row.save(force_insert=True)
        rows.append(row)
    content_changed(values["neighbourhood"].municipality_id)
    return rows[0]


def _locked_with_later(activity, later, now):
    """The activity and, when asked, the later ones of its series; always locked in order of time."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("neighbourhood")
    if not (later and activity.series_id):
        return [rows.get(pk=activity.pk)]
    found = rows.filter(series=activity.series_id, starts_at__gte=activity.starts_at).order_by(
        "starts_at", "pk"
    )
    own, others = None, []
    for row in found:
        if row.pk == activity.pk:
            own = row
        elif not row.is_cancelled and not row.is_over(now):
            others.append(row)
    # Moved to an earlier hour by a colleague just now: then it stands alone in front.
    return [own or rows.get(pk=activity.pk), *others]


@transaction.atomic
def change(activity, values, version, later=False, now=None):
    """Save a changed activity, and with `later` the same change in the later ones of its series.

    Nobody loses a seat; who waits moves up when there is more room. Who is on a list must be told of another day,
    hour or place; returns how many they are. Raises `Changed` when `version` is not the current one any more.
    """
    now = now or timezone.now()
    own, *others = _locked_with_later(activity, later, now)
    if own.version != version:
        if not differences(own, values):
            return 0  # the same form sent twice
        raise Changed(own)
    if own.is_cancelled:
        raise ValidationError(_("Deze activiteit gaat niet door. Je kan ze niet meer wijzigen."))
    towns = {own.neighbourhood.municipality_id, values["neighbourhood"].municipality_id}
    changed = differences(own, values)
    shift = values["day"] - own.day
    to_tell = 0
    for row in (own, *others):
        to_tell += _apply(row, changed, values, shift, now)
    if changed:
        for town in sorted(towns):
            content_changed(town)
    return to_tell


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
    if "starts_at" in changed or "ends_at" in changed:
        row.starts_at, row.ends_at = moments(row.day + shift, values["starts"], values["ends"])
    if changed:
        row.version += 1
        row.save()
    move_up(row, now)
    if TOLD_WHEN_CHANGED & changed.keys() and not row.is_over(now):
        return row.signups.filter(state__in=SignUp.OPEN).update(changed_at=now, told_at=None)
    return 0


@transaction.atomic
def call_off(activity, reason, later=False, now=None):
    """Say that it does not take place, and why; with `later` the later ones of the series too. Twice is once.

    Who is on a list must be told again. Drafts go without a trace. Returns how many people there are to tell.
    """
    now = now or timezone.now()
    rows = _locked_with_later(activity, later, now)
    if rows[0].is_over(now):
        raise ValidationError(_("Deze activiteit is al voorbij."))
    to_tell = 0
    for row in rows:
        if row.state == Activity.State.DRAFT and not row.signups.exists():
            row.delete()
        elif not row.is_cancelled:
            row.state, row.cancelled_because = Activity.State.CANCELLED, reason
            row.version += 1
            row.save(update_fields=["state", "cancelled_because", "version"])
            row.signups.filter(state__in=SignUp.OPEN).update(told_at=None)
        if row.pk:
            to_tell += row.signups.to_tell().count()
    content_changed(rows[0].neighbourhood.municipality_id)
    return to_tell
