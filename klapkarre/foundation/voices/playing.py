"""What residents can listen to, found together with the row whose text it is: no page asks a question more for it."""

from typing import NamedTuple

from django.db.models import CharField, F, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language

from klapkarre.foundation.kit import languages
from klapkarre.foundation.voices.models import Recording, path_of

FACTS = ("language", "source", "file", "seconds", "speaker")


class Voice(NamedTuple):
    """One recording to play."""

    language: str
    source: str
    file: str
    seconds: str
    speaker: str

    @property
    def url(self):
        return path_of(self.file)

    @property
    def lasts(self):
        """Minutes and seconds: 0:45."""
        minutes, seconds = divmod(int(self.seconds), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def own_name(self):
        return languages.OWN_NAMES[self.language]

    @property
    def by_neighbour(self):
        return self.speaker == Recording.Speaker.NEIGHBOUR


class Voices(NamedTuple):
    """The recording in the language of the page, if there is one, and those in others."""

    here: Voice | None
    others: list[Voice]


def source_of(texts):
    """By this a recording knows the Dutch that was read, or that was translated to be read."""
    return languages.digest("\n|\n".join(texts))


def with_voices(rows, **owners):
    """Adds `voices` to these rows. `owners`: the kind (`agenda_series` is agenda.series) and the column of its key."""
    found = Q()
    for kind, column in owners.items():
        found |= Q(kind=kind.replace("_", ".", 1), row=OuterRef(column))
    line = [part for name in FACTS for part in (Value("|"), Cast(F(name), CharField()))][1:]
    said = Recording.objects.filter(found).order_by().annotate(line=Concat(*line, output_field=CharField()))
    together = said.annotate(all=Value(1)).values("all").annotate(lines=StringAgg("line", Value("\n")))
    return rows.annotate(voices=Subquery(together.values("lines"), output_field=CharField()))


def voices_of(row):
    """`Voices` of a row that `with_voices` found; None when there is nothing. Of an older text nobody hears anything.

    An old hour or place in your own language sends you to a closed door (docs/decisions/0023-languages.md).
    """
    source = source_of(row.texts_to_say)
    every = [Voice(*line.split("|")) for line in (row.voices or "").splitlines()]
    right = {one.language: one for one in every if one.source == source}
    here = right.pop(get_language() or languages.DUTCH, None)
    others = [right[code] for code in languages.OWN_NAMES if code in right]
    return Voices(here, others) if here or others else None
