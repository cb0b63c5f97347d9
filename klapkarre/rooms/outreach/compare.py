"""What someone typed beside what is stored: what differs, and both in words for people to compare."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.templatetags.kit import day
from klapkarre.rooms.outreach.models import ContactMoment

# Where a field of the contact has another name in its form.
IN_FORM = {"when": "day"}


def differences(contact, facts, themes):
    """What differs, in the order of the facts: `{field: (stored, typed)}`. Opens the note: log the reading first."""
    pairs = {name: (getattr(contact, name), typed) for name, typed in facts.items()}
    pairs["themes"] = ([row.theme for row in contact.themes.all()], themes)
    return {name: pair for name, pair in pairs.items() if _meant(pair[0]) != _meant(pair[1])}


def _meant(value):
    """A moment counts by its day, a text by its lines, themes in any order."""
    if isinstance(value, datetime.datetime):
        return timezone.localdate(value)
    if isinstance(value, list):
        return set(value)
    return value.splitlines() if isinstance(value, str) else value


def side_by_side(form, different):
    """Rows for a table: the label of the form, what stands there, and what was typed."""
    return [
        {
            "label": form.fields[IN_FORM.get(name, name)].label,
            "theirs": in_words(name, stored),
            "yours": in_words(name, typed),
        }
        for name, (stored, typed) in different.items()
    ]


def in_words(name, value):
    """A fact as people read it: in a table of two versions, and in the history."""
    if name == "themes":
        value = ", ".join(str(theme.label) for theme in Theme if theme in value)
    elif name == "known":
        value = value == ContactMoment.Known.FAMILIAR
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime.date):
        return day(value)
    if name in ("setting", "language_bridge", "age_group"):
        value = dict(ContactMoment._meta.get_field(name).flatchoices).get(value, value)
    return str(value) if value not in (None, "") else "-"
