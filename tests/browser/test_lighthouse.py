"""The budgets of residents' pages as Lighthouse counts them; how long it takes is measured, never tested."""

import pytest

from tests.browser import lighthouse, machine
from tests.browser.pages import ARABIC, RESIDENT

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ASKED = ("home", "agenda", "point", "sign up", "home in Arabic", "activity in Arabic")
BYTES = 40_000


@pytest.mark.parametrize(
    "page", [pytest.param(one, id=one.name) for one in (*RESIDENT, *ARABIC) if one.name in ASKED]
)
def test_a_phone_gets_a_light_steady_page(need, walker, page):
    need(machine.lighthouse(), machine.LIGHTHOUSE_LINE)
    found = lighthouse.figures(lighthouse.measured(walker.base_url + walker.address(page)))
    assert (found["accessibility"], found["cls"]) == (1, 0)
    assert found["bytes"] <= BYTES
