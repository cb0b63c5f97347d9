"""What people told at home and agreed that we keep: what they are good at, wish or need, and the next step."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.people.models import OfPerson, Person
from klapkarre.rooms.outreach.asked import TEXTS
from klapkarre.rooms.outreach.models.contacts import KEPT, ContactMoment


def _by_consent(purpose, about=About.RESIDENTS, special=Special.CONSENT, words=""):
    return Personal(purpose, Basis.CONSENT, KEPT, Fate.ERASE, about, special, Readers.TEAM, words=words)


class HomeVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the note of the conversation; not of a person whose consent stopped or who is restricted."""
        stands = Q(person=None) | Q(person__in=Person.objects.readable())
        return self.filter(stands, contact__in=ContactMoment.objects.readable_by(user))

    def workable_by(self, user):
        """What this user may change or erase: of the own teams or neighbourhoods."""
        return self.visible_to(user).filter(contact__in=ContactMoment.objects.workable_by(user))

    def past_term(self, now):
        """Two years after the conversation; and without one it cannot be found."""
        return self.filter(terms.over(ContactMoment, KEPT, now, "contact__when"))


class HomeVisit(models.Model):
    """By consent: `consented_on` cannot be empty. Without a person it stays without a name."""

    personal = {
        "by": _by_consent("bewijzen wie het vroeg", About.STAFF, Special.NONE),
        # It says in which language: that may tell where someone comes from.
        "text_version": _by_consent(
            "bewijzen wat gevraagd werd, en in welke taal", words="tekst en taal van de toestemming"
        ),
    }
    of_person = {"person": OfPerson(Fate.ERASE)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # PROTECT: what is kept by consent is erased by name, never in passing (`actions.visits.erase`).
    contact = models.OneToOneField(ContactMoment, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    strength = EncryptedTextField(_("sterkte"), personal=_by_consent("aansluiten bij wat iemand goed kan"))
    wish = EncryptedTextField(_("wens"), personal=_by_consent("doen wat iemand vraagt"))
    need = EncryptedTextField(_("nood"), personal=_by_consent("hulp vinden die past"))
    next_step = EncryptedTextField(_("volgende stap"), personal=_by_consent("doen wat afgesproken is"))
    consented_on = models.DateField(_("toestemming op"))
    text_version = models.CharField(_("wat gevraagd werd"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("gevraagd door"),
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Goes up with every change: two people who change the same visit never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HomeVisitQuerySet.as_manager()

    TEXTS = ("strength", "wish", "need", "next_step")

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("huisbezoek")
        verbose_name_plural = _("huisbezoeken")

    def __str__(self):
        return f"{self.consented_on:%Y-%m-%d}"

    @property
    def team_id(self):
        """The team of the conversation, for the log of readings."""
        return self.contact.team_id

    @property
    def told_text_version(self):
        """What was asked, in full: for an export."""
        return list(TEXTS[self.text_version].lines) if self.text_version in TEXTS else []
