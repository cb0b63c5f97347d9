"""The counter of a buurtpunt, and of a stop on a square: one tap per visitor, no names."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.months import month_of
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood, Place

KEPT = Term("het bezoek", years=2)  # [own choice]


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user.reach.rows())

    def past_term(self, now):
        """Who tapped goes after two years [own choice]; the count stays."""
        return self.filter(terms.over(Visit, KEPT, now, "at"), by__isnull=False)

    def counted(self):
        return self.filter(undone_at=None)


class Visit(models.Model):
    """Someone came in, or to the cart, for something.

    Undone taps stay as rows, so that a late repetition cannot count them again.
    """

    personal = {
        "by": Personal(
            "de eigen lijst van de werker",
            Basis.PUBLIC_TASK,
            KEPT,
            Fate.DETACH,
            About.STAFF,
            Special.NONE,
            Readers.TEAM,
        ),
    }

    not_personal = ("spot",)

    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+")
    # Empty for a stop somewhere that is none of our places.
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True)
    # Of a stop or a round: what calendars know it by (`agenda.Activity.uid`), and where it was, in its public words.
    stop = models.UUIDField(null=True, blank=True)
    spot = models.CharField(_("halte"), max_length=150, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("waarvoor"), max_length=20, choices=Theme)
    at = models.DateTimeField(default=timezone.now)
    month = models.PositiveIntegerField(editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("bezoek aan het onthaal")
        verbose_name_plural = _("bezoeken aan het onthaal")
        indexes = [
            models.Index(fields=("team", "month", "place", "reason"), name="visit_report"),
            models.Index(fields=("place", "at"), name="visit_place"),
            models.Index(fields=("stop",), name="visit_stop", condition=Q(stop__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, stop=None, spot="") | Q(stop__isnull=False) & ~Q(spot=""),
                name="visit_somewhere",
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.reason}"

    def save(self, *args, **kwargs):
        self.month = month_of(self.at)
        super().save(*args, **kwargs)
