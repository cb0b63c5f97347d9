"""The one cookie that residents meet is the one that the page about privacy names."""

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.access.matrix import DOORS
from tests.access.test_matrix import path_of


@pytest.mark.access
@pytest.mark.slow
def test_no_public_page_sets_another_cookie_than_the_one_we_name(world):
    said = Client().get("/privacy/").content.decode()
    assert f"<code>{configured.CSRF_COOKIE_NAME}</code>" in said
    # Who logs in gets cookies of another kind: the page says so, and no resident meets them.
    staff = {name for name in configured.PUBLIC if name.startswith("accounts:")}
    found = {}
    for name in sorted(configured.PUBLIC - staff):
        visitor = Client()
        if name in DOORS:
            visitor.get(path_of(world, name, DOORS[name]))
            found[name] = set(visitor.cookies)
    assert {one for cookies in found.values() for one in cookies} == {configured.CSRF_COOKIE_NAME}
    assert [name for name in found if name.startswith(("website:", "exchange:")) and found[name]] == []
