"""Who looked at a person, from the log of readings."""

import datetime
from itertools import groupby

from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.accounts.readers import readings_of

# The page shows so many days back; the log itself keeps longer, and an export shows all of it.
DAYS = 90


def who_looked(person, now=None, most=20):
    """Who opened this person, newest first: one line for each user and day."""
    since = (now or timezone.now()) - datetime.timedelta(days=DAYS)
    rows = (
        Reading.objects.filter(organisation=person.organisation_id, at__gte=since)
        .naming(person._meta.label_lower, [person.pk])
        .select_related("user")
        .order_by("-at")
    )
    lines = [(timezone.localdate(row.at), str(row.user)) for row in rows[:500]]
    return [
        {"day": day, "user": user, "times": times}
        for day, of_day in groupby(lines, key=lambda line: line[0])
        for user, times in _counted(of_day)
    ][:most]


def _counted(lines):
    counts: dict[str, int] = {}
    for _day, user in lines:
        counts[user] = counts.get(user, 0) + 1
    return counts.items()


def all_looks(rows):
    """Every reading of these rows that the log holds, newest first, as plain values for an export."""
    return [
        {"at": look.at, "who": look.who, "what": look.what, "where": look.where, "why": str(look.why)}
        for look in readings_of(rows)
    ]
