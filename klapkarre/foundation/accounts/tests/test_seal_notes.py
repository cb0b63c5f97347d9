"""What a phone seals opens here, in its own place only, and with the keys of its organisation only."""

import datetime
import json
import uuid
from pathlib import Path

import pytest
from django.utils import timezone

import klapkarre.windows.field
from klapkarre.foundation.accounts import keyring, rotation, sealing
from klapkarre.foundation.accounts.keyfile import Shredded
from klapkarre.foundation.accounts.models import SealingKey
from klapkarre.foundation.accounts.sealing import NotOurs
from klapkarre.foundation.kit.cipher import KeyGone, key_ring
from klapkarre.foundation.people import retention

pytestmark = pytest.mark.django_db
VECTOR = Path(klapkarre.windows.field.__file__).parent / "tests" / "sealed_note.json"


@pytest.fixture
def seal(organisation):
    """Seals a text as a phone of this organisation does: gives the note and its name."""

    def seal(text="Dak lekt"):
        key_id, public = key_ring().sealing_current(organisation.pk)
        name = str(uuid.uuid4())
        place = {"public": public, "key_id": key_id, "organisation": organisation.pk, "note": name}
        return sealing.seal_note(text, **place), name

    return seal


def test_the_note_of_the_vector_opens():
    """The same file is opened and made by the app's own JavaScript."""
    facts = json.loads(VECTOR.read_text())
    sealed = facts["sealed"]
    parts = [sealing.to_bytes(text) for text in (facts["private"], sealed["epk"], sealed["iv"], sealed["ct"])]
    place = {"key_id": sealed["key"], "organisation": facts["organisation"], "note": facts["uuid"]}
    assert sealing.open_with(*parts, **place).decode() == facts["text"]


@pytest.mark.slow
def test_after_a_rotation_the_notes_on_phones_still_open_for_half_a_year(seal, organisation):
    sealed, name = seal()
    old = SealingKey.objects.get()
    rotation.rotate(organisation)
    rotation.renew_key_encryption(organisation)
    keyring.forget_opened_keys()
    assert key_ring().sealing_current(organisation.pk)[0] != old.pk
    assert sealing.open_note(sealed, organisation=organisation.pk, note=name) == b"Dak lekt"
    now = timezone.now()
    assert retention.run(now + datetime.timedelta(days=179))["verzegelsleutels"] == 0
    assert retention.run(now + datetime.timedelta(days=181))["verzegelsleutels"] == 1
    keyring.forget_opened_keys()
    with pytest.raises(KeyGone):
        sealing.open_note(sealed, organisation=organisation.pk, note=name)


def test_a_destroyed_key_opens_no_note(seal, organisation):
    sealed, name = seal()
    rotation.shred(organisation)
    with pytest.raises(Shredded):
        sealing.open_note(sealed, organisation=organisation.pk, note=name)
    assert not SealingKey.objects.exists()


@pytest.mark.slow
def test_a_note_fits_only_its_own_place(seal, organisation):
    sealed, name = seal()
    abroad = uuid.uuid4()
    with pytest.raises(NotOurs):
        sealing.open_note(sealed, organisation=organisation.pk, note=str(uuid.uuid4()))
    with pytest.raises((NotOurs, KeyGone, sealing.CannotOpen)):
        sealing.open_note(sealed, organisation=abroad, note=name)
    for part in ("epk", "iv", "ct"):
        raw = bytearray(sealing.to_bytes(sealed[part]))
        raw[-1] ^= 1
        changed = sealed | {part: sealing.to_text(bytes(raw))}
        with pytest.raises(NotOurs):
            sealing.open_note(changed, organisation=organisation.pk, note=name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": None},
        {"key": 1},
        {"key": "x"},
        {"key": "²"},
        {"key": "9" * 30},
        {"key": "9" * 19},
        {"key": "0"},
        {"epk": ""},
        {"epk": "AA"},
        {"epk": "A" * 87},
        {"iv": "!"},
        {"iv": None},
        {"iv": "AAA="},
        {"ct": ""},
        {"ct": "é"},
        {"ct": 5},
    ],
    ids=repr,
)
def test_what_is_no_sealed_note_is_said_so(seal, organisation, change):
    sealed, name = seal()
    with pytest.raises((NotOurs, KeyGone)):
        sealing.open_note(sealed | change, organisation=organisation.pk, note=name)


@pytest.mark.slow
@pytest.mark.parametrize("sealed", [None, [], "x", 5, {}], ids=repr)
def test_what_is_nothing_at_all(organisation, sealed):
    with pytest.raises(NotOurs):
        sealing.open_note(sealed, organisation=organisation.pk, note="x")
