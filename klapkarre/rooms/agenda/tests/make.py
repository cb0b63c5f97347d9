"""Rows for tests: only what matters to the test is named."""

import datetime

from django.utils import timezone

from klapkarre.rooms.agenda.models import Activity


def make_activity(team, neighbourhood, *, starts_in=datetime.timedelta(days=2), hours=2, **fields):
    """A published activity, by default the day after tomorrow, with a seat for everyone."""
    starts_at = fields.pop("starts_at", None) or timezone.now() + starts_in
    values = {
        "title": "Soep op het plein",
        "ends_at": starts_at + datetime.timedelta(hours=hours),
        "sign_up_kind": Activity.SignUpKind.NAME,
    } | fields
    return Activity.objects.create(
        organisation=team.organisation, team=team, neighbourhood=neighbourhood, starts_at=starts_at, **values
    )
