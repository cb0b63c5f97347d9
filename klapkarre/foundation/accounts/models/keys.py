"""The keys that seal what organisations write, by which sealed names are found again, and that phones seal to."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation

# So long a private half is kept after it was replaced: a phone may still hold notes sealed to it [own choice].
ON_PHONES = datetime.timedelta(days=180)


class WrappedKey(models.Model):
    """A key of an organisation, itself wrapped by the organisation's key in the key file.

    One is in use; a retired one is there only while rotation still replaces it.
    """

    not_personal: tuple[str, ...] = ("wrapped",)
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


class SealingKeyQuerySet(models.QuerySet):
    def past_term(self, now):
        """Replaced longer ago than a note can lie on a phone: what is still sealed to it, nobody opens any more."""
        return self.filter(retired_at__lt=now - ON_PHONES)


class SealingKey(WrappedKey):
    """A pair to which phones seal what they note: the public half leaves with them, the private half stays wrapped.

    A retired one is not replaced row by row, as the others are: notes that are still on phones carry it.
    """

    not_personal = ("wrapped", "public")
    KIND = "sealing-key"

    # The uncompressed point on P-256, 65 bytes as base64url.
    public = models.CharField(max_length=87)

    objects = SealingKeyQuerySet.as_manager()

    class Meta(WrappedKey.Meta):
        verbose_name = _("verzegelsleutel")
        verbose_name_plural = _("verzegelsleutels")
