"""New keys while people write: nothing is lost, nothing keeps the old key, an interrupted run goes on."""

import random
import threading
import time
import uuid

import pytest
from django.conf import settings
from django.db import connections

from klapkarre.foundation.accounts import actions, keyring, rotation
from klapkarre.foundation.accounts.keyfile import KeyFile
from klapkarre.foundation.accounts.models import DataKey, IndexKey, Organisation
from klapkarre.foundation.accounts.tests.rows import neighbours
from klapkarre.foundation.kit import cipher
from klapkarre.foundation.kit.blind import BlindIndexField
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.foundation.kit.fields import EncryptedTextField

pytestmark = [pytest.mark.durability, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def model():
    with neighbours() as model:
        yield model


def fill(model, organisation, count):
    return [
        model.objects.create(organisation=organisation, name=f"Buur {number}", note=f"Nota {number} 🌻")
        for number in range(count)
    ]


def key_ids(model):
    return {
        cipher.key_id(value)
        for row in model.objects.all()
        for value in (row.__dict__["name"], row.__dict__["note"])
    }


def ids():
    return DataKey.objects.get().pk, IndexKey.objects.get().pk


def test_every_row_has_the_new_key_and_the_old_one_is_gone(model, organisation):
    rows = fill(model, organisation, 5)
    before = ids()
    done = rotation.rotate(organisation)
    after = ids()
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert key_ids(model) == {after[0]}
    assert (done.sealed, done.stuck, done.went_on) == (15, 0, False)  # names, notes, hashes
    keyring.forget_opened_keys()
    assert [(row.name, row.note) for row in rows] == [
        (row.name, row.note) for row in sorted(model.objects.all(), key=lambda row: int(row.name.split()[1]))
    ]
    assert model.objects.matching(organisation, name="buur 3").get() == rows[3]


@pytest.mark.slow
def test_another_organisation_keeps_its_keys(model, organisation):
    abroad = actions.start_organisation("Andere vzw", "andere")
    theirs = DataKey.objects.get(organisation=abroad).pk
    row = fill(model, abroad, 1)[0]
    fill(model, organisation, 1)
    rotation.rotate(organisation)
    assert DataKey.objects.get(organisation=abroad).pk == theirs
    assert model.objects.get(pk=row.pk).name == "Buur 0"


@pytest.mark.slow
def test_a_row_loaded_before_is_still_read_and_never_written_back_with_the_old_key(model, organisation):
    fill(model, organisation, 2)
    read, written = model.objects.order_by("pk")
    rotation.rotate(organisation)
    keyring.forget_opened_keys()
    written.save()
    assert read.name.startswith("Buur ")
    assert model.objects.get(pk=written.pk).name.startswith("Buur ")
    assert key_ids(model) == {DataKey.objects.get().pk}


@pytest.mark.slow
def test_an_interrupted_rotation_goes_on(model, organisation, monkeypatch):
    fill(model, organisation, 6)
    monkeypatch.setattr(rotation, "BATCH", 2)

    class Killed(BaseException):
        pass

    def stop(count):
        if count >= 4:
            raise Killed

    with pytest.raises(Killed):
        rotation.rotate(organisation, progress=stop, pause=0)
    assert rotation.is_unfinished(organisation)
    assert len(key_ids(model)) == 2
    keyring.forget_opened_keys()
    assert all(row.name and row.note for row in model.objects.all())
    assert model.objects.matching(organisation, name="buur 3").exists()
    done = rotation.rotate(organisation, pause=0)
    assert done.went_on
    assert not rotation.is_unfinished(organisation)
    assert key_ids(model) == {DataKey.objects.get().pk}
    assert sorted(row.name for row in model.objects.all()) == [f"Buur {number}" for number in range(6)]


@pytest.mark.slow
def test_between_two_index_keys_names_are_found_by_both(model, organisation):
    rows = fill(model, organisation, 2)
    rotation._begin(IndexKey, organisation)
    late = model.objects.create(organisation=organisation, name="Buur 0")
    assert set(model.objects.matching(organisation, name="Buur 0")) == {rows[0], late}
    rotation.rotate(organisation)
    assert set(model.objects.matching(organisation, name="Buur 0")) == {rows[0], late}


@pytest.mark.slow
def test_a_value_that_does_not_open_keeps_its_key(model, organisation):
    rows = fill(model, organisation, 3)
    model.objects.filter(pk=rows[1].pk).update(name=model.objects.get(pk=rows[0].pk).__dict__["name"])
    done = rotation.rotate(organisation)
    assert done.stuck == 2  # the name and its hash
    assert DataKey.objects.count() == 2
    assert model.objects.get(pk=rows[1].pk).note == "Nota 1 🌻"


@pytest.mark.slow
def test_a_row_loaded_before_and_saved_after_is_still_found(model, organisation):
    [row] = fill(model, organisation, 1)
    unread = model.objects.get(pk=row.pk)
    rotation.rotate(organisation)
    unread.save()
    assert model.objects.matching(organisation, name="Buur 0").get() == row


def test_a_second_rotation_at_the_same_time_is_refused(organisation):
    with rotation.only_one(), pytest.raises(rotation.Busy):
        rotation.rotate(organisation)


def writer(model, organisation, stop, written, errors):
    """Creates rows, changes rows, and saves rows that it loaded a while ago; keeps what the database accepted."""
    own, mine, kept = random.Random(threading.get_ident()), [], None
    try:
        while not stop.is_set():
            text = f"Buur {uuid.uuid4()}"
            if len(mine) < 20:
                row = model.objects.create(organisation=organisation, name=text, note=text)
                mine.append(row.pk)
            else:
                row = model.objects.get(pk=own.choice(mine))
                row.name = row.note = text
                row.save()
            written[row.pk] = text
            if kept is not None and kept.pk != row.pk:
                kept.save()
            kept = model.objects.get(pk=row.pk)
            time.sleep(own.random() * 0.01)
    except Exception as error:
        errors.append(error)
    finally:
        connections.close_all()


@pytest.mark.slow
def test_who_writes_during_rotations_loses_nothing(model, organisation, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 10)
    written, errors, stop = {}, [], threading.Event()
    arguments = (model, organisation, stop, written, errors)
    threads = [threading.Thread(target=writer, args=arguments) for _ in range(6)]
    for thread in threads:
        thread.start()
    rounds = 0
    while not errors and (rounds < 4 or len(written) <= 20):
        rotation.rotate(organisation, pause=0.002)
        keyring.forget_opened_keys()
        rounds += 1
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    keyring.forget_opened_keys()
    found = {row.pk: (row.name, row.note) for row in model.objects.all()}
    assert found == {pk: (text, text) for pk, text in written.items()}
    pk, text = next(iter(written.items()))
    assert model.objects.matching(organisation, name=text).get().pk == pk


@pytest.mark.slow
def test_the_key_file_gets_a_new_key_and_the_old_one_is_gone(model, organisation):
    fill(model, organisation, 2)
    before, old_file = KeyFile(settings.KEY_FILE).keys(organisation.pk), settings.KEY_FILE.read_text()
    rotation.renew_key_encryption(organisation)
    after = KeyFile(settings.KEY_FILE).keys(organisation.pk)
    assert len(after) == 1
    assert after != before
    assert all(row.name for row in model.objects.all())
    settings.KEY_FILE.write_text(old_file)
    keyring.forget_opened_keys()
    with pytest.raises(CannotOpen):
        _ = model.objects.first().name


@pytest.mark.slow
def test_renewing_the_key_file_goes_on_after_an_interruption(model, organisation):
    fill(model, organisation, 2)
    file = KeyFile(settings.KEY_FILE)
    half = file.add(organisation.pk)
    keyring.forget_opened_keys()
    assert all(row.name for row in model.objects.all())
    rotation.renew_key_encryption(organisation)
    assert file.keys(organisation.pk) == [half]
    assert all(row.name for row in model.objects.all())


def test_rotation_reaches_every_sealed_field():
    """It finds rows by their organisation: a model with sealed texts has that field."""
    found = [*rotation._fields(EncryptedTextField), *rotation._fields(BlindIndexField)]
    assert len(found) >= 2
    assert [
        field for field in found if field.model._meta.get_field("organisation").related_model != Organisation
    ] == []
