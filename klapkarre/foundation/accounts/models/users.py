"""Who signs in, and which role they have where, from when until when."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation, Team
from klapkarre.foundation.accounts.models.readings import Reading
from klapkarre.foundation.kit.months import years_before
from klapkarre.foundation.kit.personal import Basis, Fate, Personal

# Years that a role is kept after its end [own choice: the term in which its work can be disputed].
TERM_OF_ROLES = 10


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
        """Ten years after the last role ended, when no reading in the log names them any more."""
        last_day = years_before(now, TERM_OF_ROLES).date()
        still = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=last_day), user=OuterRef("pk"))
        read = Reading.objects.filter(user=OuterRef("pk"))
        return self.filter(~Exists(still), ~Exists(read), memberships__isnull=False).distinct()

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


class User(AbstractBaseUser):
    """Someone who signs in. No name is kept: a user name and roles are enough for this work."""

    personal = {
        "username": Personal(
            "aanmelden van medewerkers", Basis.CONTRACT, "tien jaar na de laatste rol", Fate.ERASE
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

    @cached_property
    def current_memberships(self):
        """The roles of today, one query a request."""
        return list(self.memberships.current().select_related("organisation", "team"))

    @cached_property
    def role_names(self):
        return {membership.role for membership in self.current_memberships}

    @cached_property
    def team_ids(self):
        """Teams whose work this user shares: the own team, for a coordinator all of the organisation."""
        teams = {m.team_id for m in self.current_memberships if m.role == Role.WORKER and m.team_id}
        led = [m.organisation_id for m in self.current_memberships if m.role == Role.COORDINATOR]
        if led:
            teams.update(Team.objects.filter(organisation__in=led).values_list("pk", flat=True))
        return teams

    @cached_property
    def work_team_ids(self):
        """Teams of which this user sees persons and names. A coordinator needs a reason first (later)."""
        return {m.team_id for m in self.current_memberships if m.role == Role.WORKER and m.team_id}

    @cached_property
    def run_ids(self):
        """Organisations whose roles this user may see: as coordinator or administrator."""
        running = (Role.COORDINATOR, Role.ADMINISTRATOR)
        return {m.organisation_id for m in self.current_memberships if m.role in running}

    @cached_property
    def audited_ids(self):
        """Organisations whose reading log this user checks."""
        return {m.organisation_id for m in self.current_memberships if m.role == Role.AUDITOR}


class MembershipQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(ends_on__lt=years_before(now, TERM_OF_ROLES).date())

    def visible_to(self, user):
        """Your own roles, and for who runs an organisation all roles in it."""
        return self.filter(Q(user=user.pk) | Q(organisation__in=user.run_ids))

    def current(self, today=None):
        today = today or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


class Membership(models.Model):
    """One role of one user in one organisation (and team), from a day, until a day."""

    personal = {"user": Personal("wie welke rol heeft", Basis.CONTRACT, "tien jaar na het einde", Fate.ERASE)}

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(max_length=15, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_period"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.role}"
