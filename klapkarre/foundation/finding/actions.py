"""Put a text in the index, take it out, make the whole index anew."""

from collections import defaultdict
from itertools import batched

from django.db import transaction

from klapkarre.foundation.finding import fulltext, sources
from klapkarre.foundation.finding.folding import trigrams_of, words_of
from klapkarre.foundation.finding.models import Entry, Trigram, Word
from klapkarre.foundation.finding.translated import editions
from klapkarre.foundation.kit.languages import DUTCH

SHORTEST = 4  # a shorter word is found, and never proposed for another
MOST_WORDS = 600
BATCH = 1000
FACTS = ("town", "title", "words", "at")
COMPARED = ("town_id", "title", "words", "at")
# By so many of its words a Dutch text is found among the texts that may have it.
TELLING = 12


@transaction.atomic
def publish(*texts):
    """Let these `Text`s be found, in all their languages, each instead of what was published for its row before."""
    there = _there({text.kind for text in texts}, [text.key for text in texts])
    new, changed, words, before = [], [], set(), set()
    for entry in map(_entry, editions(texts)):
        old = there.pop(_name(entry), None)
        if old is None:
            new.append(entry)
        elif any(getattr(entry, name) != getattr(old, name) for name in COMPARED):
            entry.pk = old.pk
            changed.append(entry)
            before.update(_words(old))
        words.update(_words(entry))
    ours = {(text.kind, text.key) for text in texts}
    gone = [entry for entry in there.values() if (entry.kind, entry.key) in ours]
    _delete(gone)
    Entry.objects.bulk_create(new, batch_size=BATCH)
    Entry.objects.bulk_update(changed, FACTS, batch_size=BATCH // 4)
    _learn(words)
    _unlearn(before.union(*map(_words, gone)) - words)


@transaction.atomic
def withdraw(kind, *keys):
    """Let nobody find these rows any more, and forget the words that only they had. Twice is once."""
    entries = list(_there({kind}, [str(key) for key in keys]).values())
    _delete(entries)
    _unlearn({word for entry in entries for word in _words(entry)})


@transaction.atomic
def translated(_row, _language, dutch, **_more):
    """Somebody translated this Dutch text, or took that back: publish anew what has the text."""
    words = words_of(dutch)[:TELLING]
    if not words:
        return
    only = defaultdict(list)
    rows = Entry.objects.filter(pk__in=fulltext.having(words, DUTCH))
    for kind, key in rows.values_list("kind", "key"):
        only[kind].append(key)
    for some in batched(sources.these(only), BATCH):
        publish(*some)


@transaction.atomic
def rebuild():
    """Make the index anew from all sources; says how many texts it has, each language apart."""
    Trigram.objects.all().delete()
    Word.objects.all().delete()
    Entry.objects.all().delete()
    count, words = 0, set()
    for some in batched(editions(sources.everything()), BATCH):
        entries = {_name(entry): entry for entry in map(_entry, some)}
        Entry.objects.bulk_create(entries.values())
        count += len(entries)
        for entry in entries.values():
            words.update(_words(entry))
    _learn(words)
    return count


def renew(kinds, town, texts):
    """Publish these texts and withdraw what else there was of these kinds in this town."""
    texts = list(texts)
    here = {(text.kind, text.key) for text in texts}
    for kind in kinds:
        rows = Entry.objects.filter(kind=kind, town=town, language=DUTCH).values_list("key", flat=True)
        withdraw(kind, *(key for key in rows if (kind, key) not in here))
    publish(*texts)


def _there(kinds, keys):
    """What is published of these rows now: its name -> entry."""
    found = {}
    for some in batched(keys, BATCH // 2):
        for entry in Entry.objects.filter(kind__in=kinds, key__in=some):
            found[_name(entry)] = entry
    return found


def _delete(entries):
    for some in batched([entry.pk for entry in entries], BATCH // 2):
        Entry.objects.filter(pk__in=some).delete()


def _name(entry):
    return entry.kind, entry.key, entry.language


def _words(entry):
    return {(entry.language, word) for word in entry.words.split()}


def _entry(edition):
    title = words_of(edition.title)
    words = list(dict.fromkeys([*title, *words_of(edition.body)]))[:MOST_WORDS]
    return Entry(
        kind=edition.text.kind,
        key=edition.text.key,
        language=edition.language,
        town_id=edition.text.town,
        title=" ".join(title)[:400],
        words=" ".join(words),
        at=edition.text.at,
    )


def _by_language(words):
    found = defaultdict(list)
    for language, word in words:
        found[language].append(word)
    return found.items()


def _learn(words):
    """Words that are new to the vocabulary. Two who publish the same word at once store it once."""
    for language, some_words in _by_language(words):
        wanted = {word for word in some_words if len(word) >= SHORTEST and not word.isdigit()}
        known: set = set()
        for some in batched(sorted(wanted), BATCH // 2):
            rows = Word.objects.filter(language=language, text__in=some)
            known.update(rows.values_list("text", flat=True))
        new = sorted(wanted - known)
        made = [Word(language=language, text=text) for text in new]
        Word.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
        for some in batched(new, BATCH // 2):
            rows = Word.objects.filter(language=language, text__in=some, trigrams=None)
            Trigram.objects.bulk_create(
                [Trigram(letters=letters, word=word) for word in rows for letters in trigrams_of(word.text)],
                batch_size=BATCH,
            )


def _unlearn(words):
    """Words that no text of their language has any more."""
    for language, some_words in _by_language(words):
        gone = [word for word in some_words if len(word) >= SHORTEST and not fulltext.has(word, language)]
        for some in batched(gone, BATCH // 2):
            Word.objects.filter(language=language, text__in=some).delete()
