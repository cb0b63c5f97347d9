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
DAY = 24 * 60 * 60
EVERYONE = "everyone"
# IPv6 with an IPv4 address in its last four bytes, as a NAT64 writes it. [RFC 6052]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def address_of(request):
    """The address that a request comes from, as far as our own proxies can be believed; IPv6 by its network."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES > 0:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            address = forwarded[-settings.TRUSTED_PROXIES]
    try:
        ip = _read(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _read(address):
    """The address alone: some proxies write a port behind it, and some an IPv4 address as IPv6.

    All of those share one /64, so that who guesses would shut everyone out.
    """
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    ip = ipaddress.ip_address(address.strip())
    if ip.version == 4:
        return ip
    within = ipaddress.IPv4Address(ip.packed[-4:]) if ip in NAT64 else None
    return ip.ipv4_mapped or ip.sixtofour or within or ip


def network_of(address):
    """The network around an address of `address_of`: who rents one address easily rents its neighbours."""
    try:
        ip = ipaddress.ip_network(address)
    except ValueError:
        return f"around {address}"
    return f"around {ip.supernet(new_prefix=48 if ip.version == 6 else 24)}"


def _key(what, who, seconds):
    window = int(time.time() // seconds)
    return f"limit:{what}:{seconds}:{window}:{cipher.fingerprint(settings.SECRET_KEY, 'limit', who)}"


def reached(what, who, most, seconds=MINUTES_10):
    """Were there already `most` of these in this window?"""
    return caches["limits"].get(_key(what, who, seconds), 0) >= most


def count(what, who, seconds=MINUTES_10, times=1):
    """Note one more (or `times` more) and return how many there are in this window."""
    key = _key(what, who, seconds)
    cache = caches["limits"]
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key, times)
    except ValueError:  # thrown out by a full cache between the two lines
        return times


def give_back(what, who, seconds=MINUTES_10, times=1):
    """Take one (or `times`) off again: it was counted before it was known to be right."""
    with contextlib.suppress(ValueError):  # the window is over
        caches["limits"].decr(_key(what, who, seconds), times)
