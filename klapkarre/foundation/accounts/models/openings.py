"""A team that a coordinator opened with a reason, for an hour, and what the auditor thought of it."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.organisations import Organisation, Team
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term

OPEN_FOR = datetime.timedelta(minutes=60)
TERM = Term("het einde van de inzage", years=5, fixed="Even lang als het logboek, dat het uitlegt.")


def _declared(purpose):
    return Personal(purpose, Basis.PUBLIC_TASK, TERM, Fate.ERASE, About.STAFF, Special.NONE, Readers.AUDIT)


class OpeningQuerySet(models.QuerySet):
    def running(self, now=None):
        """Openings that give the right at this moment."""
        now = now or timezone.now()
        return self.filter(stopped_at=None, at__lte=now, until__gt=now)

    def visible_to(self, user):
        """All of the organisation for its auditor; of the others only the own ones."""
        return self.filter(Q(organisation__in=user.audited_ids) | Q(user=user.pk))

    def to_review(self, user):
        """What the auditor has not looked at yet. Nobody judges an opening of their own."""
        seen = Exists(OpeningReview.objects.filter(opening=OuterRef("pk")))
        return self.filter(~seen, organisation__in=user.audited_ids).exclude(user=user.pk)

    def past_term(self, now):
        from klapkarre.foundation.accounts.models.readings import Reading

        explains = Reading.objects.filter(opening=OuterRef("pk"))
        return self.filter(~Exists(explains), at__lt=TERM.cutoff(now))

    def delete(self):
        """Retention: the database lets go only of what is marked so."""
        OpeningReview.objects.filter(opening__in=self.values("pk")).update(expired=True)
        self.update(expired=True)
        return super().delete()


class Opening(models.Model):
    """One coordinator sees the names and notes of one team, from now, for an hour at most, for a reason."""

    personal = {"user": _declared("nagaan wie een team opende")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = EncryptedTextField(
        _("reden"),
        personal=Personal(
            "nagaan waarom gegevens gelezen zijn",
            Basis.PUBLIC_TASK,
            TERM,
            Fate.ERASE,
            About.BOTH,
            Special.CARE,
            Readers.AUDIT,
        ),
    )
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    expired = models.BooleanField(default=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("geopend team")
        verbose_name_plural = _("geopende teams")
        indexes = [models.Index(fields=("user", "until"), name="opening_running")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="opening_period"),
            Refuse(name="opening_remains", when="NOT OLD.expired"),
            Refuse(name="opening_as_written", fields=("organisation", "team", "user", "at", "until")),
            Refuse(name="opening_stops_once", fields=("stopped_at",), when="OLD.stopped_at IS NOT NULL"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.team_id}"

    def is_running(self, now=None):
        now = now or timezone.now()
        return self.stopped_at is None and self.at <= now < self.until

    def ended_at(self):
        """When the right ended or will end."""
        return min(self.stopped_at or self.until, self.until)

    def minutes_left(self, now=None):
        """Whole minutes, the one that has begun counted."""
        left = self.until - (now or timezone.now())
        return max(0, -(-int(left.total_seconds()) // 60))


class OpeningReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the auditor, and for who opened the team."""
        return self.filter(Q(organisation__in=user.audited_ids) | Q(opening__user=user.pk))

    def past_term(self, now):
        return self.filter(at__lt=TERM.cutoff(now))

    def delete(self):
        """Retention: the database lets go only of what is marked so."""
        self.update(expired=True)
        return super().delete()


class OpeningReview(models.Model):
    """The auditor accepted or questioned an opening. A second thought is a second row."""

    class Verdict(models.TextChoices):
        ACCEPTED = "aanvaard", _("aanvaard")
        QUESTIONED = "bevraagd", _("in vraag gesteld")

    personal = {"by": _declared("nagaan wie nakeek")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="reviews")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = EncryptedTextField(
        _("opmerking"),
        personal=_declared("nagaan hoe een inzage beoordeeld is"),
    )
    expired = models.BooleanField(default=False)

    objects = OpeningReviewQuerySet.as_manager()

    class Meta:
        ordering = ("at",)
        verbose_name = _("nazicht van een geopend team")
        verbose_name_plural = _("nazichten van geopende teams")
        constraints = [
            Refuse(name="review_remains", when="NOT OLD.expired"),
            Refuse(name="review_as_written", fields=("organisation", "opening", "by", "at", "verdict")),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verdict}"
