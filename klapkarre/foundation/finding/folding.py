"""Words as search compares them: without capitals, accents or marks, in every script.

What people write in more than one way is one: the forms of hamza and alef, ta marbuta and ha, tatweel and the signs of
vowels in Arabic, its article (القهوة, قهوة); i with and without a dot in Turkish; the apostrophe inside a Ukrainian
word. Both databases store and ask what comes out of here, so that they find the same.
"""

import re
import unicodedata

LONGEST_WORD = 40
_WORDS = re.compile(r"[^\W_]+")
# Signs that are not seen: directions, joiners, soft hyphens; and the stroke that makes an Arabic word longer.
_UNSEEN = re.compile("[\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = "'`\u00b4\u02b9\u02bc\u2018\u2019\u2032"
# In Ukrainian it is a sign inside a word, typed as whatever looks like it, or left out. Elsewhere it parts words.
_INSIDE = re.compile(f"(?<=[\u0400-\u04ff])[{_APOSTROPHES}](?=[\u0400-\u04ff])")
_BETWEEN = re.compile(f"[{_APOSTROPHES}]")
# Letters that do not come apart into a letter and a mark.
_APART = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ґ": "г"}
    | {"\u0671": "\u0627", "\u0629": "\u0647", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643"}
    | {chr(zero + number): str(number) for zero in (0x0660, 0x06F0) for number in range(10)}
)
# "The", alone or after one letter: and, so, with, like; or "for the". Three letters at least stay.
_ARTICLE = re.compile("(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=[\u0621-\u064a]{3})")
_CYRILLIC = re.compile("[\u0430-\u045f]+")
_ARABIC = re.compile("[\u0621-\u064a]+")


def fold(text):
    """The text in small letters without marks."""
    text = _BETWEEN.sub(" ", _INSIDE.sub("", _UNSEEN.sub("", text)))
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_APART)


def words_of(text):
    """The words of a text, folded, in their order."""
    return [_without_article(word)[:LONGEST_WORD] for word in _WORDS.findall(fold(text))]


def _without_article(word):
    article = _ARTICLE.match(word)
    return word[article.end() :] if article else word


def is_arabic(word):
    """Is this folded word in Arabic letters? These write few vowels: a word is short."""
    return bool(_ARABIC.fullmatch(word))


def is_cyrillic(word):
    """Is this folded word in Cyrillic letters? Ukrainian changes its end with its case: кава, каву."""
    return bool(_CYRILLIC.fullmatch(word))


def trigrams_of(word):
    """The pieces of three letters of a word, with its begin and end marked."""
    marked = f"  {word} "
    return {marked[start : start + 3] for start in range(len(marked) - 2)}


def distance(one, other, most):
    """How many letters must change, come, go or swap places; `most + 1` when it is more than `most`.

    Optimal string alignment: a swap of two neighbours is one error, as it is for who types.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != its))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
        if min(last) > most:
            return most + 1
    return last[-1]
