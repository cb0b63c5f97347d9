import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nothing_counted():
    """No wrong attempt of another test."""
    caches["limits"].clear()
    yield
    caches["limits"].clear()
