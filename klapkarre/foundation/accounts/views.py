"""Signing in and out. Passwords only, for the demo roles; passkeys and codes come with the next version."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts import lapse
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD, DEMO_ROLES
from klapkarre.foundation.accounts.forms import LoginForm
from klapkarre.foundation.kit.onward import onward


def _wanted(request):
    return request.POST.get("next") or request.GET.get("next") or ""


def _onward(request):
    return onward(request, _wanted(request), settings.LOGIN_REDIRECT_URL)


@never_cache
def login_page(request):
    """Name and password; who is signed in already goes on to the work."""
    if request.method == "GET" and request.user.is_authenticated:
        return _onward(request)
    form = LoginForm(request, request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        return _after_login(request)
    typed = request.POST.get(lapse.FIELD, "")
    context = {"next": _wanted(request), "typed": typed if lapse.unpack(typed) else ""}
    return _login_form(request, form, 429 if form.was_refused() else 200, context)


@never_cache
def lapsed(request):
    """401 to who posts to a closed page without a login: the login form, which carries what was typed."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    typed = lapse.pack(request)
    context = {"next": request.get_full_path(), "typed": typed, "is_too_much": not typed}
    return _login_form(request, LoginForm(request), 401, context)


def _login_form(request, form, status, context):
    context |= {"form": form, "demo_roles": DEMO_ROLES if settings.DEMO else ()}
    return render(request, "accounts/login.html", context, status=status)


def _after_login(request):
    """To the page that was asked for, or to the one button that saves what was typed."""
    kept = lapse.unpack(request.POST.get(lapse.FIELD, ""))
    if kept is None:
        return _onward(request)
    path, fields = kept
    return render(request, "accounts/typed.html", {"path": path, "fields": fields})


@never_cache
@require_POST
def demo_login(request):
    """One tap in the demo; this route answers 404 everywhere else."""
    if not settings.DEMO:
        raise Http404
    username = request.POST.get("role", "")
    user = authenticate(request, username=username, password=DEMO_PASSWORD)
    if user is None or username not in dict(DEMO_ROLES):
        raise Http404
    login(request, user)
    return _after_login(request)


@require_POST
def logout_page(request):
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer
