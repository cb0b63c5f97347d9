"""Who signs in, and what their roles of today let them see."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.logins import LoginEvent
from klapkarre.foundation.accounts.models.openings import Opening
from klapkarre.foundation.accounts.models.organisations import Team
from klapkarre.foundation.accounts.models.readings import Reading
from klapkarre.foundation.accounts.reach import Reach
from klapkarre.foundation.kit import asking
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

# Years that a role is kept after its end [own choice: the term in which its work can be disputed].
TERM_OF_ROLES = Term(
    "het einde van de laatste rol",
    years=10,
    fixed="Geldt voor heel de installatie: iemand kan ook elders werken.",
)


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("vrijwilliger")
    WORKER = "worker", _("buurtopbouwwerker")
    COORDINATOR = "coordinator", _("coördinator")
    PARTNER = "partner", _("partner")
    CITY = "city", _("stadsdienst")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("beheerder")


class UserQuerySet(models.QuerySet):
    def past_term(self, now):
        """Ten years after the last role ended, when no reading and no login in the logs names them any more."""
        last_day = TERM_OF_ROLES.first_kept_day(timezone.localdate(now))
        roles = self.model.memberships.rel.related_model.objects
        still = roles.filter(Q(ends_on=None) | Q(ends_on__gte=last_day), user=OuterRef("pk"))
        read = Reading.objects.filter(user=OuterRef("pk"))
        came = LoginEvent.objects.filter(user=OuterRef("pk"))
        gone = self.filter(~Exists(still), ~Exists(read), ~Exists(came), memberships__isnull=False)
        return gone.distinct()

    def visible_to(self, user):
        """Yourself, and for who runs an organisation everyone with a role in it."""
        return self.filter(Q(pk=user.pk) | Q(memberships__organisation__in=user.run_ids)).distinct()


class UserManager(BaseUserManager):
    def create_user(self, username, password=None):
        user = self.model(username=username)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username=username)


def _running(user, today):
    """The roles of this user that give rights on this day."""
    roles = User.memberships.rel.related_model.objects
    return roles.current(today).filter(user=user).select_related("organisation", "team", "neighbourhood")


class User(AbstractBaseUser):
    """Someone who signs in. No name is kept: a user name and roles are enough for this work."""

    personal = {
        "username": Personal(
            "aanmelden van medewerkers",
            Basis.CONTRACT,
            TERM_OF_ROLES,
            Fate.ERASE,
            About.STAFF,
            Special.NONE,
            Readers.DUTIES,
        )
    }
    not_personal = ("password",)

    username = models.CharField(_("gebruikersnaam"), max_length=150, unique=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")

    def __str__(self):
        return self.username

    # The organisation that this user works for now; `choice.py` sets it from the session.
    chosen_id = None

    @cached_property
    def memberships_today(self):
        """The running roles in all organisations, one query a request. They give no rights by themselves."""
        given = ((self.pk, asking.NUMBER), (timezone.localdate(), asking.DAY))
        found = asking.models(given, _running, "accounts.memberships_today")
        for membership in found:
            membership.user = self
        return found

    @property
    def organisations_today(self):
        """Where this user has a running role."""
        found = {membership.organisation_id: membership.organisation for membership in self.memberships_today}
        return sorted(found.values(), key=lambda organisation: (organisation.name, str(organisation.pk)))

    @cached_property
    def works_for(self):
        """The one organisation that this user works for now: the chosen one, or the only one. Otherwise None."""
        offered = self.organisations_today
        if self.chosen_id is None:
            return offered[0] if len(offered) == 1 else None
        return next((one for one in offered if str(one.pk) == str(self.chosen_id)), None)

    @cached_property
    def current_memberships(self):
        """The roles of today in the organisation that this user works for: the one place that decides on rights."""
        here = self.works_for and self.works_for.pk
        return [membership for membership in self.memberships_today if membership.organisation_id == here]

    @cached_property
    def role_names(self):
        return {membership.role for membership in self.current_memberships}

    @cached_property
    def reach(self):
        """The rows whose work this user shares: of the own roles, for a coordinator of all teams she coordinates."""
        led = [m for m in self.current_memberships if m.role == Role.COORDINATOR]
        teams = Team.objects.filter(organisation=self.works_for).values_list("pk", flat=True) if led else ()
        roles = [(team, membership.neighbourhood_id) for team in teams for membership in led]
        return Reach.of([*self._worked, *roles], self._deelbuurten)

    @cached_property
    def own_reach(self):
        """The rows that this user works with: those of a team, or of one neighbourhood of it."""
        return Reach.of(self._worked, self._deelbuurten)

    @cached_property
    def names_reach(self):
        """Of which rows this user sees persons and names: the own ones, and a whole team opened with a reason."""
        return self.own_reach.with_whole(opening.team_id for opening in self.openings)

    @property
    def only_in(self):
        """Of which teams this worker has some neighbourhoods only, `(team, names)`, for each page. No query.

        The team is named for who works in more than one. Nothing for a coordinator, who sees all teams.
        """
        if Role.COORDINATOR in self.role_names:
            return []
        worked = [m for m in self.current_memberships if m.role == Role.WORKER and m.team_id]
        whole = {m.team_id for m in worked if m.neighbourhood_id is None}
        found: dict = {}
        for m in worked:
            if m.team_id not in whole:
                found.setdefault(m.team.name, set()).add(m.neighbourhood.name)
        several = len({m.team_id for m in worked}) > 1
        return [(team if several else "", sorted(found[team])) for team in sorted(found)]

    @property
    def _worked(self):
        """Team, and the neighbourhood or None, of each role as a worker."""
        mine = self.current_memberships
        return [(m.team_id, m.neighbourhood_id) for m in mine if m.role == Role.WORKER and m.team_id]

    @cached_property
    def _deelbuurten(self):
        """The deelbuurten of each neighbourhood that a role is for. No query for who has only roles for teams."""
        named = {m.neighbourhood_id for m in self.current_memberships if m.neighbourhood_id}
        found: dict = {}
        if named:
            parts = Neighbourhood.objects.filter(parent__in=named).values_list("parent", "pk")
            for parent, part in parts:
                found.setdefault(parent, set()).add(part)
        return found

    @cached_property
    def openings(self):
        """What this coordinator opened with a reason and is open now. No query for who is no coordinator."""
        led = {m.organisation_id for m in self.current_memberships if m.role == Role.COORDINATOR}
        if not led:
            return []
        running = Opening.objects.running().filter(user=self.pk, organisation__in=led)
        return list(running.exclude(team__in=self.own_reach.whole).select_related("team").defer("reason"))

    @cached_property
    def run_ids(self):
        """Organisations whose roles this user may see: as coordinator or administrator."""
        running = (Role.COORDINATOR, Role.ADMINISTRATOR)
        return {m.organisation_id for m in self.current_memberships if m.role in running}

    @cached_property
    def audited_ids(self):
        """Organisations whose reading log this user checks."""
        return {m.organisation_id for m in self.current_memberships if m.role == Role.AUDITOR}
