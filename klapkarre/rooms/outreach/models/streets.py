"""Streets of a neighbourhood, and what is counted about them: when somebody of us was there, never at which door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.kit.blind import plain_name
from klapkarre.foundation.places.models import Neighbourhood

# Short forms as people write them, at the end of a name or as a word of their own.
ENDS = {"str": "straat", "stw": "steenweg", "stwg": "steenweg", "ln": "laan", "pln": "plein"}
WORDS = ENDS | {"st": "sint", "burg": "burgemeester", "dr": "dokter", "olv": "onzelievevrouw"}


def plain_street(name):
    """`Hoofdstr.`, `HOOFD STRAAT` and `Hoofdstraat` are one street: who asked for rest there, is found by each."""
    found = [WORDS.get(word, word) for word in plain_name(name).split()]
    joined = "".join(found)
    ends = next((short for short in ENDS if joined.endswith(short)), "")
    return (joined.removesuffix(ends) + ENDS.get(ends, ""))[:80]


class Part(models.TextChoices):
    """A part of the day: when we rang, and when people say that it suits them."""

    MORNING = "voormiddag", _("voormiddag")
    AFTERNOON = "namiddag", _("namiddag")
    EVENING = "avond", _("avond")

    @classmethod
    def of(cls, local):
        """The part of this local moment: before noon, before 17 o'clock [own choice], after it."""
        return cls.MORNING if local.hour < 12 else cls.AFTERNOON if local.hour < 17 else cls.EVENING


class Street(models.Model):
    """A street of a neighbourhood as this organisation knows it. A fact of the town, not of who lives there."""

    not_personal = ("name", "plain")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+")
    name = models.CharField(_("straat"), max_length=80)
    # What it is compared by: the same street is typed in many ways (`plain_street`).
    plain = models.CharField(max_length=80, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("straat")
        verbose_name_plural = _("straten")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "neighbourhood", "plain"), name="street_once")
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.plain = plain_street(self.name)
        super().save(*args, **kwargs)


class StreetCount(models.Model):
    """What stays of one street of one round that ended: how many doors, and how many of them never opened."""

    round = models.ForeignKey("outreach.Round", models.CASCADE, related_name="streets")
    street = models.ForeignKey(Street, models.PROTECT, related_name="+")
    doors = models.PositiveIntegerField()
    visited = models.PositiveIntegerField()
    never_opened = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("telling van een straat")
        verbose_name_plural = _("tellingen van straten")
        constraints = [
            models.UniqueConstraint(fields=("round", "street"), name="street_count_once"),
            models.CheckConstraint(
                condition=Q(never_opened__lte=models.F("visited"), visited__lte=models.F("doors")),
                name="street_count_fits",
            ),
        ]

    def __str__(self):
        return f"{self.street_id} {self.doors}"


class StreetVisit(models.Model):
    """What stays of one part of one day in a street: how often we rang, and how often nobody opened."""

    round = models.ForeignKey("outreach.Round", models.CASCADE, related_name="visits")
    street = models.ForeignKey(Street, models.PROTECT, related_name="+")
    day = models.DateField(_("dag"))
    part = models.CharField(_("deel van de dag"), max_length=12, choices=Part)
    rings = models.PositiveIntegerField()
    nobody = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("bezoek aan een straat")
        verbose_name_plural = _("bezoeken aan straten")
        constraints = [
            models.UniqueConstraint(fields=("round", "street", "day", "part"), name="street_visit_once")
        ]
        indexes = [models.Index(fields=("street", "day"), name="street_last")]

    def __str__(self):
        return f"{self.day} {self.part}"


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user.reach.rows())


class Support(models.Model):
    """Support that we gave to an initiative of others, in a neighbourhood that we support. Nobody is named."""

    class Kind(models.TextChoices):
        THINK = "meedenken", _("meedenken")
        GO_ALONG = "meedoen", _("meedoen op de dag zelf")
        LEND = "uitlenen", _("materiaal of lokaal uitlenen")
        CONNECT = "verbinden", _("mensen in contact brengen")
        PAPER = "papierwerk", _("papierwerk of subsidie")
        MAKE_KNOWN = "bekendmaken", _("mee bekendmaken")

    not_personal = ("initiative",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, verbose_name=_("buurt"), related_name="+"
    )
    day = models.DateField(_("dag"))
    initiative = models.CharField(_("welk initiatief"), max_length=80)
    kind = models.CharField(_("wat we deden"), max_length=12, choices=Kind)
    # In quarters of an hour, so that nothing is lost in rounding.
    quarters = models.PositiveSmallIntegerField(_("hoe lang"))

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-pk")
        verbose_name = _("ondersteuning")
        verbose_name_plural = _("ondersteuningen")
        indexes = [models.Index(fields=("team", "neighbourhood", "-day"), name="support_team")]

    def __str__(self):
        return f"{self.day} {self.initiative}"
