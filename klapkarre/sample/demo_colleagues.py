"""Who else stands in the demo: someone who left, someone suspended, an open invitation, and a second organisation."""

import datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from klapkarre.foundation.accounts import actions, invitations
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD, IN_TWO
from klapkarre.foundation.accounts.models import Membership, MembershipChange, Role, Team, User

SECOND = "Verzonnen Buurthuis vzw (voorbeeld)"
SECOND_SLUG = "verzonnen-buurthuis"
SECOND_TEAM = "Team Voorbeeld (verzonnen)"
LEFT, SUSPENDED = "verzonnen-vertrokken", "verzonnen-geschorst"
DAY = datetime.timedelta(days=1)


def fill_colleagues(organisation, team, now):
    """After the demo logins, which it uses."""
    today = timezone.localdate(now)
    coordinator = User.objects.get(username="coordinator")
    started = today - 700 * DAY
    left = Membership.objects.create(
        user=_nobody(LEFT),
        organisation=organisation,
        team=team,
        role=Role.WORKER,
        starts_on=started,
        ends_on=today - 40 * DAY,
        ended_at=now - 40 * DAY,
    )
    _note(left, MembershipChange.Kind.ENDED, coordinator, left.ended_at)
    stopped = Membership.objects.create(
        user=_nobody(SUSPENDED),
        organisation=organisation,
        team=team,
        role=Role.VOLUNTEER,
        starts_on=started,
        suspended_at=now - 3 * DAY,
    )
    _note(stopped, MembershipChange.Kind.SUSPENDED, coordinator, stopped.suspended_at)
    invitations.invite(
        coordinator,
        organisation,
        now=now - DAY,
        role=Role.WORKER,
        team=team,
        starts_on=today,
        ends_on=today + 365 * DAY,
    )
    fill_second(organisation, team, started)


def fill_second(organisation, team, started):
    """A clearly fictional second organisation, and one login with a role in both."""
    second = actions.start_organisation(SECOND, SECOND_SLUG)
    far = Team.objects.create(organisation=second, name=SECOND_TEAM)
    far.neighbourhoods.set(team.neighbourhoods.all()[:1])
    both = User.objects.create(username=IN_TWO, password=make_password(DEMO_PASSWORD))
    Membership.objects.bulk_create(
        Membership(user=both, organisation=where, team=its, role=Role.WORKER, starts_on=started)
        for where, its in ((organisation, team), (second, far))
    )


def _nobody(username):
    """A colleague who cannot sign in."""
    return User.objects.create(username=username, password=make_password(None))


def _note(membership, kind, by, at):
    MembershipChange.objects.create(
        membership=membership, kind=kind, by=by, at=at, ends_on=membership.ends_on
    )
