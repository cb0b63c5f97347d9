"""Where this installation lies: `.env`, the data folder, and whether that folder holds the demo."""

import json
import os
from pathlib import Path

DEMO_STAMP = "demo.json"


def load(demo=False):
    """Read `.env` when it is there and choose the settings. What is in the environment already wins.

    A data folder that holds the demo is always opened as the demo, with the demo's own keys, so that
    `manage`, `retention` and `check` see what the demo server sees.
    """
    if Path(".env").is_file():
        from dotenv import load_dotenv

        load_dotenv(Path(".env").resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klapkarre.config.settings")
    if demo or demo_stamp():
        os.environ["KLAPKARRE_DEMO"] = "1"
        os.environ.setdefault("KLAPKARRE_KEY_FILE", str(data_folder() / "demo.keys"))


def set_up(demo=False):
    """Load the environment and Django."""
    load(demo)
    import django

    django.setup()


def port():
    """The port to listen on."""
    from django.core.exceptions import ImproperlyConfigured

    given = os.environ.get("KLAPKARRE_PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise ImproperlyConfigured("KLAPKARRE_PORT: een poort is een getal van 1 tot 65535.")
    return int(given)


def data_folder():
    """The folder with the database, the files and the stamps."""
    return Path(os.environ.get("KLAPKARRE_DATA") or "./data").resolve()


def demo_stamp():
    """What the demo noted about itself in the data folder; empty when this is no demo."""
    try:
        return json.loads((data_folder() / DEMO_STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def write_demo_stamp(stamp):
    """Replace the stamp in one step, so that an interrupted start never leaves half of one."""
    fresh = data_folder() / f"{DEMO_STAMP}.new"
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(data_folder() / DEMO_STAMP)


def fingerprint():
    """Changes when a migration or a static file changes: the sum of what a start may skip."""
    import hashlib

    import klapkarre

    found = hashlib.sha256(klapkarre.__version__.encode())
    for folder, names, files in os.walk(Path(klapkarre.__file__).parent):
        names[:] = sorted(name for name in names if name != "__pycache__")
        if {"migrations", "static"}.isdisjoint(Path(folder).parts):
            continue
        for file in sorted(files):
            fact = os.stat(os.path.join(folder, file))
            found.update(f"{folder}/{file} {fact.st_size} {fact.st_mtime_ns}\n".encode())
    return found.hexdigest()
