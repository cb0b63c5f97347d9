"""What retention erased stands in the ledger without a name, and goes again from a restored database."""

import datetime
import json
import uuid

import pytest
from django.conf import settings
from django.utils import timezone

from klapkarre.foundation.people import ledger, retention
from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity

DAY = datetime.timedelta(days=1)


@pytest.fixture
def old(team, buurt):
    activity = make_activity(team, buurt, starts_at=timezone.now() - 40 * DAY)
    return SignUp.objects.create(
        organisation=team.organisation, activity=activity, name="Fientje Voorbeeld", token_hash="t"
    )


def lines():
    return [json.loads(line) for line in ledger.path().read_text().splitlines()]


def test_retention_notes_ids_and_no_names(old):
    retention.run()
    assert [(line["model"], line["how"], line["ids"]) for line in lines()] == [
        ("agenda.signup", "forgotten", [str(old.pk)])
    ]
    assert "Fientje" not in ledger.path().read_text()
    assert ledger.path().stat().st_mode & 0o777 == 0o600
    assert ledger.path() == settings.KEY_FILE.with_name("klapkarre.keys.erased")


def test_a_dry_run_notes_nothing(old):
    retention.run(dry_run=True)
    assert not ledger.path().exists()


def test_a_restored_row_is_forgotten_again(old):
    made = timezone.now()
    retention.run()
    before = SignUp.objects.get()
    SignUp.objects.all().delete()
    SignUp(pk=old.pk, organisation=old.organisation, activity=old.activity, name="Fientje Voorbeeld").save()
    assert ledger.replay(made) == (1, 0)
    assert SignUp.objects.get().name is None
    assert before.name is None


def test_a_deleted_row_goes_again(db):
    made = timezone.now()
    ledger.note([Receipt.objects.create(uuid=uuid.uuid4(), kind="x")])
    assert ledger.replay(made) == (1, 0)
    assert not Receipt.objects.exists()
    assert ledger.replay(made) == (0, 0)


def test_what_others_point_to_goes_after_them_or_is_told(team, buurt):
    made = timezone.now()
    make_activity(team, buurt)
    ledger.note([team])
    assert ledger.replay(made) == (0, 1)
    ledger.note(Activity.objects.all())
    assert ledger.replay(made) == (2, 0)


def test_only_what_was_noted_since_the_backup_goes(old):
    ledger.note([old], now=timezone.now() - DAY)
    assert ledger.replay(timezone.now()) == (0, 0)
    assert SignUp.objects.exists()


def test_a_line_that_a_crash_cut_off_is_skipped(old):
    ledger.note([old])
    with ledger.path().open("a") as file:
        file.write('{"at": "2026-')
    assert ledger.replay(timezone.now() - DAY) == (1, 0)
