"""Icons (Tabler outline files in kit/icons) and QR codes, drawn inside the page so that they cost no request."""

import re
from functools import cache
from pathlib import Path

import segno
from django.utils.html import format_html
from django.utils.safestring import mark_safe

ICONS = Path(__file__).resolve().parent / "icons"
SVG = (
    '<svg class="{}" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' aria-hidden="true">{}</svg>'
)
GROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


@cache
def icon(name, classes="icon"):
    """An icon beside a word: hidden from screen readers, in the colour of the text.

    LookupError when kit/icons has no such file: a page never shows a hole where a picture was meant.
    """
    file = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise LookupError(
            f"No icon {name!r} in kit/icons; kit/vendored.toml says how to add one from Tabler."
        )
    svg = file.read_text(encoding="utf-8")
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")].replace(GROUND, "")
    inner = re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>")
    return format_html(SVG, classes, mark_safe(inner))  # noqa: S308  (our own vendored files)


def qr(link, says=None):
    """A QR code as SVG. With `says` it is for paper: as large as its box, and that text tells what it is."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(
        scale=4, border=3, light="#fff", svgclass=None, lineclass=None, title=says, omitsize=bool(says)
    )
    return mark_safe(drawn)  # noqa: S308  (drawn from the link by the library, which escapes the title)
