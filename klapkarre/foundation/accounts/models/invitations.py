"""Someone is asked to come and work here: as what, where, from when, and until when the invitation works."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klapkarre.foundation.accounts.models.memberships import Membership
from klapkarre.foundation.accounts.models.organisations import Organisation, Team
from klapkarre.foundation.accounts.models.users import Role, User
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

LASTS = datetime.timedelta(days=14)
KEPT = Term("de uitnodiging", years=1, fixed="Wie wie uitnodigde, moet na te gaan blijven.")
TERM = Personal(
    "nagaan wie wie uitnodigde",
    Basis.PUBLIC_TASK,
    KEPT,
    Fate.ERASE,
    About.STAFF,
    Special.NONE,
    Readers.RUN,
)


class InvitationQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(invited_at__lt=KEPT.cutoff(now))

    def visible_to(self, user):
        """For who runs the organisation."""
        return self.filter(organisation__in=user.run_ids)

    def open(self, now=None):
        """Not used, not withdrawn, not expired."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """A role that waits for someone, or a login that who has the role `renews` makes again.

    Who a new role is meant for is not kept; link and code are kept as hashes.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "Open")
        USED = "used", pgettext_lazy("invitation", "Aangenomen")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Ingetrokken")
        EXPIRED = "expired", pgettext_lazy("invitation", "Verlopen")

    personal = {"invited_by": TERM, "used_by": TERM}
    not_personal = ("token_hash", "code_hash")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(max_length=15, choices=Role)
    renews = models.ForeignKey(Membership, models.CASCADE, related_name="+", null=True, blank=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at",)
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="invitation_used_or_withdrawn"
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.role}"

    @property
    def state(self):
        if self.used_at:
            return self.State.USED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.EXPIRED
