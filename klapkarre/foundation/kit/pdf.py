"""Paper: a template made into a tagged PDF (PDF/UA-1) with WeasyPrint, which is loaded when it is first needed.

Sheets extend `kit/paper.html`. Nothing is fetched: of all addresses only `paper:` and the name of one of `OWN` give
something, and that is a static file of ours.
"""

import ctypes
import re
import threading
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from PIL import ImageFile

INSTALL = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
OWN = frozenset(
    {
        "kit/paper.css",
        "kit/paper-awning.svg",
        "kit/paper-awning-bw.svg",
        "kit/paper-cart.svg",
        "kit/paper-cart-bw.svg",
        "kit/nunito-sans.woff2",
        "kit/nunito-sans-ext.woff2",
    }
)
TYPES = {"css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
# A sheet with words that may not go: its lines closer until it is one page; on two pages wide again (paper.css).
CLOSER = tuple({"tight": tight} for tight in (0, 1, 2, 3, 0))
# Each sheet takes some 60 MB and half a second of a processor: two at once gain nothing on a small server.
_one_at_a_time = threading.Lock()


class NotHere(RuntimeError):
    """This machine misses the program library that draws letters: `INSTALL` says how to get it."""


@cache
def is_here():
    """Can this machine make a PDF? Looks for the library only, which takes no time."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _printer():
    """WeasyPrint, when this machine has all that it needs."""
    if not is_here():
        raise NotHere(INSTALL)
    try:
        import weasyprint
    except OSError as missing:  # another of its libraries
        raise NotHere(INSTALL) from missing
    # Its import tells Pillow to accept half a picture, in the whole program: what people send must stay whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def fetch(url, _headers=None):
    """One of our own files; ValueError for every other address in the world."""
    name = url.removeprefix("paper:")
    path = finders.find(name) if url.startswith("paper:") and name in OWN else None
    if path is None:
        raise ValueError(f"not one of our files: {url[:100]}")
    kind = {"Content-Type": TYPES[name.rpartition(".")[2]]}
    return _printer().urls.URLFetcherResponse(url, Path(path).read_bytes(), kind)


def make(request, template, context, steps=({},)):
    """The sheet as the bytes of a PDF, with the first of these `steps` (more context) that gives one page.

    Without such a step the last one counts. Raises `NotHere`.
    """
    weasyprint = _printer()
    with _one_at_a_time:
        for step in steps:
            html = render_to_string(template, context | step, request)
            document = weasyprint.HTML(string=html, url_fetcher=fetch).render()
            if len(document.pages) == 1:
                break
        return document.write_pdf(pdf_variant="pdf/ua-1")


def answer(content, *names):
    """The PDF as an answer that a browser shows; the names become its file name."""
    response = HttpResponse(content, content_type="application/pdf")
    name = slugify(" ".join(str(name) for name in names))[:80].strip("-") or "blad"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def shortened(text, most):
    """As many whole sentences of a text as fit in so many characters; of a long first sentence its first words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    ends = [end.end() for end in re.finditer(r"[.?](?=\s)", text[: most + 1])]
    if ends:
        return text[: ends[-1]]
    return text[:most].rsplit(" ", 1)[0].rstrip(",;: ") + "\N{HORIZONTAL ELLIPSIS}"
