import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def fresh_cache():
    """No counted attempt and no kept page of another test."""
    _clear()
    yield
    _clear()


def _clear():
    for name in ("default", "limits"):
        caches[name].clear()


@pytest.fixture
def phone(client, db):
    """A resident's phone: nobody is signed in, and what the worker's browser keeps is elsewhere."""
    from django.test import Client

    return Client()
