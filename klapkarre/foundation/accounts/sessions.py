"""How long someone stays in: half an hour without a tap at a desk, ten minutes on a shared device, twelve hours in all.

Every session stands in the list of its owner (`UserSession`), with browser and time and without an address.
"""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.utils import timezone

from klapkarre.foundation.accounts import logbook
from klapkarre.foundation.accounts.browsers import browser_of
from klapkarre.foundation.accounts.kept_sessions import kept_as

BACKEND = "django.contrib.auth.backends.ModelBackend"
MINUTE = 60
IDLE, IDLE_SHARED = 30 * MINUTE, 10 * MINUTE
WHOLE = 12 * 60 * MINUTE
# How fresh a proof of who you are must be to change how you log in.
RECENT = 5 * MINUTE
# Of who gave the right password, how long the second step may take.
WAIT = 10 * MINUTE
# The table asks for an address; we keep none.
NO_ADDRESS = "::"

BEGAN, SEEN, SHARED, STRONG, CONFIRMED, WAITING = "began", "seen", "shared", "strong", "confirmed", "waiting"
# Whose session this was: what is still typed in that browser is for nobody else.
WAS = "was"


def _now():
    return timezone.now().timestamp()


def here(request):
    """What the lists know this session by; its key itself stands in the cookie only."""
    return kept_as(request.session.session_key)


def begin(request, user, *, way, strong, shared=False):
    """Log in with a new key of the session. `way`: how; `strong`: a second factor was shown as well."""
    request.session.pop(WAITING, None)
    request.session.pop(WAS, None)
    login(request, user, backend=BACKEND)
    _mark(request, strong=strong, shared=shared)
    logbook.note(user, logbook.Kind.IN, request, way=way)


def _mark(request, *, strong=False, shared=False):
    now = _now()
    request.session.update({BEGAN: now, SEEN: now, SHARED: shared, STRONG: strong, CONFIRMED: now})
    UserSession.objects.update_or_create(
        session_key=here(request),
        defaults={
            "user": request.user,
            "ip": NO_ADDRESS,
            "user_agent": str(browser_of(request.headers.get("User-Agent", ""))),
        },
    )


def strengthen(request):
    """The second factor was shown in this session: from now on it opens everything, under a new key."""
    rotate(request)
    request.session.update({STRONG: True, CONFIRMED: _now()})


def rotate(request):
    """Go on with this session under a new key, in the list of its owner too."""
    old = here(request)
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=here(request))


def is_strong(request):
    """Was a second factor shown in this session?"""
    return bool(request.session.get(STRONG))


def settle(request):
    """End a session that is over, or of who has no role any more; else note that its owner is there."""
    if not request.user.is_authenticated:
        return
    session = request.session
    if BEGAN not in session:  # logged in by an invitation: its clock starts now
        _mark(request)
    now = _now()
    idle = IDLE_SHARED if session.get(SHARED) else IDLE
    seen = session[SEEN]
    if now - session[BEGAN] > WHOLE or now - seen > idle or not may_be_in(request.user):
        was_here = request.user.pk
        end(request)
        request.session[WAS] = was_here
    elif now - seen >= MINUTE:
        session[SEEN] = now
        UserSession.objects.filter(session_key=here(request)).update(last_seen_at=timezone.now())


def may_be_in(user):
    """Has this user a role today, or one that starts later?"""
    if user.memberships_today:
        return True
    to_come = user.memberships.not_over().filter(suspended_at=None, starts_on__gt=timezone.localdate())
    return bool(to_come.exists())


def end(request):
    """Log out: the session and its line in the list go."""
    UserSession.objects.filter(session_key=here(request)).delete()
    logout(request)


def wait_for_second(request, user, *, shared):
    """The first factor was right; nothing opens before the second one is."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": _now(),
        SHARED: shared,
    }


def waiting(request):
    """What `wait_for_second` kept, unless it took too long."""
    kept = request.session.get(WAITING)
    return kept if kept and _now() - kept["at"] <= WAIT else None


def confirm(request):
    """Who is here showed again who they are."""
    request.session[CONFIRMED] = _now()


def is_recent(request, times=1):
    """Did who is here show in the last five minutes (or so many times that) who they are?"""
    return _now() - request.session.get(CONFIRMED, 0) <= times * RECENT


def of_user(user):
    """The sessions of this user that still live, the last one seen first."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    mine = UserSession.objects.filter(user=user, session_key__in=living)
    return list(mine.order_by("-last_seen_at", "-pk"))


def end_one(row):
    """End the session of this line of a list. The line stays until the next cleaning: it says whose browser it was."""
    Session.objects.filter(session_key=row.session_key).delete()


def whose(request):
    """The key of the user who is here, or whose session this was; None when nobody knows."""
    if known := request.user.pk or request.session.get(WAS):
        return known
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return UserSession.objects.filter(session_key=kept_as(key)).values_list("user", flat=True).first()


def end_others(request):
    """End every other session of who is here. Returns how many there were."""
    others = [one for one in of_user(request.user) if one.session_key != here(request)]
    for one in others:
        end_one(one)
    return len(others)


def end_all(user):
    """End every session of this user. Returns how many there were."""
    theirs = of_user(user)
    for one in theirs:
        end_one(one)
    return len(theirs)


def change_password(request, password):
    """Keep a new password; this session goes on, every other one ends."""
    end_others(request)
    request.user.set_password(password)
    request.user.save(update_fields=["password"])
    old = here(request)
    update_session_auth_hash(request, request.user)
    UserSession.objects.filter(session_key=old).update(session_key=here(request))
    logbook.note(request.user, logbook.Kind.PASSWORD, request)
