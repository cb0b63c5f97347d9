"""Find texts by words, their begin, or a word that looks like it."""

from django.db.models import Count, Q
from django.utils import timezone

from klapkarre.foundation.finding import fulltext
from klapkarre.foundation.finding.folding import distance, trigrams_of, words_of
from klapkarre.foundation.finding.models import Entry, Trigram

LONGEST = 100  # characters of a question that are read
MOST_WORDS = 8
# So many are looked at; of a word that stands in more texts the newest.
MOST = 400
CANDIDATES = 60
_MOST_ERRORS = ((5, 1), (10, 2))
# Written otherwise and said alike: Wastyne for Wastijne, eis for ijs.
_SAID_ALIKE = (("y", "ij"), ("ei", "ij"), ("ij", "ei"))


def asked(text):
    """The words of a question: at most eight, of its first hundred characters."""
    return words_of(text[:LONGEST])[:MOST_WORDS]


def find(words, town=None, now=None):
    """Entries that have all these words (each as the begin of one), not over, best first. One query.

    First whose title begins with what was asked, then whose title has it, then the rest; soonest first.
    """
    if not words:
        return []
    now = now or timezone.now()
    rows = Entry.objects.filter(pk__in=fulltext.matching(words, MOST)).filter(Q(at=None) | Q(at__gte=now))
    if town:
        rows = rows.filter(town=town)
    return sorted(rows, key=lambda row: (_rank(row.title, words), row.at is None, row.at or now, row.pk))


def _rank(title, words):
    begins = [any(part.startswith(word) for part in title.split()) for word in words]
    if all(begins):
        return 0 if title.startswith(words[0]) else 1
    return 2 if any(begins) else 3


def nearest(words):
    """The words of a question with those that no text has replaced by the nearest that one has; None without one."""
    several = len(words) > 1  # one word that stands alone was asked already
    found = [word if several and fulltext.has(word, begins=True) else _nearest(word) for word in words]
    return None if None in found or found == words else found


def _nearest(word):
    most = max((errors for length, errors in _MOST_ERRORS if len(word) >= length), default=0)
    if not most:
        return None
    for wrong, right in _SAID_ALIKE:
        alike = word.replace(wrong, right)
        if alike != word and fulltext.has(alike, begins=True):
            return alike
    letters = trigrams_of(word)
    rows = (
        Trigram.objects.filter(letters__in=letters)
        .values_list("word__text")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "word__text")[:CANDIDATES]
    )
    near = [(distance(word, text, most), -shared, text) for text, shared in rows]
    best = min((one for one in near if one[0] <= most), default=None)
    return best and best[2]
