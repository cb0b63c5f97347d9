"""Receipts of what came in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.terms import Term

KEPT = Term("de ontvangst", days=400)


class ReceiptQuerySet(models.QuerySet):
    def past_term(self, now):
        """Older than any form or phone that could still repeat itself [own choice: 400 days]."""
        return self.filter(at__lt=KEPT.cutoff(now))


class Receipt(models.Model):
    """Proof that something with this key came in once, and which row it became. Carries no content.

    With `erased_at` it is a tombstone: what came of it was erased, and does not come back with a repetition.
    """

    not_personal = ("kind", "answer")

    uuid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    answer = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("ontvangstbewijs")
        verbose_name_plural = _("ontvangstbewijzen")

    def __str__(self):
        return f"{self.kind} {self.uuid}"
