"""Afterwards: who carries it from now on, what the team learned, and when it comes back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.rooms.agenda.actions.planning import Changed, locked_with_later
from klapkarre.rooms.agenda.models import Activity

ASKED = ("carried_by", "learned", "back_on")
By = Activity.CarriedBy


@transaction.atomic
def note_after(activity, values, version):
    """Save the answers. Raises `Changed` when `version` is not the current one; the same form twice is once."""
    (row,) = locked_with_later(activity, None, None)
    changed = {name: values[name] for name in ASKED if getattr(row, name) != values[name]}
    if not changed:
        return row
    if row.version != version:
        raise Changed(row)
    for name, value in changed.items():
        setattr(row, name, value)
    if row.carried_by != By.BY:
        row.alone_since = None
    row.version += 1
    row.save(update_fields=[*changed, "alone_since", "version"])
    return row


@transaction.atomic
def let_go(activity, along=None, now=None):
    """The neighbours took it over: this activity, and those of `along` (a queryset) that are later in its series.

    Twice is once. Returns how many there are. ValidationError for what was called off.
    """
    now = now or timezone.now()
    rows = [row for row in locked_with_later(activity, along, now) if not row.lives_alone]
    if any(row.is_cancelled for row in rows):
        raise ValidationError(_("Deze activiteit gaat niet door."))
    for row in rows:
        row.carried_by, row.alone_since = By.BY, timezone.localdate(now)
        row.version += 1
        row.save(update_fields=["carried_by", "alone_since", "version"])
    return len(rows)


@transaction.atomic
def take_back(activity, along=None, now=None):
    """After all it does not live alone: carried with residents again. Returns how many there are."""
    now = now or timezone.now()
    rows = [row for row in locked_with_later(activity, along, now) if row.lives_alone]
    for row in rows:
        row.carried_by, row.alone_since = By.WITH, None
        row.version += 1
        row.save(update_fields=["carried_by", "alone_since", "version"])
    return len(rows)
