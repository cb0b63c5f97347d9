"""The commands from outside: what they answer, and with which exit code."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from klapkarre import cli
from klapkarre.commands import environment, server
from klapkarre.commands import test as command_test

ROOT = Path(__file__).parents[2]
NETWORK = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}


@pytest.fixture
def klapkarre(tmp_path):
    """`klapkarre("check", HOSTS="...")` in a folder of its own: returns the finished process."""

    def start(*arguments, stdin="", wait=True, **variables):
        general = ("LANG", "PYTHONPATH")
        own = {name if name in general else f"KLAPKARRE_{name}": value for name, value in variables.items()}
        process = subprocess.Popen(
            [sys.executable, "-m", "klapkarre", *arguments],
            cwd=tmp_path,
            env=NETWORK | {"PYTHONPATH": str(ROOT)} | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if not wait:
            return process
        process.out, process.said = process.communicate(stdin, timeout=120)
        return process

    return start


def test_help_and_mistakes(capsys):
    assert cli.main(["help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"./kar {name}" in shown for name in [*cli.COMMANDS, "manage"])
    assert cli.main([]) == 2
    assert cli.main(["dans"]) == 2


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.run(name, ["--help"])
    assert stopped.value.code == 0
    assert f"kar {name}" in capsys.readouterr().out


def test_a_wrong_option_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.run("retention", ["--drie-run"])
    assert stopped.value.code == 2


def test_a_sample_has_at_least_one_team(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.run("sample", ["--teams", "0"])
    assert stopped.value.code == 2


def test_a_sample_never_enters_a_real_installation(klapkarre, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/klapkarre.sqlite3").touch()
    result = klapkarre("sample")
    assert result.returncode == 1
    assert "echte installatie" in result.said
    assert klapkarre("demo", PORT="18999").returncode == 1


@pytest.mark.django_db
def test_the_demo_never_enters_a_real_postgresql(worker, monkeypatch):
    from klapkarre.commands import demo

    for name in ("KLAPKARRE_DEMO", "KLAPKARRE_KEY_FILE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert demo.holds_work()
    worker.memberships.all().delete()
    worker.delete()
    assert not demo.holds_work()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("SELECT 1", []),
        ("ALTER TABLE people_earlier DROP COLUMN at", ["people_earlier"]),
        ("ALTER TABLE people_earlier ADD COLUMN gone integer", ["people_earlier"]),
        ("DROP TABLE people_earlier", ["people_earlier"]),
    ],
)
def test_a_demo_of_another_version_is_seen(change, found):
    """A demo folder that was filled before a table changed in its place."""
    from django.db import connection

    from klapkarre.commands import demo

    with connection.cursor() as cursor:
        cursor.execute(change)
    assert demo.other_tables() == found


@pytest.mark.slow
@pytest.mark.django_db
def test_a_demo_of_another_version_is_not_started_and_says_what_to_do(tmp_path, monkeypatch, capsys):
    from django.db import connection

    from klapkarre.commands import demo

    for name, value in (
        ("KLAPKARRE_DEMO", ""),
        ("KLAPKARRE_KEY_FILE", ""),
        ("DATABASE_URL", ""),
        ("LC_ALL", "nl"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KLAPKARRE_DATA", str(tmp_path))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE people_earlier")
    assert demo.prepare({"complete": True}) is False
    said = capsys.readouterr().err
    assert f"Deze demo is van een andere versie: neem {tmp_path} weg en start './kar demo' opnieuw." in said
    assert not (tmp_path / "demo.json").exists()


@pytest.mark.slow
def test_a_sample_is_made_once(klapkarre):
    assert klapkarre("sample", "--teams", "1", "--years", "1").returncode == 0
    again = klapkarre("sample", "--teams", "1", "--years", "1")
    assert again.returncode == 1
    assert "bevat al proefgegevens" in again.said


def test_english_when_the_terminal_is_english(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    cli.main(["help"])
    assert "set everything up" in capsys.readouterr().out
    assert cli.main(["dans"]) == 2
    assert "Unknown command" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        ("127.0.0.1", ("127.0.0.1", 8000)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        (":81", ("127.0.0.1", 81)),
        ("[::1]:82", ("::1", 82)),
        ("[::1]", ("::1", 8000)),
    ],
)
def test_bind_is_an_address_and_maybe_a_port(bind, expected):
    assert server.split_bind(bind, 8000) == expected


def test_pytest_codes_become_ours():
    assert [command_test.exit_code(code) for code in (0, 1, 2, 3, 4, 5)] == [0, 1, 1, 1, 2, 1]


def test_our_own_count_of_processes_gives_way():
    assert command_test.parallel([])[0] == "-n"
    assert command_test.parallel(["-n", "0"]) == []
    assert command_test.parallel(["--pdb"]) == []


def test_a_port_in_use_is_said(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not server.free("127.0.0.1", port)
    assert f"Poort {port} is al in gebruik" in capsys.readouterr().err
    assert server.free("127.0.0.1", port)


def test_the_fingerprint_follows_the_files(monkeypatch):
    before = environment.fingerprint()
    assert environment.fingerprint() == before
    monkeypatch.setattr("klapkarre.__version__", "9.9")
    assert environment.fingerprint() != before


@pytest.mark.slow
def test_an_old_sqlite_is_refused(klapkarre, tmp_path):
    """A library from before 3.51.3: nothing starts, and it is said what to do."""
    (tmp_path / "sitecustomize.py").write_text(
        "import pysqlite3\npysqlite3.sqlite_version_info = (3, 40, 1)\npysqlite3.sqlite_version = '3.40.1'\n"
    )
    for command in ("check", "serve"):
        result = klapkarre(command, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
        assert result.returncode == 1
        assert "SQLite 3.40.1 is te oud: 3.51.3 of nieuwer is nodig" in result.said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("serve", "KLAPKARRE_PORT", "abc"),
        ("demo", "KLAPKARRE_PORT", "99999"),
        ("check", "KLAPKARRE_HTTPS", "maybe"),
        ("manage", "KLAPKARRE_HTTPS", "maybe"),
        ("serve", "EMAIL_URL", "junk"),
        ("manage", "EMAIL_URL", "junk"),
        ("check", "CACHE_URL", "junk"),
        ("serve", "KLAPKARRE_TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_mistyped_setting_gets_a_sentence(klapkarre, tmp_path, command, name, value):
    (tmp_path / ".env").write_text(f"{name}={value}\n")
    result = klapkarre(command, *(["check"] if command == "manage" else []))
    assert result.returncode == 1
    assert name in result.said
    assert "Traceback" not in result.said


@pytest.mark.slow
def test_serve_lists_what_to_do_first(klapkarre):
    result = klapkarre("serve")
    assert result.returncode == 1
    for word in ("SECRET_KEY", "HOSTS", "TRUSTED_PROXIES", "sleutelbestand", "geen databank"):
        assert word in result.said
    assert "Not starting like this" in klapkarre("serve", LANG="en_US.UTF-8").said


@pytest.mark.slow
def test_a_new_installation_is_made_checked_and_kept(klapkarre, tmp_path):
    flags = ("--host", "buurt.voorbeeld.be", "--organisation", "Buurtwerk vzw", "--admin", "beheer")
    assert klapkarre("init", "--host", "x.be").returncode == 2  # nobody is here to ask
    weak = klapkarre("init", *flags, "--password-file", "-", stdin="kort\n")
    assert weak.returncode == 1
    named = klapkarre("init", *flags, "--password-file", "-", stdin="buurtwerk-2026!\n")
    assert (named.returncode, "makkelijk te raden" in named.said) == (1, True)
    assert not (tmp_path / ".env").exists()
    assert not (tmp_path / "klapkarre.keys").exists()
    made = klapkarre("init", *flags, "--password-file", "-", stdin="een-heel-lang-wachtwoord-2026\n")
    assert made.returncode == 0, made.said
    assert "https://buurt.voorbeeld.be/login/" in made.said
    settings = (tmp_path / ".env").read_text()
    assert oct((tmp_path / ".env").stat().st_mode & 0o777) == "0o600"
    assert oct((tmp_path / "klapkarre.keys").stat().st_mode & 0o777) == "0o600"
    assert oct((tmp_path / "data").stat().st_mode & 0o777) == "0o700"
    uncopied = klapkarre("check")
    assert uncopied.returncode == 1
    assert "geen kopie genoteerd" in uncopied.said
    (tmp_path / "stick.keys").write_bytes((tmp_path / "klapkarre.keys").read_bytes())
    assert klapkarre("keys", "copied", "stick.keys").returncode == 0
    well = klapkarre("check")
    assert well.returncode == 0, well.said
    assert well.out.startswith("Klapkarre ")
    again = klapkarre("init", *flags)
    assert again.returncode == 0, again.said
    assert "al een beheerder" in again.said
    assert (tmp_path / ".env").read_text() == settings
    (tmp_path / "klapkarre.keys").unlink()
    assert klapkarre("check").returncode == 1


@pytest.mark.slow
def test_a_server_erases_what_has_had_its_term(klapkarre, tmp_path):
    flags = ("--host", "localhost", "--organisation", "Buurtwerk vzw", "--admin", "beheer")
    made = klapkarre("init", *flags, "--password-file", "-", stdin="een-heel-lang-wachtwoord-2026\n")
    assert made.returncode == 0, made.said
    rows = "SELECT count(*) FROM people_receipt"
    with sqlite3.connect(tmp_path / "data/klapkarre.sqlite3") as database:
        old = ("0" * 32, "proef", "1", "2020-01-01 00:00:00")
        database.execute("INSERT INTO people_receipt (uuid, kind, answer, at) VALUES (?, ?, ?, ?)", old)
    serving = klapkarre("serve", "--bind", f"127.0.0.1:{free_port()}", wait=False)
    try:
        for _ in range(300):
            if database.execute(rows).fetchone()[0] == 0:
                break
            time.sleep(0.1)
        assert database.execute(rows).fetchone()[0] == 0
    finally:
        database.close()
        serving.send_signal(2)
        serving.communicate(timeout=30)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_the_demo_starts_again_after_a_broken_start(klapkarre, tmp_path):
    port = str(free_port())
    first = klapkarre("demo", PORT=port, wait=False)
    for line in first.stderr:
        if "verzonnen jaar" in line:
            first.kill()
            break
    first.communicate(timeout=60)
    stamp = json.loads((tmp_path / "data/demo.json").read_text())
    assert stamp == {"complete": False}
    second = klapkarre("demo", PORT=port, wait=False)
    try:
        ready = next(line for line in second.stderr if "De demo staat klaar" in line)
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=20) as answer:
            assert answer.status == 200
            assert 'lang="nl"' in answer.read().decode()
    finally:
        second.send_signal(2)
        second.communicate(timeout=30)
    assert f"http://localhost:{port}" in ready
    assert second.returncode == 0
    with sqlite3.connect(tmp_path / "data/klapkarre.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM accounts_user WHERE username='worker'").fetchone() == (
            1,
        )
    database.close()
    for command, code in (("serve", 1), ("init", 1), ("check", 0)):
        assert klapkarre(command).returncode == code
    counted = klapkarre("retention", "--dry-run")
    assert counted.returncode == 0
    assert "Er is niets gewist" in counted.said
