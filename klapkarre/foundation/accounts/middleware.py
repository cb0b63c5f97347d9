"""Default deny: a page that is not in the `PUBLIC` set needs a login."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login


def closed_unless_public(get_response):
    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.resolver_match.view_name in settings.PUBLIC or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())

    answer.process_view = process_view
    return answer
