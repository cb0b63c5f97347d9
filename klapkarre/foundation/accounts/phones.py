"""Verbs on phones: couple one while logged in, find it by its token, withdraw it. The log of logins tells of each."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.accounts import logbook
from klapkarre.foundation.accounts.logbook import Kind
from klapkarre.foundation.accounts.models import Phone, User
from klapkarre.foundation.accounts.sealing import to_text

MOST = 10  # live phones of one user [own choice]
# So seldom it is noted that a phone was heard: a batch of notes writes this once.
SEEN_EVERY = 60


class TooMany(Exception):
    """This user has as many live phones as one may have."""


@transaction.atomic
def couple(user, team, name, now=None, *, before="", request=None):
    """A new phone of this user, as `(phone, token)`: the token is given once and not kept. Raises `TooMany`.

    `before` is the token that this browser had until now. Nobody has that one any more, so its phone ends here; one of
    another organisation stays, because its notes still leave with it.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
    was = by_token(before) if before else None
    if was and (
        was.organisation_id != team.organisation_id or not _end(Phone.objects.filter(pk=was.pk), now)
    ):
        was = None
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
    if was and was.user_id != user.pk:
        logbook.note(was.user, Kind.PHONE_TAKEN, at=now)
    is_again = was and was.user_id == user.pk
    logbook.note(user, Kind.PHONE_RENEWED if is_again else Kind.PHONE_ADDED, request, at=now)
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


@transaction.atomic
def withdraw(phone, now=None, *, by=None, request=None):
    """From now on what this phone sends waits for a colleague. Returns whether it was live; twice is once.

    `by` is who does it, when that is not its owner.
    """
    if not _end(Phone.objects.filter(pk=phone.pk), now):
        return False
    if by is None or by.pk == phone.user_id:
        logbook.note(phone.user, Kind.PHONE_REMOVED, request, at=now)
    else:
        logbook.note(phone.user, Kind.PHONE_ENDED_BY, at=now)
    return True


@transaction.atomic
def withdraw_all(user, now=None):
    """Every phone of this user, by who runs the organisation: a device was lost, and nobody knows which. Returns how
    many were live.
    """
    ended = _end(Phone.objects.filter(user=user), now)
    for _phone in range(ended):
        logbook.note(user, Kind.PHONE_ENDED_BY, at=now)
    return ended


def _end(rows, now):
    return rows.live().update(withdrawn_at=now or timezone.now())
