"""How often one address may try: kept in the cache, under a keyed hash of the address, gone within the window.

A cache in the memory of each server process counts per process; with `CACHE_URL` it counts for all together.
"""

import contextlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import caches

from klapkarre.foundation.kit import cipher

MINUTES_10 = 600
EVERYONE = "everyone"


def address_of(request):
    """The address that a request comes from, as far as our own proxies can be believed; IPv6 by its network."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES > 0:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            address = forwarded[-settings.TRUSTED_PROXIES]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _key(what, who, seconds):
    window = int(time.time() // seconds)
    return f"limit:{what}:{window}:{cipher.fingerprint(settings.SECRET_KEY, 'limit', who)}"


def reached(what, who, most, seconds=MINUTES_10):
    """Were there already `most` of these in this window?"""
    return caches["limits"].get(_key(what, who, seconds), 0) >= most


def count(what, who, seconds=MINUTES_10):
    """Note one more and return how many there are in this window."""
    key = _key(what, who, seconds)
    cache = caches["limits"]
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # thrown out by a full cache between the two lines
        return 1


def give_back(what, who, seconds=MINUTES_10):
    """Take one off again: it was counted before it was known to be right."""
    with contextlib.suppress(ValueError):  # the window is over
        caches["limits"].decr(_key(what, who, seconds))
