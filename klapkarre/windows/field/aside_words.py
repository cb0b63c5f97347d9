"""What a note that was kept aside says, in words: a worker reads Dutch, never what a program sends."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.rooms.outreach.models import Attempt, ContactMoment, FieldNote, Slot

KINDS = {
    "contact": gettext_lazy("Een gesprek"),
    "attempt": gettext_lazy("Een deur van een ronde"),
    "headcount": gettext_lazy("Een telling"),
    "todo": gettext_lazy("Een melding of signaal"),
}


def texts_of(facts):
    """What somebody wrote in it. Half an emoji, which a phone may seal and no page can send, is a question mark."""
    found = [facts.get(name) for name in ("note", "text")]
    return [text.encode(errors="replace").decode() for text in found if isinstance(text, str) and text]


def day_of(facts):
    """The day on which somebody meant to go on with this, or None."""
    try:
        return datetime.date.fromisoformat(facts.get("follow_up", ""))
    except (TypeError, ValueError):
        return None


def lines_of(row, facts):
    """`[(what, words)]` of the facts that can be read; what is not understood is left out here, never in the note."""
    people, day = facts.get("people"), day_of(facts)
    found = [
        (_("Wat"), _word(facts, "word", FieldNote.Word)),
        (_("Waar"), _word(facts, "setting", ContactMoment.Setting)),
        (_("Buurt"), row.neighbourhood.name if row.neighbourhood and facts.get("neighbourhood") else ""),
        (_("Aan de deur"), _word(facts, "outcome", Attempt.Outcome)),
        (_("Lukt best"), _words(facts, "times", Slot)),
        (_("Waarover"), _words(facts, "themes", Theme)),
        (_("Hoeveel mensen"), str(people) if type(people) is int else ""),
        (
            _("Taalbrug"),
            "" if facts.get("bridge") == "geen" else _word(facts, "bridge", ContactMoment.Bridge),
        ),
        (_("Opvolgen"), date_format(day, "j F Y") if day else ""),
        (_("Doorverwijzen"), _("ja") if facts.get("refer") is True else ""),
        (_("Signaal doorgeven"), _("ja") if facts.get("signal") is True else ""),
    ]
    return [(what, words) for what, words in found if words]


def _word(facts, name, choices):
    value = facts.get(name)
    return str(choices(value).label) if isinstance(value, str) and value in choices.values else ""


def _words(facts, name, choices):
    some = facts.get(name)
    values = some if isinstance(some, list) else []
    return ", ".join(_word({name: value}, name, choices) for value in values if value in choices.values)
