"""The gate before everything: what no honest browser sends gets a calm page, and every answer its headers."""

from urllib.parse import unquote_to_bytes

from django.middleware.csp import ContentSecurityPolicyMiddleware

from klapkarre.foundation.kit import views

LONGEST = 2000
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def hostile_input(get_response):
    """Refuse addresses that a database or a template would choke on, so that they never become a 500."""
    # The policy's own middleware stands further in and never sees an answer that is given here.
    policy = ContentSecurityPolicyMiddleware(get_response)

    def middleware(request):
        if is_hostile(request):
            response = policy.process_response(request, views.bad_request(request))
        else:
            response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def is_hostile(request):
    """True when the path or query is too long, not UTF-8, or holds a NUL byte."""
    # WSGI hands the decoded path over as latin-1 text; the query is still percent-encoded.
    path = request.META.get("PATH_INFO", "")
    query = request.META.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST:
        return True
    try:
        raw = path.encode("latin-1") + b"?" + unquote_to_bytes(query.encode("latin-1"))
        raw.decode()
    except UnicodeError:
        return True
    return b"\0" in raw
