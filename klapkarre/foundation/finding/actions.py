"""Put a text in the index, take it out, make the whole index anew."""

from itertools import batched

from django.db import transaction

from klapkarre.foundation.finding import fulltext, sources
from klapkarre.foundation.finding.folding import trigrams_of, words_of
from klapkarre.foundation.finding.models import Entry, Trigram, Word

SHORTEST = 4  # a shorter word is found, and never proposed for another
MOST_WORDS = 600
BATCH = 1000
FACTS = ("town", "title", "words", "at")
COMPARED = ("town_id", "title", "words", "at")


@transaction.atomic
def publish(*texts):
    """Let these `Text`s be found, each instead of what was published for the same row before."""
    there = _there({text.kind for text in texts}, [text.key for text in texts])
    new, changed, words, before = [], [], set(), set()
    for text in texts:
        entry, old = _entry(text), there.get((text.kind, text.key))
        if old is None:
            new.append(entry)
        elif any(getattr(entry, name) != getattr(old, name) for name in COMPARED):
            entry.pk = old.pk
            changed.append(entry)
            before.update(old.words.split())
        words.update(entry.words.split())
    Entry.objects.bulk_create(new, batch_size=BATCH)
    Entry.objects.bulk_update(changed, FACTS, batch_size=BATCH // 4)
    _learn(words)
    _unlearn(before - words)


@transaction.atomic
def withdraw(kind, *keys):
    """Let nobody find these rows any more, and forget the words that only they had. Twice is once."""
    entries = list(_there({kind}, [str(key) for key in keys]).values())
    for some in batched([entry.pk for entry in entries], BATCH // 2):
        Entry.objects.filter(pk__in=some).delete()
    _unlearn({word for entry in entries for word in entry.words.split()})


def _there(kinds, keys):
    """What is published of these rows now: (kind, key) -> entry."""
    found = {}
    for some in batched(keys, BATCH // 2):
        for entry in Entry.objects.filter(kind__in=kinds, key__in=some):
            found[entry.kind, entry.key] = entry
    return found


@transaction.atomic
def rebuild():
    """Make the index anew from all sources; says how many texts it has."""
    Trigram.objects.all().delete()
    Word.objects.all().delete()
    Entry.objects.all().delete()
    count, words = 0, set()
    for texts in batched(sources.everything(), BATCH):
        entries = {(text.kind, text.key): _entry(text) for text in texts}
        Entry.objects.bulk_create(entries.values())
        count += len(entries)
        for entry in entries.values():
            words.update(entry.words.split())
    _learn(words)
    return count


def renew(kinds, town, texts):
    """Publish these texts and withdraw what else there was of these kinds in this town."""
    texts = list(texts)
    here = {(text.kind, text.key) for text in texts}
    for kind in kinds:
        rows = Entry.objects.filter(kind=kind, town=town).values_list("key", flat=True)
        withdraw(kind, *(key for key in rows if (kind, key) not in here))
    publish(*texts)


def _entry(text):
    title = words_of(text.title)
    words = list(dict.fromkeys([*title, *words_of(text.body)]))[:MOST_WORDS]
    return Entry(
        kind=text.kind,
        key=text.key,
        town_id=text.town,
        title=" ".join(title)[:400],
        words=" ".join(words),
        at=text.at,
    )


def _learn(words):
    """Words that are new to the vocabulary. Two who publish the same word at once store it once."""
    wanted = {word for word in words if len(word) >= SHORTEST and not word.isdigit()}
    known: set = set()
    for some in batched(sorted(wanted), BATCH // 2):
        known.update(Word.objects.filter(text__in=some).values_list("text", flat=True))
    new = sorted(wanted - known)
    Word.objects.bulk_create([Word(text=text) for text in new], batch_size=BATCH, ignore_conflicts=True)
    for some in batched(new, BATCH // 2):
        rows = Word.objects.filter(text__in=some, trigrams=None)
        Trigram.objects.bulk_create(
            [Trigram(letters=letters, word=word) for word in rows for letters in trigrams_of(word.text)],
            batch_size=BATCH,
        )


def _unlearn(words):
    """Words that no text has any more."""
    gone = [word for word in words if len(word) >= SHORTEST and not fulltext.has(word)]
    for some in batched(gone, BATCH // 2):
        Word.objects.filter(text__in=some).delete()
