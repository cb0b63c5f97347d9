"""How a seat stands: both the activity that counts them and the sign-up that has one need to know."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeatState(models.TextChoices):
    SIGNED_UP = "signed_up", _("aangemeld")
    WAITING = "waiting", _("op de wachtlijst")
    CANCELLED = "cancelled", _("afgemeld")
    ATTENDED = "attended", _("was er")
    MISSED = "missed", _("was er niet")


SEATED = (SeatState.SIGNED_UP, SeatState.ATTENDED, SeatState.MISSED)
OPEN = (SeatState.SIGNED_UP, SeatState.WAITING)


class How(models.TextChoices):
    """How somebody asked to be told."""

    CALL = "call", _("Bel mij")
    SMS = "sms", _("Stuur een sms")
    WHATSAPP = "whatsapp", _("Stuur een WhatsApp")
    MAIL = "mail", _("Stuur een mail")
    SELF = "self", _("Ik kom zelf kijken")
