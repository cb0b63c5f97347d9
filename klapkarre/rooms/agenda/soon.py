"""When it is, as people say it to each other: now, in a while, tomorrow. On the clocks of Brussels."""

from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.rooms.agenda.traits import Kind


def when_words(activity, now):
    """ "Nu, tot 16 uur", "Vandaag om 14 uur", "Morgen om 14 uur", "Donderdag 26 november om 14 uur"."""
    if activity.has_started(now) and not activity.is_cancelled:
        return _("Nu, tot %(time)s") % {"time": clock(activity.ends_at)}
    days = (activity.day - timezone.localdate(now)).days
    name = {0: _("vandaag"), 1: _("morgen")}.get(days) or day(activity.starts_at)
    words = _("%(day)s om %(time)s") % {"day": name, "time": clock(activity.starts_at)}
    return words[:1].upper() + words[1:]


def cart_words(activity, now):
    """Is the cart there, or when does it come; of a round: when we come through the street. One whole sentence.

    Of one that is called off: that it does not come today.
    """
    stop = activity.kind == Kind.STOP
    if activity.is_cancelled:
        return _("Vandaag komt de klapkarre niet") if stop else _("Vandaag komen we niet langs")
    if activity.has_started(now):
        text = _("De klapkarre staat hier nu, tot %(time)s") if stop else _("We komen nu langs, tot %(time)s")
        return text % {"time": clock(activity.ends_at)}
    days = (activity.day - timezone.localdate(now)).days
    if days == 0:
        text = _("De klapkarre komt straks, om %(time)s") if stop else _("We komen straks langs, om %(time)s")
    elif days == 1:
        text = _("De klapkarre komt morgen, om %(time)s") if stop else _("We komen morgen langs, om %(time)s")
    elif stop:
        text = _("De klapkarre komt %(day)s, om %(time)s")
    else:
        text = _("We komen %(day)s langs, om %(time)s")
    return text % {"day": day(activity.starts_at), "time": clock(activity.starts_at)}
