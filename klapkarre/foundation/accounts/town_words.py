"""What residents read of a town file and could be plainer: tips with their line, never in the way of loading it."""

from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.town_file import neighbourhoods_of
from klapkarre.foundation.places.reading import Problem
from klapkarre.foundation.plain.checks import look


def hints(town):
    """One `Problem` for each tip, in the order of the lines: which words, and what could be said instead.

    `town` is what `read_town` gave without problems. What a place takes over from the whole file is named once.
    """
    found = []
    for entry, key, name in _texts(town):
        for one in look(entry[name]):
            for hint in one.hints:
                words = _("'%(words)s'. %(advice)s") % {"words": hint.words, "advice": hint.advice}
                found.append(Problem(entry.lines[name], f"{entry.path}, {key}".strip(", "), words))
    return sorted(found)


def _texts(town):
    """Entry, key in the file and name in the code of every text that residents read and that stands in the file."""
    for entry in neighbourhoods_of(town):
        yield from _said(entry, ("in het kort", "summary"), ("pagina", "page_label"))
    yield from _welcomes(town["welcomes"])
    for place in town["places"]:
        yield from _said(place, ("in het kort", "summary"), ("wie neemt op", "phone_of"))
        yield from _welcomes(place["welcomes"])
        for closure in place["closures"]:
            yield from _said(closure, ("reden", "reason"))
        for extra in place["extra_openings"]:
            yield from _said(extra, ("uitleg", "note"))


def _welcomes(entries):
    for entry in entries:
        yield from _said(entry, ("tekst", "text"))


def _said(entry, *texts):
    for key, name in texts:
        if entry.get(name) and name in entry.lines:
            yield entry, key, name
