"""The log of retention: when it ran and how many rows of each kind went. Numbers only."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.terms import Term

KEPT = Term("de ronde", years=5)


class RetentionRunQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(at__lt=KEPT.cutoff(now))


class RetentionRun(models.Model):
    """One round. Without an end it was cut off; the next round does what was left."""

    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("wisronde")
        verbose_name_plural = _("wisrondes")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class RetentionCount(models.Model):
    """How many rows of one kind of one organisation went in a round, or were held."""

    not_personal = ("kind",)

    run = models.ForeignKey(RetentionRun, models.CASCADE, related_name="counts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", null=True)
    kind = models.CharField(max_length=60)
    erased = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    held_until = models.DateField(null=True)

    class Meta:
        ordering = ("kind",)
        verbose_name = _("telling van een wisronde")
        verbose_name_plural = _("tellingen van wisrondes")

    def __str__(self):
        return f"{self.kind}: {self.erased}"
