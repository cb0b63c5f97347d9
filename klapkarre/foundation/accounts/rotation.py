"""New keys for an organisation while people work, and the end of all its keys.

Rotation makes a new key and retires the old one, in one step. From then on every new row is sealed with the new key.
The rows of before are sealed again in small batches; a row that somebody changed meanwhile is left as it is, because it
has the new key already. At the end the old key is locked, which waits for whoever still writes with it, what is left is
sealed again under that lock, and the old key goes. The rows themselves say with which key they are sealed, so a
rotation that was interrupted simply goes on. Shown by `tests/test_rotate.py`.
"""

import datetime
import fcntl
import time
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import ExpressionWrapper, F, Func, Value
from django.utils import timezone

from klapkarre.foundation.accounts.keyfile import KeyFile
from klapkarre.foundation.accounts.keyring import create_sealing_key, forget_opened_keys, let_go, unwrap, wrap
from klapkarre.foundation.accounts.models import DataKey, IndexKey, SealingKey
from klapkarre.foundation.kit.blind import BlindIndexField
from klapkarre.foundation.kit.cipher import CannotOpen, key_ring
from klapkarre.foundation.kit.fields import EncryptedTextField

KINDS = (DataKey, IndexKey, SealingKey)
BATCH = 100
PAUSE = 0.02  # seconds between batches, in which others write


class Busy(Exception):
    """Another rotation runs on this machine."""


@dataclass
class Done:
    """What a rotation did. `stuck` are values that no key opens: their old key stays."""

    sealed: int = 0
    stuck: int = 0
    went_on: bool = False


@contextmanager
def only_one():
    """One rotation at a time on this machine."""
    with open(f"{settings.KEY_FILE}.rotation", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield


def rotate(organisation, progress=None, pause=PAUSE):
    """Replace the keys of an organisation; goes on with a rotation that was interrupted."""
    done = Done()
    with only_one():
        if not is_unfinished(organisation):
            _renew_sealing_key(organisation)
        for kind, field_class in ((DataKey, EncryptedTextField), (IndexKey, BlindIndexField)):
            done.went_on |= not _begin(kind, organisation)
            for old in kind.objects.filter(organisation=organisation, retired_at__isnull=False):
                _replace(old, field_class, done, progress or (lambda count: None), pause)
    return done


def is_unfinished(organisation):
    """Was a rotation of this organisation interrupted?"""
    return any(
        kind.objects.filter(organisation=organisation, retired_at__isnull=False).exists()
        for kind in (DataKey, IndexKey)
    )


@transaction.atomic
def _renew_sealing_key(organisation):
    """Another pair for phones to seal to. The old private half stays for what is still on phones (`past_term`)."""
    kek = KeyFile(settings.KEY_FILE).keys(organisation.pk)[0]
    SealingKey.objects.filter(organisation=organisation, retired_at=None).update(retired_at=timezone.now())
    create_sealing_key(organisation, kek)
    let_go()


@transaction.atomic
def _begin(kind, organisation):
    """A new key in use, the old one retired. False when a retired one is still there: first finish that."""
    if kind.objects.filter(organisation=organisation, retired_at__isnull=False).exists():
        return False
    kek = KeyFile(settings.KEY_FILE).keys(organisation.pk)[0]
    kind.objects.filter(organisation=organisation, retired_at=None).update(retired_at=timezone.now())
    wrapped = wrap(kek, kind.KIND, organisation.pk, AESGCM.generate_key(256))
    kind.objects.create(organisation=organisation, wrapped=wrapped)
    let_go()
    return True


def _fields(field_class):
    """Every field of this kind in every model."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, field_class):
                yield field


def _with_key(field, old):
    """The rows whose value was made with this key."""
    start, id_bytes = (
        (1, old.pk.to_bytes(4)) if isinstance(field, BlindIndexField) else (2, old.pk.to_bytes(8))
    )
    made_with = Func(
        F(field.attname),
        Value(start),
        Value(len(id_bytes)),
        function="SUBSTR",
        output_field=models.BinaryField(),
    )
    rows = field.model._base_manager.filter(organisation=old.organisation_id)
    return rows.annotate(made_with=made_with).filter(made_with=id_bytes)


def _replace(old, field_class, done, progress, pause):
    """Everything made with the old key is made again; then the key goes."""
    stuck = 0
    for field in _fields(field_class):
        last = None
        while True:
            with transaction.atomic():
                rows = _with_key(field, old).order_by("pk")
                rows = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
                failed = _make_again(field, rows)
            stuck += failed
            done.sealed += len(rows) - failed
            progress(done.sealed)
            if len(rows) < BATCH:
                break
            last = rows[-1].pk
            time.sleep(pause)
    done.stuck += stuck
    if not stuck:
        _drop(old, field_class, done)


@transaction.atomic
def _drop(old, field_class, done):
    """Wait for who still writes with the key, make their rows again too, and delete it."""
    type(old).objects.select_for_update().get(pk=old.pk)
    failed = 0
    for field in _fields(field_class):
        rows = list(_with_key(field, old))
        failed += _make_again(field, rows)
        done.sealed += len(rows)
    if failed:
        done.stuck += failed
        return
    old.delete()


def _make_again(field, rows):
    """Seal or hash these values with the key of now, unless somebody wrote another one meanwhile. Counts failures."""
    failed = 0
    for row in rows:
        before = row.__dict__[field.attname]
        try:
            fresh = _fresh(field, row, before)
        except CannotOpen:
            failed += 1
            continue
        same = ExpressionWrapper(F(field.attname), output_field=models.BinaryField())
        found = field.model._base_manager.filter(pk=row.pk).annotate(found=same).filter(found=bytes(before))
        found.update(**{field.attname: fresh})
    return failed


def _fresh(field, row, before):
    if isinstance(field, EncryptedTextField):
        return field.sealed_for(row, field.unseal_for(row, before))
    text = getattr(row, field.of)
    return text and field.made_with(*key_ring().index_current(row.organisation_id), text)


def renew_key_encryption(organisation):
    """A new key in the key file: wraps the data keys again, then the old one is gone. Copies of the file hold it still.

    Interrupted anywhere, the file holds both keys and the next run goes on.
    """
    file = KeyFile(settings.KEY_FILE)
    with only_one():
        newest = file.add(organisation.pk)
        with transaction.atomic():
            for kind in KINDS:
                for row in kind.objects.select_for_update().filter(organisation=organisation):
                    key = unwrap(file.keys(organisation.pk), kind.KIND, organisation.pk, row.wrapped)
                    row.wrapped = wrap(newest, kind.KIND, organisation.pk, key)
                    row.save(update_fields=["wrapped"])
        for kind in KINDS:
            for row in kind.objects.filter(organisation=organisation):
                unwrap([newest], kind.KIND, organisation.pk, row.wrapped)
        file.drop_old(organisation.pk)
    forget_opened_keys()


def shred(organisation):
    """Destroy the organisation's key, and the data keys that it wrapped: nothing it sealed is ever read again.

    Other processes of this installation notice within a second. Older copies of the key file still open older copies
    of the database: they must be destroyed by hand.
    """
    with only_one():
        KeyFile(settings.KEY_FILE).shred(organisation.pk)
        with transaction.atomic():
            for kind in KINDS:
                kind.objects.filter(organisation=organisation).delete()
        let_go()
        forget_opened_keys()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def age(organisation, now=None):
    """How long the key in use has been in use."""
    key = DataKey.objects.filter(organisation=organisation, retired_at=None).first()
    return (now or timezone.now()) - key.created_at if key else datetime.timedelta()
