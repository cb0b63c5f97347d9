"""Logging in and out: a passkey, or a password with a code. One tap in the demo, and nowhere else."""

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts import factors, lapse, logbook, oidc, sessions
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD, DEMO_ROLES
from klapkarre.foundation.accounts.forms import CodeForm, LoginForm, RecoverForm
from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.kit.onward import onward, own_path

Way = logbook.Way
WRONG_KEY = _("Deze toegangssleutel kennen we niet. Probeer opnieuw, of log in met je wachtwoord.")


def wanted(request):
    """Where who logs in was going."""
    return request.POST.get("next") or request.GET.get("next") or ""


def go_on(request):
    """To the page that was asked for."""
    return onward(request, wanted(request), settings.LOGIN_REDIRECT_URL)


def carried(request):
    """What each form of the login carries along: the next page, and what was typed before the login ran out."""
    typed = request.POST.get(lapse.FIELD, "")
    return {"next": wanted(request), "typed": typed if lapse.unpack(typed) else ""}


@never_cache
def login_page(request):
    """A passkey, or name and password; who is logged in already goes on to the work."""
    if request.method in ("GET", "HEAD") and request.user.is_authenticated:
        return go_on(request)
    if credential := request.POST.get("credential"):
        return _with_passkey(request, credential)
    form = LoginForm(request, request.POST or None)
    if form.is_valid():
        return enter(request, form.get_user(), way=Way.PASSWORD, shared=form.cleaned_data["shared"])
    return _login_form(request, form, 429 if form.was_refused() else 200)


def _with_passkey(request, credential):
    user = factors.user_of_passkey(credential)
    if user is None:
        logbook.note(None, logbook.Kind.WRONG, request, way=Way.PASSKEY)
        return _login_form(request, LoginForm(request), 200, problem=WRONG_KEY)
    return enter(request, user, way=Way.PASSKEY, shared=bool(request.POST.get("shared")), strong=True)


def enter(request, user, *, way, shared=False, strong=False):
    """The first factor of this user was right: log in, or ask for the second one."""
    if not sessions.may_be_in(user):
        return _no_role(request, user)
    if not strong and not factors.is_demo_login(user) and factors.of_user(user).exists():
        sessions.wait_for_second(request, user, shared=shared)
        return _code_form(request, CodeForm(request, user))
    sessions.begin(request, user, way=way, strong=strong, shared=shared)
    return after_login(request)


def _no_role(request, user):
    logbook.note(user, logbook.Kind.REFUSED, request)
    return _login_form(request, LoginForm(request), 200, problem=LoginForm.error_messages["inactive"])


@never_cache
def second_factor(request):
    """The second step, for who gave the right password, or came in by a letter and has a second factor."""
    user, shared = _who_waits(request)
    if user is None:
        return redirect("accounts:login")
    if credential := request.POST.get("credential"):
        if factors.user_of_passkey(credential) != user:
            logbook.note(user, logbook.Kind.WRONG_SECOND, request, way=Way.PASSKEY)
            return _code_form(request, CodeForm(request, user), problem=WRONG_KEY)
        return _second_was_right(request, user, shared=shared)
    form = CodeForm(request, user, request.POST or None)
    if not form.is_valid():
        return _code_form(request, form, 429 if form.was_refused() else 200)
    return _second_was_right(
        request, user, shared=shared, is_recovery=form.cleaned_data.get("is_recovery", False)
    )


def _who_waits(request):
    """The user whose second factor we wait for, and whether the device is shared."""
    if request.user.is_authenticated:
        needs = factors.next_step(request) == "accounts:second_factor"
        return (request.user if needs else None), bool(request.session.get(sessions.SHARED))
    kept = sessions.waiting(request)
    user = User.objects.filter(pk=kept["user"], is_active=True).first() if kept else None
    if user is None or user.get_session_auth_hash() != kept["hash"]:
        return None, False
    return user, kept[sessions.SHARED]


def _second_was_right(request, user, *, shared, is_recovery=False):
    sessions.begin(request, user, way=Way.CODE if is_recovery else Way.TWO_STEPS, strong=True, shared=shared)
    if is_recovery:
        return _after_recovery(request)
    return after_login(request)


@never_cache
def recover(request):
    """Who lost the passkey and has no password comes in with a recovery code."""
    if request.user.is_authenticated:
        return redirect("accounts:own")
    form = RecoverForm(request, request.POST or None)
    if not form.is_valid():
        status = 429 if form.was_refused() else 200
        return render(request, "accounts/recover.html", {"form": form}, status=status)
    if not sessions.may_be_in(form.user):
        return _no_role(request, form.user)
    sessions.begin(request, form.user, way=Way.CODE, strong=True, shared=form.cleaned_data["shared"])
    return _after_recovery(request)


def _after_recovery(request):
    _tell_wrong_attempts(request)
    text = _("Je kwam binnen met een herstelcode. Maak nu een nieuwe sleutel, en neem weg wat je kwijt bent.")
    messages.warning(request, text)
    return redirect("accounts:own")


@never_cache
@require_POST
def passkey_question(request):
    """The question that a passkey answers; the same for everybody, so that it tells nothing about who exists."""
    return JsonResponse(begin_authentication())


@never_cache
def lapsed(request, was_here=None):
    """401 to who posts to a closed page without a login: the login form, which carries what was typed."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    typed = lapse.pack(request, was_here)
    carry = {"next": request.get_full_path(), "typed": typed, "is_too_much": not typed}
    return _login_form(request, LoginForm(request), 401, **carry)


def _login_form(request, form, status, **more):
    context = carried(request) | more
    context |= {"form": form, "demo_roles": DEMO_ROLES if settings.DEMO else (), "houses": oidc.houses()}
    return render(request, "accounts/login.html", context, status=status)


def _code_form(request, form, status=200, problem=""):
    has_passkey = factors.of_user(form.user).filter(type=factors.Kind.WEBAUTHN).exists()
    has_app = factors.of_user(form.user).filter(type=factors.Kind.TOTP).exists()
    context = {"form": form, "has_passkey": has_passkey, "has_app": has_app, "problem": problem}
    return render(request, "accounts/second_factor.html", carried(request) | context, status=status)


def after_login(request):
    """To the page that was asked for, or to the one button that saves what was typed."""
    _tell_wrong_attempts(request)
    if step := factors.next_step(request):
        request.session["next"] = own_path(request, wanted(request))
        return redirect(step)
    typed = request.POST.get(lapse.FIELD, "")
    kept = lapse.unpack(typed, request.user)
    if kept is None:
        if lapse.unpack(typed):
            messages.warning(request, _("Wat hier getypt stond, is van iemand anders. Het is niet bewaard."))
        return go_on(request)
    path, fields = kept
    return render(request, "accounts/typed.html", {"path": path, "fields": fields})


def _tell_wrong_attempts(request):
    if wrong := logbook.wrong_since_last_time(request.user):
        text = _(
            "Sinds je vorige keer waren er %(number)d foute pogingen met jouw naam. Kijk bij Mijn login."
        )
        messages.warning(request, text % {"number": wrong})


@never_cache
@require_POST
def demo_login(request):
    """One tap in the demo; this route answers 404 everywhere else."""
    if not settings.DEMO:
        raise Http404
    username = request.POST.get("role", "")
    user = authenticate(request, username=username, password=DEMO_PASSWORD)
    if user is None or not factors.is_demo_login(user):
        raise Http404
    sessions.begin(request, user, way=Way.DEMO, strong=False)
    return after_login(request)


@require_POST
def logout_page(request):
    sessions.end(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer
