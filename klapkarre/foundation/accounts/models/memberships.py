"""Which role someone has where, from when until when, and everything that was ever done to it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klapkarre.foundation.accounts.models.organisations import Organisation, Team
from klapkarre.foundation.accounts.models.users import Role, User
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

# [own choice: the term in which the work of a role can be disputed]
KEPT = Term("het einde van de rol", years=10, fixed="Wie wat mocht, moet na te gaan blijven.")
CHANGES_KEPT = Term("de wijziging", years=10, fixed="Wie wat mocht, moet na te gaan blijven.")


class State(models.TextChoices):
    """How a role stands today. Only a running one gives rights."""

    RUNNING = "running", pgettext_lazy("role", "Loopt nu")
    TO_COME = "to_come", pgettext_lazy("role", "Begint later")
    SUSPENDED = "suspended", pgettext_lazy("role", "Geschorst")
    ENDED = "ended", pgettext_lazy("role", "Voorbij")


class MembershipQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(ends_on__lt=KEPT.first_kept_day(timezone.localdate(now)))

    def visible_to(self, user):
        """Your own roles, and for who runs an organisation all roles in it."""
        return self.filter(Q(user=user.pk) | Q(organisation__in=user.run_ids))

    def not_over(self, today=None):
        """Running, to come, or suspended."""
        today = today or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), ended_at=None)

    def current(self, today=None):
        """The roles that give rights on this day."""
        today = today or timezone.localdate()
        return self.not_over(today).filter(starts_on__lte=today, suspended_at=None)


class Membership(models.Model):
    """One role of one user in one organisation (and team, and neighbourhood), from a day, until a day."""

    personal = {
        "user": Personal(
            "wie welke rol heeft",
            Basis.CONTRACT,
            KEPT,
            Fate.ERASE,
            About.STAFF,
            Special.NONE,
            Readers.DUTIES,
        )
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(max_length=15, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

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

    def state_on(self, today=None):
        """Running, to come, suspended or ended on this day; the same answer as `current`."""
        today = today or timezone.localdate()
        if self.ended_at or (self.ends_on and self.ends_on < today):
            return State.ENDED
        if self.suspended_at:
            return State.SUSPENDED
        return State.TO_COME if self.starts_on > today else State.RUNNING

    @property
    def state(self):
        return self.state_on()


class AppendOnly(TypeError):
    """Someone tried to change what stays as it was written."""


class MembershipChangeQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(at__lt=CHANGES_KEPT.cutoff(now))

    def visible_to(self, user):
        """For who runs the organisation, and for its auditor, who checks those."""
        return self.filter(membership__organisation__in=user.run_ids | user.audited_ids)

    def update(self, **fields):
        raise AppendOnly("the history of a role is only added to")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnly("the history of a role is only added to")


class MembershipChange(models.Model):
    """Something was done to a role: what, when, by whom, and the end date that it had from then on. Append-only."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("Rol gegeven")
        ACCEPTED = "accepted", _("Uitnodiging aangenomen")
        END_CHANGED = "end_changed", _("Einddag gewijzigd")
        SUSPENDED = "suspended", _("Geschorst")
        TAKEN_BACK = "taken_back", _("Schorsing opgeheven")
        ENDED = "ended", _("Beëindigd")
        CAME_BACK = "came_back", _("Teruggekomen")
        LETTER = "letter", _("Nieuwe brief voor de login")
        SERVER_LETTER = "server_letter", _("Nieuwe brief, gemaakt op de server")
        NEW_LOGIN = "new_login", _("Login opnieuw gemaakt")
        SESSIONS_ENDED = "sessions_ended", _("Overal afgemeld")

    # The steps with which a role begins.
    BEGINS = (Kind.GIVEN, Kind.ACCEPTED, Kind.CAME_BACK)

    personal = {
        "by": Personal(
            "nagaan wie rollen gaf en nam",
            Basis.PUBLIC_TASK,
            CHANGES_KEPT,
            Fate.ERASE,
            About.STAFF,
            Special.NONE,
            Readers.DUTIES,
        ),
    }

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipChangeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("wijziging van een rol")
        verbose_name_plural = _("wijzigingen van rollen")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnly("the history of a role is only added to")
        super().save(*args, **kwargs)
