import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache():
    """No counted attempt and no kept page of another test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def phone(client, db):
    """A resident's phone: nobody is signed in, and what the worker's browser keeps is elsewhere."""
    from django.test import Client

    return Client()
