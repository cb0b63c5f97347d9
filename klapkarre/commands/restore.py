"""`restore`: a backup back into an empty data folder. It is all there and checked, or nothing is.

Everything is unpacked and looked at in a folder of its own beside the data folder, which takes its name at the end.
"""

import datetime
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from klapkarre.commands import backup, dump, environment, sealedfile
from klapkarre.commands.dump import NotPossible
from klapkarre.commands.words import say, words

OPENED = 200  # values of each field and organisation that are opened to see that names open


def arguments(parser):
    parser.add_argument("file", metavar=words("BESTAND", "FILE"))


def run(options):
    environment.set_up()
    from django.conf import settings
    from django.db import DatabaseError

    from klapkarre.foundation.kit.cipher import CannotOpen

    os.umask(0o077)
    folder = None
    try:
        must_be_empty(settings.DATA)
        settings.DATA.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.DATA.parent))
        manifest = unpack(Path(options.file), folder)
        restore(folder, manifest)
        return 0
    except NotPossible as error:
        say(*error.args)
    except sealedfile.Damaged:
        say(
            f"{options.file} is geen back-up van Klapkarre, of is beschadigd of afgeknipt. Neem een andere.",
            f"{options.file} is no backup of Klapkarre, or is damaged or cut off. Take another one.",
        )
    except CannotOpen as error:
        say(
            f"Deze back-up gaat niet open met {settings.KEY_FILE} ({error}).\n"
            "Zet het sleutelbestand van toen terug, of een kopie ervan. Zonder is niets te lezen.",
            f"This backup does not open with {settings.KEY_FILE} ({error}).\n"
            "Put the key file of then back, or a copy of it. Without it nothing can be read.",
        )
    except DatabaseError as error:
        say(
            f"De databank van deze back-up past niet bij deze versie van Klapkarre: {error}.",
            f"The database of this backup does not fit this version of Klapkarre: {error}.",
        )
    except OSError as error:
        say(f"Dat lukt niet: {error}.", f"Not possible: {error}.")
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
    say("Er is niets teruggezet.", "Nothing was restored.")
    return 1


def must_be_empty(data):
    """A restore never writes over work."""
    from django.db import connection

    if data.exists() and any(data.iterdir()):
        raise NotPossible(
            f"De datamap {data} is niet leeg. Kies een andere met KLAPKARRE_DATA, of zet deze opzij.",
            f"The data folder {data} is not empty. Choose another with KLAPKARRE_DATA, or put this one aside.",
        )
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise NotPossible("De databank is niet leeg.", "The database is not empty.")


def unpack(path, folder):
    """Decrypt into the folder, compare every sum, and give the manifest."""
    from django.conf import settings

    from klapkarre.foundation.accounts.keyfile import KeyFile

    found = {}
    with path.open("rb") as file:
        _head, about = sealedfile.header(file)
        file.seek(0)
        reader = sealedfile.Reader(file, KeyFile(settings.KEY_FILE).backup_key_named(about["key"]))
        try:
            with tarfile.open(fileobj=reader, mode="r|") as archive:
                for entry in archive:
                    found[entry.name] = extract(archive, entry, folder)
            reader.read()
            manifest = json.loads((folder / backup.MANIFEST).read_text(encoding="utf-8"))
        except (tarfile.TarError, ValueError, OSError) as error:
            raise sealedfile.Damaged from error
    found.pop(backup.MANIFEST, None)
    if found != {name: one["sha256"] for name, one in manifest["files"].items()}:
        raise sealedfile.Damaged
    (folder / backup.MANIFEST).unlink()
    return manifest


def extract(archive, entry, folder):
    """One file below the folder; its sum."""
    target = (folder / entry.name).resolve()
    if not entry.isfile() or not target.is_relative_to(folder.resolve()):
        raise sealedfile.Damaged
    target.parent.mkdir(parents=True, exist_ok=True)
    summed = backup.Summed(archive.extractfile(entry))
    with target.open("wb") as file:
        while data := summed.read(sealedfile.CHUNK):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return summed.sum.hexdigest()


def restore(folder, manifest):
    """Look everything over, forget again what was erased since, and give the folder its name."""
    from django.conf import settings
    from django.db import connection, connections

    if manifest["database"] != connection.vendor:
        raise NotPossible(
            f"Deze back-up is van {manifest['database']}, hier staat {connection.vendor}. Pas DATABASE_URL aan.",
            f"This backup is of {manifest['database']}, here is {connection.vendor}. Change DATABASE_URL.",
        )
    too_new(manifest)
    place = connection.settings_dict["NAME"]
    loaded = False
    try:
        if connection.vendor == "sqlite":
            connections.close_all()
            connection.settings_dict["NAME"] = folder / "klapkarre.sqlite3"
        else:
            dump.load_postgres(folder / "database.dump")
            loaded = True
            (folder / "database.dump").unlink()
        lines = look_over(manifest)
        connections.close_all()
        if settings.DATA.exists():
            settings.DATA.rmdir()
        folder.rename(settings.DATA)
        loaded = False
    finally:
        if loaded:
            dump.empty_postgres()
        connections.close_all()
        connection.settings_dict["NAME"] = place
    for line in lines:
        say(*line)


