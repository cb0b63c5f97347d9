"""Logging in with another house, and linking one to your login."""

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klapkarre.foundation.accounts import factors, logbook, oidc, sessions
from klapkarre.foundation.accounts.views.confirm import is_fresh
from klapkarre.foundation.accounts.views.login import enter
from klapkarre.foundation.kit.onward import own_path

# What the session keeps while its owner is with the other house.
AWAY = "away"


@never_cache
@require_POST
def leave(request, provider_id):
    """Go to the other house; a page in between, because our forms may send nobody to another site."""
    try:
        provider = oidc.house(request, provider_id).get_provider()
        answer = provider.redirect(request, process="login")
    except oidc.Unknown:
        raise Http404 from None
    except oidc.Broken:
        answer = None
    if answer is None:
        return _refused(request)
    if request.user.is_authenticated and not is_fresh(request):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': reverse('accounts:own')})}")
    request.session[AWAY] = {
        "next": own_path(request, request.POST.get("next", "")),
        "shared": bool(request.POST.get("shared")),
        "user": request.user.pk,
    }
    return render(request, "accounts/leave.html", {"name": provider.name, "address": answer["Location"]})


@never_cache
def come_back(request, provider_id):
    """The other house sent somebody back: somebody we know, somebody who links, or nobody."""
    request.came_back = None
    try:
        OAuth2CallbackView.adapter_view(oidc.house(request, provider_id))(request)
    except oidc.Unknown:
        raise Http404 from None
    except oidc.Broken:
        return _refused(request)
    away = request.session.pop(AWAY, None)
    if request.came_back is None or away is None:
        return _refused(request)
    account = request.came_back.account
    if away["user"] != request.user.pk:
        return _refused(request)
    return _link(request, account) if request.user.is_authenticated else _enter(request, account, away)


def _enter(request, account, away):
    if not account.pk or not account.user.is_active:
        return _refused(request, is_stranger=True)
    request.GET = request.GET.copy()
    request.GET["next"] = away["next"]
    strong = oidc.is_strong(account)
    return enter(request, account.user, way=logbook.Way.HOUSE, shared=away["shared"], strong=strong)


def _link(request, account):
    step = factors.next_step(request)
    if step == "accounts:second_factor":
        return redirect(step)
    if not oidc.link(request.user, account):
        return _refused(request, is_stranger=True)
    logbook.note(request.user, logbook.Kind.HOUSE_LINKED, request)
    sessions.end_others(request)
    if oidc.is_strong(account):
        sessions.strengthen(request)
    messages.success(request, _("De koppeling is gemaakt. Je kan er nu mee inloggen."))
    return redirect(factors.next_step(request) or "accounts:own")


def _refused(request, *, is_stranger=False):
    return render(request, "accounts/house_refused.html", {"is_stranger": is_stranger}, status=403)
