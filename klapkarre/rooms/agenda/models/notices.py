"""Messages to send: that one must go, and what became of it. What it says is made when it goes, and kept nowhere."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.rooms.agenda.models.signups import SignUp
from klapkarre.rooms.agenda.models.states import How


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the names sees what became of the messages to them."""
        return self.filter(
            user.names_reach.rows("sign_up__activity__team", "sign_up__activity__neighbourhood")
        )

    def due(self, now):
        """What is to go now: new, or refused a while ago."""
        return self.filter(state=Notice.State.WAITING, next_at__lte=now).order_by("next_at", "pk")


class Notice(models.Model):
    """One message by mail or SMS to the holder of a slip, about one activity. A reminder goes once, ever."""

    class Kind(models.TextChoices):
        NEWS = "news", _("nieuws over de plaats")
        REMINDER = "reminder", _("herinnering")

    class State(models.TextChoices):
        WAITING = "waiting", _("vertrekt zo")
        SENDING = "sending", _("is onderweg")
        SENT = "sent", _("verstuurd")
        FAILED = "failed", _("niet verstuurd")
        DROPPED = "dropped", _("niet meer nodig")

    not_personal = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The first seat of the slip on that day: it holds the number and the address.
    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    # How it went or was tried; a reminder by phone is ticked by a worker.
    channel = models.CharField(max_length=10, choices=How, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        constraints = [
            models.UniqueConstraint(
                fields=("sign_up", "kind"), condition=Q(state="waiting"), name="notice_waits_once"
            ),
            models.UniqueConstraint(
                fields=("sign_up",), condition=Q(kind="reminder"), name="notice_reminds_once"
            ),
        ]
        indexes = [models.Index(fields=("state", "next_at"), name="notice_due")]

    def __str__(self):
        return f"{self.pk}"

    @property
    def needs_a_call(self):
        """It did not go, or not yet: whoever sees this can better call."""
        return self.state == self.State.FAILED or (self.state == self.State.WAITING and self.tries > 0)
