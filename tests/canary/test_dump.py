"""A dump of the database holds no name and no note in clear, and nothing at all once the term is over."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from klapkarre.foundation.people import retention
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, sign_up
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import typed

pytestmark = pytest.mark.canary

NAME = "Kanarie-Naam-Fientje"
NOTE = "Kanarie-Nota-dakgoot"


def dump():
    """Every stored value of every table, as bytes."""
    found = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    found += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    found += b"\n"
    return bytes(found)


@pytest.fixture
def filled(client, worker, team, buurt):
    """A name and a note that came in through the pages, as a resident and a worker send them."""
    activity = make_activity(team, buurt, capacity=1)
    sign_up(client, activity, name=NAME)
    client.force_login(worker)
    client.post("/werk/contacten/nieuw/", typed(buurt, note=NOTE))


def test_names_and_notes_are_stored_but_not_in_clear(filled):
    assert SignUp.objects.get().name == NAME
    assert ContactMoment.objects.get().note == NOTE
    assert b"Kanarie" not in dump()


def test_the_dump_would_show_a_clear_name(filled):
    """The check itself can fail: a name in an ordinary column is found."""
    Activity.objects.update(title=NAME)
    assert NAME.encode() in dump()


def test_after_the_term_no_sealed_value_is_left(filled):
    longer_than_any_term = timezone.now() + datetime.timedelta(days=6 * 366)
    retention.run(now=longer_than_any_term)
    sealed = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if getattr(field, "personal", None)
        and model._default_manager.filter(**{f"{field.name}__isnull": False}).exists()
    ]
    assert sealed == []
    assert SignUp.objects.count() == ContactMoment.objects.count() == 1
