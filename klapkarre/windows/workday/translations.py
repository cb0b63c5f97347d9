"""What there is to translate of an activity, a point or news, and how far each language is."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.access import points_of
from klapkarre.foundation.kit.languages import FOREIGN, OWN_NAMES, digest, name_of
from klapkarre.foundation.kit.templatetags.kit import day
from klapkarre.foundation.places.models import Translation, feed_version
from klapkarre.foundation.places.wordings import Item
from klapkarre.foundation.voices.models import Recording
from klapkarre.foundation.voices.playing import source_of
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.translating import items_of_activity
from klapkarre.rooms.news.models import News

MOST_ACTIVITIES = 40
MOST_POINTS = 60
MOST_NEWS = 20
REMEMBERED = 600  # seconds; an activity that is over by then is no longer counted


def items_of_news(news):
    """A piece of news."""
    return [Item(news, "title", _("Titel"), news.title), Item(news, "text", _("Tekst"), news.text)]


def items_of_point(point):
    """What a point says about itself, what you can come for, and its neighbourhood."""
    buurt = point.neighbourhood
    items = [Item(point, "summary", _("In het kort"), point.summary)] if point.summary else []
    if point.way_there:
        items.append(Item(point, "way_there", _("Zo kom je er"), point.way_there))
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


def proposals(user, items, language, now):
    """digest of the Dutch -> what the same words became elsewhere: of what residents read in the own reach, no draft.

    Only to begin with: nobody reads it here before somebody looked at it. Five queries.
    """
    wanted = {digest(item.dutch) for item in items}
    there = [item for text in texts_of(user, now) for item in text.items]
    rows = (
        _translations_of(there).filter(language=language, source__in=wanted).order_by("translated_at", "pk")
    )
    return dict(rows.values_list("source", "text"))


def progress(items):
    """For each language its own name and how many of these texts still want someone. One query."""
    told = _sources_of(items)
    return [(code, OWN_NAMES[code], sum(_still(items, told, code))) for code in FOREIGN]


def _translations_of(items):
    kinds = {}
    for row in {item.row for item in items}:
        kinds.setdefault(ContentType.objects.get_for_model(row), set()).add(row.pk)
    return Translation.objects.filter(_any(Q(kind=kind, row__in=keys) for kind, keys in kinds.items()))


def _sources_of(items):
    """(name of the row, field, language) -> the digest of the Dutch that was translated. One query."""
    facts = ("kind__app_label", "kind__model", "row", "field", "language", "source")
    return {
        (name_of(f"{app}.{model}", row), field, language): source
        for app, model, row, field, language, source in _translations_of(items).values_list(*facts)
    }


def _still(items, told, language):
    """How many of these texts are old in this language, and how many missing."""
    sources = [
        (told.get((name_of(one.row._meta.label_lower, one.row.pk), one.field, language)), digest(one.dutch))
        for one in items
    ]
    missing = sum(source is None for source, _dutch in sources)
    return sum(source != dutch for source, dutch in sources) - missing, missing


class Text(NamedTuple):
    """An activity (with its series), a point or news: what is translated and read in together."""

    what: str
    name: str
    kind: str  # of the pages where that is done
    key: object
    items: list
    row: object
    to_say: list

    def path(self, how, language):
        """The page to translate it, or (`voice`) to read it in."""
        return f"{reverse(f'workday:{how}_{self.kind}', args=[self.key])}?taal={language}"


class Standing(NamedTuple):
    """How far one text is in one language: how many of its parts are old, and how many missing."""

    text: Text
    path: str
    old: int
    missing: int


def texts_of(user, now):
    """Everything that residents read in the own reach, the first activity first. Four queries."""
    found = [
        Text(
            _("Activiteit, %(day)s") % {"day": day(one.starts_at)},
            one.title,
            "activity",
            one.pk,
            items_of_activity(one),
            one.series or one,
            one.texts_to_say,
        )
        for one in _coming(user, now)
    ]
    points = points_of(user.reach).select_related("neighbourhood").prefetch_related("welcomes")
    found += [
        Text(_("Buurtpunt"), one.name, "point", one.slug, items_of_point(one), one, one.texts_to_say)
        for one in points.order_by("name", "pk")[:MOST_POINTS]
    ]
    news = News.objects.visible_to(user).fresh(now)
    found += [
        Text(_("Nieuws"), one.title, "news", one.pk, items_of_news(one), one, one.texts_to_say)
        for one in news[:MOST_NEWS]
    ]
    return [text for text in found if text.items]


def _coming(user, now):
    """The activities to translate: those of the own reach that residents see, each series once, the first first."""
    rows = Activity.objects.visible_to(user).published().upcoming(now).select_related("series")
    rows = rows.exclude(state=Activity.State.CANCELLED).order_by("starts_at", "pk")
    found, series = [], set()
    for one in rows[: MOST_ACTIVITIES * 10]:
        if one.series_id is None or one.series_id not in series:
            found.append(one)
            series.add(one.series_id)
    return found[:MOST_ACTIVITIES]


def standings(texts):
    """language -> the `Standing` of each text in it. One query."""
    told = _sources_of([item for text in texts for item in text.items])
    return {
        language: [
            Standing(text, text.path("translate", language), *_still(text.items, told, language))
            for text in texts
        ]
        for language in FOREIGN
    }


def old_recordings(texts):
    """(text, language by its own name, the page to read it in) of each recording of words that changed. One query."""
    by_row = {(text.row._meta.label_lower, text.row.pk): text for text in texts}
    kinds = {}
    for kind, key in by_row:
        kinds.setdefault(kind, []).append(key)
    rows = Recording.objects.filter(_any(Q(kind=kind, row__in=keys) for kind, keys in kinds.items()))
    return [
        (
            by_row[one.kind, one.row],
            OWN_NAMES[one.language],
            by_row[one.kind, one.row].path("voice", one.language),
        )
        for one in rows.order_by("pk")
        if one.source != source_of(by_row[one.kind, one.row].to_say)
    ]


def _any(conditions):
    found = Q(pk__in=())
    for one in conditions:
        found |= one
    return found


def out_of_date(user, now):
    """(old translations, old recordings, a language with old ones) for the page of today. One query while nothing
    changed since a colleague looked, else six more.
    """
    return cache.get_or_set(_place_of(user, now, feed_version()), lambda: _out_of_date(user, now), REMEMBERED)


def known_out_of_date(user, now, version):
    """The same when a colleague looked since this `version` of what residents read, else None. No query."""
    return cache.get(_place_of(user, now, version))


def _place_of(user, now, version):
    return f"out-of-date:{user.reach.key}:{version}:{timezone.localdate(now)}"


def _out_of_date(user, now):
    texts = texts_of(user, now)
    old = {language: sum(one.old for one in found) for language, found in standings(texts).items()}
    return sum(old.values()), len(old_recordings(texts)), max(old, key=old.get)
