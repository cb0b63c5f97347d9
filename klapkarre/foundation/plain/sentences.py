"""A text in sentences and words. One pass over the text: a long text costs no more per letter than a short one."""

import re

# A sentence ends with . ! ? … and a space, or with the line. A full stop inside "9.30 uur" or "o.a." ends nothing.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n")
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?", re.UNICODE)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:(?:[^\W\d_]\.){1,3}|(?:bv|dhr|mw|mevr|nr|tel|blz|ca|incl|excl|max|min|str)\.)$",
    re.IGNORECASE,
)
LONGEST_ABBREVIATION = 8


def sentences(text):
    """The sentences of a text, in order, without the space around them."""
    found, start = [], 0
    for end in _END.finditer(text):
        before = text[max(start, end.end() - LONGEST_ABBREVIATION) : end.end()]
        if end[0] == "." and _ABBREVIATION.search(before):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [one for one in found if one]


def words(sentence):
    """The words as they stand there. What joins a word (auto's, pro-Deo, o.a.) stays; a full stop after it goes."""
    found = []
    for match in WORD.finditer(sentence):
        word = match[0]
        # The stop belongs to "dhr." and "o.a.", not to the last word of a sentence: those are looked up both ways.
        found.append(word if "." in word[:-1] else word.rstrip("."))
    return found
