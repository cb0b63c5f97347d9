"""Where all texts come from, for making the index anew: who publishes, registers here when the program starts."""

import datetime
from typing import NamedTuple


class Text(NamedTuple):
    """A text to publish. `key`: the row's primary key as text; `at`: over after this moment, or None."""

    kind: str
    key: str
    town: int
    title: str
    body: str = ""
    at: datetime.datetime | None = None


_sources: dict = {}


def register(name, texts):
    """`texts()` gives every `Text` that residents may find now."""
    _sources[name] = texts


def everything():
    """Every text of every source."""
    for texts in _sources.values():
        yield from texts()
