"""The address of a route as people know it: `/werk/activiteiten/…/lijst/` instead of `agenda_staff:participants`."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext as _


def _walk(resolver, path, spaces):
    for found in resolver.url_patterns:
        here = path + re.sub(r"<[^>]*>", "…", str(found.pattern))
        if isinstance(found, URLPattern):
            yield ":".join([*spaces, found.name or ""]), here
        else:
            yield from _walk(found, here, (*spaces, *([found.namespace] if found.namespace else [])))


@lru_cache(maxsize=1)
def paths():
    """View name -> path with … for what differs, of every route that asks for a login."""
    return {name: path for name, path in _walk(get_resolver(), "/", ()) if name not in settings.PUBLIC}


def path_of(route):
    """The path of a route; a route that is gone keeps its name, work without a page says so."""
    return paths().get(route, route) or _("zonder pagina")
