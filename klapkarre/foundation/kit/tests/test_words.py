"""The words of the codes: enough, short, clear, and none that sounds like another."""

import hashlib
import re

from klapkarre.foundation.kit.words import WORDS

# Written alike when said: the longer spelling first.
SOUNDS = (
    ("sch", "sk"),
    ("ch", "g"),
    ("ij", "ei"),
    ("ou", "au"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("c", "k"),
)
SOUNDS += (
    ("z", "s"),
    ("v", "f"),
    ("y", "i"),
    ("ie", "i"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("uu", "u"),
)


def said(word):
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1", r"\1", word)
    return word[:-1] + "t" if word.endswith("d") else word


def neighbours(word):
    """Every word with one letter left out, or one letter blotted."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield f"{word[:at]}?{word[at + 1 :]}"


def test_there_are_enough():
    assert len(set(WORDS)) == len(WORDS) == 1024


def test_they_are_plain_and_short():
    assert [word for word in WORDS if not re.fullmatch("[a-z]{3,9}", word)] == []


def test_no_two_sound_the_same():
    assert len({said(word) for word in WORDS}) == len(WORDS)


def test_no_two_differ_by_one_letter():
    seen = {}
    clashes = []
    for word in WORDS:
        for shape in {word, *neighbours(word)}:
            if seen.setdefault(shape, word) != word and ("?" in shape or shape in (word, seen[shape])):
                clashes.append((seen[shape], word))
    assert clashes == []


def test_slips_on_paper_stay_as_they_are():
    """Codes follow from the list: a change of it changes what live slips show."""
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest()[:16] == "dc32f16a51609172"
