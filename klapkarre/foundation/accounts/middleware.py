"""Default deny: a page that is not in the `PUBLIC` set needs a login, and a second factor of who must have one.

What was posted to a closed page is not lost. A session that is over, or of who has no role any more, ends here. Who has
roles in two organisations first chooses for which one she works.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url

from klapkarre.foundation.accounts import choice, factors, sessions
from klapkarre.foundation.accounts.choice_views import chosen_too_late
from klapkarre.foundation.accounts.views.login import lapsed

# Pages about the login itself: they give no rights in any organisation.
ABOUT_LOGIN = ("accounts:", "organisation:choose")
# Setting up a login: the closed pages that open while there is no second factor yet. Who has one, shows it first.
ON_THE_WAY = frozenset(
    {
        "accounts:confirm",
        "accounts:new_passkey_question",
        "accounts:set_up_app",
        "accounts:set_up_codes",
        "accounts:set_up_login",
    }
)


def closed_unless_public(get_response):
    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        name = request.resolver_match.view_name
        is_public = name in settings.PUBLIC
        if is_public and not name.startswith(ABOUT_LOGIN):
            return None  # nobody asks who it is
        sessions.settle(request)
        if is_public:
            return None
        if request.user.is_authenticated:
            return _second_factor_first(request) or _choose_first(request)
        if request.method == "POST" or _is_part(request):
            return lapsed(request, sessions.whose(request))
        return redirect_to_login(request.get_full_path())

    answer.process_view = process_view
    return answer


def _is_part(request):
    """Does a script ask this, for a part of a page? No whole page may come there: it hears 401, and says so."""
    return "HX-Request" in request.headers


def _second_factor_first(request):
    step = factors.next_step(request)
    if step == factors.SET_UP and request.resolver_match.view_name in ON_THE_WAY:
        return None
    if step and _is_part(request):
        return HttpResponse(status=401)
    return redirect(step) if step else None


def _choose_first(request):
    choice.apply(request)
    if request.resolver_match.view_name.startswith(ABOUT_LOGIN) or not choice.is_needed(request.user):
        return None
    if request.method == "POST" or _is_part(request):
        return chosen_too_late(request)
    return redirect_to_login(request.get_full_path(), resolve_url("organisation:choose"))
