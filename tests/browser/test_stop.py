"""The cart at a square: announced on the street, read by a neighbour, tallied, in the results once, called off."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SPOT = "Grasveld achter de fietsenstalling"


def announce(tab):
    """From the workday, for the quarter of an hour that runs now; returns the number of the activity.

    Before seven nobody stands outside: then for seven.
    """
    tab.click("main >> text=Haltes")
    tab.click("text=Zet een halte op de site")
    tab.select_option("[name=place]", "")
    tab.click("summary:has-text('Staat de plaats er niet bij?')")
    tab.fill("[name=where]", SPOT)
    tab.select_option("[name=neighbourhood]", label="Bijloke")
    now = datetime.datetime.now(ZoneInfo("Europe/Brussels"))
    quarter = now.time().replace(minute=now.minute - now.minute % 15)
    tab.select_option("[name=starts]", f"{max(quarter, datetime.time(7)):%H:%M}")
    tab.select_option("[name=minutes]", "60")
    tab.click("button:has-text('Zet het op de site')")
    expect(tab.locator("body")).to_contain_text("Het staat op de site.")
    return re.search(r"/activiteiten/(\d+)/", tab.url)[1]


def tap(tab, reason, count):
    tab.click(f"button[value={reason}]")
    expect(tab.locator(f"#n-{reason}")).to_have_text(str(count))


def test_a_stop_from_its_announcement_to_the_results(worker_phone, resident_phone):
    worker, resident = worker_phone, resident_phone
    number = announce(worker)
    for path in ("/", "/buurten/bijloke/"):
        resident.goto(path)
        card = resident.locator("li, .card").filter(has_text=SPOT).first
        expect(card).to_contain_text(re.compile("De klapkarre (staat hier nu|komt straks)"))
    resident.click(f"text={SPOT}")
    expect(resident.locator("h1")).to_have_text("De klapkarre komt langs")
    # Another spot than the last one: nobody looked whether a wheelchair gets there.
    expect(resident.locator("main")).not_to_contain_text("rolstoel")

    worker.click("text=Tel bezoekers")
    tap(worker, "babbel", 1)
    tap(worker, "rechten", 1)
    worker.context.set_offline(True)
    worker.click("button[value=babbel]")
    expect(worker.locator("[data-again] button")).to_be_visible()
    worker.context.set_offline(False)  # it goes by itself
    expect(worker.locator("#n-babbel")).to_have_text("2")
    worker.reload()
    expect(worker.locator("#total")).to_have_text("3")
    worker.click("#stand li:first-child button")
    expect(worker.locator("#total")).to_have_text("2")

    worker.goto("/resultaten/")
    row = worker.locator("tr", has_text=SPOT)
    assert [cell.strip() for cell in row.locator("td").all_text_contents()] == ["2"]

    worker.goto(f"/werk/activiteiten/{number}/halte/")
    worker.click("button:has-text('Het weer is te slecht')")
    expect(worker.locator("body")).to_contain_text("Afgezegd. Bewoners zien dit nu.")
    resident.goto(f"/activiteiten/{number}/")
    expect(resident.locator("main")).to_contain_text("Deze activiteit gaat niet door.")
    # Who came before the rain stays counted.
    worker.goto("/resultaten/")
    assert worker.locator("tr", has_text=SPOT).count() == 1
