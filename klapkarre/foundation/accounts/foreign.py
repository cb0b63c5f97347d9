"""Personal data in the tables of libraries, which cannot declare it themselves: why, on which ground, how long."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from klapkarre.foundation.kit.personal import Basis, Fate, Personal

_AS_LONG = "zolang de login bestaat"
_FACTOR = Personal("nagaan wie inlogt", Basis.CONTRACT, _AS_LONG, Fate.ERASE)
_HOUSE = Personal("inloggen met de login van de organisatie", Basis.CONTRACT, _AS_LONG, Fate.ERASE)
_SESSION = Personal("tonen waar iemand ingelogd is", Basis.CONTRACT, "hoogstens twaalf uur", Fate.ERASE)

# Label of the model: its personal fields. They go with the user; sessions go when they are over.
PERSONAL = {
    "mfa.authenticator": {"user": _FACTOR, "data": _FACTOR},
    "sessions.session": {"session_data": _SESSION},
    "socialaccount.socialaccount": {"user": _HOUSE, "uid": _HOUSE, "extra_data": _HOUSE},
    "usersessions.usersession": {
        "user": _SESSION,
        "ip": _SESSION,  # always the same: no address
        "user_agent": _SESSION,
        "data": _SESSION,
    },
}
# Never written here: mail addresses of logins, and what another house would let us do there (a test proves it).
EMPTY = frozenset(
    {
        "account.emailaddress",
        "account.emailconfirmation",
        "socialaccount.socialapp",
        "socialaccount.socialtoken",
    }
)
# Fields that hold nothing about a person.
NOT_PERSONAL = {
    "sessions.session": {"session_key"},
    "socialaccount.socialaccount": {"provider"},
    "usersessions.usersession": {"session_key"},
}
# Tables of the framework about the program itself.
OF_THE_PROGRAM = frozenset({"auth.permission", "auth.group", "contenttypes.contenttype"})


def clean_sessions(now=None, dry_run=False):
    """Sessions that are over, and lines of lists whose session is gone. Returns how many rows."""
    from allauth.usersessions.models import UserSession

    now = now or timezone.now()
    over, living = Session.objects.filter(expire_date__lt=now), Session.objects.filter(expire_date__gte=now)
    loose = UserSession.objects.exclude(session_key__in=living.values("session_key"))
    if dry_run:
        return over.count() + loose.count()
    return over.delete()[0] + loose.delete()[0]
