"""Roles for tests of this app."""

import datetime

from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, User

DAY = datetime.timedelta(days=1)


def member(username, organisation, role, team=None, **fields):
    """A user with one role, a year old unless said otherwise."""
    user, _ = User.objects.get_or_create(username=username)
    fields.setdefault("starts_on", timezone.localdate() - 365 * DAY)
    return Membership.objects.create(user=user, organisation=organisation, role=role, team=team, **fields)


def again(user):
    """The same user as the next request sees her."""
    return User.objects.get(pk=user.pk)
