"""My login: passkeys, app, recovery codes, password, other logins, and where I am logged in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts import factors, logbook, oidc, sessions
from klapkarre.foundation.accounts.forms import NameForm, PasswordForm
from klapkarre.foundation.accounts.views.confirm import is_fresh, only_recent, recent_form
from klapkarre.foundation.kit.onward import onward

LAST = _("Dit is je laatste sleutel. Maak eerst een andere, dan kan deze weg.")


@never_cache
def own(request):
    """Everything about how I log in, on one page."""
    mine = list(factors.of_user(request.user))
    context = {
        "passkeys": [(one, one.wrap().name) for one in mine if one.type == factors.Kind.WEBAUTHN],
        "app": next((one for one in mine if one.type == factors.Kind.TOTP), None),
        "codes_left": len(factors.recovery_codes(request.user)),
        "sessions": sessions.of_user(request.user),
        "here": sessions.here(request),
        "links": oidc.links(request.user),
        "houses": oidc.houses(),
        "is_recent": is_fresh(request),
        "events": logbook.latest(request.user),
    }
    return render(request, "accounts/own.html", context)


@never_cache
@require_POST
@only_recent
def add_passkey(request):
    """One more passkey, for instance on a second device."""
    if not factors.add_passkey(request, request.POST.get("credential", "")):
        messages.warning(request, _("Het maken van de sleutel lukte niet. Probeer opnieuw."))
        return redirect("accounts:own")
    factors.changed(request)
    messages.success(request, _("Je nieuwe toegangssleutel werkt."))
    return redirect("accounts:set_up_codes")


def _mine(request, pk):
    factor = get_object_or_404(Authenticator, pk=pk, user=request.user)
    if factor.type not in factors.SECOND:
        raise Http404
    return factor


@never_cache
def passkey(request, pk):
    """Name a passkey, or take it away."""
    factor = _mine(request, pk)
    if factor.type != factors.Kind.WEBAUTHN:
        raise Http404
    form = NameForm(request.POST or None, initial={"name": factor.wrap().name})
    if form.is_valid():
        factors.rename(factor, form.cleaned_data["name"])
        messages.success(request, _("De naam is bewaard."))
        return redirect("accounts:own")
    context = {"form": form, "factor": factor, "is_last": factors.is_last(request.user, factor), "last": LAST}
    return render(request, "accounts/passkey.html", context)


@never_cache
@require_POST
@only_recent
def remove_factor(request, pk):
    """Take a passkey or the app away, but never the last one of who must have one."""
    if factors.remove(request, _mine(request, pk)):
        messages.success(request, _("Dat is weg. Je andere toestellen zijn uitgelogd."))
    else:
        messages.warning(request, LAST)
    return redirect("accounts:own")


@never_cache
@require_POST
@only_recent
def new_codes(request):
    """New recovery codes; the old ones stop."""
    if not factors.of_user(request.user).exists():
        return redirect("accounts:set_up_login")
    factors.new_recovery_codes(request)
    factors.changed(request)
    return redirect("accounts:set_up_codes")


@never_cache
@recent_form
def password(request):
    """A new password, or a first one."""
    is_first = not factors.has_a_way_in(request.user)
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        sessions.change_password(request, form.cleaned_data["new"])
        if is_first:  # who was just invited goes on to the work
            messages.success(request, _("Je login is klaar."))
            return onward(request, request.session.pop("next", ""), "/werk/")
        messages.success(request, _("Je nieuwe wachtwoord is bewaard. Je andere toestellen zijn uitgelogd."))
        return redirect("accounts:own")
    return render(request, "accounts/password.html", {"form": form, "is_first": is_first})


@never_cache
@require_POST
def end_session(request, pk):
    """Log out one of my other sessions."""
    for one in sessions.of_user(request.user):
        if one.pk == pk and one.session_key != sessions.here(request):
            sessions.end_one(one)
            logbook.note(request.user, logbook.Kind.ELSEWHERE, request)
            messages.success(request, _("Dat toestel is uitgelogd."))
            return redirect("accounts:own")
    messages.warning(request, _("Dat toestel was al uitgelogd."))
    return redirect("accounts:own")


@never_cache
@require_POST
def end_other_sessions(request):
    """Log out everywhere else."""
    ended = sessions.end_others(request)
    if ended:
        logbook.note(request.user, logbook.Kind.ELSEWHERE, request)
    text = ngettext(
        "%(number)d ander toestel is uitgelogd.", "%(number)d andere toestellen zijn uitgelogd.", ended
    )
    messages.success(request, text % {"number": ended})
    return redirect("accounts:own")


@never_cache
@require_POST
@only_recent
def unlink(request, pk):
    """End the link with the login of another house."""
    if oidc.unlink(request.user, pk):
        logbook.note(request.user, logbook.Kind.HOUSE_UNLINKED, request)
    messages.success(request, _("De koppeling is weg."))
    return redirect("accounts:own")
