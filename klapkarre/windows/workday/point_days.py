"""The coming days on which a point differs from its weekly hours, as rows that are ready to show."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.actions import period
from klapkarre.foundation.places.models import Closure
from klapkarre.rooms.agenda.models import Activity

DAY = datetime.timedelta(days=1)
WEEKS_AHEAD = 9
# Holidays that come by themselves: so many are shown.
MOST_HOLIDAYS = 6
MOST_ACTIVITIES = 5


@dataclass
class Change:
    """One closure or extra opening; a holiday has no `kind`, because nobody can take it away."""

    first: datetime.date
    days: str
    what: str
    kind: str = ""
    pk: int = 0


@dataclass
class Clash:
    """What is planned at the point on days on which it is shut."""

    days: str
    is_one_day: bool
    activities: list = field(default_factory=list)
    more: int = 0
    openings: list = field(default_factory=list)


def days_words(first, last, today):
    """Morgen, vrijdag 30 oktober; or from a day until a day."""
    if first != last:
        return _("%(first)s tot en met %(last)s") % {"first": day(first), "last": day(last)}
    near = {0: _("vandaag"), 1: _("morgen")}.get((first - today).days)
    return f"{near}, {day(first)}" if near else day(first)


def what_words(row):
    """The words after the day: dicht: Vergadering; extra open van 14 uur tot 17 uur."""
    if isinstance(row, Closure):
        return _("dicht: %(reason)s") % {"reason": row.reason} if row.reason else _("dicht")
    hours = {"opens": clock(row.opens), "closes": clock(row.closes)}
    words = _("extra open van %(opens)s tot %(closes)s") % hours
    return f"{words} ({row.note})" if row.note else words


def was_open(place, first, last):
    """Would the point have opened on these days? As it stood when `place` was loaded."""
    return bool(opening.open_intervals(place, start_of(first), start_of(last + DAY)))


def changes(place, today):
    """The closures, extra openings and holidays to come, in order."""
    rows = [*place.closures.all(), *place.extra_openings.all()]
    found, covered = [], set()
    for row in rows:
        first, last = period(row)
        if last < today:
            continue
        kind = "closure" if isinstance(row, Closure) else "extra"
        found.append(Change(first, days_words(first, last, today), what_words(row), kind, row.pk))
        covered.add((first, last))
    holidays = [
        Change(one.day, days_words(one.day, one.day, today), _("dicht: %(reason)s") % {"reason": one.reason})
        for one in opening.exceptions(place, today, WEEKS_AHEAD * 7)
        if one.reason and not any(first <= one.day <= last for first, last in covered)
    ]
    return sorted([*found, *holidays[:MOST_HOLIDAYS]], key=lambda change: (change.first, change.what))


def clashes(place, user, now=None):
    """For each closure to come what is on the agenda there, and when the point opens all the same. One query."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    closures = [row for row in place.closures.all() if row.last_day >= today]
    if not closures:
        return []
    planned = (
        Activity.objects.upcoming(now)
        .filter(place=place, state=Activity.State.PUBLISHED)
        .filter(starts_at__gte=start_of(min(row.first_day for row in closures)))
        .filter(starts_at__lt=start_of(max(row.last_day for row in closures) + DAY))
        .order_by("starts_at", "pk")
    )
    for activity in planned:
        activity.is_own = activity.is_within(user.reach)
    found = [_clash(row, planned, place, today) for row in closures]
    return [clash for clash in found if clash.activities or clash.openings]


def _clash(row, planned, place, today):
    then = [activity for activity in planned if row.first_day <= activity.day <= row.last_day]
    return Clash(
        days=days_words(row.first_day, row.last_day, today),
        is_one_day=row.first_day == row.last_day,
        activities=then[:MOST_ACTIVITIES],
        more=len(then[MOST_ACTIVITIES:]),
        openings=[
            f"{day(one.day)}, {clock(one.opens)} {_('tot')} {clock(one.closes)}"
            for one in place.extra_openings.all()
            if max(row.first_day, today) <= one.day <= row.last_day
        ],
    )
