"""A real Chromium, and the demo town served as in real use: collected files, compressed, cached."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.browser import machine
from tests.browser.pages import Walker

# Without transitions: what is measured has come to rest.
STILL = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def chromium(play):
    """The browser; one for all tests of this process."""
    browser = play.chromium.launch(executable_path=play.path, args=machine.CHROMIUM_FLAGS)
    yield browser
    browser.close()


def _environment(folder):
    ours = ("KLAPKARRE_", "DATABASE_", "CACHE_URL", "EMAIL_URL", "DJANGO_", "PYTEST_")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return clean | {
        "KLAPKARRE_DATA": str(folder / "data"),
        "KLAPKARRE_KEY_FILE": str(folder / "klapkarre.keys"),
        "KLAPKARRE_DEMO": "1",
        "KLAPKARRE_TIME_TRAP": "0",
    }


@pytest.fixture(scope="session")
def filled_town(tmp_path_factory):
    """Folder with the demo town, filled once for all processes of this run; only copies of it are served."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    folder = folder / "demo-town"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "filled").exists():
            fill(folder)
            (folder / "filled").touch()
    return folder


def _copy(town, folder):
    """The environment that opens a copy of this town."""
    shutil.copytree(town, folder, dirs_exist_ok=True)
    return _environment(folder)


@pytest.fixture(scope="session")
def demo_folder(filled_town, tmp_path_factory):
    """The demo town of this process: processes never count each other's taps. Returns the environment that opens it."""
    return _copy(filled_town, tmp_path_factory.mktemp("town"))


def fill(folder):
    """Fill a demo town in this folder. Returns the environment that opens it."""
    environment = _environment(folder)
    filled = subprocess.run(
        [sys.executable, "-m", "klapkarre", "demo", "--prepare-only"],
        cwd=machine.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stdout[-3000:] + filled.stderr[-3000:]
    return environment


@contextmanager
def served(environment):
    """A server for the demo town of this environment; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "klapkarre", "demo", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    server = subprocess.Popen(
        command, cwd=machine.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(300):
            assert server.poll() is None, "the demo server stopped"
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def site(demo_folder):
    """Address of a server with the demo town that all browser tests of this process share."""
    with served(demo_folder) as address:
        yield address


@pytest.fixture(scope="module")
def own_site(filled_town, tmp_path_factory):
    """Address of a demo town that no other module touches, for tests that count what they did."""
    with served(_copy(filled_town, tmp_path_factory.mktemp("own-town"))) as address:
        yield address


@pytest.fixture
def worker_phone(own_site, chromium):
    """A worker on a phone, signed in, at the page of today."""
    with machine.on_a_phone(own_site, chromium, "worker") as tab:
        yield tab


@pytest.fixture
def resident_phone(own_site, chromium):
    """Somebody on a phone who reads the site."""
    with machine.on_a_phone(own_site, chromium) as tab:
        yield tab


@pytest.fixture(scope="session")
def walker(site, chromium):
    """Finds the address of each kind of page on the demo site."""
    return Walker(site, chromium)


@pytest.fixture
def watched(walker):
    """`watched(page, **options)` opens a page in a new context and fails at the end on errors in its console."""
    contexts, problems = [], []

    def open_page(page, **options):
        context = walker.context(page.who, **(STILL | options))
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    expected = "Failed to load resource"
    assert [problem for problem in problems if not problem.startswith(expected)] == []
