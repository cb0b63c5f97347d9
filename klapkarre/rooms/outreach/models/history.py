"""What a conversation said before somebody corrected it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.rooms.outreach.models.contacts import KEPT, ContactMoment


def _of_contact(purpose, about, special=Special.NONE):
    return Personal(purpose, Basis.PUBLIC_TASK, KEPT, Fate.ERASE, about, special, Readers.TEAM)


class ContactChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the note: who may read the one, may read what it said before."""
        return self.filter(contact__in=ContactMoment.objects.readable_by(user))

    def past_term(self, now):
        """They go with the note of their conversation."""
        return self.filter(terms.over(ContactMoment, KEPT, now, "contact__when"))


class ContactChange(models.Model):
    """One fact of one conversation as it was, in words; who changed it and when. Only added to."""

    class Field(models.TextChoices):
        SETTING = "setting", _("waar")
        NEIGHBOURHOOD = "neighbourhood", _("buurt")
        WHEN = "when", _("wanneer")
        PEOPLE = "people", _("met hoeveel mensen")
        THEMES = "themes", _("waarover")
        BRIDGE = "language_bridge", _("taalbrug")
        AGE = "age_group", _("leeftijd")
        KNOWN = "known", _("bekend gezicht")
        NOTE = "note", _("nota")
        FOLLOW_UP = "follow_up_on", _("opvolgen op")
        REFER = "to_refer", _("doorverwijzen")
        SIGNAL = "is_signal", _("signaal")
        TO_DO_BY = "to_do_by", _("wie volgt op")

    personal = {"by": _of_contact("weten wie iets wijzigde", About.STAFF)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(ContactMoment, models.CASCADE, related_name="changes")
    field = models.CharField(_("wat"), max_length=20, choices=Field)
    before = EncryptedTextField(
        _("zoals het was"),
        personal=_of_contact("zien wat er vroeger stond", About.RESIDENTS, Special.CARE),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("door"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("gewijzigd op"), default=timezone.now)

    objects = ContactChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        verbose_name = _("wijziging van een contact")
        verbose_name_plural = _("wijzigingen van contacten")
        constraints = [Refuse(name="contact_change_stays", fields=("contact", "field", "at", "organisation"))]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.field}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A history is only added to.")
        super().save(*args, **kwargs)

    @property
    def team_id(self):
        """The team of the conversation, for the log of readings."""
        return self.contact.team_id
