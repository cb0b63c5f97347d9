"""A worker puts a voice beside a text; a resident hears it with one tap, and nothing comes before that tap."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks, machine

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PHONE = {"viewport": {"width": 320, "height": 700}, "locale": "nl-BE"}
SOUNDS = machine.ROOT / "klapkarre" / "foundation" / "kit" / "tests" / "sounds"


def put(tab, slug, language, file):
    tab.goto(f"/werk/inspreken/buurtpunt/{slug}/?taal={language}")
    tab.set_input_files("[name=file]", SOUNDS / file)
    tab.locator("label", has_text="Een buur of een vrijwilliger").click()
    tab.check("[name=agreed]")
    tab.click("text=Bewaar de opname")
    expect(tab.locator("body")).to_contain_text("De opname is bewaard.")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_voice_is_heard_in_the_language_of_the_page(own_site, chromium, language):
    office = chromium.new_context(base_url=own_site, **PHONE)
    worker = office.new_page()
    worker.goto("/login/")
    worker.click("button[value=worker]")
    worker.wait_for_url("**/werk/")
    worker.goto("/buurtpunten/")
    slug = worker.locator("main a[href^='/buurtpunten/']").first.get_attribute("href").split("/")[2]
    put(worker, slug, "nl", "kanarie.mp3")
    put(worker, slug, "ar", "kanarie.webm")
    office.close()

    street = chromium.new_context(base_url=own_site, **PHONE)
    resident, asked = street.new_page(), []
    resident.on("request", lambda request: asked.append(request.url) if "/stem/" in request.url else None)
    resident.goto(f"{'' if language == 'nl' else '/ar'}/buurtpunten/{slug}/", wait_until="networkidle")
    players = resident.locator("audio")
    expect(players).to_have_count(2)
    expect(players.first).to_be_visible()
    expect(players.last).not_to_be_visible()
    assert asked == []
    assert checks.axe(resident) == []
    assert checks.sideways(resident) <= 0
    assert players.first.evaluate("one => one.play().then(() => one.duration > 0)")
    assert len(set(asked)) == 1
    resident.locator("details:has(audio) > summary").click()
    expect(players.last).to_be_visible()
    assert checks.axe(resident) == []
    street.close()
