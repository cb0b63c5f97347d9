"""The network around a person: who calls, who visits, by agreement."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import Fate
from klapkarre.foundation.people.models.persons import Person, by_consent
from klapkarre.foundation.people.models.pointing import OfPerson


class TieQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def past_term(self, now):
        """They go with their person."""
        return self.filter(person__in=Person.objects.past_term(now))

    def showable(self, user):
        """Not those to someone whose consent stopped, who is restricted, went up in another or lives elsewhere."""
        return self.filter(Q(other=None) | Q(other__in=Person.objects.visible_to(user)))


class Tie(models.Model):
    """Someone around a person: another person, a volunteer, or a role in words (`who`)."""

    class Does(models.TextChoices):
        CALLS = "belt", _("belt")
        VISITS = "bezoekt", _("komt langs")
        BOTH = "beide", _("belt en komt langs")
        HELPS = "helpt", _("helpt")

    personal = {"volunteer": by_consent("weten wie belt of langskomt", words="vrijwilliger")}
    # Who the other one is, and who else is around them, is theirs to tell.
    of_person = {
        "person": OfPerson(Fate.ERASE, hidden=("other",)),
        "other": OfPerson(Fate.ERASE, hidden=("person", "who", "volunteer"), alone=True),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    other = models.ForeignKey(Person, models.CASCADE, null=True, related_name="ties_to")
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("vrijwilliger"), null=True, related_name="+"
    )
    who = EncryptedTextField(_("wie"), personal=by_consent("weten wie belt of langskomt"))
    does = models.CharField(_("wat"), max_length=10, choices=Does)
    agreed_on = models.DateField(_("afgesproken op"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Goes up with every change: two people who adapt it never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ("created_at",)
        verbose_name = _("band")
        verbose_name_plural = _("banden")
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, volunteer=None, who__isnull=True)
                | Q(other=None, volunteer__isnull=False, who__isnull=True)
                | Q(other=None, volunteer=None, who__isnull=False),
                name="tie_to_one",
            )
        ]

    def __str__(self):
        return f"{self.agreed_on:%Y-%m-%d} {self.does}"
