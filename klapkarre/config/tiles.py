"""The address of a map server: checked at the start, because its host goes into the policy that browsers obey."""

import re

from django.core.exceptions import ImproperlyConfigured

# A name with at least one dot, an optional port; then a path and a query without anything that ends a directive.
ADDRESS = re.compile(
    r"(?P<host>https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9](?::[0-9]{1,5})?)"
    r"/[A-Za-z0-9._~/?&=%:@+{}-]*",
    re.ASCII,
)
PARTS = ("{z}", "{x}", "{y}")


def tile_host(address):
    """`https://name` of this address, or an empty text without one. Raises ImproperlyConfigured."""
    if not address:
        return ""
    found = ADDRESS.fullmatch(address)
    braces = re.findall(r"\{[^}]*\}?|\}", address)
    if not found or sorted(braces) != sorted(PARTS):
        raise ImproperlyConfigured(
            "KLAPKARRE_TILES_URL: begin met https:// en schrijf {z}, {x} en {y} elk één keer. Kijk in .env.example."
        )
    return found["host"]
