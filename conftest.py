"""What every test gets: the options, no network, files of its own. The personas are in `tests/personas.py`."""

import gc
import hashlib
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.personas", "tests.reading_watch"]

# Playwright's own loop runs in the test's thread; the ORM is never called from inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_addoption(parser):
    parser.addoption(
        "--all",
        action="store_true",
        help="also the slow tests; what needs a missing browser, Java or server fails instead of being skipped",
    )


def pytest_configure(config):
    from django.conf import settings

    # Never the data or the keys of the person who runs the tests.
    settings.DATA = Path(tempfile.mkdtemp(prefix="kar-test-", dir=quick_folder()))
    settings.KEY_FILE = settings.DATA.with_name(settings.DATA.name + ".keys")
    settings.MEDIA_ROOT = settings.DATA / "media"
    config.add_cleanup(lambda: _remove(settings.DATA, settings.KEY_FILE))
    for name, examples in (("quick", 15), ("all", 300)):
        hypothesis_settings.register_profile(
            name,
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        )
    hypothesis_settings.load_profile("all" if config.getoption("--all") else "quick")
    close_network()


def quick_folder():
    """A folder in memory when there is room in it: the settings of real use wait for the disk at each commit."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1_000_000_000:
        return memory
    return None


def _remove(folder, key_file):
    shutil.rmtree(folder, ignore_errors=True)
    for path in (key_file, Path(f"{key_file}.lock")):
        path.unlink(missing_ok=True)


def pytest_collection_finish():
    """What is loaded by now stays: the collector need not look at it again after every few requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config, items):
    """Slow tests run with `--all`, with `-m`, or when one is asked for by name."""
    if config.getoption("--all") or config.getoption("markexpr") or any("::" in arg for arg in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


class NetworkClosed(OSError):
    """A test tried to reach another machine."""


def is_here(address):
    """Is this address of this machine: a Unix socket, loopback, or localhost?"""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def close_network():
    """Tests reach this machine only; a name of elsewhere is not even looked up."""
    if getattr(socket.socket.connect, "guarded", False):
        return
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(call):
        def guarded(self, address):
            if not is_here(address):
                raise NetworkClosed(f"tests have no network: {address}")
            return call(self, address)

        guarded.guarded = True
        return guarded

    def look_up(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_here((name,)):
            raise NetworkClosed(f"tests have no network: {name}")
        return getaddrinfo(host, *arguments, **options)

    socket.socket.connect = guard(connect)
    socket.socket.connect_ex = guard(connect_ex)
    socket.getaddrinfo = look_up


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, kept_tables):
    """SQLite in a file, as in real use: in memory, threads share one connection and no race can be seen."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(settings.DATA / "test.sqlite3")
        if kept_tables.is_file():
            shutil.copy(kept_tables, settings.DATA / "test.sqlite3")


@pytest.fixture(scope="session")
def kept_tables():
    """The file with the empty tables that these migrations make; the first run makes it, the next ones copy it."""
    found = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted([*root.glob("klapkarre/**/migrations/*.py"), root / "requirements-dev.txt"]):
        found.update(path.read_bytes())
    return Path(sys.prefix) / f"tables-{found.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(kept_tables, django_db_modify_db_settings):
    """Does the database of this process have its tables already?"""
    from django.conf import settings

    return (settings.DATA / "test.sqlite3").is_file()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker, kept_tables):
    from django.db import connection

    if connection.vendor != "sqlite" or django_db_keepdb:
        return
    new = kept_tables.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(new)])
    new.replace(kept_tables)


@pytest.fixture(scope="session", autouse=True)
def files_are_found_once():
    """Each client of a test has middleware of its own, which would walk through all static folders again."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    find, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(middleware):
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = find


@pytest.fixture(scope="session", autouse=True)
def one_window():
    """Attempts count per ten minutes of the clock: a test that stands astride two of them would count too few."""
    from klapkarre.foundation.kit import limits

    clock, began = limits.time, time.time()
    limits.time = SimpleNamespace(time=lambda: began)
    yield
    limits.time = clock


@pytest.fixture(scope="session", autouse=True)
def only_pages_are_noted(django_test_environment):
    """`answer.context` is that of the page: the framework would copy it once more for each control in it."""
    from django.template import Template

    noted, depth = Template._render, threading.local()

    def render(template, context):
        if getattr(depth, "inside", False):
            return template.nodelist.render(context)
        depth.inside = True
        try:
            return noted(template, context)
        finally:
            depth.inside = False

    Template._render = render
    yield
    Template._render = noted


@pytest.fixture(scope="session")
def need(pytestconfig):
    """`need(found, "what: the line that installs it")`: skips when it is missing, fails with `--all`."""

    def need(found, line):
        if found:
            return
        if pytestconfig.getoption("--all"):
            pytest.fail(line, pytrace=False)
        pytest.skip(line)

    return need
