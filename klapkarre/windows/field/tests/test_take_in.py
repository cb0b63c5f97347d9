"""A note from the street comes in once, and the phone learns nothing but what became of it."""

import uuid

import pytest

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.people.models import Quarantined, Receipt
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.windows.field.tests.make import make_phone, note, send, statuses, talk

pytestmark = [pytest.mark.django_db, pytest.mark.offline]


@pytest.fixture
def phone(worker, team):
    return make_phone(worker, team)


def test_a_contact_is_stored_once(phone, worker, team, buurt):
    facts = talk(
        buurt, people=3, themes=["wonen"], bridge="vertaalapp", known="bekend", note="Dak lekt", signal=True
    )
    one = note(phone, facts)
    assert statuses(send(phone, one)) == ["stored"]
    assert statuses(send(phone, one)) == ["stored"]
    assert statuses(send(phone, one, one)) == ["stored", "stored"]
    row = ContactMoment.objects.get()
    made = (
        row.by,
        row.team,
        row.neighbourhood,
        row.people,
        row.language_bridge,
        row.known,
        row.note,
        row.is_signal,
    )
    assert made == (worker, team, buurt, 3, "vertaalapp", "bekend", "Dak lekt", True)
    assert [theme.theme for theme in row.themes.all()] == ["wonen"]
    assert not Quarantined.objects.exists()


def test_what_does_not_fit_is_kept_aside_and_never_refused(phone, worker, team, buurt):
    there = note(phone, talk(buurt, people=0, note="Toch bewaard"))
    assert statuses(send(phone, there)) == ["kept"]
    assert statuses(send(phone, there)) == ["kept"]
    row = Quarantined.objects.get()
    assert (row.by, row.team, row.reason, row.kind) == (worker, team, "values", "contact")
    assert "Toch bewaard" in row.content
    assert not ContactMoment.objects.exists()


def test_without_the_token_nothing_comes_in_and_with_it_nothing_goes_out(phone, buurt):
    secret = note(phone, talk(buurt, note="Kanarie"))
    assert send(phone, secret, token="x" * 43).status_code == 401
    assert not Receipt.objects.exists()
    answer = send(phone, secret)
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert answer.json().keys() == {"v", "now", "answers", "live", "key"}
    assert answer.json()["answers"] == [{"uuid": secret["uuid"], "status": "stored"}]
    # Another phone of another user sends the same name for a note of its own: it learns nothing of this one.
    assert uuid.UUID(secret["uuid"]) not in Receipt.objects.values_list("uuid", flat=True)


@pytest.mark.slow
def test_a_withdrawn_phone_fills_no_disk(phone, buurt, monkeypatch):
    monkeypatch.setattr("klapkarre.windows.field.views.MOST_AFTERWARDS", 1)
    assert phones.withdraw(phone.row)
    assert statuses(send(phone, note(phone, talk(buurt)))) == ["kept"]
    refused = send(phone, note(phone, talk(buurt)))
    assert (refused.status_code, Quarantined.objects.count()) == (429, 1)
