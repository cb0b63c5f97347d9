"""The key file: the organisations' key-encryption keys, for its owner only, outside data folder and backups.

JSON. An organisation has one key; two only while the first replaces the second. What is shredded stays named with its
day, so that nobody takes it for lost and no new key is made for it.
"""

import base64
import datetime
import fcntl
import json
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from klapkarre.foundation.kit.cipher import CannotOpen


class Shredded(CannotOpen):
    """The organisation's key was destroyed on purpose."""


class KeyFile:
    """The keys on disk. Writes are locked and atomic, so that no key is ever lost to a race."""

    def __init__(self, path: Path):
        self.path = Path(path)

    def read(self) -> dict:
        """Everything in the file; empty when there is none. A file that is not ours is a `CannotOpen`."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {"organisations": {}, "shredded": {}, "backup": {}} | found
        except FileNotFoundError:
            return {"organisations": {}, "shredded": {}, "backup": {}}
        except (ValueError, TypeError) as error:
            raise CannotOpen(f"{self.path} is not a key file") from error

    @contextmanager
    def changing(self):
        """The content, to be changed inside the block; written in one step when the block ends well."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{self.path}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            content = self.read()
            before = json.dumps(content)
            yield content
            if json.dumps(content) != before or not self.path.exists():
                self._write(content)

    def _write(self, content):
        fresh = f"{self.path}.new"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({"version": 1} | content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def keys(self, organisation: UUID) -> list[bytes]:
        """The key-encryption keys, the one to use first. Raises `CannotOpen` when the file does not hold any."""
        content = self.read()
        if str(organisation) in content["shredded"]:
            raise Shredded(f"the key of organisation {organisation} was destroyed")
        found = content["organisations"].get(str(organisation))
        if not found:
            raise CannotOpen(f"the key file holds no key for organisation {organisation}")
        return [base64.b64decode(one) for one in ([found] if isinstance(found, str) else found)]

    def key_or_new(self, organisation: UUID) -> bytes:
        """The key to wrap with; made when the organisation has none and never had."""
        with self.changing() as content:
            if str(organisation) not in {**content["organisations"], **content["shredded"]}:
                content["organisations"][str(organisation)] = new_key()
        return self.keys(organisation)[0]

    def add(self, organisation: UUID) -> bytes:
        """Put a new key before the old one; the same one again when that was done and not finished."""
        self.keys(organisation)
        with self.changing() as content:
            found = content["organisations"][str(organisation)]
            if isinstance(found, str):
                content["organisations"][str(organisation)] = [new_key(), found]
        return self.keys(organisation)[0]

    def drop_old(self, organisation: UUID) -> None:
        """Keep only the newest key."""
        with self.changing() as content:
            found = content["organisations"][str(organisation)]
            content["organisations"][str(organisation)] = found if isinstance(found, str) else found[0]

    def shred(self, organisation: UUID) -> None:
        """Destroy the organisation's key."""
        with self.changing() as content:
            content["organisations"].pop(str(organisation), None)
            content["shredded"][str(organisation)] = datetime.datetime.now(datetime.UTC).date().isoformat()

    def backup_key(self) -> tuple[str, bytes]:
        """The key that wraps the keys of backups, with its name; made when there is none yet."""
        with self.changing() as content:
            if not content["backup"]:
                content["backup"][secrets.token_hex(4)] = new_key()
        name, key = next(iter(self.read()["backup"].items()))
        return name, base64.b64decode(key)

    def renew_backup_key(self) -> None:
        """Another key for the backups from now on. Those of before open only with an older copy of this file."""
        with self.changing() as content:
            content["backup"] = {secrets.token_hex(4): new_key()}

    def backup_key_named(self, name: str) -> bytes:
        """The key of a backup that was made before."""
        try:
            return base64.b64decode(self.read()["backup"][name])
        except KeyError:
            raise CannotOpen(f"the key file holds no key for backups {name}") from None


def new_key() -> str:
    """256 random bits, as the file holds them."""
    return base64.b64encode(AESGCM.generate_key(256)).decode()
