"""What a text says in the languages into which somebody translated a part of it.

As on the pages: a translation counts for its own row and that very Dutch text. An old one, of a Dutch text that
changed, is not shown any more and still finds: who looks for it by its words reads what it says now.
"""

from collections import defaultdict
from itertools import batched
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import override

from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.kit.languages import DUTCH, FOREIGN, digest
from klapkarre.foundation.places.models import Translation

BATCH = 400


class Edition(NamedTuple):
    """A text in one language."""

    text: Text
    language: str
    title: str
    body: str


def editions(texts):
    """Each text in Dutch, and in each language in which a part of it is there. Two queries for some hundred texts."""
    for some in batched(texts, BATCH):
        fresh, latest = _translations(some)
        for text in some:
            yield _edition(text, DUTCH, text.title, [dutch for _field, dutch in text.said])
            for language in FOREIGN:
                edition = _translated(text, language, fresh, latest)
                if edition:
                    yield edition


def _translated(text, language, fresh, latest):
    if not text.of:
        return None
    row, words, is_there = (_kind(text), text.of[1], language), [], False
    for field, dutch in text.said:
        if not dutch:
            continue
        told = fresh.get((*row, digest(dutch)))
        old = None if told else latest.get((*row, field))
        is_there = is_there or bool(told or old)
        # What is not translated stands on the page in Dutch.
        words += [told] if told else [dutch, old or ""]
    title = fresh.get((*row, digest(text.title))) or text.title
    return _edition(text, language, title, words) if is_there else None


def _edition(text, language, title, words):
    if text.labels:
        with override(language):
            words = [*words, text.labels()]
    return Edition(text, language, title, " ".join((*words, text.body)))


def _kind(text):
    return ContentType.objects.get_for_model(text.of[0]).pk


def _translations(texts):
    """Of these texts: (kind, row, language, digest of the Dutch) -> text, and (kind, row, language, field) -> text."""
    rows = defaultdict(set)
    for text in texts:
        if text.of:
            rows[_kind(text)].add(text.of[1])
    wanted = Q(pk__in=())
    for kind, keys in rows.items():
        wanted |= Q(kind=kind, row__in=keys)
    fresh, latest = {}, {}
    for one in Translation.objects.filter(wanted).order_by("pk") if rows else ():
        fresh[one.kind_id, one.row, one.language, one.source] = one.text
        latest[one.kind_id, one.row, one.language, one.field] = one.text
    return fresh, latest
