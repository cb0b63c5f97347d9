"""The languages of residents' pages. The address says which one: `/fr/buurten/`, and nothing before it for Dutch.

Never what the browser says it prefers and never a cookie: a link that someone passes on shows the same page to all,
and a page is kept once per address. Pages of the staff are in Dutch.
"""

import hashlib
import unicodedata
from contextvars import ContextVar

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_bidi, override

# Each by the name that its own readers give it, in the order in which people find them in the menu.
OWN_NAMES = dict(settings.LANGUAGES)
DUTCH = settings.LANGUAGE_CODE
# Written in letters that our own font does not have, or (Turkish) has in a second file, which would be too heavy: the
# font of the system draws them.
SYSTEM_LETTERS = ("ar", "tr", "uk")
FOREIGN = tuple(code for code in OWN_NAMES if code != DUTCH)


def of_path(path):
    """The language that an address is in, and the address without it: `/fr/buurten/` is ("fr", "/buurten/")."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, slash + rest) if first in FOREIGN else (DUTCH, path)


def in_language(path, code):
    """The address of the same page in another language. `path` is that of the Dutch one."""
    return path if code == DUTCH else f"/{code}{path}"


def here(path):
    """The address of a residents' page in the language that is spoken now."""
    return in_language(path, get_language() or DUTCH)


def is_dutch():
    """Is Dutch spoken now?"""
    return (get_language() or DUTCH) == DUTCH


def comma():
    """What stands between two things that our own words join: the comma of the language that is spoken now."""
    return "\N{ARABIC COMMA} " if get_language_bidi() else ", "


# What people translated of what people wrote, of one language: asked once in each answer.
_told: ContextVar[dict | None] = ContextVar("told", default=None)
_sources = []


def register_translations(load):
    """Add a callable: (language, edition of the page or None) -> (edition, {row and digest of the Dutch: text})."""
    if load not in _sources:
        _sources.append(load)


class Written(str):
    """A Dutch text that people wrote, and of which rows it is: what was translated of those counts, and of no others.

    `of` are names of rows (`name_of`), the first one first.
    """

    of: tuple[str, ...]

    def __new__(cls, text, *of):
        one = super().__new__(cls, text)
        one.of = of
        return one


def name_of(label, key):
    """The name of a row: its model (`agenda.series`) and its key."""
    return f"{label}.{key}"


def in_line(text, dutch):
    """A text without line ends where the Dutch has none: a title stays on one line, in a calendar too."""
    if len(dutch.splitlines()) > 1:
        return text
    return " ".join(filter(None, (line.strip() for line in text.splitlines())))


def digest(text):
    """By this a translation knows the Dutch that it was made of: another word is another text."""
    plain = " ".join(unicodedata.normalize("NFC", str(text)).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def _translations():
    told = _told.get()
    # By language: a sheet of paper may speak two.
    code = get_language() or DUTCH
    if told is not None and code in told:
        return told[code]
    page = getattr(told["request"], "edition", None) if told else None
    edition, words = [], {}
    for load in _sources:
        one, more = load(code, page)
        edition.append(one)
        words |= more
    found = tuple(edition), words
    if told is not None:
        told[code] = found
    return found


def translated(text):
    """What a person made of this Dutch text in the language that is spoken now, or an empty text.

    Only of this very text of its own row (`Written`): the same words of another team are another's to translate. When
    the Dutch changed, readers get the new Dutch: an old hour or place in their own language would send them to a closed
    door (docs/decisions/0023-languages.md).
    """
    rows = getattr(text, "of", ())
    if not text or not rows or is_dutch():
        return ""
    found, source = _translations()[1], digest(text)
    told = next((found[key] for key in (f"{row}.{source}" for row in rows) if key in found), "")
    return in_line(told, text)


def edition():
    """The language, and the state of what is translated into it: for what is kept under a language."""
    return (DUTCH,) if is_dutch() else (get_language(), *_translations()[0])


def spoken(get_response):
    """Speak the language of the address while the answer is made."""

    def middleware(request):
        code, _path = of_path(request.path_info)
        token = _told.set({"request": request})
        try:
            with override(code):
                answer = get_response(request)
        finally:
            _told.reset(token)
        answer.headers.setdefault("Content-Language", code)
        return answer

    return middleware


def ways(request):
    """(code, own name, address) of this page in each language. An address that leads nowhere: the home of each.

    Nothing for a page that is there in Dutch only.
    """
    _code, path = of_path(request.path_info)
    if request.resolver_match is None:
        path, query = "/", ""
    elif not _is_in_all(path):
        return ()
    else:
        query = request.META.get("QUERY_STRING", "") if request.method in ("GET", "HEAD") else ""
    tail = f"?{query}" if query else ""
    return [(code, name, in_language(path, code) + tail) for code, name in OWN_NAMES.items()]


def _is_in_all(path):
    code = FOREIGN[0]
    with override(code):
        try:
            resolve(in_language(path, code))
        except Resolver404:
            return False
    return True
