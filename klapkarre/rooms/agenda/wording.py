"""What people read when something changes: short sentences with what, when, where, and how to say no.

Never a name: a message passes a mail server or a gateway of somebody else.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.rooms.agenda import slips


def link_of(lead):
    """The address of the slip, as it stands in a message."""
    return f"http{'s' if settings.HTTPS else ''}://{settings.ALLOWED_HOSTS[0]}" + reverse(
        "agenda:slip", args=[slips.token_of(lead)]
    )


def facts_of(activity):
    """What, when and where, for a sentence."""
    place = activity.place.name if activity.place else activity.where
    facts = {"title": activity.title, "day": day(activity.starts_at), "time": clock(activity.starts_at)}
    return facts | {"place": place or activity.neighbourhood.name, "phone": activity.phone}


def news(activity, seats, lead=None):
    """What the holder of a slip must know about these seats on one day: called off, a place, or another hour.

    Without `lead` it is to be said aloud: no address of the slip in it.
    """
    facts = facts_of(activity)
    with translation.override(settings.LANGUAGE_CODE):
        if activity.is_cancelled:
            said = [_("%(title)s op %(day)s gaat niet door.") % facts, activity.cancelled_because]
            return _joined([*said, facts["phone"] and _("Vragen? Bel %(phone)s.") % facts])
        moved = [seat for seat in seats if seat.moved_up_at and seat.state == seat.State.SIGNED_UP]
        said = []
        if moved:
            said.append(_how_many(len(moved)))
        if any(seat.is_on_again for seat in seats):
            said.append(_("De activiteit gaat toch door."))
        if any(seat.is_moved for seat in seats):
            said.append(_("De dag, het uur of de plaats is gewijzigd."))
        said.append(_("%(title)s: %(day)s, %(time)s, %(place)s.") % facts)
        return _joined([*said, *_way_out(facts, lead)])


def reminder(activity, lead=None):
    """The day before. Without `lead` it is to be said aloud."""
    facts = facts_of(activity)
    with translation.override(settings.LANGUAGE_CODE):
        today = timezone.localdate() == activity.day
        said = (
            _("Vandaag: %(title)s, %(time)s, %(place)s.")
            if today
            else _("Morgen: %(title)s, %(time)s, %(place)s.")
        )
        return _joined([said % facts, *_way_out(facts, lead)])


def _how_many(seats):
    if seats == 1:
        return _("Er is een plaats voor jou.")
    return _("Er zijn %(seats)s plaatsen voor jullie.") % {"seats": seats}


def _way_out(facts, lead):
    if facts["phone"]:
        yield _("Kan je niet komen? Bel %(phone)s.") % facts
    if lead and facts["phone"]:
        yield _("Of meld je af op je briefje: %(link)s") % {"link": link_of(lead)}
    elif lead:
        yield _("Kan je niet komen? Meld je af op je briefje: %(link)s") % {"link": link_of(lead)}


def _joined(sentences):
    return " ".join(str(one) for one in sentences if one)
