"""htmx does its work under trusted types, and nothing else may (docs/decisions/0002)."""

import pytest
from playwright.sync_api import Error

from tests.browser.pages import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]
STAFF_KIT = Page("kit staff", "/kit/?deel=werk")


def test_htmx_swaps_a_part(watched):
    tab = watched(STAFF_KIT)
    tab.goto(STAFF_KIT.path)
    tab.click("text=Haal een stuk op")
    tab.wait_for_selector("#stuk b")
    assert tab.locator("#stuk script").count() == 0


@pytest.mark.parametrize(
    "attempt",
    [
        "document.createElement('div').innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.createElement('script').textContent = 'alert(1)'",
        "document.createElement('script').src = '/x.js'",
        "document.write('<b>x</b>')",
        "trustedTypes.createPolicy('default', {createHTML: s => s})",
        "trustedTypes.createPolicy('klapkarre', {createHTML: s => s})",
    ],
)
def test_every_other_way_to_write_script_stays_closed(walker, attempt):
    tab = walker.context().new_page()
    tab.goto(STAFF_KIT.path)
    with pytest.raises(Error, match="TypeError"):
        tab.evaluate(f"() => {{ {attempt}; return 'open' }}")
    tab.close()


def test_a_tap_without_network_is_said(walker):
    context = walker.context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(STAFF_KIT.path)
    context.set_offline(True)
    tab.click("text=Haal een stuk op")
    assert tab.inner_text("[role=alert]#melding-net").startswith("Geen netwerk.")
    context.set_offline(False)
    tab.click("text=Haal een stuk op")
    tab.wait_for_selector("#stuk b")
    assert tab.is_hidden("#melding-net")
    context.close()
