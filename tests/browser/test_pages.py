"""Every kind of page, in a real browser: accessible, valid, light, steady, and never wider than the window."""

import json
import subprocess
import sys

import pytest

from tests.browser import checks, machine
from tests.browser.pages import LOGIN, RESIDENT, SIGN_UP, STAFF

pytestmark = pytest.mark.journey

QUICK = {"kit", "kit staff", "home", "agenda", "today"}
FIRST_VISIT, REPEAT_VISIT, CSS, SCRIPT, QUERIES = 40_000, 10_000, 8_000, 5_000, 8
EVERY = [*RESIDENT, SIGN_UP, LOGIN, *STAFF]


def slow_but(pages):
    """A few pages in every run, all of them with --all."""
    return [
        pytest.param(page, id=page.name, marks=[] if page.name in QUICK else pytest.mark.slow)
        for page in pages
    ]


@pytest.mark.parametrize("page", slow_but(EVERY))
def test_page_is_accessible_and_steady_at_320_and_1280(watched, walker, page):
    tab = watched(page)
    findings = {}
    answer = tab.goto(walker.address(page))
    assert answer.status == (404 if page.name == "not found" else 200)
    assert checks.blocking_scripts(tab) == []
    assert checks.layout_shift(tab) == 0
    for width in (1280, 320):
        tab.set_viewport_size({"width": width, "height": 800})
        findings[width] = checks.axe(tab)
        assert checks.sideways(tab) <= 0
    assert findings == {1280: [], 320: []}


@pytest.mark.slow
@pytest.mark.parametrize("page", EVERY, ids=str)
@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"]
)
def test_page_is_accessible_in_every_look(watched, walker, page, look):
    tab = watched(page, viewport={"width": 390, "height": 844}, **look)
    tab.goto(walker.address(page))
    assert checks.axe(tab) == []


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""


@pytest.mark.slow
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_page_holds_wider_text_spacing_at_400_percent(watched, walker, page):
    tab = watched(page, viewport={"width": 320, "height": 256}, bypass_csp=True)
    tab.goto(walker.address(page))
    tab.add_style_tag(content=SPACED)
    assert checks.sideways(tab) <= 0


@pytest.mark.parametrize("page", slow_but([*RESIDENT, SIGN_UP]))
def test_resident_page_costs_little(watched, walker, page):
    if page.name.startswith("kit"):
        pytest.skip("the kit page shows everything at once; residents never see it")
    tab = watched(page)
    traffic = checks.Traffic(tab)
    tab.goto(walker.address(page), wait_until="networkidle")
    assert traffic.scripts() <= SCRIPT
    first, files = traffic.total()
    assert first <= FIRST_VISIT, files
    tab.goto("about:blank")
    tab.goto(walker.address(page), wait_until="networkidle")
    again, files = traffic.total()
    assert again <= REPEAT_VISIT, files


def test_resident_page_asks_little(walker, demo_folder):
    paths = [walker.address(page) for page in [*RESIDENT, SIGN_UP]]
    command = [sys.executable, "-m", "tests.browser.queries", *paths]
    run = subprocess.run(
        command, cwd=machine.ROOT, env=demo_folder, capture_output=True, text=True, check=True
    )
    asked = {path: queries for path, (_status, queries) in json.loads(run.stdout).items()}
    assert {path: queries for path, queries in asked.items() if len(queries) > QUERIES} == {}
    assert list(asked) == list(dict.fromkeys(paths))


def test_css_is_light():
    assert checks.gzipped(machine.ROOT / "klapkarre/foundation/kit/static/kit/klapkarre.css") <= CSS


@pytest.mark.slow
def test_html_is_valid(walker, tmp_path, need):
    need(machine.java(), machine.JAVA_LINE)
    need(machine.fetch_vnu(), machine.VNU_LINE)
    files = {}
    for page in EVERY:
        file = tmp_path / f"{page.name.replace(' ', '-')}.html"
        file.write_text(walker.html(walker.address(page), page.who), encoding="utf-8")
        files[file.name] = file
    assert checks.html_errors(files.values()) == {}
