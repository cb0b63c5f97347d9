"""Verbs on roles: give, change the end, suspend, take back, end, let come back.

Each takes the lock of the organisation first, so that two people at once see each other's work, and then asks again
who may do it. What was done stays in the history of the role.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts import logbook, phones, sessions
from klapkarre.foundation.accounts.access import roles_to_give
from klapkarre.foundation.accounts.models import Membership, MembershipChange, Organisation, Role, State

Kind = MembershipChange.Kind


class Refused(Exception):
    """This may not be done; `str()` is the Dutch sentence that says why."""


class Clash(Exception):
    """A colleague changed the role since this page was opened."""


def lock(organisation):
    """Nobody else changes roles here until this transaction is over."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def givable(by, organisation):
    """The roles that this user may give in this organisation, by what stands in the database now."""
    roles = (
        Membership.objects.current().filter(user=by, organisation=organisation).values_list("role", flat=True)
    )
    return roles_to_give(roles)


def may_touch_login(by, membership, today=None):
    """May this user do something to the login behind this role? Only who may give each role that it opens, and never
    to the own login.
    """
    roles = Membership.objects.not_over(today).filter(user=membership.user_id)
    mine = givable(by, membership.organisation)
    theirs = {(membership.organisation_id, membership.role), *roles.values_list("organisation", "role")}
    return by.pk != membership.user_id and all(
        place == membership.organisation_id and role in mine for place, role in theirs
    )


@transaction.atomic
def end_sessions(by, membership, now=None):
    """Log a colleague out everywhere and withdraw the phones; the role stays. Was anything open? Twice is once."""
    lock(membership.organisation)
    if not may_touch_login(by, membership, timezone.localdate(now)):
        raise Refused(_("Deze collega kan jij niet afmelden. Vraag het aan de beheerder."))
    withdrawn = phones.withdraw_all(membership.user, now)
    if not sessions.end_all(membership.user) and not withdrawn:
        return False
    note(membership, Kind.SESSIONS_ENDED, by, now)
    logbook.note(membership.user, logbook.Kind.ENDED_BY)
    return True


def note(membership, kind, by, now=None):
    """Add a line to the history of a role."""
    MembershipChange.objects.create(
        membership=membership, kind=kind, by=by, ends_on=membership.ends_on, at=now or timezone.now()
    )


def _at_once(roles, starts_on, ends_on):
    """Those that run on some day of this period. Two roles add up: the widest one counts."""
    roles = roles.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    return roles.filter(starts_on__lte=ends_on) if ends_on else roles


def add(
    user, organisation, kind, by, now, *, role, team=None, neighbourhood=None, starts_on=None, ends_on=None
):
    """A new role, unless the same one is there already. The caller holds the lock and knows that it may."""
    today = timezone.localdate(now)
    starts_on = starts_on or today
    in_team = Membership.objects.not_over(today).filter(
        user=user, organisation=organisation, role=role, team=team
    )
    if in_team.filter(neighbourhood=neighbourhood).exists():
        raise Refused(_("%(user)s heeft deze rol al.") % {"user": user})
    if neighbourhood and _at_once(in_team.filter(neighbourhood=None), starts_on, ends_on).exists():
        said = _("%(user)s heeft deze rol al voor heel het team. Die moet eerst eindigen.")
        raise Refused(said % {"user": user})
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        team=team,
        neighbourhood=neighbourhood,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    note(membership, kind, by, now)
    return membership


@transaction.atomic
def give(by, user, organisation, now=None, **terms):
    """Give a colleague one more role: `role`, `team`, `neighbourhood`, `starts_on`, `ends_on`."""
    now = now or timezone.now()
    lock(organisation)
    if user.pk == by.pk:
        raise Refused(_("Je geeft jezelf geen rol. Vraag het aan een collega."))
    if terms["role"] not in givable(by, organisation):
        raise Refused(_("Deze rol kan jij niet geven. Vraag het aan de beheerder."))
    return add(user, organisation, Kind.GIVEN, by, now, **terms)


