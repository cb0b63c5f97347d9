"""What a phone keeps until the server has it: the app's own modules, in node, and their seals opened here."""

import base64
import gzip
import json
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = Path(__file__).parent
STATIC = HERE.parent / "static" / "field"
NODE_LINE = "node ontbreekt: apt install nodejs"
WHOLE_APP = 30_000  # bytes, gzip


def text_of(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed_by_the_phone(notes):
    """The seals that the app's own module makes of these."""
    run = subprocess.run(
        [shutil.which("node"), str(HERE / "seal.mjs")],
        input=json.dumps(notes),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def opened(private, sealed, organisation, note):
    """What is in the seal, by the words of the agreement; apart from the program's own."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(sealed["epk"]))
    secret = private.exchange(ec.ECDH(), theirs)
    info = f"klapkarre-onderweg|1|{sealed['key']}|{note}".encode()
    key = HKDF(hashes.SHA256(), 32, salt=bytes(32), info=info).derive(secret)
    bound = f"klapkarre-onderweg|1|{organisation}|{sealed['key']}|{note}".encode()
    return AESGCM(key).decrypt(bytes_of(sealed["iv"]), bytes_of(sealed["ct"]), bound)


@pytest.fixture(scope="module")
def pair():
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return private, {"id": "12", "public": text_of(public)}


def test_what_the_phone_seals_opens_here_and_fits_nothing_else(need, pair):
    need(shutil.which("node"), NODE_LINE)
    private, key = pair
    words = [{"kind": "contact", "when": 1, "facts": {"note": note}} for note in ("", "Şerife, ☕ 'koffie'")]
    notes = [{"organisation": 3, "key": key, "uuid": str(uuid.uuid4()), "value": one} for one in words]
    seals = sealed_by_the_phone(notes)
    for note, sealed in zip(notes, seals, strict=True):
        assert (sealed["v"], sealed["key"], sorted(sealed)) == (1, "12", ["ct", "epk", "iv", "key", "v"])
        assert json.loads(opened(private, sealed, 3, note["uuid"])) == note["value"]
        for organisation, other in ((4, note["uuid"]), (3, str(uuid.uuid4()))):
            with pytest.raises(InvalidTag):
                opened(private, sealed, organisation, other)
    # From outside nobody sees whether something was written; and no two seals share anything.
    assert len(seals[0]["ct"]) == len(seals[1]["ct"])
    assert len({sealed[part] for sealed in seals for part in ("epk", "iv", "ct")}) == 6


@pytest.mark.slow
@pytest.mark.offline
def test_the_outbox_loses_nothing_and_sends_nothing_twice(need):
    need(shutil.which("node"), NODE_LINE)
    run = subprocess.run(
        [shutil.which("node"), "--test", str(HERE / "outbox.test.mjs")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr


def test_the_app_is_light():
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in STATIC.glob("*.js")}
    assert len(sizes) == 8
    assert sum(sizes.values()) <= WHOLE_APP
