"""What a worker noted on the street for the desk: a melding or a signal, until somebody carried it on."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

KEPT_NOTE = Term("de notitie", years=1)  # [own choice]


def _declared(purpose, about, special):
    return Personal(purpose, Basis.PUBLIC_TASK, KEPT_NOTE, Fate.ERASE, about, special, Readers.TEAM)


class FieldNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the own teams or neighbourhoods."""
        return self.filter(user.own_reach.rows())

    def to_do(self):
        return self.filter(done_at=None)

    def past_term(self, now):
        return self.filter(terms.over(FieldNote, KEPT_NOTE, now, "noted_at"))


class FieldNote(models.Model):
    """A short text from the street that waits at the desk. It has no room of its own yet: it is ticked when done."""

    class Word(models.TextChoices):
        REPORT = "melding", _("melding")
        SIGNAL = "signaal", _("signaal")

    personal = {"by": _declared("vragen wat iemand bedoelde", About.STAFF, Special.NONE)}
    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, verbose_name=_("buurt"), related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("medewerker"), null=True, related_name="+"
    )
    word = models.CharField(_("wat"), max_length=10, choices=Word)
    text = EncryptedTextField(
        _("wat er was"),
        personal=_declared("een melding of signaal van de straat opnemen", About.RESIDENTS, Special.CARE),
    )
    noted_at = models.DateTimeField(_("wanneer"), default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FieldNoteQuerySet.as_manager()

    class Meta:
        ordering = ("noted_at", "pk")
        verbose_name = _("notitie van onderweg")
        verbose_name_plural = _("notities van onderweg")
        indexes = [
            models.Index(
                fields=("team", "noted_at"), name="field_note_to_do", condition=models.Q(done_at=None)
            )
        ]

    def __str__(self):
        return f"{self.word} {self.noted_at:%Y-%m-%d}"
