"""How often a code may be guessed: by one address, by its network, and what changes while many guess together.

    found, status = find_by_code(request, "code", form, slips.by_code, SAYS)

Who guesses is stopped, never everyone: a right code from an address that did not fail always opens. While everyone
together guesses wrong more often than people mistype, an address gets a few tries a day instead of many.
The reckoning is in docs/decisions/0030-guessing-codes.md. Nothing is remembered longer than the day.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from klapkarre.foundation.kit import codes, limits

# Wrong codes of one address within ten minutes, and within a day; and of its network within a day.
MOST_WRONG = 10
MOST_A_DAY = 30
MOST_OF_A_NETWORK = 100
# So many wrong codes of everyone in one day are no typing errors any more. From then on, until the day is over:
MANY = 100
FEW_A_DAY = 3
FEW_OF_A_NETWORK = 10


class Guesses:
    """The tries of the address of this request at the codes of one kind."""

    def __init__(self, kind, request):
        self.kind = kind
        address = limits.address_of(request)
        alarm = limits.reached(kind, limits.EVERYONE, MANY, limits.DAY)
        self.limits = (
            (address, MOST_WRONG, limits.MINUTES_10),
            (address, FEW_A_DAY if alarm else MOST_A_DAY, limits.DAY),
            (limits.network_of(address), FEW_OF_A_NETWORK if alarm else MOST_OF_A_NETWORK, limits.DAY),
        )

    @property
    def are_too_many(self):
        """Is this address, or its network, through its tries?"""
        return any(limits.reached(self.kind, who, most, seconds) for who, most, seconds in self.limits)

    def count(self):
        """Note one try. False when others took the last one in the meantime: then nothing may be looked up."""
        within = [limits.count(self.kind, who, seconds) <= most for who, most, seconds in self.limits]
        limits.count(self.kind, limits.EVERYONE, limits.DAY)
        return all(within)

    def was_right(self):
        """Take the try off again."""
        for who, _most, seconds in self.limits:
            limits.give_back(self.kind, who, seconds)
        limits.give_back(self.kind, limits.EVERYONE, limits.DAY)


class Says(NamedTuple):
    """The sentences of one kind of code; `unreadable` takes the word that nobody knows, or an empty text."""

    too_many: Any
    unknown: Any
    unreadable: Callable[[str], str]


def find_by_code(request, kind, form, find, says, words=2):
    """(what `find` gives for the typed code, status of the page); None when it found nothing, and the form says why.

    Refused before anything is looked up, in the same words for right and wrong. Counted before the look-up, so that a
    hundred at once are a hundred; a right code is free.
    """
    guesses = Guesses(kind, request)
    if guesses.are_too_many:
        return _refused(form, says)
    if not form.is_valid():
        return None, 200
    try:
        code = codes.read(form.cleaned_data["code"], words)
    except codes.Unreadable as why:
        form.add_error("code", says.unreadable(why.word))
        return None, 200
    if not guesses.count():
        return _refused(form, says)
    found = find(code)
    if found is None:
        form.add_error("code", says.unknown)
        return None, 200
    guesses.was_right()
    return found, 200


def _refused(form, says):
    form.add_error(None, says.too_many)
    return None, 429
