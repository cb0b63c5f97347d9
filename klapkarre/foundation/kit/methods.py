"""Pages are read and forms are sent: every other method is refused before anything else looks at the request."""

from django.http import HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")


def known_methods_only(get_response):
    """Answer 405, with what is allowed, to PUT, DELETE, OPTIONS, TRACE and what else there is."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(
                METHODS, "Dit kan hier niet.", content_type="text/plain; charset=utf-8"
            )
        return get_response(request)

    return middleware
