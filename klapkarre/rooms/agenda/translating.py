"""What people wrote about an activity and residents read: the texts that can be translated."""

from django.utils.translation import gettext as _

from klapkarre.foundation.places.wordings import Item

TEXTS = ("title", "summary", "where", "bring")


def items_of_activity(activity):
    """The texts of an activity. What a whole series says is translated once: it belongs to the series."""
    labels = {"title": _("Titel"), "summary": _("Uitleg"), "where": _("Waar"), "bring": _("Wat breng je mee")}
    row = activity.series or activity
    found = [
        Item(row, name, labels[name], getattr(activity, name)) for name in TEXTS if getattr(activity, name)
    ]
    if activity.is_cancelled and activity.cancelled_because:
        # The reason belongs to its own day, also in a series.
        label = _("Waarom het niet doorgaat")
        found.append(Item(activity, "cancelled_because", label, activity.cancelled_because))
    return found
