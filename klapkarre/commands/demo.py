"""`demo`: the demo town on this machine. The first start fills it, every next one only serves."""

import os
import time
from pathlib import Path

from klapkarre.commands import environment, server
from klapkarre.commands.words import say, words


def arguments(parser):
    server.bind_argument(parser, "127.0.0.1")
    parser.add_argument("--prepare-only", action="store_true", help="fill the demo and stop")


def run(options):
    began = time.monotonic()
    environment.load(demo=True)
    address, port = server.split_bind(options.bind, environment.port())
    if not options.prepare_only and not server.free(address, port):
        return 1
    stamp = environment.demo_stamp()
    if not stamp and holds_work():
        say(
            f"In {environment.data_folder()} of DATABASE_URL staat al een echte installatie. Kies voor de demo een"
            " andere map: KLAPKARRE_DATA=./demodata.",
            f"{environment.data_folder()} or DATABASE_URL holds a real installation. Choose another folder for the"
            " demo: KLAPKARRE_DATA=./demodata.",
        )
        return 1
    if stamp.get("fingerprint") != environment.fingerprint() and not prepare(stamp):
        return 1
    if options.prepare_only:
        return 0

    def ready():
        seconds = time.monotonic() - began
        say(
            f"De demo staat klaar na {seconds:.1f} s: http://localhost:{port}   (stoppen: Ctrl+C)",
            f"The demo is ready after {seconds:.1f} s: http://localhost:{port}   (stop: Ctrl+C)",
        )

    server.serve(address, port, options.workers, ready)
    say("De demo is gestopt. Je gegevens blijven staan.", "The demo has stopped. Your data stay.")
    return 0


def holds_work():
    """Is there a database that the demo did not make? In PostgreSQL: one with users in it."""
    if not os.environ.get("DATABASE_URL"):
        return (environment.data_folder() / "klapkarre.sqlite3").exists()
    environment.set_up(demo=True)
    from django.db import DatabaseError

    from klapkarre.foundation.accounts.models import User

    try:
        return User.objects.exists()
    except DatabaseError:  # no tables yet
        return False


def prepare(stamp):
    """Bring database, files and demo year up to date. Done twice or after a broken start it does no harm."""
    began = time.monotonic()
    environment.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    if not stamp:
        environment.write_demo_stamp({"complete": False})
    environment.set_up(demo=True)
    from django.core.management import call_command

    say("Databank klaarzetten ...", "Setting up the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    if is_of_another_version():
        return False
    if not stamp.get("complete") and not fill():
        return False
    say("Bestanden klaarzetten ...", "Collecting files ...")
    call_command("collectstatic", verbosity=0, interactive=False)
    environment.write_demo_stamp({"complete": True, "fingerprint": environment.fingerprint()})
    seconds = time.monotonic() - began
    say(f"Demo gevuld in {seconds:.1f} s.", f"Demo filled in {seconds:.1f} s.")
    return True


def is_of_another_version():
    """Says what to do with a demo whose tables this version does not know."""
    if not other_tables():
        return False
    folder = environment.data_folder()
    say(
        f"Deze demo is van een andere versie: neem {folder}{and_database()} weg en start './kar demo' opnieuw.",
        f"This demo is of another version: take {folder}{and_database()} away and run './kar demo' again.",
    )
    return True


def other_tables():
    """Tables that are not there, or with other columns than this version has.

    Until the first release a migration is changed in its place: a database that was made before does not follow.
    """
    from django.apps import apps
    from django.db import connection

    wanted = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }
    introspection = connection.introspection
    with connection.cursor() as cursor:
        there = set(introspection.table_names(cursor))
        found = {
            table: {one.name for one in introspection.get_table_description(cursor, table)}
            for table in there & set(wanted)
        }
    return [table for table, columns in wanted.items() if found.get(table) != columns]


def and_database():
    """The database too, where it lies elsewhere."""
    return words(" en de databank van DATABASE_URL", " and the database of DATABASE_URL") * bool(
        os.environ.get("DATABASE_URL")
    )


def fill():
    """The town and its fictional year, all or nothing: an interrupted start leaves nothing, and is redone."""
    from django.db import connection, transaction

    import klapkarre
    from klapkarre.foundation.accounts.models import User
    from klapkarre.foundation.accounts.town_import import import_town
    from klapkarre.sample import demo

    if User.objects.exists():  # stored already: the start broke after the commit
        return True
    with transaction.atomic():
        say("Dendermonde inlezen ...", "Reading Dendermonde ...")
        report = import_town(Path(klapkarre.__file__).parents[1] / "demo" / "dendermonde.yaml")
        if not report.ok:
            lines = "\n".join(report.lines())
            say(f"demo/dendermonde.yaml klopt niet:\n{lines}", f"demo/dendermonde.yaml is wrong:\n{lines}")
            return False
        say("Een verzonnen jaar werk erbij ...", "Adding a fictional year of work ...")
        demo.fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True
