"""Invitations: the link and the sayable code, and the verbs invite, withdraw, accept.

As with slips, link and code follow from the invitation's id and the secret key, so that a letter can be printed again
while the database holds hashes only. The link is 130 bits; the code is three words and a number, 35 bits.
"""

import base64
import datetime
import hashlib
import hmac
import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts import factors, logbook, memberships
from klapkarre.foundation.accounts.memberships import Refused
from klapkarre.foundation.accounts.models import Invitation, Membership, MembershipChange, User
from klapkarre.foundation.accounts.models.invitations import LASTS
from klapkarre.foundation.kit import cipher, codes

WORDS_IN_CODE = 3
TOKEN_LENGTH = 26
SERVER_LASTS = datetime.timedelta(days=1)


class Gone(Exception):
    """The invitation works no more; `str()` is the Dutch sentence that says why."""


class Taken(Exception):
    """Somebody else has this user name."""


def _drawn(purpose, pk):
    key = f"klapkarre.accounts.invitation|{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{purpose}|{pk}".encode(), hashlib.sha256).digest()


def token_of(invitation):
    """The 130 bits of the link, as 26 letters and digits."""
    return base64.b32encode(_drawn("link", invitation.pk)).decode().lower()[:TOKEN_LENGTH]


def code_of(invitation):
    """The code as it stands in the letter: appel-fiets-molen-42."""
    return codes.write(_drawn("code", invitation.pk), WORDS_IN_CODE)


def _hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_code(parts):
    return cipher.fingerprint(settings.SECRET_KEY, "invitation", " ".join(sorted(parts)))


def by_token(token):
    """The invitation behind a link, whatever became of it, or None."""
    return _with_names().filter(token_hash=_hash_token(token)).first()


def by_code(parts):
    """The invitation behind a code, whatever became of it, or None."""
    return _with_names().filter(code_hash=_hash_code(parts)).first()


def _with_names():
    return Invitation.objects.select_related(
        "organisation", "team", "neighbourhood", "invited_by", "renews__user"
    )


def why_gone(invitation, now=None):
    """Why it works no more, in Dutch; empty while it works. It ends too when who invited may not invite any more."""
    if invitation.used_at:
        return _("Deze uitnodiging is al gebruikt.")
    if invitation.withdrawn_at:
        return _("Deze uitnodiging is ingetrokken.")
    now = now or timezone.now()
    today = timezone.localdate(now)
    if invitation.expires_at <= now or (invitation.ends_on and invitation.ends_on < today):
        return _("Deze uitnodiging is verlopen.")
    by = invitation.invited_by
    if is_from_server(invitation):
        runs = Membership.objects.not_over(today).filter(pk=invitation.renews_id, suspended_at=None)
        return "" if runs.exists() else _("Je rol loopt niet meer.")
    if by is None or invitation.role not in memberships.givable(by, invitation.organisation):
        return _("Wie je uitnodigde, kan dat nu niet meer.")
    if invitation.renews and not may_renew(by, invitation.renews, today):
        return _("Wie je deze brief gaf, kan dat nu niet meer.")
    return ""


@transaction.atomic
def invite(by, organisation, now=None, **terms):
    """Ask someone new: `role`, `team`, `neighbourhood`, `starts_on`, `ends_on`. Works for 14 days, once."""
    now = now or timezone.now()
    memberships.lock(organisation)
    if terms["role"] not in memberships.givable(by, organisation):
        raise Refused(_("Deze rol kan jij niet geven. Vraag het aan de beheerder."))
    invitation = Invitation(
        organisation=organisation, invited_by=by, invited_at=now, expires_at=now + LASTS, **terms
    )
    return _with_code(invitation)


def _with_code(invitation):
    while True:  # a code that stands in another letter is drawn again
        invitation.token_hash = _hash_token(token_of(invitation))
        invitation.code_hash = _hash_code(code_of(invitation).split("-"))
        if not Invitation.objects.filter(code_hash=invitation.code_hash).exists():
            break
        invitation.pk = uuid.uuid4()
    invitation.save(force_insert=True)
    return invitation


def may_renew(by, membership, today=None):
    """May this user let the owner of this role make a new login?

    Whoever holds the letter gets everything that the login opens: so only who may give each role that it has.
    """
    runs = Membership.objects.not_over(today).filter(pk=membership.pk, suspended_at=None)
    return runs.exists() and memberships.may_touch_login(by, membership, today)


