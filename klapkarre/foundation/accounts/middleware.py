"""Default deny: a page that is not in the `PUBLIC` set needs a login; what was posted to one is not lost.

Who has roles in two organisations first chooses for which one she works.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import resolve_url

from klapkarre.foundation.accounts import choice
from klapkarre.foundation.accounts.choice_views import chosen_too_late
from klapkarre.foundation.accounts.views import lapsed

# Pages about the login itself: they give no rights in any organisation.
ABOUT_LOGIN = ("accounts:", "organisation:choose")


def closed_unless_public(get_response):
    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.resolver_match.view_name in settings.PUBLIC:
            return None
        if request.user.is_authenticated:
            return _choose_first(request)
        if request.method == "POST":
            return lapsed(request)
        return redirect_to_login(request.get_full_path())

    answer.process_view = process_view
    return answer


def _choose_first(request):
    choice.apply(request)
    if request.resolver_match.view_name.startswith(ABOUT_LOGIN) or not choice.is_needed(request.user):
        return None
    if request.method == "POST":
        return chosen_too_late(request)
    return redirect_to_login(request.get_full_path(), resolve_url("organisation:choose"))
