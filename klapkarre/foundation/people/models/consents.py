"""What a person agreed to: a history of what was given and taken back, to which rows are only added."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.people.models.persons import TERM, Person
from klapkarre.foundation.people.models.pointing import OfPerson


class Kind(models.TextChoices):
    """What someone may agree to, in words that a worker reads aloud."""

    KEEP = "bewaren", _("Jullie mogen mijn naam en buurt bewaren, en wat ik wil.")
    CALL = "bellen", _("Jullie mogen mijn nummer bewaren en mij bellen.")
    VISIT = "langskomen", _("Jullie mogen mijn adres bewaren en langskomen.")
    NETWORK = "netwerk", _("Jullie mogen noteren wie mij belt of bezoekt.")


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def past_term(self, now):
        """They go with their person."""
        return self.filter(person__in=Person.objects.past_term(now))


def _declared(purpose, about, words="", special=Special.NONE):
    return Personal(purpose, Basis.CONSENT, TERM, Fate.ERASE, about, special, Readers.TEAM, words=words)


class Consent(models.Model):
    """Something was agreed, or taken back. Never changed afterwards: what comes later is a new row."""

    class Act(models.TextChoices):
        GIVEN = "gegeven", _("gaf toestemming")
        WITHDRAWN = "ingetrokken", _("trok toestemming in")

    class How(models.TextChoices):
        SPOKEN = "gesproken", _("gesproken")
        PAPER = "papier", _("op papier")
        INTERPRETER = "tolk", _("met een tolk")

    class SaidBy(models.TextChoices):
        PERSON = "persoon", _("de persoon zelf")
        TRUSTED = "vertrouwenspersoon", _("iemand die de persoon vertegenwoordigt")

    personal = {
        "kinds": _declared("weten wat mag en wat niet", About.RESIDENTS, "waarvoor toestemming geldt"),
        "by": _declared("bewijzen wie het vroeg", About.STAFF),
        # It says in which language: that may tell where someone comes from.
        "text_version": _declared(
            "bewijzen wat voorgelezen werd, en in welke taal",
            About.RESIDENTS,
            "tekst en taal van de toestemming",
            Special.CONSENT,
        ),
    }
    of_person = {"person": OfPerson(Fate.ERASE)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    act = models.CharField(_("wat"), max_length=12, choices=Act)
    kinds = models.JSONField(_("waarmee"))
    how = models.CharField(_("hoe"), max_length=10, choices=How)
    said_by = models.CharField(_("wie zei het"), max_length=20, choices=SaidBy, default=SaidBy.PERSON)
    text_version = models.CharField(_("tekst"), max_length=20)
    day = models.DateField(_("op"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("gevraagd door"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.act}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A consent is never changed: add what was said later.")
        super().save(*args, **kwargs)

    @property
    def words(self):
        """The sentences that this is about."""
        return [kind.label for kind in Kind if kind.value in self.kinds]

    # What an export says instead of the codes.
    told_kinds = words


def standing_kinds(consents):
    """What stands today: everything given, less what was taken back after it. `consents` in their own order."""
    standing: set[str] = set()
    for consent in consents:
        if consent.act == Consent.Act.GIVEN:
            standing |= set(consent.kinds)
        else:
            standing -= set(consent.kinds)
    return standing
