"""Showing again who you are, before something delicate: a change of a login, a letter, the names of a team."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import factors, sessions
from klapkarre.foundation.accounts.forms import ConfirmForm
from klapkarre.foundation.kit.onward import onward

NOT_DONE = "not_done"
NOT_YOURS = gettext_noop("Deze toegangssleutel is niet van jou. Probeer opnieuw.")


def is_fresh(request, times=1):
    """Did who is here show in the last five minutes who they are? Who has nothing to show yet, need not."""
    return sessions.is_recent(request, times) or not factors.has_a_way_in(request.user)


def _came_from(request):
    """The page that holds the form which was posted."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else reverse("accounts:own")


def _guarded(view, times):
    @wraps(view)
    def checked(request, *args, **kwargs):
        if is_fresh(request, times=times if request.method == "POST" else 1):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            request.session[NOT_DONE] = True
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': _came_from(request)})}")

    return checked


def only_recent(view):
    """Only for who showed in the last five minutes who they are; others do that first, and come back."""
    return _guarded(view, times=1)


def recent_form(view):
    """The same for a page with a form: who opened it in time may take as long again to fill it in."""
    return _guarded(view, times=2)


def _go_back(request, wanted):
    """To the page with the button that was pressed, which did nothing yet."""
    sessions.confirm(request)
    if request.session.pop(NOT_DONE, False):
        messages.warning(
            request, gettext("Nu weten we dat jij het bent. Er is nog niets gedaan: druk opnieuw.")
        )
    return onward(request, wanted, "accounts:own")


@never_cache
def confirm(request):
    """A passkey, the password, or a code of the app."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    problem = ""
    form = ConfirmForm(request)
    if credential := request.POST.get("credential"):
        if factors.user_of_passkey(credential) == request.user:
            return _go_back(request, wanted)
        problem = gettext(NOT_YOURS)
    elif request.method == "POST":
        form = ConfirmForm(request, request.POST)
        if form.is_valid():
            return _go_back(request, wanted)
    has_passkey = factors.of_user(request.user).filter(type=factors.Kind.WEBAUTHN).exists()
    context = {"form": form, "next": wanted, "problem": problem, "has_passkey": has_passkey}
    return render(request, "accounts/confirm.html", context, status=429 if form.was_refused() else 200)
