"""A sealed name or phone is found exactly, inside one organisation, and by nothing but the keys."""

import pytest

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.tests.rows import neighbours
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.foundation.kit.personal import declarations

pytestmark = pytest.mark.django_db(transaction=True)  # (SQLite makes no tables inside a transaction)


@pytest.fixture
def model():
    with neighbours() as model:
        yield model


@pytest.fixture
def zoe(model, organisation):
    return model.objects.create(organisation=organisation, name="Zoë Van den Broeck", phone="0470 12 34 56")


def found(model, organisation, **wanted):
    return list(model.objects.matching(organisation, **wanted))


@pytest.mark.slow
def test_a_name_is_found_in_any_case_and_without_accents(model, organisation, zoe):
    assert found(model, organisation, name="zoe van den broeck") == [zoe]
    assert found(model, organisation.pk, name=" ZOË  VAN DEN BROECK") == [zoe]
    assert found(model, organisation, phone="+32470123456") == [zoe]
    assert found(model, organisation, name="Zoë Van den Broeck", phone="0470123456") == [zoe]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Zoë", "Broeck", "Zoë Van den Broecke", "", "🌻", None])
def test_nothing_else_is_found(model, organisation, zoe, name):
    assert found(model, organisation, name=name) == []
    assert found(model, organisation, name="Zoë Van den Broeck", phone="0470 12 34 57") == []
    assert found(model, organisation) == []


@pytest.mark.slow
def test_another_organisation_finds_nothing_and_shares_no_hash(model, organisation, zoe):
    abroad = actions.start_organisation("Andere vzw", "andere")
    twin = model.objects.create(organisation=abroad, name=zoe.name, phone=zoe.phone)
    assert found(model, abroad, name=zoe.name) == [twin]
    assert bytes(twin.name_index)[4:] != bytes(zoe.name_index)[4:]


def test_equal_texts_in_two_columns_have_two_hashes(model, organisation):
    row = model.objects.create(organisation=organisation, name="0470123456", phone="0470123456")
    assert bytes(row.name_index)[4:] != bytes(row.phone_index)[4:]


def test_a_new_name_is_found_and_the_old_one_is_not(model, organisation, zoe):
    row = model.objects.get()
    row.name = "Fien"
    row.save()
    assert found(model, organisation, name="Fien") == [row]
    assert found(model, organisation, name="Zoë Van den Broeck") == []
    assert found(model, organisation, phone="0470123456") == [row]
    row.name = None
    row.save()
    assert model.objects.get().name_index is None


def test_a_row_saved_unread_stays_found(model, organisation, zoe):
    row = model.objects.get()
    row.note = "komt morgen"
    row.save(update_fields=["note"])
    model.objects.get().save()
    assert found(model, organisation, name="zoe van den broeck") == [row]


def test_bulk_create_is_found_too(model, organisation):
    model.objects.bulk_create([model(organisation=organisation, name="Fien")])
    assert found(model, organisation, name="fien") == list(model.objects.all())


@pytest.mark.slow
def test_a_name_cannot_be_saved_without_its_hash(model, organisation, zoe):
    row = model.objects.get()
    row.name = "Fien"
    with pytest.raises(TypeError, match="name_index"):
        row.save(update_fields=["name"])
    row.save(update_fields=["name", "name_index"])
    assert found(model, organisation, name="fien") == [row]


def test_the_hash_is_personal_for_the_reason_of_the_name(model):
    assert declarations(model)["name_index"] == declarations(model)["name"]


@pytest.mark.slow
def test_without_the_key_file_nobody_can_ask(model, organisation, zoe, settings):
    from klapkarre.foundation.accounts.keyring import forget_opened_keys

    settings.KEY_FILE.unlink()
    forget_opened_keys()
    with pytest.raises(CannotOpen):
        found(model, organisation, name="zoe van den broeck")
