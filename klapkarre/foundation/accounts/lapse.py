"""What someone typed in a page whose login ran out meanwhile: sealed, and carried by the login page itself.

Only a post that passed the check on cross-site requests is packed (`CsrfViewMiddleware` stands before ours), and the
login form asks for it again, as does the form that posts it in the end: nobody else can plant what a worker saves.
Nobody else reads it either: the page holds it encrypted, and of whom we still know who typed it, only that user gets
it back. The screen may be of a shared device by then.
"""

import base64
import json
import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "typed"
MOST_BYTES = 64 * 1024
NONCE = 12
SECRETS = ("csrfmiddlewaretoken", "password", "wachtwoord")


def _cipher():
    return AESGCM(HKDF(SHA256(), 32, None, b"klapkarre.accounts.lapse").derive(settings.SECRET_KEY.encode()))


def seal(owner, path, fields):
    """As one text that only this site opens."""
    nonce, said = os.urandom(NONCE), json.dumps([owner, path, fields]).encode()
    return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, zlib.compress(said), None)).decode()


def pack(request, owner=None):
    """The address and the posted fields, sealed for the user with key `owner`; empty when they are too large to carry.

    Without an owner (the session was gone already) whoever logs in on this page gets them back.
    """
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if not any(word in name.lower() for word in SECRETS)]
    if sum(len(f"{name}{value}".encode()) for name, value in fields) > MOST_BYTES:
        return ""
    return seal(owner, request.get_full_path(), fields)


def unpack(sealed, user=None):
    """The address and the fields as we sealed them; None for anything else, and for what is of another than `user`."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        owner, path, fields = json.loads(zlib.decompress(_cipher().decrypt(raw[:NONCE], raw[NONCE:], None)))
    except (ValueError, InvalidTag):
        return None
    if user is not None and owner not in (None, user.pk):
        return None
    return (path, fields) if _is_closed_page(path) else None


def _is_closed_page(path):
    """A page of our own that needs a login, never another site."""
    if not (path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)):
        return False
    try:
        return resolve(path.partition("?")[0]).view_name not in settings.PUBLIC
    except Resolver404:
        return False
