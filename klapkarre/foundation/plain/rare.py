"""Which words not everybody knows: they are not among the common ones, and are not made of these.

Made of them: by an ending (buur, buren, buurtje), a prefix (op-ruimen, on-gezond), or by joining two or three
(moes-tuin). It leans to silence: a word that could be made of common ones passes. The list of words of offices names
those that people meet often and still do not know.
"""

from functools import lru_cache

from klapkarre.foundation.plain import lists
from klapkarre.foundation.plain.forms_of_words import VOWELS

# Shorter ones are names and loan words too often; longer ones are hinted at for their length.
SHORTEST, LONGEST = 5, 14
PART = 3  # letters of a word inside another
_ENDINGS = tuple(
    """
    e s n t d en er ers te ten de den st ste je jes tje tjes pje pjes etje etjes kje kjes 's ën heid lijk ing ingen end
    ende ster
    """.split()  # noqa: SIM905
)
_PREFIXES = tuple(
    """
    aan achter af bij binnen buiten door her in mee mede na neer om on onder op over rond samen tegen terug thuis toe
    uit vast vol voor vooruit weer weg
    """.split()  # noqa: SIM905
)
_JOINED_BY = ("", "s", "e", "en", "n")


@lru_cache(maxsize=4096)
def is_rare(word):
    """Does not everybody know this word? It is in small letters."""
    return SHORTEST <= len(word) <= LONGEST and not (_is_common(word) or _is_joined(word, 3))


def _is_common(word):
    common = lists.common()
    return any(base in common for base in _bases(word)) or _has_prefix(word)


def _has_prefix(word):
    common = lists.common()
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > PART and any(base in common for base in _bases(rest)):
            return True
    return False


def _bases(word):
    """What this word could be a form of, itself among them. More than exist do no harm."""
    yield word
    for begin in ("ge", "te"):
        if word.startswith(begin) and len(word) > len(begin) + PART:
            yield from _without_ending(word.removeprefix(begin))
    yield from _without_ending(word)


def _without_ending(word):
    yield word
    yield from _infinitives(word)
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= PART:
            yield stem
            yield from _closed(stem)
            yield from _infinitives(stem)


def _closed(stem):
    """The spelling without what an ending does to it: bakk(en) bak, bur(en) buur, brev(en) brief, huiz(en) huis."""
    hard = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    yield hard
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem[-1] not in VOWELS and stem[-2] in "aeou" and stem[-3] not in VOWELS:
        yield hard[:-2] + hard[-2] * 2 + hard[-1]


def _infinitives(stem):
    """The verb of which this is the stem: bewaar bewaren, schuif schuiven, pak pakken, brei breien."""
    if stem[-1] in "aeou":
        return
    soft = stem[:-1] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
    yield f"{stem}en"
    yield f"{soft}en"
    if stem[-2] in VOWELS:
        yield f"{stem}{stem[-1]}en"
        if stem[-2] == stem[-3:-2]:
            yield f"{soft[:-2]}{soft[-1]}en"


def _is_joined(word, parts):
    """Is it so many common words after each other, or fewer?"""
    if parts < 2:
        return False
    for cut in range(PART, len(word) - PART + 1):
        if _can_begin(word[:cut]):
            rest = word[cut:]
            if _is_part(rest) or _is_joined(rest, parts - 1):
                return True
    return False


def _can_begin(part):
    for joint in _JOINED_BY:
        base = part.removesuffix(joint)
        if part.endswith(joint) and _is_part(base):
            return True
    return False


def _is_part(word):
    """A word of three letters only as it stands: with endings cut off too much would be one."""
    if len(word) <= PART:
        return len(word) == PART and word in lists.common()
    return _is_common(word)
