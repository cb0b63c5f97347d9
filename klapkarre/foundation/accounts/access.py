"""Who may do what, in one place: the rights in words, which role has which, and who gives which role.

Outsiders get 404 (through `visible_to`, or because they have no running role), insiders without the right 403.
`/organisatie/rechten/` shows exactly these tables.
"""

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Role, Team
from klapkarre.foundation.kit import asking
from klapkarre.foundation.places.models import Neighbourhood, Place

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Right:
    """Something that some roles may do, and the Dutch sentence that says so."""

    name: str
    sentence: "StrOrPromise"

    @property
    def roles(self):
        return frozenset(role for role, rights in RIGHTS_OF.items() if self in rights)


REGISTER = Right("register", _("Noteert contacten en bezoeken, en wie er was."))
PLAN = Right("plan", _("Plant activiteiten, past uren aan en ziet wat het team nog moet doen."))
SEE_NAMES = Right("see_names", _("Ziet namen op lijsten van het eigen team. Elke keer komt in het logboek."))
KEEP_NAMES = Right("keep_names", _("Zet namen op lijsten van het eigen team, en houdt personen bij."))
SEE_RESULTS = Right("see_results", _("Ziet de resultaten van teams, nooit van één werker."))
SEE_COLLEAGUES = Right("see_colleagues", _("Ziet wie in de organisatie welke rol heeft."))
GIVE_ROLES = Right(
    "give_roles",
    _(
        "Nodigt mensen uit. Geeft, schorst en beëindigt rollen, nooit de eigen rol. Meldt collega's overal af."
    ),
)
OPEN_TEAM = Right(
    "open_team",
    _("Opent met een reden een team voor een uur en ziet dan namen en gesprekken. De auditor kijkt na."),
)
AUDIT = Right(
    "audit",
    _("Ziet wie wat las, wanneer en waarom, wie welke rol kreeg en van wie. Kijkt na wie een team opende."),
)
KEEP_TERMS = Right(
    "keep_terms", _("Kiest kortere bewaartermijnen. Houdt gegevens vast voor een klacht of een rechtszaak.")
)
READ_DUTIES = Right("read_duties", _("Leest het verwerkingsregister, de DPIA en de datalekken."))
KEEP_DUTIES = Right("keep_duties", _("Vult het verwerkingsregister en de DPIA aan."))
NOTE_BREACHES = Right(
    "note_breaches", _("Noteert datalekken en volgt ze op. Een beheerder enkel wat technisch is.")
)
DUTIES = (KEEP_TERMS, READ_DUTIES, KEEP_DUTIES, NOTE_BREACHES)

# Every role stands here, with all that it may do. What is not here, nobody may.
RIGHTS_OF = {
    Role.VOLUNTEER: (),
    Role.WORKER: (REGISTER, PLAN, SEE_NAMES, KEEP_NAMES, SEE_RESULTS),
    Role.COORDINATOR: (PLAN, SEE_RESULTS, SEE_COLLEAGUES, GIVE_ROLES, OPEN_TEAM, *DUTIES),
    Role.PARTNER: (),
    Role.CITY: (),
    Role.AUDITOR: (AUDIT, READ_DUTIES),
    Role.ADMINISTRATOR: (SEE_COLLEAGUES, GIVE_ROLES, *DUTIES),
}
EVERYONE = _("Ziet wat bewoners zien: de buurten, de buurtpunten en de agenda.")
# What a role never sees, in words. A test holds it against the table.
NEVER = {
    Role.VOLUNTEER: _("Ziet nooit namen of nota's van bewoners."),
    Role.COORDINATOR: _("Ziet anders geen namen of nota's van bewoners."),
    Role.PARTNER: _("Ziet nooit nota's van bewoners."),
    Role.CITY: _("Ziet nooit namen, en nooit wie wat vertelde."),
    Role.AUDITOR: _("Ziet nooit nota's van bewoners."),
    Role.ADMINISTRATOR: _("Ziet nooit namen of nota's van bewoners."),
}
# Nobody gives a role above the own one. Only an administrator gives the auditor's: that one checks the coordinator.
MAY_GIVE = {
    Role.COORDINATOR: frozenset(
        {Role.VOLUNTEER, Role.WORKER, Role.PARTNER, Role.CITY, Role.COORDINATOR},
    ),
    Role.ADMINISTRATOR: frozenset(Role),
}


def may(user, right):
    """Has this user the right today, in the organisation that she works for now? An opened team shows names too."""
    return not right.roles.isdisjoint(user.role_names) or (right is SEE_NAMES and bool(user.openings))


def allowed_to(right):
    """Refuse the page: 404 to who has no running role at all, 403 to who has, but without this right."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.current_memberships:
                raise Http404
            if not may(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.right = right
        return checked

    return decorate


def roles_to_give(roles):
    """The roles that someone with these roles may give, suspend and end."""
    return frozenset().union(*(MAY_GIVE.get(role, ()) for role in roles))


def work_area(user):
    """Where this worker registers: `{neighbourhood: team}`; a buurt brings its deelbuurten along, right after it.

    A role for one neighbourhood covers only that one of its team. A deelbuurt that a team names itself goes before one
    that comes along with its buurt. Two queries.
    """
    teams, named = _named(user)
    given = [(pk, asking.NUMBER) for pk in sorted(named)]
    buurten = asking.models(given, _with_deelbuurten, "accounts.work_area", len(given)) if given else ()
    in_order = sorted(buurten, key=lambda one: (str(one.parent or one), one.parent_id is not None, one.name))
    return {buurt: teams[named.get(buurt.pk) or named[buurt.parent_id]] for buurt in in_order}


def _with_deelbuurten(*pks):
    named = Q(asking.among("pk", pks)) | Q(asking.among("parent_id", pks))
    return Neighbourhood.objects.filter(named).select_related("parent")


def team_in(user, buurt):
    """The team with which this worker registers in one neighbourhood, as in `work_area`; None elsewhere. One query."""
    teams, named = _named(user, neighbourhood__in=[buurt.pk, buurt.parent_id])
    return teams.get(named.get(buurt.pk) or named.get(buurt.parent_id))


def _named(user, **only):
    """The teams that this worker registers with, by id, and the team of each neighbourhood that is named itself."""
    mine = [m for m in user.current_memberships if m.team_id and m.role == Role.WORKER]
    whole = {m.team_id for m in mine if m.neighbourhood_id is None}
    teams = {m.team_id: m.team for m in mine}
    rows = Team.neighbourhoods.through.objects.filter(team__in=whole, **only).values_list(
        "neighbourhood", "team"
    )
    # The team that comes first by name goes before the others.
    named = dict(sorted(rows, key=lambda row: (teams[row[1]].name, row[1]), reverse=True))
    named |= {m.neighbourhood_id: m.team_id for m in mine if m.neighbourhood_id}
    return teams, named


def points_of(reach):
    """The buurtpunten within this reach, as in `buurten_of`."""
    return Place.objects.points().filter(_within(reach, "neighbourhood"))


def buurten_of(reach):
    """The neighbourhoods within this reach: those of its whole teams with their deelbuurten, and those of its roles."""
    return Neighbourhood.objects.filter(_within(reach))


def _within(reach, buurt=""):
    field = f"{buurt}__" if buurt else ""
    named = Team.neighbourhoods.through.objects.filter(team__in=reach.whole).values("neighbourhood")
    found = Q(**{f"{field}pk__in": named}) | Q(**{f"{field}parent__in": named})
    return found | Q(**{f"{field}pk__in": reach.buurten}) if reach.parts else found
