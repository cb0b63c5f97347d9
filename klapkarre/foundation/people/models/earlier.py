"""What a step or a tie said before it was adapted."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Special
from klapkarre.foundation.people.models.corrections import room_for
from klapkarre.foundation.people.models.persons import by_consent
from klapkarre.foundation.people.models.steps import AgreedStep
from klapkarre.foundation.people.models.ties import Tie


class EarlierQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self._hanging_on(AgreedStep.objects.visible_to(user), Tie.objects.visible_to(user))

    def past_term(self, now):
        """They go with their step or tie."""
        return self._hanging_on(AgreedStep.objects.past_term(now), Tie.objects.past_term(now))

    def _hanging_on(self, steps, ties):
        return self.filter(Q(step__in=steps) | Q(tie__in=ties))


class Earlier(models.Model):
    """One fact of a step or a tie as it was, in words. It hangs on that row: it moves and goes with it.

    `Correction` does the same for the texts of a person. These have no person of their own, so that a merge that is
    taken apart cannot leave them with the wrong one.
    """

    class Field(models.TextChoices):
        WHAT = "what", _("wat")
        DOER = "doer", _("wie doet het")
        WHO = "who", _("wie")
        DAY = "day", _("tegen")
        DOES = "does", _("wat die doet")
        AGREED_ON = "agreed_on", _("afgesproken op")

    personal = {"by": replace(by_consent("weten wie een afspraak aanpaste"), about=About.STAFF)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    step = models.ForeignKey(AgreedStep, models.CASCADE, null=True, related_name="earlier")
    tie = models.ForeignKey(Tie, models.CASCADE, null=True, related_name="earlier")
    field = models.CharField(_("veld"), max_length=room_for(Field.values), choices=Field)
    before = EncryptedTextField(
        _("zoals het was"), personal=by_consent("zien wat eerst afgesproken was", Special.CONSENT)
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("door"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("aangepast op"), default=timezone.now)

    objects = EarlierQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        verbose_name = _("vroegere afspraak")
        verbose_name_plural = _("vroegere afspraken")
        constraints = [
            models.CheckConstraint(
                condition=Q(step=None, tie__isnull=False) | Q(step__isnull=False, tie=None),
                name="earlier_of_one",
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.field}"
