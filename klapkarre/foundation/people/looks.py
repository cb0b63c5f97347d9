"""Who looked at a person, from the log of readings."""

import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.accounts.readers import readings_of
from klapkarre.foundation.people.models import Person

# The page shows so many days back; the log itself keeps longer, and an export shows all of it.
DAYS = 90
WHO_IT_IS = _("wie je bent")


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
    """Who read these rows, from the whole log, newest first: one line for each reader, day and reason."""
    lines: dict[tuple, dict] = {}
    for look in readings_of(rows):
        day = timezone.localdate(look.at)
        line = lines.setdefault(
            (day, look.who, str(look.why)), {"day": day, "who": look.who, "why": str(look.why), "what": set()}
        )
        line["what"].add(WHO_IT_IS if look.kind == Person._meta.label_lower else look.what)
    return [line | {"what": sorted(str(one) for one in line["what"])} for line in lines.values()]
