"""Verbs on phones: couple one while logged in, find it by its token, withdraw it."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.accounts.models import Phone, User
from klapkarre.foundation.accounts.sealing import to_text

MOST = 10  # live phones of one user [own choice]
# So seldom it is noted that a phone was heard: a batch of notes writes this once.
SEEN_EVERY = 60


class TooMany(Exception):
    """This user has as many live phones as one may have."""


@transaction.atomic
def couple(user, team, name, now=None):
    """A new phone of this user, as `(phone, token)`: the token is given once and not kept. Raises `TooMany`."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
    if Phone.objects.live().filter(user=user).count() >= MOST:
        raise TooMany
    token = to_text(secrets.token_bytes(32))
    now = now or timezone.now()
    phone = Phone.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        user=user,
        token_hash=hash_token(token),
        name=name[:60],
        created_at=now,
        last_seen_at=now,
    )
    return phone, token


def hash_token(token):
    """What the database holds of a token of 256 random bits: nobody guesses one, so no secret is needed for it."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token):
    """The phone with this token, also a withdrawn one; None when there is none."""
    rows = Phone.objects.select_related("user", "team", "organisation")
    return rows.filter(token_hash=hash_token(token)).first()


def heard(phone, now):
    """Note that a phone sent something."""
    if (now - phone.last_seen_at).total_seconds() >= SEEN_EVERY:
        Phone.objects.filter(pk=phone.pk).update(last_seen_at=now)


def withdraw(phone, now=None):
    """From now on what this phone sends waits for a colleague. Returns whether it was live; twice is once."""
    return bool(Phone.objects.live().filter(pk=phone.pk).update(withdrawn_at=now or timezone.now()))


def withdraw_all(user, now=None):
    """Every phone of this user: a device was lost or stolen, and nobody knows which. Returns how many were live."""
    return Phone.objects.live().filter(user=user).update(withdrawn_at=now or timezone.now())
