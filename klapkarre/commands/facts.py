"""What must be true before this installation may serve people. Each function yields (Dutch, English) of what to do."""

import os
import shutil
import stat
from pathlib import Path

from klapkarre.commands import environment

ROOM_ON_DISK = 1_000_000_000  # bytes; a week of work, its journal and one copy fit in it


def unsafe_settings():
    """Settings that would leave data or sessions open."""
    from django.conf import settings

    if settings.DEMO or environment.demo_stamp():
        yield (
            "Dit is de demo (KLAPKARRE_DEMO of de datamap). Neem KLAPKARRE_DEMO weg en kies een andere datamap.",
            "This is the demo (KLAPKARRE_DEMO or the data folder). Remove KLAPKARRE_DEMO and choose another folder.",
        )
    if settings.DEBUG:
        yield "Neem KLAPKARRE_DEBUG weg.", "Remove KLAPKARRE_DEBUG."
    if settings.SECRET_KEY_IS_UNSAFE or not hard_to_guess(settings.SECRET_KEY):
        yield (
            "Zet KLAPKARRE_SECRET_KEY op 50 of meer willekeurige tekens. './kar init' maakt ze voor je.",
            "Set KLAPKARRE_SECRET_KEY to 50 or more random characters. './kar init' makes them for you.",
        )
    if not os.environ.get("KLAPKARRE_HOSTS") or any(map(serves_others, settings.ALLOWED_HOSTS)):
        yield (
            "Zet KLAPKARRE_HOSTS op de naam van de site, bijvoorbeeld buurt.voorbeeld.be.",
            "Set KLAPKARRE_HOSTS to the name of the site, for instance buurt.voorbeeld.be.",
        )
    if not settings.HTTPS:
        yield "Neem KLAPKARRE_HTTPS=0 weg: zonder https is meelezen kinderspel.", "Remove KLAPKARRE_HTTPS=0."
    elif not settings.TRUSTED_PROXIES:
        yield (
            "Zet een proxy met https voor Klapkarre, en KLAPKARRE_TRUSTED_PROXIES=1.",
            "Put a proxy with https in front of Klapkarre, and set KLAPKARRE_TRUSTED_PROXIES=1.",
        )


def hard_to_guess(key):
    """Long, and not the same few characters again and again."""
    return len(key) >= 50 and len(set(key)) >= 20


def serves_others(host):
    """Would this host name let in sites of somebody else: `*`, or a bare suffix such as `.be`?"""
    return host == "*" or (host.startswith(".") and "." not in host.strip("."))


def loose_counts(workers):
    """Attempts counted by each process for itself: with more of them the limits are that many times as wide."""
    from django.conf import settings

    if workers > 1 and settings.CACHES["limits"]["BACKEND"].endswith("LocMemCache"):
        yield (
            f"Er lopen {workers} serverprocessen, en elk telt apart hoe vaak iemand probeert. Wie codes of"
            f" wachtwoorden raadt, kan dus {workers} keer zo vaak. Zet CACHE_URL (redis), of start met --workers 1.",
            f"{workers} server processes run, and each counts attempts for itself. Who guesses codes or passwords can"
            f" do so {workers} times as often. Set CACHE_URL (redis), or start with --workers 1.",
        )


def unsafe_files():
    """Keys and data that others on this machine can read, or that lie together."""
    from django.conf import settings

    yield from key_file_problems(settings.KEY_FILE, settings.DATA)
    if settings.DATA.exists() and settings.DATA.stat().st_mode & stat.S_IRWXO:
        yield (
            f"Iedereen op deze machine kan in de datamap. Doe: chmod 700 {settings.DATA}",
            f"Everyone on this machine can enter the data folder. Do: chmod 700 {settings.DATA}",
        )


def key_file_problems(path, data):
    """The key file is there, for its owner only, and not in the folder that a copy of the data takes along."""
    path = Path(path)
    if path.resolve().is_relative_to(Path(data).resolve()):
        yield (
            f"Het sleutelbestand {path} staat in de datamap. Zet het erbuiten en pas KLAPKARRE_KEY_FILE aan.",
            f"The key file {path} is in the data folder. Move it out and change KLAPKARRE_KEY_FILE.",
        )
    if not path.is_file():
        yield (
            f"Het sleutelbestand {path} is er niet. Zet het terug, of start './kar init' bij een nieuwe installatie.",
            f"The key file {path} is missing. Put it back, or run './kar init' for a new installation.",
        )
    elif path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield (
            f"Anderen kunnen het sleutelbestand lezen. Doe: chmod 600 {path}",
            f"Others can read the key file. Do: chmod 600 {path}",
        )


def database_problems():
    """The database answers and has the tables of this version."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        yield "Er is nog geen databank. Start './kar init'.", "There is no database yet. Run './kar init'."
        return
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield (
                "De databank is ouder dan het programma. Neem een kopie en start dan './kar manage migrate'.",
                "The database is older than the program. Make a copy, then run './kar manage migrate'.",
            )
    except DatabaseError as error:
        yield f"De databank antwoordt niet: {error}.", f"The database does not answer: {error}."


def damage():
    """Pages of the SQLite file that do not hold together. Reads the whole file."""
    from django.db import DatabaseError, connection

    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            found = cursor.fetchone()[0]
    except DatabaseError as error:
        found = str(error)
    if found != "ok":
        yield (
            f"De databank is beschadigd ({found}). Stop alles, neem een kopie en zet de laatste goede terug.",
            f"The database is damaged ({found}). Stop everything, make a copy, put the last good one back.",
        )


def disk_problems():
    """There is room to write."""
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA if settings.DATA.exists() else settings.DATA.parent).free
    if free < ROOM_ON_DISK:
        yield (
            f"De schijf is bijna vol: nog {free // 1_000_000} MB. Maak minstens 1 GB vrij.",
            f"The disk is nearly full: {free // 1_000_000} MB left. Free at least 1 GB.",
        )


def map_problems():
    """The map with streets, when one was chosen: its file can be read, and who drew it is named."""
    from django.conf import settings

    from klapkarre.windows.website import tiles

    try:
        tiles.opened()
    except tiles.Broken as broken:
        dutch, in_english = broken.args
        yield (
            f"KLAPKARRE_TILES_FILE: {settings.TILES_FILE} {dutch}. Tot dan is er geen kaart met straten.",
            f"KLAPKARRE_TILES_FILE: {settings.TILES_FILE} {in_english}. Until then there is no map with streets.",
        )
    if (settings.TILES_FILE or settings.TILES_URL) and not settings.TILES_CREDIT:
        yield (
            "Zet in KLAPKARRE_TILES_CREDIT wie de kaart tekende: dat vragen de meeste licenties.",
            "Put who drew the map into KLAPKARRE_TILES_CREDIT: most licences ask for it.",
        )


def show(problems):
    """Print what to do, one line each."""
    from klapkarre.commands.words import say

    for dutch, in_english in problems:
        say(f"- {dutch}", f"- {in_english}")
