"""Showing again who you are, before something changes in how you log in."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import factors, sessions
from klapkarre.foundation.accounts.forms import ConfirmForm
from klapkarre.foundation.kit.onward import onward

NOT_YOURS = gettext_noop("Deze toegangssleutel is niet van jou. Probeer opnieuw.")


def only_recent(view):
    """Only for who showed in the last five minutes who they are; others do that first, and come back."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if sessions.is_recent(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("accounts:own")
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")

    return checked


@never_cache
def confirm(request):
    """A passkey, the password, or a code of the app."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    problem = ""
    form = ConfirmForm(request)
    if credential := request.POST.get("credential"):
        if factors.user_of_passkey(credential) == request.user:
            sessions.confirm(request)
            return onward(request, wanted, "accounts:own")
        problem = gettext(NOT_YOURS)
    elif request.method == "POST":
        form = ConfirmForm(request, request.POST)
        if form.is_valid():
            sessions.confirm(request)
            return onward(request, wanted, "accounts:own")
    has_passkey = factors.of_user(request.user).filter(type=factors.Kind.WEBAUTHN).exists()
    context = {"form": form, "next": wanted, "problem": problem, "has_passkey": has_passkey}
    return render(request, "accounts/confirm.html", context, status=429 if form.was_refused() else 200)
