"""A town that is filled once for all tests of the field app; each test module serves a copy."""

import pytest

from tests.offline.handset import Handset, choose_place, couple, save
from tests.offline.site import Site


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """An installation with two phones for each of a thousand histories; it never runs itself."""
    site = Site(tmp_path_factory.mktemp("field-town"), phones=2200)
    site.fill()
    return site


@pytest.fixture(scope="module")
def site(filled, tmp_path_factory):
    """A server of this module, with a town that nobody else touches."""
    with filled.copy(tmp_path_factory.mktemp("field-site")) as site:
        yield site
        site.stop()


@pytest.fixture
def phone(play, site, tmp_path):
    """A coupled phone that knows where it is; online."""
    phone = Handset(play, tmp_path / "profile", site.address)
    tab = phone.open()
    couple(tab)
    choose_place(tab)
    save(tab, "de eerste")
    tab.wait_for_selector("[data-all-sent]:visible")
    yield phone
    phone.close()
