"""What people wrote, in other languages: kept per row, found by the Dutch text itself.

A text that stands on many rows (each day of a series) is translated once.
"""

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from klapkarre.foundation.kit.languages import digest
from klapkarre.foundation.places.models import Translation, content_changed

# language -> (edition, {digest of the Dutch: text}), for as long as nobody translated anything.
_kept: dict = {}


def of_language(language):
    """The edition and all translations into one language. One query, and a second one when something changed."""
    rows = Translation.objects.filter(language=language)
    seen = tuple(rows.aggregate(Count("pk"), Max("translated_at")).values())
    if _kept.get(language, (None,))[0] != seen:
        # Where two people translated the same text, the last one counts.
        _kept[language] = seen, dict(rows.order_by("translated_at").values_list("source", "text"))
    return _kept[language]


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
