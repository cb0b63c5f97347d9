"""The second factor: who must have one, passkeys, codes of an app, recovery codes. Tables and maths are allauth's."""

import json
import struct

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.socialaccount.models import SocialAccount
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.accounts import logbook, sessions
from klapkarre.foundation.accounts.browsers import browser_of
from klapkarre.foundation.accounts.demo import DEMO_ROLES
from klapkarre.foundation.accounts.models import Role, User

Kind = Authenticator.Type
# Roles that see names or notes, or decide who does: without a second factor they see nothing.
MUST_HAVE = frozenset({Role.WORKER, Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
SECOND = (Kind.WEBAUTHN, Kind.TOTP)
SET_UP = "accounts:set_up_login"
APP_SECRET, NEW_CODES = "app_secret", "new_codes"
LONGEST_NAME = 40
# What an answer that no browser gave can trip over: not JSON, nested without end, cut off in the middle of a number.
NOT_A_KEY = (
    *(ValidationError, InvalidSignature, UnsupportedAlgorithm, struct.error),
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
)


def is_demo_login(user):
    """One of the roles of the demo, in the demo: one tap or one password is enough there, and nowhere else."""
    return settings.DEMO and user.username in dict(DEMO_ROLES)


def must_have(user):
    """Has this user a role today that needs a second factor, in any organisation?"""
    return not is_demo_login(user) and any(one.role in MUST_HAVE for one in user.memberships_today)


def of_user(user):
    """The passkeys and the app of this user, oldest first."""
    return Authenticator.objects.filter(user=user, type__in=SECOND).order_by("created_at", "pk")


def has_a_way_in(user):
    """Could this user log in again: with a password, a passkey or app, or the login of another house?"""
    return (
        user.has_usable_password()
        or of_user(user).exists()
        or SocialAccount.objects.filter(user=user).exists()
    )


def next_step(request):
    """The name of the page that comes before everything else for who is here, or None."""
    if sessions.is_strong(request) or is_demo_login(request.user):
        return None
    if of_user(request.user).exists():
        return "accounts:second_factor"
    return SET_UP if must_have(request.user) else None


def is_last(user, factor):
    """Is this the last second factor of someone who must have one?"""
    return must_have(user) and not of_user(user).exclude(pk=factor.pk).exists()


# Codes


def new_app_secret(request):
    """The secret of an app that is being set up; it stays the same until the app shows a right code."""
    if APP_SECRET not in request.session:
        request.session[APP_SECRET] = encrypt(totp.generate_totp_secret())
    return decrypt(request.session[APP_SECRET])


def _counter_of(secret, code, after=0):
    """The moment that this code belongs to, when it is now and later than `after`."""
    for counter in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=right) and counter > after:
            return counter
    return None


@transaction.atomic
def add_app(request, code):
    """Keep the app when the code is right; an app that was there goes. Says whether it was right."""
    counter = _counter_of(new_app_secret(request), code)
    if counter is None:
        return False
    Authenticator.objects.filter(user=request.user, type=Kind.TOTP).delete()
    data = {"secret": request.session.pop(APP_SECRET), "counter": counter}
    Authenticator.objects.create(user=request.user, type=Kind.TOTP, data=data)
    logbook.note(request.user, logbook.Kind.APP_ADDED, request)
    return True


@transaction.atomic
def is_right_code(user, code):
    """Is this the code of the app now? Each one opens once, also when two processes hear it together."""
    app = Authenticator.objects.select_for_update().filter(user=user, type=Kind.TOTP).first()
    if app is None:
        return False
    counter = _counter_of(decrypt(app.data["secret"]), code, after=app.data.get("counter", 0))
    if counter is None:
        return False
    app.data["counter"], app.last_used_at = counter, timezone.now()
    app.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def is_right_recovery_code(user, code):
    """Is this one of the recovery codes that was not used yet? It is used now."""
    kept = Authenticator.objects.select_for_update().filter(user=user, type=Kind.RECOVERY_CODES).first()
    right = kept is not None and bool(kept.wrap().validate_code(code))
    if right:
        logbook.note(user, logbook.Kind.CODE_USED)
    return right


@transaction.atomic
def new_recovery_codes(request):
    """New recovery codes instead of the old ones; this session may show them until their owner has kept them."""
    Authenticator.objects.filter(user=request.user, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(request.user)
    request.session[NEW_CODES] = True
    logbook.note(request.user, logbook.Kind.CODES_MADE, request)


def recovery_codes(user):
    """The codes that are left."""
    kept = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else []


# Passkeys


def _answer(text):
    answer = json.loads(text)
    if not isinstance(answer, dict):
        raise TypeError(answer)
    return answer


def add_passkey(request, text):
    """Keep the passkey that the browser made. Says whether it was right."""
    try:
        credential = _answer(text)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except NOT_A_KEY:
        return False
    finally:
        webauthn.clear_state()
    webauthn.WebAuthn.add(request.user, browser_of(request.headers.get("User-Agent", "")), credential)
    logbook.note(request.user, logbook.Kind.PASSKEY_ADDED, request)
    return True


def user_of_passkey(text):
    """Whose passkey answered our question, or None. A question is answered once."""
    try:
        answer = _answer(text)
        user = webauthn.extract_user_from_response(answer)
        passkey = webauthn.complete_authentication(user, answer)
    except NOT_A_KEY:
        return None
    finally:
        webauthn.clear_state()
    passkey.record_usage()
    return user if user.is_active else None


def rename(passkey, name):
    """Give a passkey the name that its owner knows it by."""
    passkey.wrap().name = name
    passkey.save(update_fields=["data"])


# All together


@transaction.atomic
def changed(request):
    """How someone logs in was changed: every other session of theirs ends, this one goes on as strong."""
    sessions.end_others(request)
    sessions.strengthen(request)
    has_codes = Authenticator.objects.filter(user=request.user, type=Kind.RECOVERY_CODES).exists()
    if of_user(request.user).exists() and not has_codes:
        new_recovery_codes(request)


@transaction.atomic
def remove(request, factor):
    """Take a passkey or the app away. Says no for the last one of who must have one."""
    User.objects.select_for_update().get(
        pk=request.user.pk
    )  # two removals at once would each see the other one left
    if is_last(request.user, factor):
        return False
    gone = logbook.Kind.APP_REMOVED if factor.type == Kind.TOTP else logbook.Kind.PASSKEY_REMOVED
    factor.delete()
    logbook.note(request.user, gone, request)
    if not of_user(request.user).exists():
        Authenticator.objects.filter(user=request.user).delete()
    sessions.end_others(request)
    return True


@transaction.atomic
def forget(user):
    """Who lost everything starts again: password, second factors, links with other logins and sessions go."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions.end_all(user)
