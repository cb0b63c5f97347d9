"""What residents choose by on the list. It stands in the address: a choice can be kept, sent and put on paper."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klapkarre.rooms.agenda.traits import OWN_NAMES, Access, Audience, Kind, Spoken, among

EVERYONE = "iedereen"
# All that the address may say: whatever else is asked, is not.
CHOICES = {
    "voor": (*Audience.values, EVERYONE),
    "taal": tuple(Spoken.values),
    "gratis": ("1",),
    "rolstoel": ("1",),
    "klapkarre": ("1",),
}
# A page with more choices than this is made anew each time: together they are thousands of pages.
KEPT_CHOICES = 2


class Filter(NamedTuple):
    """The choices, each empty when it was not made."""

    voor: str = ""
    taal: str = ""
    gratis: str = ""
    rolstoel: str = ""
    klapkarre: str = ""

    @classmethod
    def of(cls, query):
        """The choices in the address; `public_page` let only known ones through."""
        return cls(**{name: query.get(name, "") for name in cls._fields})

    @property
    def chosen(self):
        """Name -> value of what was chosen."""
        return {name: value for name, value in self._asdict().items() if value}

    @property
    def is_rare(self):
        return len(self.chosen) > KEPT_CHOICES

    def rows(self, rows):
        """The activities that fit. Who is looking for something for children finds what is for everyone too."""
        if self.voor:
            rows = rows.filter(_for(self.voor))
        if self.taal:
            only_dutch = Q(spoken="") if self.taal == Spoken.NL else Q()
            rows = rows.filter(among("spoken", self.taal) | only_dutch)
        if self.gratis:
            rows = rows.filter(price_cents=0)
        if self.rolstoel:
            rows = rows.filter(among("access", Access.WHEELCHAIR))
        if self.klapkarre:
            rows = rows.exclude(kind=Kind.ACTIVITY)
        return rows

    def query(self, without=""):
        """The choices as the end of an address: "&voor=ouderen&gratis=1"."""
        left = {name: value for name, value in self.chosen.items() if name != without}
        return f"&{urlencode(left)}" if left else ""

    def words(self):
        """(what was chosen, the address without it) of each choice."""
        return [(word_of(name, value), self.query(name)) for name, value in self.chosen.items()]


def _for(audience):
    everyone = Q(audiences="")
    if audience == EVERYONE:
        return everyone
    found = everyone | among("audiences", audience)
    return found | among("audiences", Audience.FAMILIES) if audience == Audience.CHILDREN else found


def word_of(name, value):
    """One choice in words."""
    if name == "voor":
        return capfirst(_("iedereen") if value == EVERYONE else Audience(value).label)
    if name == "taal":
        return str(Spoken(value).label)
    return {"gratis": _("Gratis"), "rolstoel": _("Met een rolstoel"), "klapkarre": _("De klapkarre")}[name]


def options(name):
    """(value, word, own name of a language) of what can be chosen from a list."""
    return [(value, word_of(name, value), OWN_NAMES.get(value, "")) for value in CHOICES[name]]
