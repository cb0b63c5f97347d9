"""A few days at the door of the demo, so that the auditor and a worker see what the log of logins looks like."""

from klapkarre.foundation.accounts.models import LoginEvent
from klapkarre.sample.rows import at

Kind, Way = LoginEvent.Kind, LoginEvent.Way
BROWSERS = {"worker": "Chrome op Android", "coordinator": "Firefox op Windows", "admin": "Firefox op Linux"}
# Days back, hour, minute, whose login, what happened, how.
LINES = (
    (5, 8, 55, "worker", Kind.IN, Way.PASSKEY),
    (4, 9, 2, "coordinator", Kind.IN, Way.TWO_STEPS),
    (3, 8, 50, "worker", Kind.WRONG, ""),
    (3, 8, 51, "worker", Kind.IN, Way.PASSWORD),
    (3, 14, 20, None, Kind.WRONG, ""),
    (2, 9, 10, "coordinator", Kind.WRONG_SECOND, ""),
    (2, 9, 11, "coordinator", Kind.IN, Way.TWO_STEPS),
    (1, 16, 40, "admin", Kind.IN, Way.PASSKEY),
)


def fill_logins(users, days):
    """After the demo logins, which it uses; `days` are the working days, the last one last."""
    LoginEvent.objects.bulk_create(
        LoginEvent(
            user=users[name] if name else None,
            kind=kind,
            way=way,
            browser=BROWSERS.get(name, "Chrome op Windows"),
            at=at(days[-back], hour, minute),
        )
        for back, hour, minute, name, kind, way in LINES
        if len(days) >= back
    )
