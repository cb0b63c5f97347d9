"""Typed text without tricks: nothing that turns the reading direction, no invisible names, no towers of accents."""

import re
import unicodedata

# What turns the direction of what stands beside it, and two spaces without width.
TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF])
# Letters and signs that are drawn as nothing: they count as a space.
FILLERS = dict.fromkeys([0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0], " ")
MOST_MARKS = 3
# The space of 14 uur, 9.30 uur, 14 h and 9 h 30.
IN_AN_HOUR = re.compile(r"(?<=\d) (?=(?:uur|u|h)\b)|(?<=\d h) (?=\d\d\b)")


def one_line(text):
    """The text on one line, with one space between words; "" when there is nothing to see."""
    return _visible(" ".join(text.translate(TURNERS | FILLERS).split()))


def many_lines(text):
    """The text with its own lines; "" when there is nothing to see."""
    return _visible(text.translate(TURNERS))


def _visible(text):
    if text.isascii():
        return text if text.strip() else ""
    text = _few_marks(text)
    return "" if all(_is_blank(character) for character in text) else text


def _few_marks(text):
    """At most three marks on one letter; joiners and other invisible signs do not start the count again."""
    kept, marks = [], 0
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Mn", "Me"):
            marks += 1
        elif kind != "Cf":
            marks = 0
        if marks <= MOST_MARKS or kind == "Cf":
            kept.append(character)
    return "".join(kept)


def _is_blank(character):
    return (
        character.isspace()
        or ord(character) in FILLERS
        or unicodedata.category(character) in ("Cf", "Mn", "Me")
    )


def whole_hours(text):
    """A text for readers with each hour in it on one line."""
    return IN_AN_HOUR.sub("\N{NO-BREAK SPACE}", text)
