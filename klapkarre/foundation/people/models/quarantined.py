"""What a phone sent and nothing could be made of: it waits for a person instead of being refused."""

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

KEPT = Term("de ontvangst", days=90)  # [own choice]


def _declared(about, special):
    purpose = "nakijken wat een telefoon van een werker stuurde"
    return Personal(purpose, Basis.PUBLIC_TASK, KEPT, Fate.ERASE, about, special, Readers.TEAM)


class QuarantinedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the own teams or neighbourhoods. What came from nowhere we know is for who works in the whole team."""
        return self.filter(user.own_reach.rows())

    def past_term(self, now):
        return self.filter(terms.over(Quarantined, KEPT, now, "received_at"))


class Quarantined(models.Model):
    """One note of a phone that waits for a worker; it goes when she made something of it, or threw it away.

    Its key is the key of its receipt, which goes on saying that it was kept.
    """

    class Reason(models.TextChoices):
        SEALED = "sealed", _("De notitie gaat niet open.")
        FORM = "form", _("De telefoon stuurde iets dat we niet begrijpen.")
        VALUES = "values", _("Er staat iets in dat niet klopt.")
        CLOCK = "clock", _("De klok van de telefoon klopt niet, of de notitie is ouder dan 60 dagen.")
        PLACE = "place", _("Deze plek hoort niet bij het team van deze werker.")
        LEFT = "left", _("Deze werker heeft hier nu geen rol.")
        WITHDRAWN = "withdrawn", _("Deze telefoon was ontkoppeld.")
        NUMBER = "number", _("Er staat een nummer of wachtwoord in dat we beter niet bewaren.")
        TWO = "two", _("Er was al iets anders genoteerd.")
        EARLY = "early", _("De activiteit was nog niet begonnen.")
        OFF = "off", _("De activiteit gaat niet door.")
        FEWER = "fewer", _("Op de lijst zijn al meer mensen aangevinkt.")
        PROGRAM = "program", _("Het bewaren lukte niet door een fout in het programma.")

    personal = {"by": _declared(About.STAFF, Special.NONE)}
    not_personal = ("kind",)
    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    # Where it was noted, as far as that is known; else the first one in which the owner of the phone works.
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=10, choices=Reason)
    # The plain text that was sealed, or what came in when it does not open.
    content = EncryptedTextField(_("wat er stond"), personal=_declared(About.RESIDENTS, Special.CARE))
    noted_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)

    objects = QuarantinedQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "pk")
        verbose_name = _("notitie om na te kijken")
        verbose_name_plural = _("notities om na te kijken")
        indexes = [models.Index(fields=("team", "received_at"), name="quarantined_team")]

    def __str__(self):
        return f"{self.kind} {self.received_at:%Y-%m-%d}"
