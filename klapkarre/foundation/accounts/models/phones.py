"""A phone that may add notes for someone who works here, and never read."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation, Team
from klapkarre.foundation.accounts.models.users import User
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term

# Longer than a phone lies in a drawer with notes on it [own choice].
KEPT = Term(
    "het laatste gebruik", years=1, fixed="Een telefoon kan nog notities hebben die niet verstuurd zijn."
)
TERM = Personal(
    "weten welke telefoon iets mag toevoegen",
    Basis.PUBLIC_TASK,
    KEPT,
    Fate.ERASE,
    About.STAFF,
    Special.NONE,
    Readers.RUN,
)


class PhoneQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(last_seen_at__lt=KEPT.cutoff(now))

    def visible_to(self, user):
        """The own ones, and for who runs the organisation those of colleagues."""
        return self.filter(Q(user=user.pk) | Q(organisation__in=user.run_ids))

    def live(self):
        return self.filter(withdrawn_at=None)


class Phone(models.Model):
    """One browser on one device, coupled by who was logged in there. The token itself is only on the device.

    A withdrawn phone is still known: what it had not sent yet waits for a colleague instead of being lost.
    """

    personal = {"user": TERM, "name": TERM}
    not_personal = ("token_hash",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("naam"), max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ("-last_seen_at",)
        verbose_name = _("gekoppelde telefoon")
        verbose_name_plural = _("gekoppelde telefoons")
        indexes = [models.Index(fields=("user", "withdrawn_at"), name="phone_of_user")]

    def __str__(self):
        return self.name

    @property
    def is_live(self):
        return self.withdrawn_at is None

    def is_quiet(self, now=None):
        """Not heard from for a month: perhaps lost or replaced."""
        return self.is_live and (now or timezone.now()) - self.last_seen_at > datetime.timedelta(days=30)
