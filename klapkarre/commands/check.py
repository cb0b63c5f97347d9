"""`check`: is this installation well? Says what runs, and what to do about what is not well."""

import platform

from klapkarre.commands import environment, facts
from klapkarre.commands.words import say


def arguments(parser):
    pass


def run(options):
    from django.core.exceptions import ImproperlyConfigured

    try:
        environment.set_up()
        show_versions()
        database = list(facts.database_problems())
        problems = [*facts.disk_problems(), *database]
        if environment.demo_stamp():
            say(
                "Dit is de demo: de regels voor echt gebruik zijn niet nagekeken.",
                "This is the demo: the rules for production were not looked at.",
            )
        else:
            problems += [*facts.unsafe_settings(), *facts.unsafe_files()]
        if not database:
            problems += [*facts.damage(), *django_problems(), *facts.key_problems()]
    except ImproperlyConfigured as error:
        problems = [(str(error), str(error))]
    if problems:
        say("Te doen:", "To do:")
        facts.show(problems)
        return 1
    say("Alles in orde.", "All is well.")
    return 0


def show_versions():
    """What this installation runs on."""
    import django
    from django.conf import settings
    from django.db import connection

    import klapkarre

    if connection.vendor == "sqlite":
        import sqlite3

        database = f"SQLite {sqlite3.sqlite_version}"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0]}"
    python = platform.python_version()
    print(f"Klapkarre {klapkarre.__version__}, Python {python}, Django {django.__version__}, {database}")
    print(f"{settings.DATA}\n{settings.KEY_FILE}")


def django_problems():
    """What Django's own checks find, as it says it."""
    from django.core import checks

    for found in checks.run_checks():
        if found.level >= checks.ERROR:
            yield str(found.msg), str(found.msg)
