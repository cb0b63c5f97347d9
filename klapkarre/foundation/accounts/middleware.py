"""Default deny: a page that is not in the `PUBLIC` set needs a login; what was posted to one is not lost."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login

from klapkarre.foundation.accounts.views import lapsed


def closed_unless_public(get_response):
    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.resolver_match.view_name in settings.PUBLIC or request.user.is_authenticated:
            return None
        if request.method == "POST":
            return lapsed(request)
        return redirect_to_login(request.get_full_path())

    answer.process_view = process_view
    return answer
