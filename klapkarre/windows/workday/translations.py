"""What there is to translate of an activity or a point, and how far each language is."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from klapkarre.foundation.kit.languages import FOREIGN, OWN_NAMES, digest
from klapkarre.rooms.agenda.models import Activity

TEXTS = ("title", "summary", "where", "bring")


class Item(NamedTuple):
    """One Dutch text, and the row that its translations belong to."""

    row: object
    field: str
    label: str
    dutch: str


def items_of_activity(activity):
    """The texts of an activity. What a whole series says is translated once: it belongs to the series."""
    labels = {"title": _("Titel"), "summary": _("Uitleg"), "where": _("Waar"), "bring": _("Wat breng je mee")}
    row = activity.series or activity
    return [
        Item(row, name, labels[name], getattr(activity, name)) for name in TEXTS if getattr(activity, name)
    ]


def items_of_news(news):
    """A piece of news."""
    return [Item(news, "title", _("Titel"), news.title), Item(news, "text", _("Tekst"), news.text)]


def items_of_point(point):
    """What a point says about itself, what you can come for, and its neighbourhood."""
    buurt = point.neighbourhood
    items = [Item(point, "summary", _("In het kort"), point.summary)] if point.summary else []
    for number, one in enumerate(point.welcomes.all(), 1):
        label = _("Waarvoor je komt, %(number)s") % {"number": number}
        items.append(Item(point, f"welcome {number}", label, one.text))
    if buurt.summary:
        items.append(
            Item(buurt, "summary", _("Over de buurt %(name)s") % {"name": buurt.name}, buurt.summary)
        )
    return items


def kept(items, language):
    """(row, field) -> the translation of these texts that is there, also one of an older Dutch text."""
    found = {}
    for row in {item.row for item in items}:
        found |= {(row, one.field): one for one in row.translations.filter(language=language)}
    return found


def state(item, translation):
    """Is it translated, not yet, or made from a Dutch text that changed since?"""
    if translation is None:
        return "missing"
    return "fresh" if translation.source == digest(item.dutch) else "old"


def progress(items):
    """For each language its own name and how many of these texts still want someone."""
    rows = {item.row: list(item.row.translations.all()) for item in items}
    fresh = {(row, one.field, one.language, one.source) for row, several in rows.items() for one in several}
    return [
        (code, OWN_NAMES[code], sum((i.row, i.field, code, digest(i.dutch)) not in fresh for i in items))
        for code in FOREIGN
    ]


def coming(user, now, most):
    """The activities to translate: those of the own reach that residents see, each series once, the first first."""
    rows = Activity.objects.visible_to(user).published().upcoming(now).select_related("series")
    rows = rows.exclude(state=Activity.State.CANCELLED).order_by("starts_at", "pk")
    rows = rows.prefetch_related("translations", "series__translations")
    found, series = [], set()
    for one in rows[: most * 10]:
        if one.series_id is None or one.series_id not in series:
            found.append(one)
            series.add(one.series_id)
    return found[:most]