def _to_change(by, membership, version):
    """The role as it stands now, locked; refuses who may not change it and who saw an older one."""
    lock(membership.organisation)
    fresh = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=membership.pk)
    )
    if fresh.user_id == by.pk:
        raise Refused(_("Je eigen rol wijzig je niet zelf. Vraag het aan een collega."))
    if fresh.role not in givable(by, fresh.organisation):
        raise Refused(_("Deze rol kan jij niet wijzigen. Vraag het aan de beheerder."))
    if fresh.version != version:
        raise Clash
    return fresh


def _someone_stays(membership):
    """Is there another administrator for at least as long as this one would have been?"""
    if membership.role != Role.ADMINISTRATOR or membership.state != State.RUNNING:
        return
    longer = Q(ends_on=None)
    if membership.ends_on:
        longer |= Q(ends_on__gte=membership.ends_on)
    others = Membership.objects.current().filter(
        longer, organisation=membership.organisation, role=Role.ADMINISTRATOR
    )
    if not others.exclude(user=membership.user_id).exists():
        raise Refused(_("Er moet een beheerder blijven. Geef eerst iemand anders die rol."))


def _keep(membership, kind, by, now):
    membership.version += 1
    membership.save()
    note(membership, kind, by, now)
    return membership


def _is_over(membership):
    if membership.state == State.ENDED:
        raise Refused(_("Deze rol is al voorbij."))


@transaction.atomic
def change_end(by, membership, version, ends_on, now=None):
    """Another last day, or none."""
    membership = _to_change(by, membership, version)
    _is_over(membership)
    if ends_on and ends_on < max(membership.starts_on, timezone.localdate(now)):
        raise Refused(_("De laatste dag kan niet voor vandaag of voor de eerste dag vallen."))
    if ends_on and (membership.ends_on is None or ends_on < membership.ends_on):
        _someone_stays(membership)
    membership.ends_on = ends_on
    return _keep(membership, Kind.END_CHANGED, by, now or timezone.now())


@transaction.atomic
def suspend(by, membership, version, now=None):
    """Stop all rights of this role from the next request on; it can be taken back."""
    membership = _to_change(by, membership, version)
    _is_over(membership)
    if membership.suspended_at:
        raise Refused(_("Deze rol is al geschorst."))
    _someone_stays(membership)
    membership.suspended_at = now or timezone.now()
    return _keep(membership, Kind.SUSPENDED, by, membership.suspended_at)


@transaction.atomic
def take_back(by, membership, version, now=None):
    """The suspension ends; the role is what it was."""
    membership = _to_change(by, membership, version)
    if membership.state != State.SUSPENDED:
        raise Refused(_("Deze rol is niet geschorst."))
    membership.suspended_at = None
    return _keep(membership, Kind.TAKEN_BACK, by, now or timezone.now())


@transaction.atomic
def end(by, membership, version, now=None):
    """The role is over from the next request on."""
    membership = _to_change(by, membership, version)
    _is_over(membership)
    _someone_stays(membership)
    membership.ended_at = now or timezone.now()
    today = timezone.localdate(membership.ended_at)
    membership.ends_on = max(membership.starts_on, min(membership.ends_on or today, today))
    return _keep(membership, Kind.ENDED, by, membership.ended_at)


@transaction.atomic
def come_back(by, membership, version, ends_on=None, now=None):
    """The same role once more from today: a new row, so that both periods stay true."""
    now = now or timezone.now()
    membership = _to_change(by, membership, version)
    if membership.state != State.ENDED:
        raise Refused(_("Deze rol is niet voorbij."))
    return add(
        membership.user,
        membership.organisation,
        Kind.CAME_BACK,
        by,
        now,
        role=membership.role,
        team=membership.team,
        neighbourhood=membership.neighbourhood,
        ends_on=ends_on,
    )
