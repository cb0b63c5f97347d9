"""The key ring: data keys from the database, opened with the organisation's key from the key file.

A stolen database or backup without the key file opens nothing. Opened keys stay in the memory of this process; it
looks once a second whether the key file changed and then forgets them, so that a destroyed key is gone everywhere.

Which key to seal with is asked in each transaction and never remembered beyond it. On PostgreSQL the transaction keeps
that key from being deleted; on SQLite it is the only one that writes. Rotation therefore never pulls a key away from
under a row that is being written (`rotation.py`).
"""

import os
import time
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from klapkarre.foundation.accounts.keyfile import KeyFile
from klapkarre.foundation.kit.cipher import CannotOpen, KeyGone

LOOK_AGAIN = 1.0  # seconds that a process may still use a key that was destroyed

_opened: dict[tuple[Path, str, UUID, int], bytes] = {}
_seen: dict[str, object] = {"at": 0.0, "file": None}


def _context(kind, organisation):
    return f"{kind}|{organisation}".encode()


def wrap(kek, kind, organisation, key):
    """A key sealed by the organisation's key of the key file."""
    nonce = os.urandom(12)
    return nonce + AESGCM(kek).encrypt(nonce, key, _context(kind, organisation))


def unwrap(keks, kind, organisation, wrapped):
    """The key again, with the first of these keys that fits."""
    wrapped = bytes(wrapped)
    for kek in keks:
        try:
            return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], _context(kind, organisation))
        except InvalidTag:
            continue
    raise CannotOpen(f"the key file does not fit the keys of organisation {organisation}")


@transaction.atomic
def create_data_key(organisation):
    """Make the organisation's keys in the database, and its key in the key file when there is none yet."""
    from klapkarre.foundation.accounts.models import DataKey, IndexKey

    kek = KeyFile(settings.KEY_FILE).key_or_new(organisation.pk)
    made = [
        model.objects.create(
            organisation=organisation,
            wrapped=wrap(kek, model.KIND, organisation.pk, AESGCM.generate_key(256)),
        )
        for model in (DataKey, IndexKey)
    ]
    create_sealing_key(organisation, kek)
    return made[0]


def create_sealing_key(organisation, kek):
    """A new pair for what phones seal, wrapped with this key of the key file."""
    from klapkarre.foundation.accounts.models import SealingKey
    from klapkarre.foundation.accounts.sealing import new_pair

    private, public = new_pair()
    wrapped = wrap(kek, SealingKey.KIND, organisation.pk, private)
    return SealingKey.objects.create(organisation=organisation, wrapped=wrapped, public=public)


class _Held:
    """Stands in the list of what follows a commit: as long as it is there, this transaction holds the key."""

    def __init__(self, place, key_id):
        self.place, self.key_id = place, key_id

    def __call__(self):
        pass


def let_go():
    """Forget which key this transaction holds: it has just been replaced."""
    connection.run_on_commit = [one for one in connection.run_on_commit if not isinstance(one[1], _Held)]


class DatabaseKeyRing:
    """Data keys by organisation. Keys never change under their id."""

    def current(self, organisation):
        from klapkarre.foundation.accounts.models import DataKey

        return self._current(DataKey, organisation)

    def key(self, organisation, key_id):
        from klapkarre.foundation.accounts.models import DataKey

        return self._open(DataKey, organisation, key_id)

    def index_current(self, organisation):
        from klapkarre.foundation.accounts.models import IndexKey

        return self._current(IndexKey, organisation)

    def index_keys(self, organisation):
        from klapkarre.foundation.accounts.models import IndexKey

        ids = IndexKey.objects.filter(organisation=organisation).values_list("pk", flat=True)
        return [(key_id, self._open(IndexKey, organisation, key_id)) for key_id in ids]

    def sealing_current(self, organisation):
        """Id and public half of the pair that phones seal to now."""
        from klapkarre.foundation.accounts.models import SealingKey

        key_id, _private = self._current(SealingKey, organisation)
        return key_id, SealingKey.objects.values_list("public", flat=True).get(pk=key_id)

    def sealing_key(self, organisation, key_id):
        """The private half with this id, as PKCS8 bytes; also of a retired pair."""
        from klapkarre.foundation.accounts.models import SealingKey

        return self._open(SealingKey, organisation, key_id)

    def _current(self, model, organisation):
        place = (model, organisation)
        for entry in connection.run_on_commit:
            held = entry[1]
            if isinstance(held, _Held) and held.place == place:
                return held.key_id, self._open(model, organisation, held.key_id)
        # Twice: one who asks in the very moment of a rotation sees the old key go and not yet the new one.
        key_id = self._ask(model, organisation) or self._ask(model, organisation)
        if key_id is None:
            KeyFile(settings.KEY_FILE).keys(organisation)  # says when the key was destroyed on purpose
            raise CannotOpen(f"organisation {organisation} has no {model.KIND}")
        if connection.in_atomic_block:
            transaction.on_commit(_Held(place, key_id))
        return key_id, self._open(model, organisation, key_id)

    def _ask(self, model, organisation):
        rows = model.objects.filter(organisation=organisation, retired_at=None).order_by("-pk").values("pk")
        sql, parameters = rows.query.sql_with_params()
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            sql += " FOR KEY SHARE"
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchone()
        return found and found[0]

    def _open(self, model, organisation, key_id):
        forget_when_the_file_changed()
        place = (settings.KEY_FILE, model.KIND, organisation, key_id)
        if place not in _opened:
            keks = KeyFile(settings.KEY_FILE).keys(organisation)
            row = model.objects.filter(organisation=organisation, pk=key_id).first()
            if row is None:
                raise KeyGone(f"{model.KIND} {key_id} is gone")
            _opened[place] = unwrap(keks, model.KIND, organisation, row.wrapped)
        return _opened[place]


def forget_when_the_file_changed():
    """Once a second: a key file that is another one than before makes this process forget its keys."""
    now = time.monotonic()
    if now - _seen["at"] < LOOK_AGAIN:  # type: ignore[operator]
        return
    try:
        fact = os.stat(settings.KEY_FILE)
        file = (settings.KEY_FILE, fact.st_ino, fact.st_mtime_ns)
    except OSError:
        file = None
    if file != _seen["file"]:
        _opened.clear()
    _seen.update(at=now, file=file)


def forget_opened_keys():
    """Drop opened keys from memory: after a key file changed, and between tests."""
    _opened.clear()
    _seen.update(at=0.0, file=None)
