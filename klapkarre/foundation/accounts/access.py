"""Who may do what, in one place. Outsiders get 404 (through `visible_to`), insiders without the right 403."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from klapkarre.foundation.accounts.models import Role

# Registers contacts, visits and activities: the people who do the work.
REGISTER = frozenset({Role.WORKER})
# Plans activities and sees the team's to-dos.
PLAN = frozenset({Role.WORKER, Role.COORDINATOR})
# Sees names on lists: the own team only, and every reading is logged.
SEE_NAMES = frozenset({Role.WORKER})
# Sees results of teams, never of one worker.
SEE_RESULTS = frozenset({Role.WORKER, Role.COORDINATOR})


def allowed_to(roles):
    """Refuse the page with 403 to a user who has none of these roles today."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not (request.user.role_names & roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.roles = roles
        return checked

    return decorate
