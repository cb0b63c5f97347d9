"""The day comes first; what is out of date comes after it, and is missed by nobody when it does not."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.machine import plan_tomorrow

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LATER = "**/werk/vertalen/verouderd/"
ASKED = "[data-hx-trigger=load]"
LOSE_A_TAP = """document.body.dispatchEvent(
    new CustomEvent("htmx:sendError", { bubbles: true, detail: { requestConfig: { elt: document.body } } }))"""


def plan_and_translate(tab):
    """An activity whose title is in French. Returns its path."""
    card = plan_tomorrow(tab, "Breien met de buren")
    number = re.search(r"/activiteiten/(\d+)/", card.locator("a").first.get_attribute("href"))[1]
    tab.goto(f"/werk/vertalen/activiteit/{number}/?taal=fr")
    tab.fill("[name=text0]", "Tricoter entre voisins")
    tab.click("main button:has-text('Bewaar')")
    expect(tab.locator("body")).to_contain_text("1 tekst bewaard.")
    return f"/werk/activiteiten/{number}/wijzigen/"


def test_what_is_out_of_date_comes_after_the_page(worker_phone):
    change = plan_and_translate(worker_phone)
    worker_phone.goto(change)
    worker_phone.fill("[name=title]", "Breien en haken met de buren")
    worker_phone.press("[name=title]", "Enter")
    worker_phone.wait_for_url("**/werk/activiteiten/")
    # While it does not come, the day stands there and says nothing of a tap.
    worker_phone.route(LATER, lambda route: route.abort())
    with worker_phone.expect_event("requestfailed", lambda asked: "verouderd" in asked.url):
        worker_phone.goto("/werk/")
    assert worker_phone.locator("#te-doen h2").is_visible()
    assert worker_phone.locator("#melding-net").count() == 0
    worker_phone.unroute(LATER)
    # A tap that was lost meanwhile is still lost when it comes.
    held = []
    worker_phone.route(LATER, lambda route: held.append(route))
    with worker_phone.expect_request(LATER):
        worker_phone.reload()
    worker_phone.evaluate(LOSE_A_TAP)
    while not held:
        worker_phone.wait_for_timeout(50)
    held[0].continue_()
    expect(worker_phone.locator("#te-doen")).to_contain_text("1 vertaling is verouderd.")
    assert worker_phone.locator(ASKED).count() == 0
    assert worker_phone.locator("#melding-net").is_visible()
    # Who looks next has it at once.
    assert "1 vertaling is verouderd." in worker_phone.request.get("/werk/").text()
