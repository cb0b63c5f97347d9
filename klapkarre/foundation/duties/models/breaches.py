"""The breach log: what went wrong with personal data, the 72 hours, and all that was done. Only added to."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term

# GDPR article 33.1: within 72 hours after becoming aware. Hours, so weekends and clock changes count as they pass.
CLOCK = datetime.timedelta(hours=72)
KEPT = Term("de ontdekking", years=5, fixed="Een datalek moet na te gaan blijven.")


def _declared(purpose, about=About.STAFF, special=Special.NONE):
    return Personal(purpose, Basis.DUTY, KEPT, Fate.ERASE, about, special, Readers.DUTIES)


class Part(models.TextChoices):
    """What a line of the log is about."""

    WHAT = "wat", _("Wat er gebeurde")
    KINDS = "soorten", _("Welke gegevens")
    PEOPLE = "mensen", _("Hoeveel mensen")
    CONSEQUENCES = "gevolgen", _("Mogelijke gevolgen")
    MEASURES = "maatregelen", _("Wat we deden")
    TOLD = "gemeld", _("Gemeld aan de toezichthouder")
    NOT_TOLD = "niet-gemeld", _("Niet gemeld, en waarom niet")
    TOLD_PEOPLE = "verwittigd", _("De mensen zelf verwittigd")
    CLOSED = "afgesloten", _("Afgesloten")


TECHNICAL = frozenset({Part.WHAT, Part.KINDS, Part.MEASURES})
# What stops the clock: it was told, or there is a reason why not.
STOPS = frozenset({Part.TOLD, Part.NOT_TOLD})


class BreachQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For who runs the organisation, and its auditor."""
        return self.filter(organisation__in=user.run_ids | user.audited_ids)

    def running(self):
        """The clock runs: not told, and no reason why not."""
        decided = BreachNote.objects.filter(breach=OuterRef("pk"), part__in=STOPS)
        return self.filter(~Exists(decided))

    def past_term(self, now):
        """Five years after it was discovered, once it is closed."""
        closed = BreachNote.objects.filter(breach=OuterRef("pk"), part=Part.CLOSED)
        return self.filter(Exists(closed), discovered_at__lt=KEPT.cutoff(now))


class Breach(models.Model):
    """One event. What is known of it stands in its notes."""

    personal = {"by": _declared("weten wie het noteerde")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    discovered_at = models.DateTimeField(_("ontdekt op"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ("-discovered_at", "-number")
        verbose_name = _("datalek")
        verbose_name_plural = _("datalekken")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "number"), name="breach_number"),
            Refuse(name="breach_as_written", fields=("organisation", "number", "discovered_at", "at")),
        ]

    def __str__(self):
        return f"datalek {self.number}"

    @property
    def deadline(self):
        """The moment at which the supervisory authority must know."""
        return self.discovered_at + CLOCK

    def hours_left(self, now=None):
        """Whole hours that are left; 0 when the last one runs or it is too late."""
        return max(0, int((self.deadline - (now or timezone.now())).total_seconds() // 3600))

    def is_late(self, now=None):
        return (now or timezone.now()) > self.deadline


class BreachNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(breach__in=Breach.objects.visible_to(user))

    def past_term(self, now):
        """They go with their breach."""
        return self.filter(breach__in=Breach.objects.past_term(now))


class BreachNote(models.Model):
    """One line of the log: what is known or done, by whom, when. Never changed: what comes later is a new row."""

    personal = {"by": _declared("weten wie het noteerde")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    breach = models.ForeignKey(Breach, models.CASCADE, related_name="notes")
    part = models.CharField(max_length=12, choices=Part)
    text = EncryptedTextField(
        _("tekst"), personal=_declared("aantonen wat er gebeurde", About.BOTH, Special.CLAIMS)
    )
    people = models.PositiveIntegerField(null=True)
    happened_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)

    objects = BreachNoteQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("regel over een datalek")
        verbose_name_plural = _("regels over datalekken")
        constraints = [
            Refuse(
                name="breachnote_as_written",
                fields=("organisation", "breach", "part", "people", "happened_at", "at"),
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.part}"
