"""How it stands with the key file and the keys: what `check` and `keys` say. (Dutch, English) pairs of what to do."""

import datetime
import hashlib
import json
import stat
from pathlib import Path

OLD_COPY = datetime.timedelta(days=400)


def digest(content):
    """A fingerprint of the keys in a key file, to see whether a copy is still equal to it."""
    keys = {name: content.get(name, {}) for name in ("organisations", "shredded", "backup")}
    return hashlib.sha256(json.dumps(keys, sort_keys=True).encode()).hexdigest()


def _file():
    from django.conf import settings

    from klapkarre.foundation.accounts.keyfile import KeyFile

    return KeyFile(settings.KEY_FILE)


def _note():
    return Path(f"{_file().path}.copied")


def same_keys(copy):
    """Does this other file hold the same keys?"""
    from klapkarre.foundation.accounts.keyfile import KeyFile
    from klapkarre.foundation.kit.cipher import CannotOpen

    file = _file()
    try:
        if not copy.is_file() or copy.resolve() == file.path.resolve():
            return False
        return digest(KeyFile(copy).read()) == digest(file.read())
    except CannotOpen:
        return False


def note_copy():
    """Keep the day of the last copy, and of which keys it is."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    _note().write_text(json.dumps({"on": today, "keys": digest(_file().read())}), encoding="utf-8")


def last_copy():
    """The day of the last copy and whether it holds all keys of now; (None, False) without one."""
    try:
        note = json.loads(_note().read_text(encoding="utf-8"))
        return datetime.date.fromisoformat(note["on"]), note["keys"] == digest(_file().read())
    except (OSError, ValueError, KeyError):
        return None, False


def copy_problems():
    """A copy of the key file lies elsewhere, holds every key, and somebody looked at it not too long ago."""
    path = _file().path
    if not path.is_file():
        return
    day, complete = last_copy()
    if day is None:
        yield (
            f"Van {path} is geen kopie genoteerd. Kopieer het naar een andere plek, bijvoorbeeld een usb-stick in een"
            " kluis. Doe dan: ./kar keys copied BESTAND",
            f"No copy of {path} was noted. Copy it to another place, for instance a stick in a safe."
            " Then do: ./kar keys copied FILE",
        )
    elif not complete:
        yield (
            f"Het sleutelbestand veranderde na de kopie van {day}. Maak een nieuwe. Doe dan: ./kar keys copied BESTAND",
            f"The key file changed after the copy of {day}. Make a new one. Then do: ./kar keys copied FILE",
        )
    elif datetime.datetime.now(datetime.UTC).date() - day > OLD_COPY:
        yield (
            f"De kopie van het sleutelbestand is van {day}. Kijk of ze er nog ligt. Doe dan: ./kar keys copied BESTAND",
            f"The copy of the key file is from {day}. See whether it is still there. Then do: ./kar keys copied FILE",
        )


def organisation_problems():
    """Every organisation has a key that opens, no run was left half done, and no key is for nobody."""
    from klapkarre.foundation.accounts.keyfile import Shredded
    from klapkarre.foundation.accounts.keyring import DatabaseKeyRing
    from klapkarre.foundation.accounts.models import Organisation
    from klapkarre.foundation.kit.cipher import CannotOpen

    ring = DatabaseKeyRing()
    for organisation in Organisation.objects.all():
        try:
            ring.current(organisation.pk)
            ring.index_current(organisation.pk)
            ring.sealing_current(organisation.pk)
        except Shredded:
            continue
        except (CannotOpen, OSError, ValueError) as error:
            yield (
                f"De sleutel van '{organisation}' gaat niet open ({error}). Zet het juiste sleutelbestand terug.",
                f"The key of '{organisation}' does not open ({error}). Put the right key file back.",
            )
        else:
            yield from unfinished(organisation)


def unfinished(organisation):
    """A run of `keys rotate` that was interrupted."""
    from klapkarre.foundation.accounts import rotation

    slug = organisation.slug
    if rotation.is_unfinished(organisation):
        yield (
            f"Een ronde voor '{organisation}' is niet af. Doe: ./kar keys rotate {slug}",
            f"A run for '{organisation}' is not finished. Do: ./kar keys rotate {slug}",
        )
    if len(_file().keys(organisation.pk)) > 1:
        yield (
            f"Het sleutelbestand heeft twee sleutels voor '{organisation}'. Doe: ./kar keys rotate {slug} --key-file",
            f"The key file has two keys for '{organisation}'. Do: ./kar keys rotate {slug} --key-file",
        )


def unused():
    """Organisations in the key file that the database does not know."""
    from klapkarre.foundation.accounts.models import Organisation

    known = {str(pk) for pk in Organisation.objects.values_list("pk", flat=True)}
    return sorted(set(_file().read()["organisations"]) - known)


def report():
    """What stands where: the key file, its mode, its last copy, and each organisation."""
    from klapkarre.foundation.accounts.models import Organisation
    from klapkarre.foundation.people import ledger

    path = _file().path
    if not path.is_file():
        yield f"Sleutelbestand: {path} (is er niet)", f"Key file: {path} (missing)"
        return
    mode = stat.filemode(path.stat().st_mode)
    yield f"Sleutelbestand: {path} ({mode})", f"Key file: {path} ({mode})"
    yield f"Wisboek: {ledger.path()}", f"Erasure ledger: {ledger.path()}"
    day, complete = last_copy()
    dutch = "nooit" if day is None else f"{day}" if complete else f"{day}, daarna veranderd"
    in_english = "never" if day is None else f"{day}" if complete else f"{day}, changed since"
    yield f"Laatste kopie: {dutch}", f"Last copy: {in_english}"
    for organisation in Organisation.objects.all():
        yield _about(organisation)
    for unknown in unused():
        yield f"Ongebruikt: sleutel van {unknown}", f"Not used: key of {unknown}"


def _about(organisation):
    from klapkarre.foundation.accounts import rotation
    from klapkarre.foundation.accounts.keyfile import Shredded
    from klapkarre.foundation.accounts.keyring import DatabaseKeyRing
    from klapkarre.foundation.kit.cipher import CannotOpen

    try:
        DatabaseKeyRing().current(organisation.pk)
    except Shredded:
        return f"{organisation}: vernietigd", f"{organisation}: shredded"
    except CannotOpen:
        return f"{organisation}: gaat niet open", f"{organisation}: does not open"
    days = rotation.age(organisation).days
    return f"{organisation}: in orde, sleutel {days} dagen oud", f"{organisation}: well, key {days} days old"
