"""The database as one file while others go on working, and back: SQLite by VACUUM INTO, PostgreSQL by pg_dump."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path


class NotPossible(Exception):
    """(Dutch, English) of why not."""


def save(folder):
    """Write the database into this folder as it is at one moment. Returns the file and the rows of each table."""
    from django.db import connection

    return _save_sqlite(folder) if connection.vendor == "sqlite" else _save_postgres(folder)


def _save_sqlite(folder):
    from django.db import connection

    file = folder / "klapkarre.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with opened(file) as cursor:
        return file, counts(cursor)


@contextlib.contextmanager
def opened(file):
    """A cursor on a SQLite file that nobody else has open."""
    import sqlite3

    link = sqlite3.connect(file)
    try:
        yield link.cursor()
    finally:
        link.close()


def counts(cursor):
    """How many rows each table has."""
    from django.db import connection

    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
    else:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    found = {}
    for table in sorted(row[0] for row in cursor.fetchall()):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        found[table] = cursor.fetchone()[0]
    return found


def _save_postgres(folder):
    from django.db import connection, transaction

    program, file = _program("pg_dump"), folder / "database.dump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        flags = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}"]
        _run([program, *flags, f"--file={file}"])
        return file, counts(cursor)


def _program(name):
    found = shutil.which(name)
    if found is None:
        raise NotPossible(
            f"Het programma {name} van PostgreSQL is hier niet. Installeer het: apt install postgresql-client.",
            f"The program {name} of PostgreSQL is not here. Install it: apt install postgresql-client.",
        )
    return found


def _run(command):
    """Run a program of PostgreSQL on our database. The password goes by the environment, which others cannot see."""
    from django.db import connection

    given = connection.get_connection_params()
    names = {
        "dbname": "PGDATABASE",
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    own = {variable: str(given[name]) for name, variable in names.items() if given.get(name)}
    done = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        name = Path(command[0]).name
        raise NotPossible(f"{name} mislukte: {said}", f"{name} failed: {said}")


def load_postgres(file):
    """Fill the empty database, all or nothing."""
    from django.db import connection

    flags = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run([_program("pg_restore"), *flags, f"--dbname={connection.settings_dict['NAME']}", str(file)])


def empty_postgres():
    """Take away all that a restore put in a database that was empty."""
    from django.db import connection

    functions = (
        "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        " AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')"
    )
    with connection.cursor() as cursor:
        for table in counts(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(functions)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
