"""What people wrote, in other languages: kept per row, and it counts for that row and its very Dutch text only.

What all days of a series say belongs to the series and is translated once (docs/decisions/0031-own-translations.md).

Each page asks first whether something changed. On a page in another language the same question brings along what is
translated into it, when that changed since it was asked here: so such a page costs no question more than a Dutch one.
"""

import hashlib
import json
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from klapkarre.foundation.kit.languages import DUTCH, digest, in_line, is_dutch, name_of, translated
from klapkarre.foundation.kit.printed import dutch_name
from klapkarre.foundation.places import models
from klapkarre.foundation.places.models import Translation, content_changed

KEPT = 24 * 3600  # seconds; what is kept is known by the number that it was asked with
# An object of names and texts made of rows, as each database calls it.
_OBJECT = {"sqlite": "json_group_object", "postgresql": "json_object_agg"}
# The number that all pages are kept under; and, when it is another than the one of the last time, all of a language.
_NUMBER_AND_WORDS = """
SELECT SUM({column}), CASE WHEN SUM({column}) = %s THEN NULL ELSE COALESCE((
    SELECT CAST({to_object}(c.app_label || '.' || c.model || '.' || t.row || '.' || t.source, t.text) AS TEXT)
    FROM places_translation t JOIN django_content_type c ON c.id = t.kind_id WHERE t.language = %s
), '{{}}') END FROM places_municipality
"""


def content_version():
    """What changes when residents' pages may. In another language with its name, by which `of_language` knows it."""
    return models.content_version() if is_dutch() else _with_words("content_version")


def feed_version():
    """The same for what programs follow."""
    return models.feed_version() if is_dutch() else _with_words("feed_version")


def _with_words(column):
    language = get_language()
    key = f"translations:{language}:{column}"
    sql = _NUMBER_AND_WORDS.format(column=column, to_object=_OBJECT[connection.vendor])
    with connection.cursor() as cursor:
        # By itself: at each kept page only this number is read from the cache, not all the words.
        cursor.execute(sql, [cache.get(f"{key}:number", -1), language])
        number, words = cursor.fetchone()
    number = column, int(number or 0)
    if words is not None:
        found = json.loads(words)
        cache.set(key, (number, _edition_of(found), found), KEPT)
        cache.set(f"{key}:number", number[1], KEPT)
    return number


class Item(NamedTuple):
    """One Dutch text, and the row that its translations belong to."""

    row: object
    field: str
    label: str
    dutch: str


def of_language(language, page=None):
    """An edition and all translations into one language. No query for a page of an edition that was just asked."""
    for column in ("content_version", "feed_version") if page else ():
        kept = cache.get(f"translations:{language}:{column}")
        if kept and kept[0] in page[0]:
            return kept[1:]
    facts = ("kind__app_label", "kind__model", "row", "source", "text")
    rows = Translation.objects.filter(language=language).values_list(*facts)
    found = {f"{name_of(f'{app}.{model}', row)}.{source}": text for app, model, row, source, text in rows}
    return _edition_of(found), found


def _edition_of(found):
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]


_told = []


def register_changed(tell):
    """Add a callable that hears of each translation, in its transaction: (row, language, Dutch, is_other=...).

    `is_other`: residents read other words now than before.
    """
    if tell not in _told:
        _told.append(tell)


@transaction.atomic
def translate(row, field, language, dutch, text, *, by, municipality_id):
    """Keep what somebody made of this Dutch text; an empty text takes the translation away."""
    rows, text = row.translations.filter(field=field, language=language), in_line(text, dutch)
    before = rows.filter(source=digest(dutch)).values_list("text", flat=True).first() or ""
    if text:
        facts = {"text": text, "source": digest(dutch), "translator": by, "translated_at": timezone.now()}
        row.translations.update_or_create(field=field, language=language, defaults=facts)
    else:
        rows.delete()
    for tell in _told:
        tell(row, language, dutch, is_other=text != before)
    content_changed(municipality_id)


def still_dutch(items, languages):
    """For each language: its Dutch name, its code, and what its readers would get in Dutch.

    That is (label, Dutch text, "missing"), or "old" where somebody translated an earlier Dutch text.
    """
    found = []
    for language in languages:
        with override(language):
            left = [item for item in items if language != DUTCH and not translated(item.dutch)]
        old = _kept({item.row for item in left}, language)
        told = dict.fromkeys(
            (item.label, item.dutch, "old" if (item.row, item.field) in old else "missing") for item in left
        )
        if told:
            found.append((dutch_name(language), language, list(told)))
    return found


def _kept(rows, language):
    """(row, field) of every translation that these rows have. One query for each kind of row."""
    found = set()
    for kind in {type(row) for row in rows}:
        by_key = {row.pk: row for row in rows if type(row) is kind}
        kept = Translation.objects.filter(
            kind=ContentType.objects.get_for_model(kind), row__in=by_key, language=language
        )
        found |= {(by_key[key], field) for key, field in kept.values_list("row", "field")}
    return found
