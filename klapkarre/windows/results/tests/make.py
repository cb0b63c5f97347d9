"""Rows for the tests of the results: only what matters to the count is named."""

import datetime

from django.utils import timezone

from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme


def moment(day, hour=10, minute=0):
    """`moment("2026-03-05")` is ten o'clock on that day in Flanders."""
    return timezone.make_aware(
        datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour, minute))
    )


def met(team, buurt, when, themes="", **fields):
    """A contact with the themes that are named, parted by spaces."""
    row = ContactMoment.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        when=when,
        **{"setting": ContactMoment.Setting.STREET} | fields,
    )
    ContactTheme.objects.bulk_create(ContactTheme(contact=row, theme=theme) for theme in themes.split())
    return row


def came(team, point, when, reason, **fields):
    """One tap at the counter."""
    return Visit.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=fields.pop("neighbourhood", None) or point.neighbourhood,
        place=point,
        at=when,
        reason=reason,
        **fields,
    )


def held(team, buurt, when, headcount, hours=2, **fields):
    """An activity that is over."""
    return Activity.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        title="Soep op het plein",
        starts_at=when,
        ends_at=when + datetime.timedelta(hours=hours),
        headcount=headcount,
        **fields,
    )
