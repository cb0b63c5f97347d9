"""`check`: is this installation well? Says what runs, and what to do about what is not well."""

import platform

from klapkarre.commands import environment, facts, keyfacts, logmark, server
from klapkarre.commands.words import say, words


def arguments(parser):
    parser.add_argument("--workers", type=int, default=server.WORKERS, metavar="N")


def run(options):
    from django.core.exceptions import ImproperlyConfigured

    try:
        environment.set_up()
        show_versions()
        database = list(facts.database_problems())
        problems = [*facts.disk_problems(), *facts.map_problems(), *database]
        if environment.demo_stamp():
            say(
                "Dit is de demo: de regels voor echt gebruik zijn niet nagekeken.",
                "This is the demo: the rules for production were not looked at.",
            )
        else:
            problems += [*facts.unsafe_settings(), *facts.unsafe_files(), *keyfacts.copy_problems()]
        if not database:
            print("\n".join(words(*line) for line in keyfacts.report()))
            problems += [
                *facts.damage(),
                *django_problems(),
                *keyfacts.organisation_problems(),
                *log_problems(),
            ]
    except ImproperlyConfigured as error:
        problems = [(str(error), str(error))]
    if problems:
        say("Te doen:", "To do:")
        facts.show(problems)
        return 1
    if not environment.demo_stamp():
        warn(options.workers)
    say("Alles in orde.", "All is well.")
    return 0


def warn(workers):
    """What is no fault, and good to know."""
    if found := list(facts.loose_counts(workers)):
        say("Let op:", "Mind:")
        facts.show(found)


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
    print(words(f"Datamap: {settings.DATA}", f"Data folder: {settings.DATA}"))


def log_problems():
    """Walk the log of readings of each organisation, say how far it goes, and what is its first broken link."""
    from klapkarre.foundation.accounts.chain import verify_all

    is_whole = True
    for log in verify_all():
        is_whole = is_whole and not log.wrong
        counted = f"{log.looked_at:,}".replace(",", ".")
        say(
            f"Logboek van {log.organisation}: {counted} inzagen nagekeken in {log.seconds:.1f} s.",
            f"Log of {log.organisation}: {log.looked_at:,} readings verified in {log.seconds:.1f} s.",
        )
        if log.wrong:
            dutch, in_english = log.wrong
            yield (
                f"Het logboek van {log.organisation} klopt niet. {dutch} Verwittig de auditor en bewaar een kopie."
                " Is de geheime sleutel vervangen? Zet de oude in KLAPKARRE_OLD_SECRET_KEYS.",
                f"The log of {log.organisation} does not hold. {in_english} Tell the auditor and keep a copy."
                " Was the secret key replaced? Put the old one in KLAPKARRE_OLD_SECRET_KEYS.",
            )

    yield from logmark.problems()
    if is_whole:
        logmark.note()


def django_problems():
    """What Django's own checks find, as it says it."""
    from django.core import checks

    for found in checks.run_checks():
        if found.level >= checks.ERROR:
            yield str(found.msg), str(found.msg)
