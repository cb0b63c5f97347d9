"""The keys that seal what organisations write, and by which sealed names are found again."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation


class WrappedKey(models.Model):
    """A key of an organisation, itself wrapped by the organisation's key in the key file.

    One is in use; a retired one is there only while rotation still replaces it.
    """

    not_personal = ("wrapped",)
    KIND = ""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)ss")
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(retired_at=None), name="%(class)s_one_in_use"
            )
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.pk}"


class DataKey(WrappedKey):
    """Seals an organisation's names, phone numbers and notes."""

    KIND = "data-key"

    class Meta(WrappedKey.Meta):
        verbose_name = _("gegevenssleutel")
        verbose_name_plural = _("gegevenssleutels")


class IndexKey(WrappedKey):
    """Makes the hashes by which an exact name or phone is found; apart, so that data keys can be rotated."""

    KIND = "index-key"

    class Meta(WrappedKey.Meta):
        verbose_name = _("zoeksleutel")
        verbose_name_plural = _("zoeksleutels")
