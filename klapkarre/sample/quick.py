"""Writing millions of rows that can be made again: values straight to the driver, no waiting for the disk."""

from contextlib import contextmanager
from itertools import batched

from django.db import connection, models

from klapkarre.foundation.kit.fields import EncryptedTextField

CHUNK = 2000


@contextmanager
def quick_writes():
    """On SQLite: no waiting for the disk while a database is built that can be built again."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    pragmas = ("synchronous", "cache_size", "secure_delete")
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
        for name, value in zip(pragmas, ("OFF", -400000, "OFF"), strict=True):
            cursor.execute(f"PRAGMA {name}={value}").fetchall()
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name}={value}").fetchall()


def _reader(field):
    """How to get from an unsaved row what the driver must store for this field."""
    name = field.attname
    if isinstance(field, EncryptedTextField):
        return lambda row: field.pre_save(row, add=True)
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.UUIDField) and not connection.features.has_native_uuid_field:
        return lambda row: row.__dict__[name] and row.__dict__[name].hex
    if isinstance(kind, models.DateTimeField):
        adapt = connection.ops.adapt_datetimefield_value
        return lambda row: adapt(row.__dict__[name])
    return lambda row: row.__dict__[name]


def insert(model, rows):
    """Like `bulk_create`, several times as fast: for rows of which nobody needs the key afterwards."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    readers = [_reader(field) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        for chunk in batched(rows, CHUNK, strict=False):
            cursor.executemany(statement, [[read(row) for read in readers] for row in chunk])
