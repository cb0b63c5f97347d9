"""Residents' pages, cached whole: the bytes that leave, plain and gzipped, with their ETag.

A page is the same for everyone, so nothing of the user, the session or a cookie may be read while it is made; if
that happens anyway, the page is given but not kept; nor is one that the view calls rare (`request.is_rare`). A kept
page lives until the content version changes (a worker saved something) or the minute passes (so that "nu open" is right
to the minute; for programs the day). That pair is `request.edition`: what several pages need may be kept by it, so that
the first of them does the work for all.
"""

import gzip
import hashlib
import re
import time
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import (
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from klapkarre.foundation.kit import languages

MINUTE = 60
HOUR = 3600
LONGEST_VALUE = 60  # longer than any slug: a slug that is cut off here is still unknown
CACHE_CONTROL = "public, max-age=0, must-revalidate"
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\s*(?:,|$))", re.IGNORECASE)
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
_LEADING_ZEROS = re.compile(r"(?<=/)0+(?=[1-9][0-9]*(?:[/?]|$))")
_LAST_LATIN = "\u024f"

# These stand for the rows and the host while the page around them is rendered: no text holds their first character.
_ROWS, _HOST = SafeString("\0rows\0"), SafeString("\0host\0")
MOST_AROUND = 300
_around: dict = {}

versions: list = []
feed_versions: list = []


def register_version(number, *, for_programs=False):
    """Add a callable that returns what changes when residents' pages may change (a number; one query at most).

    `for_programs`: when what calendars and feeds say may change.
    """
    known = feed_versions if for_programs else versions
    if number not in known:
        known.append(number)


def public_page(view=None, *, params=(), choices=None, for_programs=False):
    """Cache a residents' GET view whole; `params` are the only query parameters that it may see.

    `choices` are more of them, each with the values that mean something: name -> values.
    `for_programs`: a calendar or a feed. It says nothing that changes with the minute or with a seat that is taken,
    only with the day and with what is planned; and it holds whole addresses, with the host and the port under which
    it was asked for.
    """
    if view is None:
        return lambda real: public_page(real, params=params, choices=choices, for_programs=for_programs)
    choices = choices or {}
    allowed = tuple(sorted((*params, *choices)))

    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        _limit_query(request, allowed, choices)
        if elsewhere := _canonical(request, (*args, *kwargs.values())):
            return HttpResponsePermanentRedirect(elsewhere)
        key = _key(request, for_programs)
        kept = known = cache.get(key)
        if kept is None:
            response, kept = _make(request, view, args, kwargs)
            if kept is None:
                return response
        if kept[3] is None and wants_gzip(request):
            # Made small when the first browser asks for it so; all but some programs do.
            kept = (*kept[:3], gzip.compress(kept[2], 9, mtime=0))
        if kept is not known:
            cache.set(key, kept, HOUR if for_programs else MINUTE + 5)
        return _answer(request, kept)

    page.public_params = allowed
    return page


def kept(request, make, *facts):
    """What pages of one edition and one language share: `make()`, called once for these facts. Nothing personal."""
    key = f"kept:{hashlib.sha256(repr((request.edition, languages.edition(), facts)).encode()).hexdigest()}"
    return cache.get_or_set(key, make, MINUTE + 5)


def around(request, template, context, *facts):
    """What stands before and after `{{ rows }}` on a page of this template, made once for these facts.

    `facts` are all that can differ in `context`; path, query, language and demo come along by themselves. The host is
    filled in each time (`request.host_name`), so that a site with two names keeps its frame once. A list whose rows are
    kept too is then put together instead of rendered (docs/decisions/0009-bench.md).
    """
    key = (template, request.get_full_path(), languages.edition(), settings.DEMO, facts)
    found = _around.get(key)
    if found is None:
        found = _render_around(request, template, context)
        if not getattr(request, "is_rare", False):
            if len(_around) >= MOST_AROUND:
                _around.clear()
            # What is given is never read back: another thread may empty it at any moment.
            _around[key] = found
    before, after = found
    return before.replace(_HOST, request.host_name), after.replace(_HOST, request.host_name)


def _render_around(request, template, context):
    host, request.host_name = request.host_name, _HOST
    try:
        page = render_to_string(template, context | {"rows": _ROWS}, request)
    finally:
        request.host_name = host
    before, _rows, after = page.partition(_ROWS)
    return before, after


def _limit_query(request, allowed, choices):
    """Let the view see the named parameters only, so that nobody fills the cache with made-up addresses."""
    if not request.META.get("QUERY_STRING"):
        return
    query = QueryDict(mutable=True)
    for name in allowed:
        value = request.GET.get(name, "")
        value = _tidy(name, value) if name not in choices else value if value in choices[name] else ""
        if value:
            query[name] = value
    request.META["QUERY_STRING"] = query.urlencode()
    query._mutable = False
    request.GET = query


def _tidy(name, value):
    """One spelling for what means the same, and nothing for what means nothing."""
    if name == "pagina":
        return value if _PAGE.fullmatch(value) and value != "1" else ""
    if name == "letter":
        letter = value.upper()
        return letter if len(letter) == 1 and letter.isalpha() and letter <= _LAST_LATIN else ""
    return value[:LONGEST_VALUE]


def _canonical(request, values):
    """The address of the same page without zeros before its number, or None when it is that already."""
    if not any(isinstance(value, int) for value in values):
        return None
    path, mark, query = request.get_full_path().partition("?")
    tidy = _LEADING_ZEROS.sub("", path)
    return None if tidy == path else tidy + mark + query


def _key(request, for_programs=False):
    now = timezone.localdate().isoformat() if for_programs else int(time.time() // MINUTE)
    request.edition = tuple(number() for number in (feed_versions if for_programs else versions)), now
    # What needs a whole address takes `host_name`. `get_host` refuses a wrong host, not a wrong port: of the
    # port that a visitor sends only our own is believed, so that a made-up one is in no page that others get.
    host, port = split_domain_port(request.get_host())
    own = port and port == str(request.META.get("SERVER_PORT", ""))
    request.host_name = f"{host}:{port}" if own else host
    parts = (
        request.scheme,
        (host, port) if for_programs else request.host_name,
        request.get_full_path(),
        get_language(),
        settings.DEMO,
        request.edition,
    )
    return f"page:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _make(request, view, args, kwargs):
    """The view's response, and what may be kept of it: (etag, content type, bytes, None: not gzipped yet) or None."""
    session = getattr(request, "session", None)
    touched = getattr(session, "accessed", False)
    response = view(request, *args, **kwargs)
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    private = (
        response.status_code != 200
        or response.streaming
        or getattr(request, "is_rare", False)
        or response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or getattr(session, "accessed", False) != touched
        or _messages_used(request)
    )
    if private:
        return response, None
    content = response.content
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
    return response, (etag, response.headers["Content-Type"], content, None)


def _messages_used(request):
    storage = getattr(request, "_messages", None)
    return storage is not None and (storage.used or storage.added_new)


def wants_gzip(request):
    """Does the browser take gzip? `gzip;q=0` is a no."""
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


def _answer(request, kept):
    etag, content_type, content, zipped = kept
    asked = request.headers.get("If-None-Match", "")
    if asked.strip() == "*" or etag in (one.strip() for one in asked.split(",")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        small = wants_gzip(request)
        body = zipped if small else content
        response = HttpResponse(b"" if request.method == "HEAD" else body, content_type=content_type)
        response.headers["Content-Length"] = str(len(body))
        if small:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
