"""Who read which personal rows."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation
from klapkarre.foundation.kit.months import years_before
from klapkarre.foundation.kit.personal import Basis, Fate, Personal


class ReadingQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(at__lt=years_before(now, 5))

    def visible_to(self, user):
        """The log of an organisation, for its auditor."""
        return self.filter(organisation__in=user.audited_ids)


class Reading(models.Model):
    """Someone read personal rows: who, when, which, through which page. Written before the answer; append-only."""

    personal = {
        "user": Personal("nagaan wie gegevens las", Basis.PUBLIC_TASK, "vijf jaar", Fate.ERASE),
        "rows": Personal("nagaan welke gegevens gelezen zijn", Basis.PUBLIC_TASK, "vijf jaar", Fate.ERASE),
    }
    not_personal = ("route", "kind")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=100)
    kind = models.CharField(max_length=50)
    rows = models.JSONField(default=list)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes = [models.Index(fields=("organisation", "at"), name="reading_when")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
