"""Note that someone is about to read: at the end of the organisation's chain, before the answer."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading, ReadingLog
from klapkarre.foundation.accounts.models.readings import log_keys

# The fields that say to what a row without a team of its own belongs.
HANGS_ON = ("activity", "person", "request")


def note_reading(request, rows, reason=""):
    """Log that this user is about to see these personal rows. Call it before anything of them is rendered.

    A short transaction of its own: the log stands even when the page fails afterwards. `reason` is a phrase of the
    program, never typed text. What a coordinator reads of a team that was opened with a reason, carries that opening.
    """
    opened = {opening.team_id: opening.pk for opening in request.user.openings}
    groups: dict[tuple, list[str]] = {}
    for row in rows:
        place = (row.organisation_id, row._meta.label_lower, (opened and opened.get(_team_of(row))) or None)
        groups.setdefault(place, []).append(str(row.pk))
    for (organisation, kind, opening), ids in groups.items():
        append(organisation, request, kind, ids, reason=reason, opening_id=opening)


def note_look(request, organisation, kind, shown, reason=""):
    """Log a look at something that is not a set of rows: pages of the log itself, a summary."""
    append(organisation, request, kind, shown, reason=reason)


def _team_of(row):
    """The team that a row belongs to, its own or that of what it hangs on; None when it has none."""
    if hasattr(row, "team_id"):
        return row.team_id
    return next((_team_of(on) for name in HANGS_ON if (on := getattr(row, name, None))), None)


def append(organisation, request, kind, ids, now=None, **why):
    """One reading more. The row of the log is held meanwhile, so that writers stand in line and no chain forks."""
    reading = Reading(
        organisation_id=organisation,
        user_id=request.user.pk,
        route=request.resolver_match.view_name,
        kind=kind,
        rows=ids,
        size=len(ids),
        **why,
    )
    with transaction.atomic():
        log = _held(organisation)
        reading.number, reading.previous, reading.at = log.count + 1, log.tip, now or timezone.now()
        reading.hash = reading.sign(log_keys()[0])
        reading.save(force_insert=True)
        ReadingLog.objects.filter(pk=organisation).update(count=reading.number, tip=reading.hash)
    return reading


def _held(organisation):
    """The log of this organisation, locked; made at its first reading."""
    logs = ReadingLog.objects.select_for_update()
    try:
        return logs.get(pk=organisation)
    except ReadingLog.DoesNotExist:
        try:
            with transaction.atomic():
                ReadingLog.objects.create(pk=organisation)
        except IntegrityError:  # another writer was first
            pass
        return logs.get(pk=organisation)
