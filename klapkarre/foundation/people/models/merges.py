"""Two rows that were one person: what is needed to take the merge apart again."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.people.models.persons import GRACE, Person
from klapkarre.foundation.people.models.pointing import OfPerson


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of which this user sees both persons: taken apart, each is where it was."""
        reach = user.names_reach
        both = reach.rows(buurt="keeper__neighbourhood") & reach.rows(buurt="gone__neighbourhood")
        return self.filter(both, keeper__restricted_at=None)

    def can_be_undone(self, now=None):
        """Not taken apart yet, and younger than the term after which nothing is left to do it with."""
        return self.filter(undone_at=None, at__gte=GRACE.cutoff(now or timezone.now()))

    def past_term(self, now):
        return self.filter(at__lt=GRACE.cutoff(now))


class Merge(models.Model):
    """`gone` went up in `keeper`. `kept` is sealed JSON: the values before and after, and the rows that moved."""

    personal = {
        "by": Personal(
            "weten wie samenvoegde",
            Basis.CONSENT,
            GRACE,
            Fate.ERASE,
            About.STAFF,
            Special.NONE,
            Readers.TEAM,
        ),
    }
    # The sealed copies of both rows say nothing that the person's own rows do not say: they stay out of the export.
    of_person = {
        "keeper": OfPerson(Fate.ERASE, hidden=("kept",)),
        "gone": OfPerson(Fate.ERASE, hidden=("kept",)),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="merged_away")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("door"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("samengevoegd op"), default=timezone.now)
    undone_at = models.DateTimeField(null=True, editable=False)
    kept = EncryptedTextField(
        _("hoe het was"),
        personal=Personal(
            "samenvoegen ongedaan maken",
            Basis.CONSENT,
            GRACE,
            Fate.ERASE,
            About.RESIDENTS,
            Special.CONSENT,
            Readers.NOBODY,
            words="beide versies van voor het samenvoegen",
        ),
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.keeper_id}"

    @property
    def until(self):
        """Until this day it can be taken apart."""
        return GRACE.last_day(timezone.localdate(self.at))
