"""The gate before everything: what no honest browser sends gets a calm page."""

import logging
from functools import partial
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from klapkarre.foundation.kit import limits, views
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.foundation.kit.pages import wants_gzip

logger = logging.getLogger(__name__)

LONGEST = 2000
WRITES = ("POST", "PUT", "PATCH", "DELETE")
TOO_BIG = {"picture": views.picture_too_big, "sound": views.sound_too_big}


def hostile_input(get_response):
    """Refuse addresses that a database or a template would choke on, and forms that did not come through whole."""

    def middleware(request):
        refusal = views.bad_request(request) if is_hostile(request) else refused_form(request)
        return refusal or get_response(request)

    return middleware


def is_hostile(request):
    """True when the path or query is too long, not UTF-8, or holds a NUL byte."""
    # The path is decoded already, with %FF for each byte that is not UTF-8; the query is still percent-encoded.
    path = request.META.get("PATH_INFO", "")
    query = request.META.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST:
        return True
    try:
        unquote_to_bytes(path).decode()
        raw = path.encode() + b"?" + unquote_to_bytes(query.encode("latin-1"))
        raw.decode()
    except UnicodeError:
        return True
    return b"\0" in raw


def refused_form(request):
    """The page that says why a form cannot be read whole, or None. Half a form must never be kept as a whole one."""
    if request.method not in WRITES:
        return None
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and request.META.get("HTTP_TRANSFER_ENCODING"):
        return views.length_required(request)
    if length and not (length.isascii() and length.isdigit()):
        return views.bad_request(request)
    if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        return views.bad_request(request)
    if int(length or 0) > settings.LONGEST_FORM and not _takes_file(request):
        return _too_much(request, partial(views.bad_request, exception=RequestDataTooBig()))
    try:
        whole = len(request.body) == int(length or 0)
    except RequestDataTooBig as error:
        return _too_much(
            request, TOO_BIG.get(_takes_file(request), partial(views.bad_request, exception=error))
        )
    except UnreadablePostError:
        whole = False
    return None if whole else views.cut_off(request)


def _too_much(request, page):
    """This refusal, at work in the frame of who asks: the gate itself stands before the session."""
    if request.path.startswith(views.STAFF_PATHS):
        for layer in (AuthenticationMiddleware, CsrfViewMiddleware, SessionMiddleware):
            page = layer(page)
    return page(request)


def _takes_file(request):
    """May this page receive a picture or a voice, and which? Asked before anything is read."""
    try:
        return getattr(resolve(request.path_info).func, "takes_file", "")
    except Resolver404:
        return ""


def sealed_shut(get_response):
    """A page whose texts no key opens (destroyed, or the key file is missing) says so, and breaks nothing else."""

    def answer(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, CannotOpen):
            return None
        # The route, never the address: a slip's link is a secret.
        route = request.resolver_match.view_name if request.resolver_match else ""
        logger.error("%s: %s. './kar check' says what to do.", route, exception)
        return views.sealed_shut(request)

    answer.process_exception = process_exception
    return answer


def posts_of_strangers(get_response):
    """Count the forms of one address at pages without a login. Each has a limit of its own; this is under them all."""

    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.method not in WRITES or request.resolver_match.view_name not in settings.PUBLIC:
            return None
        if limits.count("public_post", limits.address_of(request)) > settings.MOST_PUBLIC_POSTS:
            return views.too_often(request)
        return None

    answer.process_view = process_view
    return answer


class PoliteGZip(GZipMiddleware):
    """Gzip, except for who says not to want it: the framework takes `gzip;q=0` for a yes."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type", "").startswith(("image/", "audio/")):
            return response  # as small as it gets; and of a sound the browser asks pieces by their place
        if wants_gzip(request):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
