"""Rows for tests: only what matters to the test is named."""

import datetime
import re
import uuid

from django.utils import timezone

from klapkarre.foundation.kit.forms import DayField
from klapkarre.rooms.agenda import actions
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


def listed(page):
    """The public list as `[(day, [(pk, title), ...]), ...]`."""
    return [
        (
            datetime.date.fromisoformat(section[:10]),
            [
                (int(pk), title)
                for pk, title in re.findall(r'<h3><a href="/activiteiten/(\d+)/">(.+?)</a>', section)
            ],
        )
        for section in page.text.split('aria-labelledby="dag-')[1:]
    ]


def sign_up(client, activity, name="Nour", key=None, way="", **more):
    """Post the form with one field, as a browser does; `way` is what stands before the address in a language."""
    data = {"name": name, "key": key or uuid.uuid4(), "website": ""} | more
    return client.post(f"{way}/activiteiten/{activity.pk}/aanmelden/", data)


def fill(activity, count):
    """People on the list, through the action that everyone uses."""
    return [
        actions.sign_up(activity, f"Buur {number}", key=uuid.uuid4(), or_wait=True) for number in range(count)
    ]


def states(activity):
    """The list in its order: who has which state."""
    return list(activity.signups.order_by("created_at").values_list("state", flat=True))


def form_of(response, name="form"):
    """What a browser would post back from this page: every field of the form with its value."""
    form = response.context[name]
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field, "prepare_value"):
            value = bound.field.prepare_value(value)
        if isinstance(bound.field, DayField):
            data |= _typed_day(bound.html_name, value)
        elif value not in (None, False):
            data[bound.html_name] = getattr(value, "pk", value)
    return data


def _typed_day(name, value):
    if isinstance(value, datetime.date):
        return day_fields(name, value)
    tails = ("", "_day", "_month", "_year")
    return {f"{name}{tail}": part for tail, part in zip(tails, value or (), strict=False)}


def day_fields(name, day):
    """A day as the three boxes send it."""
    return {name: "other", f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
