"""The world of the matrix, built once for each file of tests; each test undoes what it changed."""

import time

import pytest

from klapkarre.foundation.accounts.keyring import forget_opened_keys
from klapkarre.sample.tests.kept import kept_rows
from tests.access.world import build, sign_in

# Much less than what a session may last without a new proof of who it is (`sessions.py`).
SIGN_IN_AGAIN = 240  # seconds


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, key_folder):
    with kept_rows(django_db_blocker, key_folder / "world.keys") as key_file:
        world = build()
        world.key_file = key_file
        yield world
    key_file.unlink()


@pytest.fixture
def signed_in(built, django_db_blocker):
    """Before the test's own transaction: sessions made inside it would be gone for the tests after it."""
    if time.time() - built.signed_in > SIGN_IN_AGAIN:
        with django_db_blocker.unblock():
            sign_in(built)
    return built


@pytest.fixture
def world(built, signed_in, db, settings):
    """The world as it was built, with everyone signed in. Rows that a test changes it asks for itself."""
    settings.KEY_FILE = built.key_file
    forget_opened_keys()
    for name, client in built.clients.items():
        client.cookies.clear()
        client.cookies.load(built.cookies[name])
    return built
