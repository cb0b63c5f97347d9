"""Sealing of personal text: AES-256-GCM with a data key per organisation.

A sealed value is `version (1) | key id (8) | nonce (12) | ciphertext and tag`. The associated data name the
organisation, table, column and row, so that a value copied to another row or organisation does not open. The keys
come from a ring that `accounts` registers at start-up; this module knows no models.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
HEADER = 1 + 8 + 12


class CannotOpen(Exception):
    """The value was altered, moved to another row, or its key is gone."""


class KeyGone(CannotOpen):
    """The key that sealed this value is gone: the value itself may have been sealed again meanwhile."""


class KeyRing(Protocol):
    def current(self, organisation: UUID) -> tuple[int, bytes]:
        """Key id and 32 key bytes to seal with; the key stays at least until the transaction ends."""

    def key(self, organisation: UUID, key_id: int) -> bytes:
        """The key with this id; raises `KeyGone` when it is gone."""

    def index_current(self, organisation: UUID) -> tuple[int, bytes]:
        """Like `current`, for the hashes by which sealed names are found."""

    def index_keys(self, organisation: UUID) -> list[tuple[int, bytes]]:
        """Every index key in use: two while one is being replaced."""

    def sealing_current(self, organisation: UUID) -> tuple[int, str]:
        """Id and public half of the pair that phones seal their notes to."""

    def sealing_key(self, organisation: UUID, key_id: int) -> bytes:
        """The private half with this id; raises `KeyGone` when it is gone."""


_ring: KeyRing | None = None
_comparing: ContextVar[bool] = ContextVar("comparing", default=False)


@contextmanager
def comparing() -> Iterator[None]:
    """The program itself compares, sorts or moves sealed texts: nobody sees what is opened here, nothing is logged.

    Who shows one of them afterwards opens it again, after logging that. Never return or show a text from in here.
    """
    token = _comparing.set(True)
    try:
        yield
    finally:
        _comparing.reset(token)


def is_comparing() -> bool:
    return _comparing.get()


def register_key_ring(ring: KeyRing) -> None:
    global _ring
    _ring = ring


def key_ring() -> KeyRing:
    if _ring is None:
        raise RuntimeError("No key ring is registered: is foundation.accounts installed?")
    return _ring


def _context(organisation: UUID, table: str, column: str, row: UUID) -> bytes:
    return f"{organisation}|{table}|{column}|{row}".encode()


def seal(text: str, *, organisation: UUID, table: str, column: str, row: UUID) -> bytes:
    """Encrypt `text` so that it opens only in this organisation, table, column and row."""
    key_id, key = key_ring().current(organisation)
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _context(organisation, table, column, row))
    return bytes([VERSION]) + key_id.to_bytes(8) + nonce + sealed


def unseal(value: bytes, *, organisation: UUID, table: str, column: str, row: UUID) -> str:
    """The text again. Raises `CannotOpen` when the value, its place or its key do not fit."""
    value = bytes(value)
    if len(value) < HEADER + 16 or value[0] != VERSION:
        raise CannotOpen("not a sealed value")
    key = key_ring().key(organisation, int.from_bytes(value[1:9]))
    try:
        opened = AESGCM(key).decrypt(
            value[9:HEADER], value[HEADER:], _context(organisation, table, column, row)
        )
    except InvalidTag as error:
        raise CannotOpen("the seal does not fit this row") from error
    return opened.decode()


def key_id(value: bytes) -> int:
    """Which data key sealed this value."""
    return int.from_bytes(bytes(value)[1:9])


def fingerprint(secret: str, purpose: str, text: str) -> str:
    """A keyed hash of 128 bits, to find a code or link back without keeping it."""
    return hmac.new(secret.encode(), f"{purpose}|{text}".encode(), hashlib.sha256).hexdigest()[:32]
