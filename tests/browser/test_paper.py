"""Paper comes back: a worker signs in people from a sheet, with the keyboard only."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SHEET = """An Bo Cas Dries Evelien Femke Gust Hanne Ibrahim Joke
Karel Lotte Mohamed Noor Olga Pieter Rita Sofie Tom Ursula"""
TWENTY = SHEET.split()


@pytest.fixture
def tab(own_site, chromium):
    context = chromium.new_context(base_url=own_site, viewport={"width": 1280, "height": 800}, locale="nl-BE")
    tab = context.new_page()
    tab.goto("/login/")
    tab.click("button[value=worker]")
    tab.wait_for_url("**/werk/")
    yield tab
    context.close()


@pytest.fixture
def sheet(tab):
    """The page to type a sheet over, of an activity that was planned for tomorrow with names."""
    tab.goto("/werk/activiteiten/nieuw/")
    tab.fill("[name=title]", "Breien aan de toog")
    tab.select_option(
        "[name=place]", label=tab.locator("[name=place] option", has_text="Vlotgraslaan").inner_text()
    )
    tab.locator("label", has_text="Morgen").first.click()
    tab.select_option("[name=starts]", "14:00")
    tab.select_option("[name=ends]", "16:00")
    tab.locator("summary", has_text="Aanmelden en plaatsen").click()
    tab.locator("label", has_text="Ja, met een naam").click()
    tab.press("[name=title]", "Enter")
    tab.wait_for_url("**/werk/activiteiten/")
    card = tab.locator("li.card", has_text="Breien aan de toog").last
    number = re.search(r"/activiteiten/(\d+)/", card.locator("a", has_text="Lijst").get_attribute("href"))[1]
    tab.goto(f"/werk/activiteiten/{number}/lijst/")
    tab.click("text=Typ het blad over")
    # The first letters are lost in a page that is not there yet.
    expect(tab.locator("[name=names]")).to_be_focused()
    return tab


def test_a_worker_signs_in_three_people_from_paper(sheet):
    sheet.fill("[name=names]", "1. Nour\n2. Staf Voorbeeld\n3. Nour")
    sheet.click("main form .row button")
    expect(sheet.locator("#dubbel")).to_be_visible()
    sheet.locator("label", has_text="Nog iemand met dezelfde naam").click()
    sheet.click("text=Klopt, bewaar alles")
    sheet.wait_for_url("**/lijst/")
    expect(sheet.locator("body")).to_contain_text("3 namen erbij.")
    expect(sheet.locator("section[aria-labelledby=lijst] li")).to_have_count(3)


def test_twenty_names_cost_one_key_each_beside_their_letters(sheet):
    """The field has the focus; after the last name Tab goes to the button, and Enter saves."""
    presses = 0
    for number, name in enumerate(TWENTY):
        for key in (*(["Enter"] if number else []), *name):
            sheet.keyboard.press(key)
            presses += 1
    for key in ("Tab", "Enter"):
        sheet.keyboard.press(key)
        presses += 1
    sheet.wait_for_url("**/lijst/")
    expect(sheet.locator("section[aria-labelledby=lijst] li")).to_have_count(20)
    letters = sum(map(len, TWENTY))
    assert (presses - letters, presses) == (21, 114)
