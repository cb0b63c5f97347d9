"""The word lists: files in `data/` that anyone can read, change and take over (CC0; `data/wordfreq/`: CC BY-SA 4.0).

officialese()  words of offices -> what to say instead, found by all their forms
systems()      words of services and laws -> what they are
familiar()     long words that nearly everyone knows
common()       words that everyone knows: the most used ones, and those of a house and a street
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from klapkarre.foundation.plain import forms_of_words
from klapkarre.foundation.plain.sentences import words

DATA = Path(__file__).resolve().parent / "data"
LINE = re.compile(r"(?P<word>[^=(]+?)\s*(?:\((?P<extra>[^)]*)\))?\s*=\s*(?P<plain>.+)")
FORMS = {
    "werkwoorden": forms_of_words.verb,
    "naamwoorden": forms_of_words.noun,
    "bijvoeglijk": forms_of_words.adjective,
    "vaste woorden": lambda word, extra: {word, *extra},
}


class Entry(NamedTuple):
    """One line of a list. `plain` is what to say instead, or what it is; more choices are apart."""

    word: str
    plain: tuple[str, ...]
    forms: frozenset[str]


def tokens_of(text):
    """The words of a term as a text has them: small letters, without the mark of a separable verb."""
    return tuple(word.lower() for word in words(text.replace("|", "")))


@lru_cache(maxsize=2)
def read(name):
    """The entries of a list with headings, in the order of the file. What is no line of a list is an error."""
    found, kind = [], ""
    for number, line in enumerate((DATA / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(f"{name}:{number}: {line}")
        word = match["word"].strip()
        extra = [one.strip() for one in (match["extra"] or "").split(",") if one.strip()]
        plain = tuple(one.strip() for one in match["plain"].split(";"))
        found.append(Entry(word.replace("|", ""), plain, frozenset(FORMS[kind](word, extra))))
    return tuple(found)


@lru_cache(maxsize=2)
def _by_first(name):
    """First word -> (all the words of a form, its entry), longest first."""
    found = {}
    for entry in read(name):
        for form in entry.forms:
            words = tokens_of(form)
            found.setdefault(words[0], []).append((words, entry))
    for ones in found.values():
        ones.sort(key=lambda one: len(one[0]), reverse=True)
    return found


def officialese():
    return _by_first("ambtelijk.txt")


def systems():
    return _by_first("systeemwoorden.txt")


@lru_cache(maxsize=1)
def familiar():
    return frozenset(word.lower() for line in _lines("gewone-lange-woorden.txt") for word in line.split())


@lru_cache(maxsize=1)
def common():
    files = ("wordfreq/veelgebruikt.txt", "gewone-woorden.txt")
    return familiar().union(*(line.split() for name in files for line in _lines(name) if line[0] != "["))


def _lines(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
