"""What allauth asks of us: our name on passkeys, sealed secrets, no mail, no account that nobody invited."""

import base64
import contextlib
import os

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from klapkarre.foundation.kit.cipher import CannotOpen

NAME = "Klapkarre"


def _cipher(secret_key):
    """A key from the secret of the site: it stands outside the database, so that a copy of that makes no codes."""
    derived = HKDF(SHA256(), 32, None, b"klapkarre.accounts.factors")
    return AESGCM(derived.derive(secret_key.encode()))


def _open(sealed):
    for secret_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with contextlib.suppress(InvalidTag):
            return _cipher(secret_key).decrypt(sealed[:12], sealed[12:], None)
    raise CannotOpen("a secret of a login was sealed with another KLAPKARRE_SECRET_KEY")


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def send_notification_mail(self, *args, **kwargs):
        """No mail: a user has no address (decision 0012)."""


class FactorAdapter(DefaultMFAAdapter):
    def _get_site_name(self):
        return NAME

    def encrypt(self, text):
        nonce = os.urandom(12)
        return base64.b64encode(
            nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)
        ).decode()

    def decrypt(self, encrypted_text):
        return _open(base64.b64decode(encrypted_text)).decode()
