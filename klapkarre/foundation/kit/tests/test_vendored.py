"""Files of others are exactly what vendored.toml says they are."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from klapkarre.foundation.kit import pdf

KIT = Path(__file__).resolve().parents[1]
ROOT = KIT.parents[2]
VENDORED = tomllib.loads((KIT / "vendored.toml").read_text(encoding="utf-8"))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("entry", VENDORED["file"], ids=lambda entry: Path(entry["path"]).name)
def test_vendored_file_is_unchanged(entry):
    assert digest(ROOT / entry["path"]) == entry["sha256"]
    assert entry["version"]
    assert entry["licence"]


def test_icons_are_unchanged_and_all_listed():
    found = {path.stem: digest(path) for path in (KIT / "icons").iterdir()}
    assert found == VENDORED["icons"]["sha256"]


def test_every_static_file_is_ours_or_listed():
    ours = {"klapkarre.css", "kit.js", "staff.js", "cup.svg"}
    ours |= {Path(name).name for name in pdf.OWN if not name.endswith(".woff2")}
    listed = {Path(entry["path"]).name for entry in VENDORED["file"] if "kit/static" in entry["path"]}
    assert {path.name for path in (KIT / "static" / "kit").iterdir()} == ours | listed


def test_every_file_of_the_map_is_listed():
    listed = {ROOT / entry["path"] for entry in VENDORED["file"] if entry["name"] == "leaflet"}
    folder = ROOT / "klapkarre/windows/website/static/website/leaflet"
    assert {path for path in folder.rglob("*") if path.is_file()} == listed
