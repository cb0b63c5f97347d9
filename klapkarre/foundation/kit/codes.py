"""Codes that one can say aloud: words of the list and a number. Capitals, accents, hyphens and order do not matter."""

import re
import unicodedata
from difflib import get_close_matches

from klapkarre.foundation.kit.words import WORDS

FIRST_NUMBER, LAST_NUMBER = 10, 99


class Unreadable(ValueError):
    """What was typed is no code; `word` is the first word that we do not know, when that is why."""

    def __init__(self, word=""):
        super().__init__(word)
        self.word = word


def write(drawn, words=2):
    """A code from drawn bytes: so many different words and a number of two digits (two words: 25 bits, three: 35)."""
    number, taken = int.from_bytes(drawn), []
    for _ in range(words):
        number, step = divmod(number, len(WORDS) - len(taken))
        # After the first, the draw counts on from the place before it, past the words that are taken.
        at = step if not taken else (taken[-1] + 1 + step) % len(WORDS)
        while at in taken:
            at = (at + 1) % len(WORDS)
        taken.append(at)
    last = FIRST_NUMBER + number % (LAST_NUMBER - FIRST_NUMBER + 1)
    return "-".join([*(WORDS[at] for at in taken), str(last)])


def read(text, words=2):
    """Words and number of a typed code, in the order in which they came."""
    plain = unicodedata.normalize("NFKD", text[:200]).lower()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    numbers = re.findall(r"[0-9]+", plain)
    found = [word for run in re.findall(r"[a-z]+", plain) for word in _words_in(run)]
    if len(found) != words or len(numbers) != 1:
        raise Unreadable
    return [*found, numbers[0]]


def spelled(code):
    """The words of a code, letter by letter, in capitals."""
    return [" ".join(word.upper()) for word in code[:-1]]


def near(word):
    """The known word that looks most like this one, or nothing."""
    return next(iter(get_close_matches(word, WORDS, n=1, cutoff=0.7)), "") if word else ""


def _words_in(run):
    """One word of the list, or two that were written together."""
    if run in _KNOWN:
        return [run]
    for cut in range(3, len(run) - 2):
        if run[:cut] in _KNOWN and run[cut:] in _KNOWN:
            return [run[:cut], run[cut:]]
    raise Unreadable(run[:30])


_KNOWN = frozenset(WORDS)
