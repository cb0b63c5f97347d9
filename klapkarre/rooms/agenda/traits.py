"""What kind of activity it is, for whom, what is spoken and what is there: facts by which residents choose.

Several choices in one column that SQLite and PostgreSQL both have: a tuple in Python, ",fr,ar," in the database.
"""

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klapkarre.foundation.kit.languages import comma

MARK = ","
# The columns that hold values of our own lists, and so nothing about anyone.
SEVERAL = ("audiences", "spoken", "access")


class SeveralField(models.CharField):
    """A tuple of values in their own order. `filter(name__contains=",fr,")` finds one of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": (), "blank": True, "max_length": 100} | kwargs)

    def from_db_value(self, value, _expression, _connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            return tuple(part for part in value.split(MARK) if part)
        return tuple(value or ())

    def get_prep_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{MARK}{MARK.join(value)}{MARK}" if value else ""


class Kind(models.TextChoices):
    """A stop and a round have no list: the cart comes to the people."""

    ACTIVITY = "activity", _("activiteit")
    STOP = "stop", _("halte van de klapkarre")
    ROUND = "round", _("ronde in de straat")


class Audience(models.TextChoices):
    """For whom. None of them: for everyone.

    The groups of the Flemish practice card (S5) that people call themselves by. Its other two, "mensen met een
    migratieachtergrond" and "mensen in armoede", describe a project to its funder, and nobody on a poster.
    """

    CHILDREN = "kinderen", _("kinderen")
    YOUNG = "jongeren", _("jongeren")
    ADULTS = "volwassenen", _("volwassenen")
    OLDER = "ouderen", _("ouderen")
    FAMILIES = "gezinnen", _("gezinnen")
    LEARNERS = "anderstaligen", _("wie Nederlands leert")


class Spoken(models.TextChoices):
    """A language that somebody there speaks. None of them: Dutch."""

    NL = "nl", pgettext_lazy("language", "Nederlands")
    FR = "fr", pgettext_lazy("language", "Frans")
    EN = "en", pgettext_lazy("language", "Engels")
    AR = "ar", pgettext_lazy("language", "Arabisch")
    TR = "tr", pgettext_lazy("language", "Turks")
    UK = "uk", pgettext_lazy("language", "Oekraïens")
    RU = "ru", pgettext_lazy("language", "Russisch")
    RO = "ro", pgettext_lazy("language", "Roemeens")
    PL = "pl", pgettext_lazy("language", "Pools")
    BG = "bg", pgettext_lazy("language", "Bulgaars")
    ES = "es", pgettext_lazy("language", "Spaans")
    FA = "fa", pgettext_lazy("language", "Perzisch")
    PS = "ps", pgettext_lazy("language", "Pasjtoe")


# What a language calls itself, for who does not read Dutch.
OWN_NAMES = {
    "nl": "Nederlands",
    "fr": "français",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "українська",
    "ru": "русский",
    "ro": "română",
    "pl": "polski",
    "bg": "български",
    "es": "español",
    "fa": "فارسی",
    "ps": "پښتو",
}


class Access(models.TextChoices):
    """What somebody needs to be able to come. Not ticked is unknown, not absent."""

    WHEELCHAIR = "rolstoel", _("Je kan binnen met een rolstoel")
    TOILET = "toilet", _("Er is een toilet")
    CHILDCARE = "kinderopvang", _("Er is opvang voor kinderen")


ACCESS_ICONS = {
    Access.WHEELCHAIR: "wheelchair",
    Access.TOILET: "toilet-paper",
    Access.CHILDCARE: "baby-carriage",
}


class Traits(models.Model):
    """The columns, and their words; `Activity` is made of it."""

    kind = models.CharField(_("soort"), max_length=10, choices=Kind, default=Kind.ACTIVITY)
    audiences = SeveralField(_("voor wie"))
    spoken = SeveralField(_("talen"))
    access = SeveralField(_("wat is er"))
    # Organisations beside our own, by name: never a person.
    partners = models.CharField(_("wie doet mee"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def audience_words(self):
        """For whom, or nothing when it is for everyone."""
        return words(Audience, self.audiences)

    @property
    def spoken_words(self):
        """What is spoken, or nothing when that is only Dutch."""
        return words(Spoken, self.spoken) if set(self.spoken) - {Spoken.NL} else ""

    @property
    def access_facts(self):
        """(icon, sentence) of each thing that is there."""
        return [(ACCESS_ICONS[Access(one)], Access(one).label) for one in self.access if one in Access]


def words(choices, values):
    """The labels of these values as a list in one line; a value that is no choice any more is left out."""
    return capfirst(comma().join(str(choices(one).label) for one in values if one in choices.values))


def among(name, value):
    """The rows that have this value in their column `name`."""
    return Q(**{f"{name}__contains": f"{MARK}{value}{MARK}"})
