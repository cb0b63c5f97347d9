"""An app with codes, as a test holds it in its hand."""

import re
import time

from allauth.mfa.totp.internal import auth
from django.test import Client

from klapkarre.foundation.accounts import factors

PASSWORD = "klapkarre-demo"


def code_of(secret, ahead=0):
    """The code of now, or of a moment later or earlier: each one opens once.

    The earlier one is refused as soon as the next half minute begins: right before that, wait for it.
    """
    left = 30 - time.time() % 30
    if ahead < 0 and left < 5:
        time.sleep(left)
    counter = next(auth.yield_hotp_counters_from_time()) + 1 + ahead
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def shown_secret(page):
    """The secret that the page shows as text."""
    return re.search(r'<code class="big">([A-Z2-7 ]+)</code>', page.text)[1].replace(" ", "")


def log_in(client, user, password=PASSWORD, **more):
    return client.post("/login/", {"username": user.username, "password": password} | more)


def set_up_app(user, password=PASSWORD):
    """Give this user an app, as they do it themselves. Returns the secret."""
    client = Client()
    log_in(client, user, password)
    secret = shown_secret(client.get("/login/instellen/app/"))
    answer = client.post("/login/instellen/app/", {"code": code_of(secret, -1)})
    assert answer["Location"] == "/login/instellen/codes/", answer.text
    return secret


def recovery_codes(user):
    return factors.recovery_codes(user)
