"""What happens at the door is noted here: one line each, without what was typed and without an address."""

from django.utils import timezone

from klapkarre.foundation.accounts.browsers import browser_of
from klapkarre.foundation.accounts.models import LoginEvent, User
from klapkarre.foundation.kit import limits

Kind, Way = LoginEvent.Kind, LoginEvent.Way
WRONG = (Kind.WRONG, Kind.WRONG_SECOND, Kind.WRONG_CONFIRM, Kind.LOCKED)
# Of attempts on names that nobody has, so many within ten minutes are noted: whoever floods us fills no disk.
MOST_UNKNOWN = 100
# So many wrong attempts since the last time are told to who comes in; one or two are a slip of the own finger.
WORTH_TELLING = 3
SHOWN = 10


def note(user, kind, request=None, *, way="", at=None):
    """One line more. `user` is None when the name that was tried belongs to nobody."""
    if user is None and limits.count("login_unknown", limits.EVERYONE) > MOST_UNKNOWN:
        return
    agent = request.headers.get("User-Agent", "") if request else ""
    browser = str(browser_of(agent)) if request else ""
    LoginEvent.objects.create(user=user, kind=kind, way=way, browser=browser, at=at or timezone.now())


def owner_of(username):
    """Whose login this name is, or None."""
    return User.objects.filter(username=username).first()


def latest(user):
    """What happened last with the login of this user."""
    return LoginEvent.objects.filter(user=user)[:SHOWN]


def wrong_since_last_time(user):
    """How many wrong attempts there were between the last time that this user came in and now; 0 when it is few."""
    mine = LoginEvent.objects.filter(user=user)
    times_in = list(mine.filter(kind=Kind.IN).values_list("pk", flat=True)[:2])
    if len(times_in) < 2:
        return 0
    found = mine.filter(kind__in=WRONG, pk__gt=times_in[1], pk__lt=times_in[0]).count()
    return found if found >= WORTH_TELLING else 0
