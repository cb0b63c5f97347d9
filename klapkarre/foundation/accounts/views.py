"""Signing in and out. Passwords only, for the demo roles; passkeys and codes come with the next version."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts.demo import DEMO_PASSWORD, DEMO_ROLES
from klapkarre.foundation.accounts.forms import LoginForm


def _next_page(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
def login_page(request):
    """Name and password; who is signed in already goes on to the work."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_next_page(request))
    form = LoginForm(request, request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        return redirect(_next_page(request))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "demo_roles": DEMO_ROLES if settings.DEMO else (),
    }
    return render(request, "accounts/login.html", context)


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
    return redirect(_next_page(request))


@require_POST
def logout_page(request):
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer
