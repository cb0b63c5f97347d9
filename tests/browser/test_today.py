"""The day comes first; what is out of date comes after it, and is missed by nobody when it does not."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LATER = "**/werk/vertalen/verouderd/"
ASKED = "[data-hx-trigger=load]"
LOSE_A_TAP = """document.body.dispatchEvent(
    new CustomEvent("htmx:sendError", { bubbles: true, detail: { requestConfig: { elt: document.body } } }))"""


def plan_and_translate(tab):
    """An activity whose title is in French. Returns its path."""
    tab.goto("/werk/activiteiten/nieuw/")
    tab.fill("[name=title]", "Breien met de buren")
    tab.fill("[name=where]", "Op het plein")
    tab.select_option("[name=neighbourhood]", index=1)
    tab.locator("label", has_text="Morgen").first.click()
    tab.select_option("[name=starts]", "14:00")
    tab.select_option("[name=ends]", "16:00")
    tab.press("[name=title]", "Enter")
    tab.wait_for_url("**/werk/activiteiten/")
    card = tab.locator("li.card", has_text="Breien met de buren").last
    number = re.search(r"/activiteiten/(\d+)/", card.locator("a").first.get_attribute("href"))[1]
    tab.goto(f"/werk/vertalen/activiteit/{number}/?taal=fr")
    tab.fill("[name=text0]", "Tricoter entre voisins")
    tab.click("main button:has-text('Bewaar')")
    expect(tab.locator("body")).to_contain_text("1 tekst bewaard.")
    return f"/werk/activiteiten/{number}/wijzigen/"


def test_what_is_out_of_date_comes_after_the_page(worker):
    change = plan_and_translate(worker)
    worker.goto(change)
    worker.fill("[name=title]", "Breien en haken met de buren")
    worker.press("[name=title]", "Enter")
    worker.wait_for_url("**/werk/activiteiten/")
    # While it does not come, the day stands there and says nothing of a tap.
    worker.route(LATER, lambda route: route.abort())
    with worker.expect_event("requestfailed", lambda asked: "verouderd" in asked.url):
        worker.goto("/werk/")
    assert worker.locator("#te-doen h2").is_visible()
    assert worker.locator("#melding-net").count() == 0
    worker.unroute(LATER)
    # A tap that was lost meanwhile is still lost when it comes.
    held = []
    worker.route(LATER, lambda route: held.append(route))
    with worker.expect_request(LATER):
        worker.reload()
    worker.evaluate(LOSE_A_TAP)
    held[0].continue_()
    expect(worker.locator("#te-doen")).to_contain_text("1 vertaling is verouderd.")
    assert worker.locator(ASKED).count() == 0
    assert worker.locator("#melding-net").is_visible()
    # Who looks next has it at once.
    assert "1 vertaling is verouderd." in worker.request.get("/werk/").text()
