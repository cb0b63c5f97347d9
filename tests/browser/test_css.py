"""What every page loads stays light; no browser is needed to weigh it."""

from tests.browser import checks, machine

CSS = 8_000  # bytes, gzip


def test_css_is_light():
    """The kit, and the largest sheet that one page adds to it."""
    sheets = {path: checks.gzipped(path) for path in (machine.ROOT / "klapkarre").rglob("static/**/*.css")}
    # No browser asks for this one: sheets of paper are made into PDF on the server.
    del sheets[machine.ROOT / "klapkarre/foundation/kit/static/kit/paper.css"]
    # Nor this one: it comes with the map with streets, after a tap.
    del sheets[machine.ROOT / "klapkarre/windows/website/static/website/leaflet/leaflet.css"]
    kit = sheets.pop(machine.ROOT / "klapkarre/foundation/kit/static/kit/klapkarre.css")
    assert kit + max(sheets.values(), default=0) <= CSS
