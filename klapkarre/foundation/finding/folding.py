"""Words as search compares them: without capitals, accents or marks, in every script."""

import re
import unicodedata

LONGEST_WORD = 40
_WORDS = re.compile(r"[^\W_]+")
# Letters that do not come apart into a letter and a mark.
_APART = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text):
    """The text in small letters without marks."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text):
    """The words of a text, folded, in their order."""
    return [word[:LONGEST_WORD] for word in _WORDS.findall(fold(text))]


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
