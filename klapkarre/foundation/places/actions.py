"""Verbs about the days on which a place differs from its weekly hours: close, open once more, take it back."""

import datetime

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.places.models import Closure, ExtraOpening, Place, content_changed

DAY = datetime.timedelta(days=1)


class AlreadyThere(Exception):
    """Nothing to store: `row` says the same for all of these days or hours."""

    def __init__(self, row):
        super().__init__(str(row))
        self.row = row


def _locked(pk):
    """The place with its lock, so that two colleagues at once do not store the same thing twice."""
    return Place.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=pk)


@transaction.atomic
def close(place, first_day, last_day, reason):
    """Shut a place on these days, both included; `reason` is what residents read. `AlreadyThere` when it is."""
    place = _locked(place.pk)
    there = place.closures.filter(first_day__lte=first_day, last_day__gte=last_day).first()
    if there:
        raise AlreadyThere(there)
    row = Closure.objects.create(place=place, first_day=first_day, last_day=last_day, reason=reason)
    content_changed(place.neighbourhood.municipality_id)
    return row


@transaction.atomic
def open_extra(place, day, opens, closes, note=""):
    """Open a place once more, also on a day on which it is shut. `AlreadyThere` when it is."""
    place = _locked(place.pk)
    there = place.extra_openings.filter(day=day, opens__lte=opens, closes__gte=closes).first()
    if there:
        raise AlreadyThere(there)
    row = ExtraOpening.objects.create(place=place, day=day, opens=opens, closes=closes, note=note)
    content_changed(place.neighbourhood.municipality_id)
    return row


@transaction.atomic
def withdraw(row, today=None):
    """Take back what is still to come of a closure or an extra opening; the days before today stay as they were.

    Says whether there was anything to take back: twice is once.
    """
    today = today or timezone.localdate()
    place = _locked(row.place_id)
    row = type(row).objects.filter(pk=row.pk).first()
    first, last = period(row) if row else (today, today - DAY)
    if last < today:
        return False
    if first < today:
        row.last_day = today - DAY
        row.save(update_fields=["last_day"])
    else:
        row.delete()
    content_changed(place.neighbourhood.municipality_id)
    return True


def period(row):
    """The first and the last day of a closure or an extra opening."""
    return (row.day, row.day) if isinstance(row, ExtraOpening) else (row.first_day, row.last_day)
