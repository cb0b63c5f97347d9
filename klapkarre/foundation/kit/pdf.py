"""Paper: a template made into a tagged PDF (PDF/UA-1) with WeasyPrint, which is loaded when it is first needed.

Sheets extend `kit/paper.html`. Nothing is fetched: of all addresses only `paper:` and the name of one of `OWN` give
something, and that is a static file of ours.
"""

import ctypes
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from PIL import ImageFile

from klapkarre.foundation.kit.languages import DUTCH
from klapkarre.foundation.kit.texts import whole_hours

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
        "kit/nunito-sans-cyrillic.woff2",
        "kit/vazirmatn.woff2",
    }
)
TYPES = {"css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
# A sheet with words that may not go: its lines closer until it is one page; on two pages wide again (paper.css).
CLOSER = tuple({"tight": tight} for tight in (0, 1, 2, 3, 0))
# Each sheet takes some 60 MB and half a second of a processor: two at once gain nothing on a small server.
_one_at_a_time = threading.Lock()
LONGEST_WAIT = 10  # seconds; whoever waits holds one of the few threads


class NotMade(RuntimeError):
    """No sheet came out; `words` tell who asked for it why."""

    words: Any


class NotHere(NotMade):
    """This machine misses the program library that draws letters: `INSTALL` says how to get it."""

    words = _("Deze server kan nog geen pdf maken. Hieronder staat wat ontbreekt.")


class Busy(NotMade):
    """The sheets of others took too long."""

    words = _("Er wordt net een ander blad gemaakt. Probeer zo meteen opnieuw.")


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
    _tell_languages()
    return weasyprint


def fetch(url, _headers=None):
    """One of our own files; ValueError for every other address in the world."""
    name = url.removeprefix("paper:")
    path = finders.find(name) if url.startswith("paper:") and name in OWN else None
    if path is None:
        raise ValueError(f"not one of our files: {url[:100]}")
    kind = {"Content-Type": TYPES[name.rpartition(".")[2]]}
    return _printer().urls.URLFetcherResponse(url, Path(path).read_bytes(), kind)


class Sheet(NamedTuple):
    """What one sheet of a PDF says, and in which language its labels are.

    `steps` are more context: the first that gives one page is taken. Without such a step the last one counts.
    """

    context: dict
    steps: tuple | list = ({},)
    language: str = DUTCH


def make(request, template, *sheets):
    """These sheets, one after the other, as the bytes of one PDF. Raises `NotMade`."""
    weasyprint = _printer()
    if not _one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise Busy
    try:
        documents = [_laid_out(weasyprint, request, template, sheet) for sheet in sheets]
        pages = [page for document in documents for page in document.pages]
        return documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    finally:
        _one_at_a_time.release()


def _laid_out(weasyprint, request, template, sheet):
    with override(sheet.language):
        for step in sheet.steps:
            html = whole_hours(render_to_string(template, sheet.context | step, request))
            document = weasyprint.HTML(string=html, url_fetcher=fetch).render()
            if len(document.pages) == 1:
                break
    return document


@cache
def _tell_languages():
    """Let WeasyPrint write `lang` into the tags: by itself it only tells the language of the whole.

    A part in Arabic would be read aloud by a Dutch voice (PDF/UA-1, 7.2).
    """
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def with_language(box, *rest):
        element = getattr(box, "element", None)
        code = None if element is None else element.get("lang")
        for made in build(box, *rest):
            if code and box.element_tag not in ("html", "body"):
                made["Lang"] = tags.pydyf.String(code)
            yield made

    tags._build_box_tree = with_language


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
