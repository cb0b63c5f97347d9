"""The keys that seal what organisations write."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation


class DataKey(models.Model):
    """A key that seals an organisation's texts, itself wrapped by the organisation's key in the key file."""

    not_personal = ("wrapped",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="data_keys")
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("gegevenssleutel")
        verbose_name_plural = _("gegevenssleutels")

    def __str__(self):
        return f"{self.organisation_id} {self.pk}"
