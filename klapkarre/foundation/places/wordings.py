"""What people wrote, in other languages: kept per row, found by the Dutch text itself.

A text that stands on many rows (each day of a series) is translated once.
"""

import hashlib

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.kit.languages import digest
from klapkarre.foundation.places.models import Translation, content_changed

KEPT = 65  # seconds: as long as a page of one edition


def of_language(language, page=None):
    """An edition and all translations into one language. One query, and none for the next page of the same edition."""
    if page is None:
        return _asked(language)
    key = hashlib.sha256(repr((language, page)).encode()).hexdigest()
    return cache.get_or_set(f"translations:{key}", lambda: _asked(language), KEPT)


def _asked(language):
    # Where two people translated the same text, the last one counts.
    rows = Translation.objects.filter(language=language).order_by("translated_at", "pk")
    found = dict(rows.values_list("source", "text"))
    state = hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]
    return state, found


@transaction.atomic
def translate(row, field, language, dutch, text, *, by, municipality_id):
    """Keep what somebody made of this Dutch text; an empty text takes the translation away."""
    rows = row.translations.filter(field=field, language=language)
    if text:
        facts = {"text": text, "source": digest(dutch), "translator": by, "translated_at": timezone.now()}
        row.translations.update_or_create(field=field, language=language, defaults=facts)
    else:
        rows.delete()
    content_changed(municipality_id)