@transaction.atomic
def renew(by, membership, now=None):
    """A letter for a colleague who lost every way in, or never finished the first one. The last letter counts."""
    now = now or timezone.now()
    memberships.lock(membership.organisation)
    if not may_renew(by, membership, timezone.localdate(now)):
        raise Refused(_("Deze brief kan jij niet geven. Vraag het aan de beheerder."))
    return _letter(membership, by, MembershipChange.Kind.LETTER, now, LASTS)


@transaction.atomic
def renew_on_server(membership, now=None):
    """The letter that nobody else can give: to the only administrator, or to who works in two organisations.

    Whoever runs commands on the server holds its keys already. The letter stands in her own name, which no colleague
    can give it, and in the history as made on the server. It works for a day.
    """
    now = now or timezone.now()
    memberships.lock(membership.organisation)
    return _letter(membership, membership.user, MembershipChange.Kind.SERVER_LETTER, now, SERVER_LASTS)


def is_from_server(invitation):
    """Was this letter made with `./kar letter`?"""
    return bool(invitation.renews) and invitation.renews.user_id == invitation.invited_by_id


def _letter(membership, by, kind, now, lasts):
    open_ones = Invitation.objects.open(now).filter(renews__user=membership.user_id)
    open_ones.update(withdrawn_at=now)
    memberships.note(membership, kind, by if kind == MembershipChange.Kind.LETTER else None, now)
    logbook.note(membership.user, logbook.Kind.LETTER_MADE)
    return _with_code(
        Invitation(
            organisation=membership.organisation,
            team=membership.team,
            neighbourhood=membership.neighbourhood,
            role=membership.role,
            starts_on=membership.starts_on,
            renews=membership,
            invited_by=by,
            invited_at=now,
            expires_at=now + lasts,
        )
    )


def _locked(invitation):
    memberships.lock(invitation.organisation)
    return Invitation.objects.select_related("organisation", "renews__user").get(pk=invitation.pk)


@transaction.atomic
def withdraw(by, invitation, now=None):
    """It works no more. Twice is once."""
    invitation = _locked(invitation)
    if invitation.role not in memberships.givable(by, invitation.organisation):
        raise Refused(_("Deze uitnodiging kan jij niet intrekken. Vraag het aan de beheerder."))
    if invitation.used_at:
        raise Refused(_("Iemand nam deze uitnodiging al aan. Schors of beëindig de rol."))
    if not invitation.withdrawn_at:
        invitation.withdrawn_at = now or timezone.now()
        invitation.save()
    return invitation


def accept(invitation, user=None, username="", now=None):
    """Take the role: with the login that someone has, or with a new user name. One invitation, one winner."""
    now = now or timezone.now()
    with transaction.atomic():
        invitation = _locked(invitation)
        why = why_gone(invitation, now)
        if why:
            raise Gone(why)
        if invitation.renews:
            return _make_again(invitation, now)
        if user is not None and user.pk == invitation.invited_by_id:
            raise Refused(_("Je eigen uitnodiging neem je niet aan. Ze is voor iemand anders."))
        # Who may give this role sees the links of colleagues too, and would so give it to herself.
        if user is not None and invitation.role in memberships.givable(user, invitation.organisation):
            raise Refused(_("Wie deze rol mag geven, neemt ze zo niet aan. Laat een collega ze je geven."))
        user = user or _new_user(username, invitation.invited_by)
        membership = memberships.add(
            user,
            invitation.organisation,
            MembershipChange.Kind.ACCEPTED,
            invitation.invited_by,
            now,
            role=invitation.role,
            team=invitation.team,
            neighbourhood=invitation.neighbourhood,
            starts_on=max(invitation.starts_on, timezone.localdate(now)),
            ends_on=invitation.ends_on,
        )
        invitation.used_at, invitation.used_by = now, user
        invitation.save()
    return membership


def _make_again(invitation, now):
    """Every old way in ends, and every session; the page after this one makes the new way."""
    membership = invitation.renews
    factors.forget(membership.user)
    logbook.note(membership.user, logbook.Kind.LETTER_USED)
    memberships.note(membership, MembershipChange.Kind.NEW_LOGIN, invitation.invited_by, now)
    invitation.used_at, invitation.used_by = now, membership.user
    invitation.save()
    return membership


def _letters(name):
    return "".join(one for one in name.casefold() if one.isalpha())


def _new_user(username, invited_by):
    """A login without a password yet; the next page makes the way in. Not a second one under the same name."""
    if User.objects.filter(username__iexact=username).exists():
        raise Taken
    if _letters(username) and _letters(username) == _letters(invited_by.username):
        raise Refused(_("Deze naam lijkt op die van wie je uitnodigde. Kies een andere."))
    user = User(username=username)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Taken from None
    return user
