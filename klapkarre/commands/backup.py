"""`backup`: database and files in one encrypted file, made in one step while people work, verified after writing."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from pathlib import Path

from klapkarre.commands import dump, environment, sealedfile
from klapkarre.commands.words import say, words

MANIFEST = "manifest.json"


def arguments(parser):
    parser.add_argument("file", metavar=words("BESTAND", "FILE"))


def run(options):
    environment.set_up()
    from django.conf import settings
    from django.db import DatabaseError

    from klapkarre.commands import facts
    from klapkarre.foundation.kit.cipher import CannotOpen

    file = Path(options.file).resolve()
    problems = list(facts.database_problems())
    if file.exists():
        problems.append((f"{file} bestaat al. Kies een andere naam.", f"{file} exists. Choose another name."))
    if not file.parent.is_dir():
        problems.append((f"De map {file.parent} is er niet.", f"The folder {file.parent} is not there."))
    if not settings.KEY_FILE.is_file():
        problems.append(
            (
                f"Het sleutelbestand {settings.KEY_FILE} is er niet.",
                f"The key file {settings.KEY_FILE} is missing.",
            )
        )
    if problems:
        facts.show(problems)
        return 1
    os.umask(0o077)
    half = file.with_name(f"{file.name}.half")
    try:
        manifest = write(half)
        verify(half, manifest)
        half.rename(file)
    except dump.NotPossible as error:
        say(*error.args)
    except (OSError, DatabaseError, CannotOpen, sealedfile.Damaged, tarfile.TarError) as error:
        say(f"De back-up mislukte: {error}.", f"The backup failed: {error}.")
    else:
        tell(file, manifest)
        return 0
    finally:
        half.unlink(missing_ok=True)
    return 1


def tell(file, manifest):
    """What was kept, and what the file is worth without its key."""
    rows, size = sum(manifest["tables"].values()), file.stat().st_size / 1e6
    print(file)
    say(
        f"Back-up klaar en nagekeken: {rows} rijen, {len(manifest['files'])} bestanden, {size:.1f} MB.\n"
        "Zonder het sleutelbestand gaat hij niet open. Bewaar dat apart, nooit bij de back-up.",
        f"Backup made and verified: {rows} rows, {len(manifest['files'])} files, {size:.1f} MB.\n"
        "Without the key file it does not open. Keep that apart, never with the backup.",
    )


def about():
    """What a restore must know before it begins."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder
    from django.utils import timezone

    import klapkarre

    return {
        "version": klapkarre.__version__,
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
    }


def write(target):
    """Write the backup and give its manifest."""
    from django.conf import settings

    from klapkarre.foundation.accounts.keyfile import KeyFile

    name, key = KeyFile(settings.KEY_FILE).backup_key()
    manifest = about()
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA) as folder,
        target.open("wb") as file,
    ):
        database, manifest["tables"] = dump.save(Path(folder))
        manifest["files"] = {}
        writer = sealedfile.Writer(file, name, key, {"made_at": manifest["made_at"]})
        with tarfile.open(fileobj=writer, mode="w|") as archive:
            add(archive, database, database.name, manifest["files"])
            add_others(archive, settings.DATA, manifest["files"])
            text = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    return manifest


def others(data):
    """The uploaded files, and what says that a folder is the demo."""
    stamp = data / environment.DEMO_STAMP
    files = sorted(path for path in (data / "media").rglob("*") if path.is_file() and not path.is_symlink())
    return [*files, stamp] if stamp.is_file() else files


def add_others(archive, data, files):
    """The other files into the archive. A photo that somebody takes away meanwhile is no longer asked for."""
    for path in others(data):
        with contextlib.suppress(FileNotFoundError):
            add(archive, path, str(path.relative_to(data)), files)


class Summed:
    """Reads a file and sums it on the way."""

    def __init__(self, file):
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.sum.update(data)
        return data


def add(archive, path, name, files):
    """One file into the archive, and its size and sum into the manifest."""
    with path.open("rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        summed = Summed(file)
        archive.addfile(entry, summed)
    files[name] = {"size": entry.size, "sha256": summed.sum.hexdigest()}


def verify(target, manifest):
    """Read the whole file back and compare every sum."""
    from django.conf import settings

    from klapkarre.foundation.accounts.keyfile import KeyFile

    with target.open("rb") as file:
        _head, about = sealedfile.header(file)
        file.seek(0)
        reader = sealedfile.Reader(file, KeyFile(settings.KEY_FILE).backup_key_named(about["key"]))
        found = {}
        with tarfile.open(fileobj=reader, mode="r|") as archive:
            for entry in archive:
                summed = Summed(archive.extractfile(entry))
                while summed.read(sealedfile.CHUNK):
                    pass
                found[entry.name] = summed.sum.hexdigest()
        reader.read()
    found.pop(MANIFEST, None)
    if found != {name: one["sha256"] for name, one in manifest["files"].items()}:
        raise sealedfile.Damaged
