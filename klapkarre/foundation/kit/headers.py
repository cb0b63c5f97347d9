"""The headers of every answer: put on outermost, so that no file, refusal, redirect or fault leaves without them."""

from django.conf import settings

# What is no page of ours may do nothing when somebody opens it by itself.
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
POLICY = "Content-Security-Policy"


def on_every_answer(get_response):
    """Add what an answer does not have yet. The policy of pages itself comes from the framework, one step out."""

    def middleware(request):
        response = get_response(request)
        for name, value in settings.HEADERS_EVERYWHERE.items():
            # What may stand in a frame says so by itself (`website.embed`).
            if name != "X-Frame-Options" or not getattr(response, "xframe_options_exempt", False):
                response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", settings.HSTS)
        # Pages that may be kept say so themselves; nothing else stays on a computer that others use too.
        response.headers.setdefault("Cache-Control", "no-store")
        if not _is_page(request, response) and not hasattr(response, "_csp_config"):
            response.headers.setdefault(POLICY, CLOSED)
        return response

    return middleware


def _is_page(request, response):
    """Is this a page? A browser puts the headers of a 304 on what it kept, so there the address tells what that is."""
    if response.status_code == 304:
        return not request.path.startswith(settings.STATIC_URL) and not request.path.endswith(
            (".ics", ".atom", ".json", ".txt")
        )
    return response.headers.get("Content-Type", "").startswith("text/html")
