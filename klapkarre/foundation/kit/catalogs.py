"""The translations of residents' pages: `locale/<language>/LC_MESSAGES/django.po`, compiled where the program runs.

The compiled files are no part of the sources. They are made at the first start, and again when a translation changed;
that needs no program of the system. Where the folder cannot be written, they must have been made while installing
(`./kar messages`); until then pages are in Dutch.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

NAME = "LC_MESSAGES/django.po"


def path_of(language):
    """The file with the translations into this language."""
    return Path(settings.LOCALE_PATHS[0]) / language / NAME


def compile_stale():
    """Compile each catalog that is newer than its compiled form. Takes a fraction of a millisecond when none is."""
    for source in Path(settings.LOCALE_PATHS[0]).glob(f"*/{NAME}"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with contextlib.suppress(OSError):
                compile_one(source, compiled)


def compile_one(source, compiled):
    """Write one compiled catalog, whole or not at all: several processes may start at once."""
    import polib  # only when there is something to compile

    handle, name = tempfile.mkstemp(dir=compiled.parent, prefix=".django-")
    with os.fdopen(handle, "wb") as file:
        file.write(polib.pofile(str(source)).to_binary())
    Path(name).chmod(0o644)
    Path(name).replace(compiled)