def too_new(manifest):
    """A backup of a newer program has tables that this one does not know."""
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if {tuple(one) for one in manifest["migrations"]} - known:
        raise NotPossible(
            f"Deze back-up is van Klapkarre {manifest['version']}, met tabellen die deze versie niet kent.",
            f"This backup is of Klapkarre {manifest['version']}, with tables that this version does not know.",
        )


def look_over(manifest):
    """Integrity, counts, versions, names, erasure. Returns the lines to say; raises when something is wrong."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone()[0] != "ok":
                raise sealedfile.Damaged
        if dump.counts(cursor) != manifest["tables"]:
            raise sealedfile.Damaged
    call_command("migrate", verbosity=0, interactive=False)
    lines, opened = names_open()
    erased, held = erase_again(manifest)
    rights = rights_again(manifest)
    log_everyone_out()
    rows = sum(manifest["tables"].values())
    made = manifest["made_at"][:16].replace("T", " ")
    lines.append(
        (
            f"Teruggezet: {rows} rijen, {len(manifest['files'])} bestanden, van {made} UTC."
            f" {opened} namen en nota's geopend, {erased} opnieuw gewist.",
            f"Restored: {rows} rows, {len(manifest['files'])} files, of {made} UTC."
            f" {opened} names and notes opened, {erased} erased again.",
        )
    )
    if held:
        lines.append(
            (
                f"{held} rijen konden niet opnieuw weg. Doe: ./kar retention",
                f"{held} rows could not go again. Do: ./kar retention",
            )
        )
    lines += words_for(rights)
    lines.append(("Kijk na met './kar check'.", "Look it over with './kar check'."))
    return lines


def names_open():
    """Open the newest values of each organisation. What was destroyed since the backup is destroyed again."""
    from django.apps import apps
    from django.conf import settings

    from klapkarre.foundation.accounts import rotation
    from klapkarre.foundation.accounts.keyfile import KeyFile
    from klapkarre.foundation.accounts.models import Organisation
    from klapkarre.foundation.kit.fields import EncryptedTextField

    lines, opened = [], 0
    destroyed = KeyFile(settings.KEY_FILE).read()["shredded"]
    for organisation in Organisation.objects.all():
        if str(organisation.pk) in destroyed:
            rotation.shred(organisation)
            dutch, in_english = "sleutel vernietigd, niets leesbaar", "key destroyed, nothing readable"
            lines.append((f"{organisation}: {dutch}.", f"{organisation}: {in_english}."))
            continue
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    rows = model._base_manager.filter(
                        organisation=organisation, **{f"{field.name}__isnull": False}
                    )
                    opened += sum(
                        getattr(row, field.attname) is not None for row in rows.order_by("-pk")[:OPENED]
                    )
    return lines, opened


def erase_again(manifest):
    """What was erased since the backup goes once more."""
    from klapkarre.foundation.people import ledger

    return ledger.replay(datetime.datetime.fromisoformat(manifest["made_at"]))


def rights_again(manifest):
    """Who was restricted since the backup is so once more, and what was asked stands there again, without its text."""
    from klapkarre.foundation.people import actions

    return actions.rights_again(datetime.datetime.fromisoformat(manifest["made_at"]))


def words_for(rights):
    """What came back about rights, and what somebody must look up."""
    if rights.restricted or rights.lifted:
        yield (
            f"Beperkingen van na de back-up: {rights.restricted} opnieuw gezet, {rights.lifted} opgeheven."
            " De reden staat er niet meer bij.",
            f"Restrictions of after the backup: {rights.restricted} put again, {rights.lifted} lifted."
            " Their reasons are lost.",
        )
    if rights.asked:
        yield (
            f"Vragen over eigen gegevens van na de back-up: {rights.asked} opnieuw open, zonder tekst."
            " Vraag de collega, of zoek op papier.",
            f"Requests about own data of after the backup: {rights.asked} open again, without their text."
            " Ask the colleague, or look on paper.",
        )
    if rights.lost:
        yield (
            f"Vragen van wie na de back-up kwam: {rights.lost} verloren."
            " Vraag de collega, of zoek op papier.",
            f"Requests of who came after the backup: {rights.lost} lost. Ask the colleague, or look on paper.",
        )


def log_everyone_out():
    """Sessions of then are none of now."""
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
