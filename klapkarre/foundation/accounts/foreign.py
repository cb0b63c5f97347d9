"""Personal data in the tables of libraries, which cannot declare it themselves: why, on which ground, how long."""

from dataclasses import replace

from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.users import TERM_OF_ROLES
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term


def _declared(purpose, term, readers):
    return Personal(purpose, Basis.CONTRACT, term, Fate.ERASE, About.STAFF, Special.NONE, readers)


_FACTOR = _declared("nagaan wie inlogt", TERM_OF_ROLES, Readers.NOBODY)
_HOUSE = _declared("inloggen met de login van de organisatie", TERM_OF_ROLES, Readers.NOBODY)
_SESSION = _declared("tonen waar iemand ingelogd is", Term("het inloggen", days=1), Readers.SELF)

# Label of the model: its personal fields. They go with the user; sessions go when they are over.
PERSONAL = {
    "mfa.authenticator": {
        "user": _FACTOR,
        "data": replace(_FACTOR, words="geheim van de app, of publieke sleutel van het toestel"),
    },
    "sessions.session": {"session_data": replace(_SESSION, words="wie ingelogd is en wat half getypt is")},
    "socialaccount.socialaccount": {
        "user": _HOUSE,
        "uid": replace(_HOUSE, words="nummer bij de login van de organisatie"),
        "extra_data": replace(_HOUSE, words="wat die login over zichzelf zegt"),
    },
    "usersessions.usersession": {
        "user": _SESSION,
        "ip": replace(_SESSION, words="netwerkadres: altijd leeg"),  # always the same: no address
        "user_agent": replace(_SESSION, words="soort toestel"),
        "data": replace(_SESSION, words="gegevens bij het toestel"),
    },
}
# What these tables are called in the register of processing.
WORDS = {
    "mfa.authenticator": _("bewijzen bij het inloggen"),
    "sessions.session": _("sessies"),
    "socialaccount.socialaccount": _("logins van de organisatie"),
    "usersessions.usersession": _("toestellen waar iemand ingelogd is"),
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


def kinds():
    """The tables of libraries that hold something personal: `(model, its declared fields, its name in words)`."""
    return [(apps.get_model(label), fields, str(WORDS[label])) for label, fields in PERSONAL.items()]


def clean_sessions(now=None, dry_run=False):
    """Sessions that are over, and lines of lists whose session is gone. Returns how many rows."""
    from allauth.usersessions.models import UserSession

    now = now or timezone.now()
    over, living = Session.objects.filter(expire_date__lt=now), Session.objects.filter(expire_date__gte=now)
    loose = UserSession.objects.exclude(session_key__in=living.values("session_key"))
    if dry_run:
        return over.count() + loose.count()
    return over.delete()[0] + loose.delete()[0]
