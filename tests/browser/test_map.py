"""The map with streets in a real browser, under our own policy: nothing before the tap, and the words stay."""

import pytest

from klapkarre.windows.website.tests.make_tiles import square, write_tiles
from tests.browser import checks
from tests.browser.conftest import STILL, _copy, served

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ELSEWHERE = "https://kaart.voorbeeld.be"
BOXES = """() => [...document.querySelectorAll('.sketch svg :is(text, .pin circle)')]
  .filter(one => !(one.tagName === 'text' && one.closest('.pin')))
  .map(one => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; })"""
EDGE = """() => {
  const box = document.querySelector('.sketch svg').getBoundingClientRect(); return [box.left, box.right]; }"""
REFUSED = """() => {
  try { document.createElement('div').innerHTML = '<svg/><b>'; return false; } catch { return true; } }"""


@pytest.fixture(scope="module")
def town_with_file(filled_town, tmp_path_factory):
    """Address of the demo town with a file of tiles."""
    folder = tmp_path_factory.mktemp("map-town")
    more = {
        "KLAPKARRE_TILES_FILE": write_tiles(folder / "town.pmtiles"),
        "KLAPKARRE_TILES_CREDIT": "Niemand",
    }
    with served(_copy(filled_town, folder) | more) as address:
        yield address


@pytest.fixture(scope="module")
def town_with_server(filled_town, tmp_path_factory):
    """Address of the demo town whose tiles come from elsewhere."""
    folder = tmp_path_factory.mktemp("map-elsewhere")
    more = {"KLAPKARRE_TILES_URL": f"{ELSEWHERE}/{{z}}/{{x}}/{{y}}.png", "KLAPKARRE_TILES_CREDIT": "Niemand"}
    with served(_copy(filled_town, folder) | more) as address:
        yield address


@pytest.fixture
def look(chromium):
    """`look(address, **options)` opens a page there; what it asked for and what went wrong are beside it."""
    contexts = []

    def look(address, **options):
        context = chromium.new_context(base_url=address, **(STILL | options))
        contexts.append(context)
        tab = context.new_page()
        tab.asked, tab.wrong = [], []
        tab.on("request", lambda request: tab.asked.append(request.url.removeprefix(address)))
        tab.on("pageerror", lambda error: tab.wrong.append(str(error)))
        tab.on("console", lambda line: tab.wrong.append(line.text) if line.type == "error" else None)
        return tab

    yield look
    for context in contexts:
        context.close()


def of_map(tab):
    """What was asked for that belongs to the map with streets."""
    return [path for path in tab.asked if "leaflet" in path or "tegels" in path or ELSEWHERE in path]


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_map_comes_after_the_tap_and_goes_by_keyboard(town_with_file, look, language):
    tab = look(town_with_file, viewport={"width": 390, "height": 844})
    tab.goto(f"{language}/kaart/", wait_until="networkidle")
    assert of_map(tab) == []
    tab.focus("[data-show]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".leaflet-tile-loaded")
    assert all(path.startswith(("/kaart/tegels/", "/static/")) for path in of_map(tab))
    assert tab.evaluate("document.activeElement.getAttribute('class')").startswith("ground")
    names = tab.eval_on_selector_all(".ground .stop", "all => all.map(one => one.getAttribute('aria-label'))")
    assert names == ["1. Buurtpunt Vlotgraslaan", "2. Buurtpunt Hof ten Rode"]
    assert tab.locator("[src^='/kaart/tegels/12/']").count() > 0
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    said = tab.inner_text(".leaflet-popup-content")
    assert ("Buurtpunt Vlotgraslaan" in said, "Vlotgraslaan 16" in said) == (True, True)
    link = tab.evaluate("document.activeElement.getAttribute('href')")
    assert link == f"{language}/buurtpunten/vlotgraslaan/"
    assert checks.axe(tab) == []
    tab.keyboard.press("Escape")
    assert tab.locator(".leaflet-popup-content").count() == 0
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == names[0]
    tab.click("[data-zoom='-1']")
    tab.wait_for_selector(".leaflet-tile-loaded[src^='/kaart/tegels/11/']")
    assert tab.is_visible("text=Boonwijkstraat 80")
    assert tab.wrong == []
    assert tab.evaluate(REFUSED) is True


def test_a_server_elsewhere_is_asked_after_the_tap_only_and_not_told_from_where(town_with_server, look):
    tab = look(town_with_server)
    headers = []

    def answer(route):
        headers.append(route.request.headers)
        route.fulfill(
            body=square(11, 1, 1), content_type="image/png", headers={"Access-Control-Allow-Origin": "*"}
        )

    tab.route(f"{ELSEWHERE}/**", answer)
    tab.goto("/kaart/", wait_until="networkidle")
    assert (of_map(tab), "kaart.voorbeeld.be" in tab.inner_text(".streets")) == ([], True)
    tab.click("[data-show]")
    tab.wait_for_selector(".leaflet-tile-loaded")
    assert {("referer" in one, "cookie" in one) for one in headers} == {(False, False)}
    assert (tab.is_hidden("[data-fault]"), tab.wrong) == (True, [])


def test_a_map_that_does_not_load_says_so_and_the_words_stay(town_with_server, look):
    tab = look(town_with_server)
    tab.route(f"{ELSEWHERE}/**", lambda route: route.abort())
    tab.goto("/kaart/")
    tab.click("[data-show]")
    tab.wait_for_selector("[data-fault]:not([hidden])")
    assert "De kaart laadt niet." in tab.inner_text("[data-fault]")
    again = look(town_with_server)
    again.route("**/leaflet*.js", lambda route: route.abort())
    again.goto("/kaart/")
    again.click("[data-show]")
    again.wait_for_selector("[data-fault]:not([hidden])")
    assert (again.is_enabled("[data-show]"), again.is_hidden("[data-whole]")) == (True, True)
    again.unroute("**/leaflet*.js")


@pytest.mark.parametrize("path", ["/kaart/", "/uk/kaart/"])
def test_the_drawing_holds_on_a_small_phone_with_wide_letters(town_with_file, look, path):
    tab = look(town_with_file, viewport={"width": 320, "height": 700})
    tab.goto(path)
    checks.space_text(tab)
    boxes = tab.evaluate(BOXES)
    edge = tab.evaluate(EDGE)
    over = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert (over, [box for box in boxes if box[0] < edge[0] or box[2] > edge[1]]) == ([], [])
    assert len(boxes) == 4
    assert checks.sideways(tab) == 0
