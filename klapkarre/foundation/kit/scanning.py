"""Search in sealed texts: open each value of a scoped queryset and look whether it holds the words.

    found = scan(Contact.objects.visible_to(user), "dakgoot lekt", fields=("note",))
    found.rows, found.looked_at, found.cut_off

The caller scopes the rows, and logs what it shows. Opened text goes nowhere: into no index, cache or log.
"""

import unicodedata
from dataclasses import dataclass, field

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.kit.blind import folded

CAP = 2000  # rows opened in one search, in the order of the queryset: newest first, as lists are


@dataclass
class Found:
    """The rows that hold every word; how many rows were opened; whether there were more than the cap."""

    rows: list = field(default_factory=list)
    looked_at: int = 0
    cut_off: bool = False


@cipher.comparing()
def scan(rows, words, fields=("note",), cap=CAP):
    """Rows of this queryset of which the texts together hold every one of the words, in any case and accents.

    A word also fits inside a longer one. Without words nothing is found, and nothing is opened.
    """
    wanted = [(word, word.encode() if word.isascii() else b"") for word in folded(words).split()]
    found = Found()
    if not wanted:
        return found
    model = rows.model
    sealed = [model._meta.get_field(name) for name in fields]
    places = [{"table": model._meta.db_table, "column": one.column} for one in sealed]
    columns = [one.attname for one in sealed]
    fitting = []
    for pk, organisation, *values in rows.values_list("pk", "organisation_id", *columns)[: cap + 1]:
        if found.looked_at == cap:
            found.cut_off = True
            break
        found.looked_at += 1
        try:
            text = " ".join(_opened(values, places, organisation, pk))
        except cipher.KeyGone:  # sealed again with another key since the query
            now = rows.filter(pk=pk).values_list(*columns).first() or ()
            text = " ".join(_opened(now, places, organisation, pk))
        if _holds(text, wanted):
            fitting.append(pk)
    by_pk = rows.in_bulk(fitting)
    found.rows = [by_pk[pk] for pk in fitting if pk in by_pk]
    return found


def _opened(values, places, organisation, pk):
    return [
        cipher.unseal(value, organisation=organisation, row=pk, **place)
        for value, place in zip(values, places, strict=False)
        if value is not None
    ]


def _holds(text, wanted):
    """Is every word in this text? Most texts fall out at a first look that is quick and never misses one."""
    text = text.casefold()
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
        if not all(plain in letters for _word, plain in wanted):
            return False
        text = folded(text)
    return all(word in text for word, _plain in wanted)
