"""Put a voice beside a text, say that it is still right, take it away: for residents at once."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.kit import sounds
from klapkarre.foundation.people import ledger
from klapkarre.foundation.places.models import content_changed
from klapkarre.foundation.voices.models import Recording
from klapkarre.foundation.voices.playing import source_of

# The source of a recording whose translation changed: that of no text.
UNSURE = ""


@transaction.atomic
def put(row, texts, language, sound, speaker, *, organisation_id, municipality_id, now=None):
    """Keep this `Sound` of these Dutch texts as the voice of this row in this language; the one before goes, file too.

    Who speaks agreed just now. The same sound twice is one.
    """
    file = sounds.keep(sound, (row._meta.label_lower, row.pk, language))
    others = Recording.objects.of(row).filter(language=language).exclude(file=file)
    ledger.note(others)
    others.delete()
    facts = {
        "organisation_id": organisation_id,
        "source": source_of(texts),
        "file": file,
        "seconds": sound.seconds,
        "speaker": speaker,
        "agreed_at": now or timezone.now(),
    }
    key = {"kind": row._meta.label_lower, "row": row.pk, "language": language}
    found, _made = Recording.objects.update_or_create(**key, defaults=facts)
    content_changed(municipality_id)
    return found


@transaction.atomic
def still_right(row, texts, language, *, municipality_id):
    """The text changed and what is said is right all the same."""
    Recording.objects.of(row).filter(language=language).update(source=source_of(texts))
    content_changed(municipality_id)


def translated(row, language, dutch, *, is_other):
    """Other words in this language: who hears the recording would hear the ones before. Silent, until looked at."""
    # Of a series its days know what is read; what nobody reads aloud of a place is left alone.
    if is_other and dutch in getattr(row, "texts_to_say", (dutch,)):
        Recording.objects.of(row).filter(language=language).update(source=UNSURE)


@transaction.atomic
def take_away(rows, *, municipality_id):
    """Erase these recordings (a queryset) with their files; says whether there were any. Twice is once."""
    if not rows.exists():
        return False
    ledger.note(rows)
    rows.delete()
    content_changed(municipality_id)
    return True
