"""No name in clear in the database, and a month after the activity nothing that opens."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from klapkarre.foundation.people import retention
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, sign_up

DAY = datetime.timedelta(days=1)
# A month is at most 31 days, the term ends with the day, and a clock change makes days longer.
LONG_AGO = 33
NAME = "Kwetsbare-Naam-Fientje"


def end(activity, days_ago):
    ended = timezone.now() - days_ago * DAY
    Activity.objects.filter(pk=activity.pk).update(starts_at=ended - DAY / 24, ends_at=ended)


@pytest.fixture
def ended(team, buurt):
    """Somebody moved up, was told, and came; now the term is over."""
    soup = make_activity(team, buurt, capacity=1)
    first = actions.sign_up(soup, NAME, key=uuid.uuid4())
    row = actions.sign_up(soup, NAME, key=uuid.uuid4(), or_wait=True)
    actions.cancel(first)
    actions.tell(row)
    end(soup, 0.01)
    actions.note_attendance(soup, {str(row.pk)}, {str(row.pk)}, 5)
    end(soup, LONG_AGO)
    return row


@pytest.mark.slow
def test_a_month_later_the_name_is_gone_and_the_count_stays(ended):
    retention.run()
    row = SignUp.objects.get(pk=ended.pk)
    assert (row.name, row.token_hash, row.code_hash) == (None, None, None)
    assert row.forgotten_at is not None
    assert (row.state, row.moved_up_at is not None, row.told_at is not None) == ("attended", True, True)
    assert Activity.objects.get().headcount == 5


def test_before_the_term_the_name_stays(ended):
    end(ended.activity, 27)
    retention.run()
    assert SignUp.objects.get(pk=ended.pk).name == NAME


@pytest.mark.slow
def test_afterwards_nothing_opens(client, ended):
    retention.run()
    assert slips.by_token(slips.token_of(ended)) is None
    assert client.get(f"/activiteiten/briefje/{slips.token_of(ended)}/").status_code == 404
    answer = client.post("/activiteiten/briefje/", {"code": slips.code_of(ended)})
    assert "We vinden geen briefje" in answer.text


@pytest.mark.slow
def test_a_forgotten_row_does_not_break_the_worker_pages(client, worker, ended):
    retention.run()
    client.force_login(worker)
    for path in ("lijst/", "lijst/afdrukken/", "aanwezig/"):
        page = client.get(f"/werk/activiteiten/{ended.activity_id}/{path}")
        assert page.status_code == 200
        assert "None" not in page.text


def raw_bytes():
    """Everything that is stored: the database file and its log, or on PostgreSQL every value of the table."""
    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        found = b""
        for tail in ("", "-wal"):
            try:
                with open(f"{path}{tail}", "rb") as file:
                    found += file.read()
            except FileNotFoundError:
                continue
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text, s.name FROM agenda_signup s")
        return b"".join(text.encode() + bytes(name or b"") for text, name in cursor.fetchall())


def checkpoint():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.canary
@pytest.mark.django_db(transaction=True)
def test_the_raw_database_holds_no_name_no_link_and_no_code(client, team, buurt):
    soup = make_activity(team, buurt, title="Zichtbare-Titel")
    sign_up(client, soup, NAME)
    row = SignUp.objects.get()
    secrets = [NAME.encode(), slips.token_of(row).encode(), slips.code_of(row).encode()]
    for _ in range(2):
        stored = raw_bytes()
        assert [secret for secret in secrets if secret in stored] == []
        checkpoint()
    if connection.vendor == "sqlite":
        assert b"Zichtbare-Titel" in raw_bytes()  # the check can fail


@pytest.mark.canary
@pytest.mark.django_db(transaction=True)
def test_after_the_term_the_sealed_bytes_are_gone_too(client, team, buurt):
    soup = make_activity(team, buurt)
    sign_up(client, soup, NAME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, token_hash, code_hash FROM agenda_signup")
        name, *hashes = cursor.fetchone()
    sealed = [bytes(name), *(text.encode() for text in hashes)]
    assert b"".join(sealed)
    checkpoint()
    if connection.vendor == "sqlite":
        assert all(value in raw_bytes() for value in sealed)
    end(soup, LONG_AGO)
    retention.run()
    checkpoint()
    assert [value for value in sealed if value in raw_bytes()] == []
