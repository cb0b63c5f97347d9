"""Setting up a login in at most three screens: choose, the app when it is not a passkey, and the recovery codes."""

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts import factors, oidc, sessions
from klapkarre.foundation.accounts.forms import AppForm
from klapkarre.foundation.accounts.views.confirm import only_recent, recent_form
from klapkarre.foundation.kit.onward import onward

WRONG = _("Het maken van de sleutel lukte niet. Probeer opnieuw.")


@never_cache
def set_up_login(request):
    """First screen: a passkey, or a password with an app."""
    if factors.of_user(request.user).exists():
        return redirect(factors.next_step(request) or "accounts:own")
    if request.method == "POST" and factors.add_passkey(request, request.POST.get("credential", "")):
        factors.changed(request)
        return redirect("accounts:set_up_codes")
    problem = WRONG if request.method == "POST" else ""
    context = {"problem": problem, "houses": oidc.houses(), "must": factors.must_have(request.user)}
    return render(request, "accounts/set_up.html", context)


@never_cache
@require_POST
@only_recent
def new_passkey_question(request):
    """What the browser needs to make a passkey for who is here."""
    return JsonResponse(begin_registration(request.user, passwordless=True))


@never_cache
@recent_form
def set_up_app(request):
    """The other way: an app that shows codes, and a password for who has none yet."""
    form = AppForm(request.user, request.POST or None)
    if form.is_valid() and _keep_app(request, form):
        return redirect("accounts:set_up_codes")
    secret = factors.new_app_secret(request)
    link = get_adapter().build_totp_url(request.user, secret)
    context = {
        "form": form,
        "drawn": segno.make(link, error="m", micro=False).svg_data_uri(scale=4, border=4),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "link": link,
        "is_change": factors.of_user(request.user).exists(),
    }
    return render(request, "accounts/set_up_app.html", context)


@transaction.atomic
def _keep_app(request, form):
    if not factors.add_app(request, form.cleaned_data["code"]):
        form.add_error("code", _("Deze code klopt niet. Wacht op de volgende code en probeer opnieuw."))
        return False
    if form.cleaned_data.get("new"):
        sessions.change_password(request, form.cleaned_data["new"])
    factors.changed(request)
    return True


@never_cache
def set_up_codes(request):
    """The recovery codes, shown to the session that made them until their owner says that they are kept."""
    if not request.session.get(factors.NEW_CODES) or not sessions.is_strong(request):
        if request.method == "POST" or not sessions.is_strong(request):
            return _to_work(request)
        return redirect("accounts:own")
    if request.method == "POST":
        del request.session[factors.NEW_CODES]
        messages.success(request, _("Je login is klaar."))
        return _to_work(request)
    codes = [f"{code[:5]} {code[5:]}" for code in factors.recovery_codes(request.user)]
    return render(request, "accounts/codes.html", {"codes": codes})


def _to_work(request):
    return onward(request, request.session.pop("next", ""), "/werk/")
