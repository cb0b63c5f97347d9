"""Find texts by words, their begin, or a word that looks like it."""

from django.utils import timezone

from klapkarre.foundation.finding import fulltext
from klapkarre.foundation.finding.folding import distance, is_arabic, is_cyrillic, trigrams_of, words_of
from klapkarre.foundation.finding.models import Entry

LONGEST = 100  # characters of a question that are read
MOST_WORDS = 8
# So many are looked at; of a word that stands in more texts the newest.
MOST = 400
CANDIDATES = 60
_MOST_ERRORS = ((5, 1), (10, 2))
# Few vowels are written, or the end of a word changes with its case: one letter in four.
_MOST_ERRORS_SHORT = ((4, 1), (8, 2))
# Everyone uses these, and they say nothing: folded, at most two letters, of all our languages.
_EVERYWHERE = frozenset(
    [
        "de",
        "en",
        "of",
        "in",
        "te",
        "je",
        "is",
        "op",
        "er",
        "we",
        "ze",
        "le",
        "la",
        "du",
        "un",
        "et",
        "ou",
        "au",
        "a",
        "y",
        "l",
        "d",
        "to",
        "on",
        "at",
        "or",
        "ve",
        "bu",
        "і",
        "з",
        "у",
        "в",
        "та",
        "на",
        "за",
        "до",
        "чи",
        "не",
        "و",
        "في",
        "من",
    ]
)
# Written otherwise and said alike: Wastyne for Wastijne, eis for ijs.
_SAID_ALIKE = (("y", "ij"), ("ei", "ij"), ("ij", "ei"))


def asked(text):
    """The words of a question: at most eight, of its first hundred characters; none that stands in every text."""
    return [word for word in words_of(text[:LONGEST]) if word not in _EVERYWHERE][:MOST_WORDS]


def find(words, town=None, now=None, languages=()):
    """Entries that have all these words (each as the begin of one), not over, best first; of each row one. One query.

    First whose title begins with what was asked, then whose title has it, then the rest; soonest first. `languages`:
    only texts in these; without any, in all.
    """
    if not words:
        return []
    now = now or timezone.now()
    ids = fulltext.matching(words, MOST, now, town=town and town.pk, languages=sorted(languages))
    rows = Entry.objects.filter(pk__in=ids).defer("words")
    best: dict = {}
    for row in sorted(rows, key=lambda row: (_rank(row.title, words), row.at is None, row.at or now, row.pk)):
        best.setdefault((row.kind, row.key), row)
    return list(best.values())


def _rank(title, words):
    begins = [any(part.startswith(word) for part in title.split()) for word in words]
    if all(begins):
        return 0 if title.startswith(words[0]) else 1
    return 2 if any(begins) else 3


def nearest(words, languages=()):
    """The words of a question, each that no text has replaced by the nearest that one has. One query.

    A word that is there in another language than `languages` is right too. One that nothing looks like stays.
    """
    forms = {word: _forms(word) for word in words if _errors(word)}
    asked = [form for several in forms.values() for form in several]
    like = fulltext.looking_like([trigrams_of(form) for form in asked], CANDIDATES)
    near = dict(zip(asked, like, strict=True))
    return [_nearest(word, near, languages) if word in forms else word for word in words]


def _forms(word):
    """The word, and how it could be written that is said alike."""
    alike = (word.replace(wrong, right) for wrong, right in _SAID_ALIKE)
    return list(dict.fromkeys((word, *alike)))


def _errors(word):
    """So many errors are looked past in a word of this length."""
    rule = _MOST_ERRORS_SHORT if is_arabic(word) or is_cyrillic(word) else _MOST_ERRORS
    return max((errors for length, errors in rule if len(word) >= length), default=0)


def _nearest(word, near, languages):
    for form in _forms(word):
        for text, language, _shared in near[form]:
            is_ours = not languages or language in languages
            if text == form or (is_ours and text.startswith(form)):
                return form
    most = _errors(word)
    ranked = [
        (distance(word, text, most), bool(languages) and language not in languages, -shared, text)
        for text, language, shared in near[word]
    ]
    best = min((one for one in ranked if one[0] <= most), default=None)
    return best[3] if best else word
