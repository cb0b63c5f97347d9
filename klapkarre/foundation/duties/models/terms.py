"""What an organisation chose for one kind: a shorter term, and the rule for selection of a public body."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation

# Another term erases what nobody gets back: so long it only stands on the page, where a colleague or auditor sees it.
WAITS = datetime.timedelta(days=7)


class TermChoice(models.Model):
    """A term of one organisation for one kind. Without a row, or with an empty length, the declared term holds."""

    class Unit(models.TextChoices):
        DAYS = "days", _("dagen")
        MONTHS = "months", _("maanden")
        YEARS = "years", _("jaar")

    not_personal = ("kind", "rule")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(_("hoe lang"), null=True, blank=True)
    unit = models.CharField(_("wat"), max_length=6, choices=Unit, default=Unit.MONTHS)
    rule = models.CharField(_("selectieregel"), max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("gekozen termijn")
        verbose_name_plural = _("gekozen termijnen")
        constraints = [models.UniqueConstraint(fields=("organisation", "kind"), name="term_once")]

    def __str__(self):
        return f"{self.kind}: {self.number} {self.unit}"

    @property
    def counts_from(self):
        """The moment from which rounds follow this choice."""
        return self.changed_at + WAITS

    def term(self, declared):
        """The term that this row asks for; the declared one when it asks for none."""
        return declared.as_long_as(**{self.unit: self.number}) if self.number else declared
