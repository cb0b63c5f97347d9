"""A hand-over: residents run an activity, or a series, with a code of their own."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Team
from klapkarre.rooms.agenda.models.activities import Activity

# So long the team is told on its page of today that residents changed something.
FRESH = datetime.timedelta(days=7)


class HandOverQuerySet(models.QuerySet):
    def live(self, today=None):
        """What its code still opens."""
        return self.filter(ended_at=None, until__gte=today or timezone.localdate())

    def of(self, activity):
        """Hand-overs of this activity, or of the series that it stands in."""
        in_series = Q(activity__series=activity.series_id) if activity.series_id else Q(pk__in=())
        return self.filter(Q(activity=activity.pk) | in_series, team=activity.team_id)


class HandOver(models.Model):
    """What residents take on. Who they are stands on their paper and nowhere here (decision 0022)."""

    not_personal = ("takes_on", "kit", "opens", "tasks", "fallback", "token_hash", "code_hash")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    # The first one that they run; with a series also its later days.
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="handovers")
    takes_on = models.TextField(_("wat nemen de bewoners op zich"), max_length=1000)
    kit = models.TextField(_("materiaal en sleutel"), blank=True, max_length=1000)
    opens = models.CharField(_("wie opent en sluit"), blank=True, max_length=200)
    tasks = models.TextField(_("kleine taken"), blank=True, max_length=1000)
    fallback = models.CharField(_("wie helpt als het niet lukt"), max_length=200)
    until = models.DateField(_("tot en met"))
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    code_draw = models.PositiveSmallIntegerField(default=0, editable=False)
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at",)
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")

    def __str__(self):
        return f"{self.pk}"

    def activities(self):
        """Every day that they run."""
        first = self.activity
        if not first.series_id:
            return Activity.objects.filter(pk=first.pk)
        return Activity.objects.filter(
            series=first.series_id, team=self.team_id, starts_at__gte=first.starts_at
        )


class HandOverChangeQuerySet(models.QuerySet):
    def fresh(self, now):
        """What residents changed this week, and the team did not set back."""
        return self.filter(made_at__gte=now - FRESH, undone_at=None)


class HandOverChange(models.Model):
    """One change that residents made themselves; the team sees it and can undo it. Never erased by hand."""

    class What(models.TextChoices):
        HOURS = "hours", _("andere uren")
        BRING = "bring", _("wat breng je mee")
        OFF = "off", _("gaat niet door")
        COUNT = "count", _("hoeveel mensen er waren")

    not_personal = ("before", "after")

    handover = models.ForeignKey(HandOver, models.CASCADE, related_name="changes")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("wijziging door bewoners")
        verbose_name_plural = _("wijzigingen door bewoners")

    def __str__(self):
        return f"{self.activity_id}: {self.what}"
