"""Where all texts come from, for making the index anew: who publishes, registers here when the program starts."""

import datetime
from typing import NamedTuple


class Text(NamedTuple):
    """A text to publish, in Dutch; the index adds what it says in other languages (`translated.py`).

    `key`: the row's primary key as text; `at`: over after this moment, or None.
    """

    kind: str
    key: str
    town: int
    title: str
    # What is the same in every language: names and addresses.
    body: str = ""
    at: datetime.datetime | None = None
    # What people translate: (field, Dutch), the title too when it is no name; and the model and key of the row that
    # these translations belong to.
    said: tuple[tuple[str, str], ...] = ()
    of: tuple[type, int] | None = None
    # Words of our own catalogs: a callable that says them in the language that is spoken when it is called.
    labels: object = None


_sources: dict = {}


def register(kinds, texts):
    """`texts(only=None)` gives every `Text` of these kinds that residents may find now; `only`: kind -> keys."""
    _sources[tuple(kinds)] = texts


def everything():
    """Every text of every source."""
    for texts in _sources.values():
        yield from texts()


def these(only):
    """The texts of these rows (kind -> keys) as they stand now."""
    for kinds, texts in _sources.items():
        wanted = {kind: keys for kind, keys in only.items() if kind in kinds}
        if wanted:
            yield from texts(wanted)
