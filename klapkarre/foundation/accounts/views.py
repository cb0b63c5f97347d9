"""Signing in and out. Passwords only, for the demo roles; passkeys and codes come with the next version."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

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
        return _onward(request)
    context = {
        "form": form,
        "next": _wanted(request),
        "demo_roles": DEMO_ROLES if settings.DEMO else (),
    }
    return render(request, "accounts/login.html", context, status=429 if form.was_refused() else 200)


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
    return _onward(request)


@require_POST
def logout_page(request):
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer
