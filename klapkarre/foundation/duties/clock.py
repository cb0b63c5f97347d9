"""The clocks that run now: for the page that everyone starts from."""

from django.utils import timezone

from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.duties.models import Breach

# An administrator works on the server; the clock is for who decides and who checks.
WATCHERS = frozenset({Role.COORDINATOR, Role.AUDITOR})


def running_clocks(user, now=None):
    """(breach, hours left, too late) of each breach that was not told yet. No query for who does not watch."""
    if WATCHERS.isdisjoint(user.role_names):
        return []
    now = now or timezone.now()
    found = Breach.objects.visible_to(user).filter(organisation=user.works_for).running()
    return [
        (breach, breach.hours_left(now), breach.is_late(now)) for breach in found.order_by("discovered_at")
    ]
