"""What someone typed in a page whose login ran out meanwhile: sealed, and carried by the login page itself.

Only a post that passed the check on cross-site requests is packed (`CsrfViewMiddleware` stands before ours), and the
login form asks for it again, as does the form that posts it in the end: nobody else can plant what a worker saves.
"""

from django.conf import settings
from django.core import signing
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "typed"
MOST_BYTES = 64 * 1024
SALT = "klapkarre.accounts.lapse"
SECRETS = ("csrfmiddlewaretoken", "password", "wachtwoord")


def pack(request):
    """The address and the posted fields as one sealed text; empty when they are too large to carry."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if not any(word in name.lower() for word in SECRETS)]
    if sum(len(f"{name}{value}".encode()) for name, value in fields) > MOST_BYTES:
        return ""
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def unpack(sealed):
    """The address and the fields as we sealed them; None for anything else."""
    try:
        path, fields = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
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
