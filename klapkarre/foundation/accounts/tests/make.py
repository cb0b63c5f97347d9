"""What the tests of the reading log need, with only what matters."""

from klapkarre.foundation.accounts.actions.readings import append


class Asked:
    """As much of a request as the log looks at."""

    def __init__(self, user, route="proef:lijst"):
        self.user = user
        self.resolver_match = type("Match", (), {"view_name": route})


def make_reading(user, organisation, rows=("1",), route="proef:lijst", kind="outreach.contactmoment", **why):
    return append(organisation.pk, Asked(user, route), kind, list(rows), **why)
