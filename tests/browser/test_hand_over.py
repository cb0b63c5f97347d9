"""An activity goes from a worker to residents, who make their first change themselves."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.machine import plan_tomorrow

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def plan(tab):
    card = plan_tomorrow(tab, "Petanque met de buren")
    link = card.locator("a", has_text="Papier").get_attribute("href")
    return re.search(r"/activiteiten/(\d+)/", link)[1]


def test_hand_over_and_the_first_change_of_the_residents(worker_phone, resident_phone):
    worker, resident = worker_phone, resident_phone
    number = plan(worker)
    worker.goto(f"/werk/activiteiten/{number}/overdracht/")
    worker.fill("[name=takes_on]", "De ballen klaarzetten en iedereen ontvangen.")
    worker.fill("[name=fallback]", "Sociaal Huis, 052 37 85 00")
    worker.click("text=Draag over >> nth=-1")
    expect(worker.locator("p.code")).to_be_visible()
    code = worker.inner_text("p.code")

    resident.goto("/activiteiten/overdracht/")
    resident.fill("main [name=code]", code.replace("-", " "))
    resident.press("main [name=code]", "Enter")
    # A quick one is asked to press again: programs never do.
    resident.wait_for_timeout(3000)
    if resident.locator(".error-summary").count():
        resident.click("main button:has-text('Ga verder')")
    expect(resident.locator("h1")).to_have_text("Petanque met de buren")
    resident.click("text=Pas aan")
    resident.select_option("[name=starts]", "15:00")
    resident.select_option("[name=ends]", "17:00")
    resident.click("text=Bewaar de uren")
    expect(resident.locator("main")).to_contain_text("Van 15 uur tot 17 uur")

    resident.goto(f"/activiteiten/{number}/")
    expect(resident.locator("main")).to_contain_text("Van 15 uur tot 17 uur")
    worker.reload()
    expect(worker.locator("main")).to_contain_text("Door de bewoners")
    worker.click("text=Zet terug")
    expect(worker.locator("main")).to_contain_text("14:00")
