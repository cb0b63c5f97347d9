"""What was agreed with a person: one step each, with a day and who does it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import Fate, Special
from klapkarre.foundation.people.models.persons import Person, by_consent
from klapkarre.foundation.people.models.pointing import OfPerson


class AgreedStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def past_term(self, now):
        """They go with their person."""
        return self.filter(person__in=Person.objects.past_term(now))


class AgreedStep(models.Model):
    """One thing that someone will do, by a day; done, or not."""

    class Doer(models.TextChoices):
        PERSON = "persoon", _("de persoon zelf")
        US = "wij", _("wij")
        OTHER = "ander", _("iemand anders")

    class State(models.TextChoices):
        OPEN = "open", _("nog te doen")
        DONE = "gedaan", _("gedaan")
        NOT_DONE = "niet", _("niet gedaan")

    of_person = {"person": OfPerson(Fate.ERASE)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="steps")
    what = EncryptedTextField(_("wat"), personal=by_consent("doen wat afgesproken is", Special.CONSENT))
    doer = models.CharField(_("wie"), max_length=10, choices=Doer)
    who = EncryptedTextField(_("wie precies"), personal=by_consent("weten wie het doet"))
    day = models.DateField(_("tegen"))
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(_("afgerond op"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Goes up with every change: two people who adapt it never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreedStepQuerySet.as_manager()

    class Meta:
        ordering = ("day", "created_at")
        verbose_name = _("afgesproken stap")
        verbose_name_plural = _("afgesproken stappen")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="step_settled_when",
            )
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.state}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_late(self):
        return self.is_open and self.day < timezone.localdate()
