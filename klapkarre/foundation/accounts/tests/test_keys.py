"""Names and notes open only in their own row, with the organisation's own key."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import connection

from klapkarre.foundation.accounts import actions, keyring
from klapkarre.foundation.accounts.models import DataKey
from klapkarre.foundation.kit import cipher
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import make_activity

NAME = "Fientje Voorbeeld 🌻 ‏ليلى"


@pytest.fixture
def sign_up(team, buurt):
    activity = make_activity(team=team, neighbourhood=buurt)
    return SignUp.objects.create(organisation=team.organisation, activity=activity, name=NAME)


def raw(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM agenda_signup")
        return bytes(cursor.fetchone()[0])


def test_a_name_comes_back_as_it_was(sign_up):
    assert SignUp.objects.get().name == NAME


def test_the_database_holds_no_name_in_clear(sign_up):
    stored = raw(sign_up)
    assert b"Fientje" not in stored
    assert stored[0] == cipher.VERSION
    assert int.from_bytes(stored[1:9]) == DataKey.objects.get().pk


def test_the_same_name_is_sealed_differently_each_time(sign_up):
    first = raw(sign_up)
    sign_up.name = NAME
    sign_up.save()
    assert raw(sign_up) != first


def test_saving_again_without_reading_keeps_the_seal(sign_up):
    first = raw(sign_up)
    SignUp.objects.get().save()
    assert raw(sign_up) == first


def test_a_value_moved_to_another_row_does_not_open(sign_up):
    other = SignUp(organisation=sign_up.organisation, activity=sign_up.activity)
    other.__dict__["name"] = SignUp.objects.get().__dict__["name"]
    other.save()
    with pytest.raises(CannotOpen):
        _ = SignUp.objects.get(pk=other.pk).name


def test_a_row_moved_to_another_organisation_does_not_open(sign_up):
    abroad = actions.start_organisation("Andere vzw", "andere")
    SignUp.objects.update(organisation=abroad)
    with pytest.raises(CannotOpen):
        _ = SignUp.objects.get().name


def test_an_altered_byte_does_not_open(sign_up):
    stored = bytearray(raw(sign_up))
    stored[-1] ^= 1
    with pytest.raises(CannotOpen):
        cipher.unseal(
            bytes(stored),
            organisation=sign_up.organisation_id,
            table="agenda_signup",
            column="name",
            row=sign_up.pk,
        )


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x02" + b"0" * 60])
def test_what_is_not_a_sealed_value_does_not_open(value, sign_up):
    with pytest.raises(CannotOpen):
        cipher.unseal(value, organisation=sign_up.organisation_id, table="t", column="c", row=sign_up.pk)


def test_without_the_key_file_nothing_opens(sign_up):
    settings.KEY_FILE.unlink()
    keyring.forget_opened_keys()
    with pytest.raises(CannotOpen):
        _ = SignUp.objects.get().name


def test_the_key_file_is_for_its_owner_only_and_holds_one_key_per_organisation(sign_up):
    actions.start_organisation("Andere vzw", "andere")
    assert settings.KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert len(json.loads(settings.KEY_FILE.read_text())["organisations"]) == 2


def test_bulk_create_seals_too(sign_up):
    SignUp.objects.all().delete()
    SignUp.objects.bulk_create(
        [SignUp(organisation=sign_up.organisation, activity=sign_up.activity, name=NAME)]
    )
    assert b"Fientje" not in raw(sign_up)
    assert SignUp.objects.get().name == NAME


def test_update_refuses_a_name_in_clear(sign_up):
    with pytest.raises(TypeError):
        SignUp.objects.update(name="Fientje")


def test_a_name_cannot_be_looked_up(sign_up):
    with pytest.raises(FieldError):
        SignUp.objects.filter(name="Fientje").exists()


def test_a_list_that_only_counts_opens_nothing(sign_up):
    settings.KEY_FILE.unlink()
    keyring.forget_opened_keys()
    assert [row.state for row in SignUp.objects.all()] == [SignUp.State.SIGNED_UP]
