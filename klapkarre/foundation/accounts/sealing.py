"""Notes that a phone sealed to its organisation: it can add them, and open none, also not its own.

The phone makes a key pair for one note, agrees a secret with the organisation's public key and throws its private half
away. ECDH on P-256, HKDF-SHA256, AES-256-GCM; the seal names organisation, key and note, so that a note fits only its
own place. The same in JavaScript: `windows/field/static/field/seal.js`. Why: docs/decisions/0033-sealed-notes.md.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from klapkarre.foundation.kit.cipher import CannotOpen, key_ring

VERSION = 1
NAME = "klapkarre-onderweg|1"
CURVE = ec.SECP256R1()
LARGEST_ID = 2**63 - 1


class NotOurs(CannotOpen):
    """No sealed note, or one for another key, organisation or note than it came with."""


def new_pair():
    """A fresh pair: the private half as PKCS8 bytes, the public one as text."""
    private = ec.generate_private_key(CURVE)
    secret = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret, to_text(_point(private))


def to_text(raw):
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def to_bytes(text, length=None):
    """The bytes again; `NotOurs` when this is no base64url, or of another length."""
    if not isinstance(text, str) or not text.isascii() or set("+/=") & set(text):
        raise NotOurs("not base64url")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotOurs("not base64url") from None
    if length is not None and len(raw) != length:
        raise NotOurs("of a wrong length")
    return raw


def seal_note(text, *, public, key_id, organisation, note):
    """Seal as a phone does: for demo and tests. `note` is the uuid, as the phone writes it."""
    once = ec.generate_private_key(CURVE)
    key = _agreed(once, ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(public)), key_id, note)
    iv = os.urandom(12)
    sealed = AESGCM(key).encrypt(iv, text.encode(), _place(organisation, key_id, note))
    facts = {"epk": to_text(_point(once)), "iv": to_text(iv), "ct": to_text(sealed)}
    return {"v": VERSION, "key": str(key_id), **facts}


def open_note(sealed, *, organisation, note):
    """The bytes that a phone sealed. `NotOurs` when it does not fit, `KeyGone` when the key is gone, and `CannotOpen`
    when the key file does not open it now.
    """
    if not isinstance(sealed, dict) or sealed.get("v") != VERSION:
        raise NotOurs("not a sealed note")
    key_id = sealed.get("key")
    if not isinstance(key_id, str) or not (key_id.isascii() and key_id.isdigit()) or len(key_id) > 19:
        raise NotOurs("no key is named")
    epk, iv, ct = to_bytes(sealed.get("epk"), 65), to_bytes(sealed.get("iv"), 12), to_bytes(sealed.get("ct"))
    if int(key_id) > LARGEST_ID:
        raise NotOurs("no such key")
    secret = key_ring().sealing_key(organisation, int(key_id))
    return open_with(secret, epk, iv, ct, key_id=key_id, organisation=organisation, note=note)


def open_with(secret, epk, iv, ct, *, key_id, organisation, note):
    """Open with this private half (PKCS8 bytes)."""
    private = serialization.load_der_private_key(secret, None)
    try:
        other = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, epk)
        return AESGCM(_agreed(private, other, key_id, note)).decrypt(
            iv, ct, _place(organisation, key_id, note)
        )
    except (InvalidTag, ValueError):
        raise NotOurs("the seal does not fit this note") from None


def _point(private):
    form = serialization.PublicFormat.UncompressedPoint
    return private.public_key().public_bytes(serialization.Encoding.X962, form)


def _agreed(private, public, key_id, note):
    info = f"{NAME}|{key_id}|{note}".encode()
    return HKDF(hashes.SHA256(), 32, salt=bytes(32), info=info).derive(private.exchange(ec.ECDH(), public))


def _place(organisation, key_id, note):
    return f"{NAME}|{organisation}|{key_id}|{note}".encode()
