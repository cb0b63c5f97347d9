"""The key ring: data keys from the database, opened with the organisation's key from the key file.

The key file is JSON, readable by its owner only, and stands outside the data folder: a stolen database or backup
without it opens nothing. Deleting an organisation's entry shreds all that it sealed, backups included.
"""

import base64
import fcntl
import json
import os
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from klapkarre.foundation.kit.cipher import CannotOpen

_opened: dict[tuple[Path, UUID, int], bytes] = {}
_current: dict[tuple[Path, UUID], int] = {}


class KeyFile:
    """The organisation keys on disk. Writes are locked and atomic, so that no key is ever lost to a race."""

    def __init__(self, path: Path):
        self.path = Path(path)

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self.path.read_text())["organisations"]
        except FileNotFoundError:
            return {}

    def key(self, organisation: UUID) -> bytes:
        """The 32-byte key-encryption key. Raises `CannotOpen` when the file does not hold it."""
        try:
            return base64.b64decode(self._read()[str(organisation)])
        except KeyError:
            raise CannotOpen(f"the key file holds no key for organisation {organisation}") from None

    def key_or_new(self, organisation: UUID) -> bytes:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{self.path}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            keys = self._read()
            if str(organisation) not in keys:
                keys[str(organisation)] = base64.b64encode(AESGCM.generate_key(256)).decode()
                self._write(keys)
        return base64.b64decode(keys[str(organisation)])

    def _write(self, keys):
        fresh = f"{self.path}.new"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({"version": 1, "organisations": keys}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.path)


def _context(organisation):
    return f"data-key|{organisation}".encode()


@transaction.atomic
def create_data_key(organisation):
    """Make the organisation's data key, and its key-encryption key when the key file has none yet."""
    from klapkarre.foundation.accounts.models import DataKey

    kek = KeyFile(settings.KEY_FILE).key_or_new(organisation.pk)
    nonce = os.urandom(12)
    wrapped = nonce + AESGCM(kek).encrypt(nonce, AESGCM.generate_key(256), _context(organisation.pk))
    return DataKey.objects.create(organisation=organisation, wrapped=wrapped)


class DatabaseKeyRing:
    """Data keys by organisation; opened keys stay in this process's memory. Keys never change under their id."""

    def current(self, organisation):
        from klapkarre.foundation.accounts.models import DataKey

        place = (settings.KEY_FILE, organisation)
        if place not in _current:
            key = DataKey.objects.filter(organisation=organisation, retired_at=None).first()
            if key is None:
                raise CannotOpen(f"organisation {organisation} has no data key")
            _current[place] = key.pk
        return _current[place], self.key(organisation, _current[place])

    def key(self, organisation, key_id):
        from klapkarre.foundation.accounts.models import DataKey

        place = (settings.KEY_FILE, organisation, key_id)
        if place not in _opened:
            row = DataKey.objects.filter(organisation=organisation, pk=key_id).first()
            if row is None:
                raise CannotOpen(f"data key {key_id} is gone")
            wrapped = bytes(row.wrapped)
            kek = KeyFile(settings.KEY_FILE).key(organisation)
            try:
                _opened[place] = AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], _context(organisation))
            except InvalidTag as error:
                raise CannotOpen(f"the key file does not fit data key {key_id}") from error
        return _opened[place]


def forget_opened_keys():
    """Drop opened keys from memory: after a key file changed, and between tests."""
    _opened.clear()
    _current.clear()
