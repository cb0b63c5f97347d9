"""The text that a worker reads aloud before anything is kept. A change of words is a new version; the old one stays."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-2"
TEXTS = {
    "2026-1": (
        _("Ik werk voor %(organisation)s. Wat je vertelt, blijft bij mijn team."),
        _("Mag ik je naam bewaren, en wat je wil? Dan kunnen we later verder helpen."),
        _("Jij kiest wat mag. Je mag altijd stoppen. Dan wissen we alles binnen 30 dagen."),
        _("Je mag altijd vragen wat er staat, en wie het las."),
        _("Zeg je nee? Dan helpen we je even graag, zonder naam."),
    ),
    "2026-2": (
        _("Ik werk voor %(organisation)s. Wat je vertelt, blijft bij mijn team."),
        _("Mag ik je naam en je buurt bewaren, en wat je wil? Dan kunnen we later verder helpen."),
        _("Jij kiest wat mag. Je mag altijd stoppen. Dan wissen we alles binnen 30 dagen."),
        _("Je mag altijd vragen wat er staat, en wie het las."),
        _("Zeg je nee? Dan helpen we je even graag, zonder naam."),
    ),
}


def sentences(organisation, version=VERSION):
    """A version of the text for one organisation, sentence by sentence."""
    return [str(line) % {"organisation": organisation.name} for line in TEXTS.get(version, ())]
