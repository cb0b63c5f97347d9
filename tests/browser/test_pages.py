"""Every kind of page, in a real browser: accessible, valid, light, steady, and never wider than the window."""

import json
import subprocess
import sys

import pytest

from tests.browser import checks, machine
from tests.browser.pages import ARABIC, EVERY, RESIDENT, TURKISH

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FIRST_VISIT, REPEAT_VISIT, SCRIPT, QUERIES = 40_000, 10_000, 5_000, 8


# The kit page shows everything at once, and residents never see it.
SEEN = [page for page in [*RESIDENT, *ARABIC, *TURKISH] if not page.name.startswith("kit")]
LOOKS = {
    "desktop": (1280, 800, {}),
    "small phone": (320, 568, {}),
    "dark": (390, 844, {"color_scheme": "dark"}),
    "forced colours": (390, 844, {"color_scheme": "light", "forced_colors": "active"}),
    "spaced at 400 percent": (320, 256, {"forced_colors": "none"}),
}


def named(pages):
    return [pytest.param(page, id=page.name) for page in pages]


@pytest.mark.parametrize("page", named(EVERY))
def test_page_is_accessible_steady_and_never_too_wide(watched, walker, page):
    tab = watched(page)
    answer = tab.goto(walker.address(page))
    assert answer.status == (404 if page.name.startswith("not found") else 200)
    assert checks.blocking_scripts(tab) == []
    # CLS is told in tenths. Of what residents see nothing at all moves; on a busy machine the font may come late, and
    # is there at the second look.
    assert round(checks.layout_shift(tab), 1) == 0
    if not page.who and round(checks.layout_shift(tab), 2):
        tab.reload()
        assert round(checks.layout_shift(tab), 2) == 0
    findings = {}
    for look, (width, height, media) in LOOKS.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(**media)
        if look == "spaced at 400 percent":
            checks.space_text(tab)
        wide = checks.sideways(tab)
        checks.whole(tab)
        findings[look] = checks.axe(tab) + ([f"{wide} px wider than the window"] if wide > 0 else [])
    found = [f"{look}: {line}" for look, lines in findings.items() for line in lines]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("page", named(SEEN))
def test_resident_page_costs_little(watched, walker, page):
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


def most_of(path):
    """In another language one more: what people translated."""
    return QUERIES + path.startswith("/ar/")


def test_resident_page_asks_little(walker, demo_folder):
    paths = [walker.address(page) for page in [*RESIDENT, *ARABIC]]
    command = [sys.executable, "-m", "tests.browser.queries", *paths]
    run = subprocess.run(
        command, cwd=machine.ROOT, env=demo_folder, capture_output=True, text=True, check=True
    )
    asked = {path: queries for path, (_status, queries) in json.loads(run.stdout).items()}
    assert {path: queries for path, queries in asked.items() if len(queries) > most_of(path)} == {}
    assert list(asked) == list(dict.fromkeys(paths))


def test_html_is_valid(walker, tmp_path, need):
    need(machine.java(), machine.JAVA_LINE)
    need(machine.fetch_vnu(), machine.VNU_LINE)
    names = {}
    for number, page in enumerate(EVERY):
        file = tmp_path / f"{number}.html"
        file.write_text(walker.html(walker.address(page), page.who), encoding="utf-8")
        names[file.name] = page.name
    errors = checks.html_errors([tmp_path / name for name in names])
    found = [f"{names[file]}: {line}" for file, lines in errors.items() for line in lines]
    assert not found, "\n".join(found)
