"""The page where someone with roles in two organisations chooses for which one she works now."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import choice, lapse
from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.kit.onward import onward


@never_cache
def choose(request):
    """One button per organisation, with the roles there. Nothing of either is shown before."""
    if request.method != "POST":
        return _page(request, request.GET.get("next", ""))
    wanted = request.POST.get("next", "")
    offered = {str(one.pk): one for one in request.user.organisations_today}
    chosen = offered.get(request.POST.get("organisation", ""))
    if chosen is None:
        return _page(request, wanted, wrong=_("Kies een organisatie waar je nu een rol hebt."), status=409)
    choice.switch(request, chosen)
    kept = lapse.unpack(request.POST.get(lapse.FIELD, ""), request.user)
    if kept:
        path, fields = kept
        answer = render(request, "accounts/typed.html", {"path": path, "fields": fields})
    else:
        answer = onward(request, wanted, settings.LOGIN_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@never_cache
def chosen_too_late(request):
    """409 to who posts before she chose: the choice first, which carries what was typed."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    return _page(request, request.get_full_path(), typed=lapse.pack(request, request.user.pk), status=409)


def _page(request, wanted, wrong="", typed="", status=200):
    roles = {}
    for membership in request.user.memberships_today:
        label = Role(membership.role).label
        words = f"{label} ({membership.team})" if membership.team else str(label)
        roles.setdefault(membership.organisation_id, []).append(words)
    offered = [(one, roles[one.pk]) for one in request.user.organisations_today]
    context = {"offered": offered, "next": wanted, "wrong": wrong, "typed": typed}
    return render(request, "accounts/choose.html", context, status=status)
