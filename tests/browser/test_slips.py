"""Without e-mail, as people walk it: together on a slip, a seat that comes free, and all days of a series at once."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "nl-BE"}
CODE = re.compile(r"\b[a-z]+-[a-z]+-\d\d\b")


@pytest.fixture(scope="module")
def tab_of(own_site, chromium):
    """`tab_of(role)`: a phone of its own; without a role nobody is signed in."""
    contexts = []

    def tab_of(role=""):
        contexts.append(chromium.new_context(base_url=own_site, **PHONE))
        tab = contexts[-1].new_page()
        if role:
            tab.goto("/login/")
            tab.click(f"button[value={role}]")
            tab.wait_for_url("**/werk/")
        return tab

    yield tab_of
    for context in contexts:
        context.close()


def path_of(tab):
    return urlsplit(tab.url).path


def plan(worker, title, seats):
    """A meal of tomorrow with a list that also takes numbers; gives its form for residents."""
    worker.goto("/werk/activiteiten/nieuw/")
    worker.fill("[name=title]", title)
    worker.select_option(
        "[name=place]", label=worker.locator("[name=place] option", has_text="Vlotgraslaan").inner_text()
    )
    worker.locator("label", has_text="Morgen").first.click()
    worker.select_option("[name=starts]", "14:00")
    worker.select_option("[name=ends]", "16:00")
    worker.click("summary:has-text('Aanmelden en plaatsen')")
    worker.locator("label:has([name=sign_up_kind][value=contact])").click()
    worker.fill("[name=capacity]", str(seats))
    worker.get_by_role("button", name="Bewaar").click()
    worker.wait_for_url("**/werk/activiteiten/")
    worker.goto("/activiteiten/")
    worker.get_by_role("link", name=title).first.click()
    return path_of(worker) + "aanmelden/"


def test_who_goes_back_and_presses_again_has_one_seat(tab_of):
    form = plan(tab_of("worker"), "Soep voor wie terugkeert", 3)
    resident = tab_of()

    def slip():
        resident.get_by_role("button", name="Meld je aan").click()
        resident.wait_for_url("**/briefje/**")
        return path_of(resident)

    def back():
        resident.go_back()
        resident.wait_for_url(f"**{form}")
        resident.wait_for_load_state("load")

    resident.goto(form)
    resident.fill("main [name=name]", "Noer")
    first = slip()
    back()
    assert resident.input_value("main [name=name]") == "Noer"
    assert slip() == first
    # The same name typed once more is somebody else of that name.
    back()
    resident.fill("main [name=name]", "")
    resident.locator("main [name=name]").press_sequentially("Noer")
    second = slip()
    assert second != first
    back()
    assert slip() == second


def test_a_resident_without_mail_comes_with_a_friend_by_slip(tab_of):
    form = plan(tab_of("worker"), "Soep met een vriend", 3)
    resident = tab_of()
    resident.goto(form)
    resident.fill("main [name=name]", "Noer")
    resident.locator("summary", has_text="samen met iemand").click()
    resident.fill("[name=friend1]", "Rita")
    resident.get_by_role("button", name="Meld je aan").click()
    resident.wait_for_url("**/briefje/**")
    code = CODE.search(resident.locator("main").inner_text())[0]

    # Another phone, with the code from paper only.
    neighbour = tab_of()
    neighbour.goto("/activiteiten/briefje/")
    neighbour.fill("[name=code]", code.replace("-", " "))
    neighbour.press("[name=code]", "Enter")
    neighbour.get_by_role("link", name=re.compile("Wijzig je naam")).click()
    neighbour.fill("[name=name0]", "Nour")
    neighbour.get_by_role("button", name="Bewaar").click()
    expect(neighbour.locator("main")).to_contain_text("Nour")
    neighbour.get_by_role("link", name=re.compile(r"Meld af\s*: Rita")).click()
    neighbour.locator("main form button").first.click()
    expect(neighbour.locator("main li", has_text="Rita")).to_contain_text("Afgemeld")
    expect(neighbour.locator("main li", has_text="Nour")).to_contain_text("Heeft een plaats")


def test_a_seat_that_comes_free_goes_to_who_waits_and_the_worker_calls(tab_of):
    worker, first, second = tab_of("worker"), tab_of(), tab_of()
    form = plan(worker, "Soep voor een", 1)
    first.goto(form)
    first.fill("main [name=name]", "Fatima")
    first.get_by_role("button", name="Meld je aan").click()
    first.wait_for_url("**/briefje/**")
    second.goto(form)
    second.fill("main [name=name]", "Wachtende Omar")
    second.locator("label:has([name=how][value=whatsapp])").click()
    second.fill("[name=phone]", "0470/00.11.22")
    second.get_by_role("button", name=re.compile("wachtlijst")).click()
    second.wait_for_url("**/briefje/**")
    expect(second.locator("h1")).to_have_text("Je staat op de wachtlijst")

    first.get_by_role("link", name="Meld je af").click()
    first.locator("main form button").first.click()
    second.reload()
    expect(second.locator("h1")).to_have_text("Er is een plaats voor jou")

    worker.goto("/werk/activiteiten/")
    worker.get_by_role("link", name="Mensen om te bellen").click()
    row = worker.locator("main li", has_text="Wachtende Omar")
    expect(row.get_by_role("link", name="0470 00 11 22")).to_have_attribute("href", "tel:+32470001122")
    assert "https://wa.me/32470001122?text=" in row.inner_html()
    row.get_by_role("button", name=re.compile("Verwittigd")).click()
    expect(worker.locator("main li", has_text="Wachtende Omar")).to_have_count(0)


def test_all_days_of_a_series_at_once_and_one_day_off_again(tab_of):
    resident = tab_of()
    resident.goto("/activiteiten/")
    resident.get_by_role("link", name="Creatief atelier").first.click()
    resident.get_by_role("link", name="Schrijf je in voor alle keren").click()
    days = resident.locator("[name=days]:checked").count()
    assert days > 1
    resident.fill("main [name=name]", "Mia")
    resident.get_by_role("button", name="Schrijf je in voor deze dagen").click()
    resident.wait_for_url("**/briefje/**")
    assert resident.locator("main .row.spread", has_text="Mia").count() == days
    resident.get_by_role("link", name=re.compile(r"Meld af\s*: Mia")).first.click()
    resident.locator("main form button").first.click()
    expect(resident.locator("main li", has_text="Afgemeld")).to_have_count(1)
