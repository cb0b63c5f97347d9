"""Who may do what, in one place. Outsiders get 404 (through `visible_to`), insiders without the right 403."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from klapkarre.foundation.accounts.models import Role, Team
from klapkarre.foundation.places.models import Neighbourhood, Place

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


def work_area(user):
    """Where this worker registers: `{neighbourhood: team}`; a buurt brings its deelbuurten along, right after it.

    A deelbuurt that a team names itself goes before one that comes along with its buurt. Two queries.
    """
    named = {}
    rows = Team.neighbourhoods.through.objects.filter(team__in=user.work_team_ids).order_by("-team")
    for row in rows:
        named[row.neighbourhood_id] = row.team_id
    teams = {m.team_id: m.team for m in user.current_memberships if m.team_id in user.work_team_ids}
    buurten = Neighbourhood.objects.filter(Q(pk__in=named) | Q(parent__in=named)).select_related("parent")
    in_order = sorted(buurten, key=lambda one: (str(one.parent or one), one.parent_id is not None, one.name))
    return {
        buurt: teams[named.get(buurt.pk) or named[buurt.parent_id]]  # type: ignore[index]
        for buurt in in_order
    }


def team_in(user, buurt):
    """The team with which this worker registers in one neighbourhood, as in `work_area`; None elsewhere. One query."""
    named = Team.neighbourhoods.through.objects.filter(
        team__in=user.work_team_ids, neighbourhood__in=[buurt.pk, buurt.parent_id]
    )
    by_buurt = dict(named.order_by("-team_id").values_list("neighbourhood_id", "team_id"))
    team = by_buurt.get(buurt.pk) or by_buurt.get(buurt.parent_id)
    return next((m.team for m in user.current_memberships if m.team_id == team), None) if team else None


def points_of(teams):
    """The buurtpunten where these teams stand: in their neighbourhoods, and in the deelbuurten of those."""
    named = Team.neighbourhoods.through.objects.filter(team__in=teams).values("neighbourhood")
    return Place.objects.points().filter(Q(neighbourhood__in=named) | Q(neighbourhood__parent__in=named))
