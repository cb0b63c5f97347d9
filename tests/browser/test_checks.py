"""The checks themselves find what is wrong; otherwise their silence means nothing."""

import pytest

from tests.browser import checks, machine

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WRONG = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Fout</title></head>
<body><main><h1>Fout</h1><p style="color:#ccc;width:900px">bleek</p>
<p style="color:#fff;background:#fff" id="weg">weg</p><input name="a"><img src="data:,"></main>
</body></html>"""


def test_axe_finds_what_is_wrong(chromium):
    tab = chromium.new_page(viewport={"width": 320, "height": 800})
    tab.set_content(WRONG)
    lines = checks.axe(tab)
    found = {line.partition(":")[0] for line in lines}
    tab.close()
    assert any('id="weg"' in line for line in lines)
    assert {"color-contrast", "label", "image-alt"} <= found


def test_a_page_wider_than_the_window_is_seen(chromium):
    tab = chromium.new_page(viewport={"width": 320, "height": 800})
    tab.set_content(WRONG)
    wide = checks.sideways(tab)
    tab.close()
    assert wide > 500


def test_html_checker_finds_what_is_wrong(tmp_path, need):
    need(machine.java(), machine.JAVA_LINE)
    need(machine.fetch_vnu(), machine.VNU_LINE)
    wrong, right = tmp_path / "fout.html", tmp_path / "juist.html"
    wrong.write_text(WRONG.replace("<main>", '<main><svg class="a"></p>'), encoding="utf-8")
    right.write_text(
        '<!doctype html><html lang="nl"><head><title>Juist</title></head><body><h1>Juist</h1></body></html>',
        encoding="utf-8",
    )
    assert set(checks.html_errors([wrong, right])) == {"fout.html"}
