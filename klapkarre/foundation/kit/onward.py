"""Where to go after a form: a path of this site that the form carried along, and nothing else."""

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000  # as long as an address may be that the gate lets in


def own_path(request, wanted):
    """`wanted` when it is a path of this site, else an empty text. A bare word is no path: it could name a route."""
    allowed = {request.get_host()}
    if (
        wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and len(wanted) <= LONGEST
        and url_has_allowed_host_and_scheme(wanted, allowed, require_https=request.is_secure())
    ):
        return wanted
    return ""


def onward(request, wanted, otherwise, *args):
    """Go to the path that the form carried along, else to the page named `otherwise`."""
    return HttpResponseRedirect(own_path(request, wanted) or resolve_url(otherwise, *args))
