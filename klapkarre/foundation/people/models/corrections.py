"""What was known about a person before it was changed: a text, or the name of a neighbourhood."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Fate, Special
from klapkarre.foundation.people.models.persons import Person, by_consent
from klapkarre.foundation.people.models.pointing import OfPerson


def room_for(names):
    """How long a column must be for every one of these names: SQLite takes a longer one, PostgreSQL refuses it."""
    return -(-max(len(name) for name in names) // 20) * 20


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def texts(self):
        """What can be put back. A neighbourhood is chosen anew, from those where one may work."""
        return self.exclude(field=Correction.Field.NEIGHBOURHOOD)

    def past_term(self, now):
        """They go with their person."""
        return self.filter(person__in=Person.objects.past_term(now))


class Correction(models.Model):
    """One fact as it was, who changed it and when. Putting it back is a change of its own."""

    class Field(models.TextChoices):
        NAME = "name", _("naam")
        PHONE = "phone", _("telefoon")
        WHERE = "where", _("waar")
        LANGUAGES = "languages", _("talen")
        WANTS = "wants", _("wat deze persoon wil")
        NEIGHBOURHOOD = "neighbourhood", _("buurt")

    personal = {"by": replace(by_consent("weten wie iets wijzigde"), about=About.STAFF)}
    of_person = {"person": OfPerson(Fate.ERASE)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="corrections")
    field = models.CharField(_("veld"), max_length=room_for(Field.values), choices=Field)
    before = EncryptedTextField(
        _("zoals het was"), personal=by_consent("zien wat er vroeger stond", Special.CONSENT)
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("door"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("gewijzigd op"), default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        verbose_name = _("wijziging")
        verbose_name_plural = _("wijzigingen")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.field}"
