"""A legal hold: what must not be erased for now, for a complaint, an investigation or a court."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term

KEPT = Term("het opheffen", years=5, fixed="Wie iets liet bewaren, moet na te gaan blijven.")


def _declared(purpose, about=About.STAFF, special=Special.NONE, readers=Readers.RUN, words=""):
    return Personal(purpose, Basis.DUTY, KEPT, Fate.ERASE, about, special, readers, words=words)


class HoldQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For who runs the organisation. The reason is for the coordinator only."""
        return self.filter(organisation__in=user.run_ids)

    def standing(self):
        """Not lifted. A hold whose review day has passed still stands: only a person lifts it."""
        return self.filter(lifted_at=None)

    def past_term(self, now):
        return self.filter(lifted_at__lt=KEPT.cutoff(now))


class Hold(models.Model):
    """Nothing of this kind, or not this one row and what hangs on it, is erased until someone lifts the hold."""

    personal = {
        "row": _declared(
            "weten wat bewaard blijft", About.BOTH, readers=Readers.RUN, words="nummer van de rij"
        ),
        "by": _declared("weten wie iets liet bewaren"),
        "lifted_by": _declared("weten wie het ophief"),
    }
    not_personal = ("kind",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    row = models.CharField(max_length=64, blank=True)  # empty: all of this kind
    reason = EncryptedTextField(
        _("reden"),
        personal=_declared("weten waarom iets bewaard blijft", About.BOTH, Special.CLAIMS, Readers.LED),
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    review_on = models.DateField(_("nakijken op"))
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("lifted_at", "review_on", "pk")
        verbose_name = _("bewaarplicht")
        verbose_name_plural = _("bewaarplichten")
        indexes = [models.Index(fields=("kind",), name="hold_standing", condition=Q(lifted_at=None))]

    def __str__(self):
        return f"{self.kind} {self.row}".strip()

    @property
    def is_standing(self):
        return self.lifted_at is None

    @property
    def is_due(self):
        """The day to look at it again has come."""
        return self.is_standing and self.review_on <= timezone.localdate()
