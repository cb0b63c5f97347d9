import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Each test starts with an empty page cache: the numbers that keep pages apart start again with each database."""
    cache.clear()
