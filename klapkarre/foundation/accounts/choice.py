"""Which organisation someone works for now, when she has roles in more than one: kept in the session.

Whoever has one organisation, works for it. Whoever has two, chooses, and sees nothing of either until then. When the
role in the chosen one ends, nothing moves by itself: she chooses again.
"""

from django.apps import apps
from django.contrib import messages
from django.middleware import csrf

CHOSEN = "organisation"
# What belongs to the login itself and not to the work stays when someone switches.
OWN = ("accounts", "kit")


def remember(sender, request, user, **kwargs):
    """At login: write down the only organisation, so that a later role elsewhere never takes over unnoticed."""
    offered = user.organisations_today
    if len(offered) == 1 and hasattr(request, "session"):
        request.session[CHOSEN] = str(offered[0].pk)


def apply(request):
    """Tell this request's user which organisation was chosen. Before anything asks for her rights."""
    request.user.chosen_id = request.session.get(CHOSEN)


def is_needed(user):
    """Has she running roles, but works for none of them yet?"""
    return user.works_for is None and bool(user.memberships_today)


def switch(request, organisation):
    """Work for this organisation from the next request on, and forget what the pages of the other remembered."""
    rooms = {config.label for config in apps.get_app_configs()} - set(OWN)
    for key in [key for key in request.session.keys() if key.partition(".")[0] in rooms]:  # noqa: SIM118
        del request.session[key]
    list(messages.get_messages(request))  # read, so gone
    # A form that stands open in another tab was made for the other organisation: it may not be saved in this one.
    csrf.rotate_token(request)
    request.session[CHOSEN] = str(organisation.pk)
