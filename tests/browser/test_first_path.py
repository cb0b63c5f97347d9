"""The first path, end to end, as people walk it: a worker plans, a resident takes a seat, the results count."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.machine import on_a_phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]

NAME = "Fientje Voorbeeld"


@pytest.fixture(scope="module")
def resident(own_site, chromium):
    with on_a_phone(own_site, chromium) as tab:
        yield tab


@pytest.fixture(scope="module")
def worker(own_site, chromium):
    with on_a_phone(own_site, chromium, "worker") as tab:
        yield tab


def path_of(tab):
    return urlsplit(tab.url).path


def deelnames(tab):
    """The first tier of reach, as the results page shows it."""
    tab.goto("/resultaten/")
    text = tab.locator(".card", has_text="Deelnames").first.inner_text()
    return int(re.search(r"\d[\d.\s]*", text)[0].replace(".", ""))


def plan_soup(worker):
    worker.goto("/werk/activiteiten/nieuw/")
    worker.fill("[name=title]", "Soep voor iedereen")
    worker.select_option(
        "[name=place]", label=worker.locator("[name=place] option", has_text="Vlotgraslaan").inner_text()
    )
    worker.locator("label", has_text="Morgen").first.click()
    worker.select_option("[name=starts]", "14:00")
    worker.select_option("[name=ends]", "16:00")
    worker.click("summary:has-text('Aanmelden en plaatsen')")
    worker.locator("label:has([name=sign_up_kind][value=name])").click()
    worker.fill("[name=capacity]", "1")
    worker.get_by_role("button", name="Bewaar").click()
    worker.wait_for_url("**/werk/activiteiten/")


def walk_to_the_form(resident):
    """Home, neighbourhoods, neighbourhood, point, activity, form: by its links only."""
    resident.goto("/")
    assert resident.locator("html").get_attribute("lang") == "nl"
    resident.get_by_role("link", name="Buurten").first.click()
    resident.get_by_role("link", name="Bijloke", exact=True).click()
    said_there = resident.locator("main").inner_text()
    resident.get_by_role("link", name="Buurtpunt Vlotgraslaan").click()
    said = resident.locator(".big").first.inner_text()
    assert re.search(r"[Oo]pen|[Dd]icht", said)
    assert " ".join(said.split()) in " ".join(said_there.split())
    resident.get_by_role("link", name="Soep voor iedereen").click()
    resident.locator("main a[href$='/aanmelden/']").first.click()
    assert path_of(resident).endswith("/aanmelden/")


def sign_up(resident, name, button):
    resident.fill("[name=name]", name)
    resident.get_by_role("button", name=button).click()


def test_the_first_path(resident, worker):
    before = deelnames(worker)
    plan_soup(worker)

    walk_to_the_form(resident)
    form = path_of(resident)
    sign_up(resident, NAME, re.compile("Meld"))
    resident.wait_for_url("**/briefje/**")
    slip = path_of(resident)
    code = re.search(r"\b[a-z]+-[a-z]+-\d\d\b", resident.locator("main").inner_text())[0]

    # The slip opens again by its code, however it is typed.
    resident.goto("/activiteiten/briefje/")
    first, second, number = code.split("-")
    resident.fill("[name=code]", f" {second.upper()} {number}  {first}")
    resident.press("[name=code]", "Enter")
    resident.wait_for_url("**" + slip)

    # The next one is told that it is full, and chooses to wait.
    resident.goto(form)
    assert "vol" in resident.locator("main").inner_text()
    sign_up(resident, "Omar Verzonnen", re.compile("wachtlijst"))
    resident.wait_for_url("**/briefje/**")
    assert "wachtlijst" in resident.locator("main").inner_text()

    # The worker sees both names; giving the seat back moves the second one up, to be told.
    worker.goto("/werk/activiteiten/")
    worker.locator("li, article, .card", has_text="Soep voor iedereen").first.get_by_role(
        "link", name=re.compile("[Ll]ijst")
    ).first.click()
    names = worker.locator("main").inner_text()
    assert NAME in names
    assert "Omar Verzonnen" in names
    resident.goto(slip + "vrijgeven/")
    resident.locator("main form button").first.click()
    worker.reload()
    assert "erwittigen" in worker.locator("main").inner_text()

    # Three visitors at the counter, one tap each, and three contacts.
    worker.goto("/werk/onthaal/vlotgraslaan/")
    total = int(worker.inner_text("#total"))
    for reason in ("babbel", "digitaal", "babbel"):
        worker.click(f"button[value={reason}]")
    expect(worker.locator("#total")).to_have_text(str(total + 3))
    for _ in range(3):
        worker.goto("/werk/contacten/nieuw/")
        worker.locator("label", has_text="Babbel").first.click()
        worker.get_by_role("button", name="Bewaar", exact=True).click()
        worker.wait_for_url("**/bewaard/")
    assert deelnames(worker) == before + 3 + 3
