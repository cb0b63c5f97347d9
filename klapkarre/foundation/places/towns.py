"""Which town a resident means, on an installation with one town or with three hundred."""

from django.http import Http404

from klapkarre.foundation.places.models import Municipality

TOWNS_AT_ONCE = 24


def chosen_town(slug):
    """The town in the address, or the only one; and whether there are several.

    No town: none is here yet, or one must be chosen first. Http404 when the address names one that is not here. At most
    two queries, and never all three hundred towns: most pages need to know only whether there is a second.
    """
    first = list(Municipality.objects.all()[:2])
    many = len(first) > 1
    if not slug:
        return (first[0] if len(first) == 1 else None), many
    found = [town for town in first if town.slug == slug] or list(Municipality.objects.filter(slug=slug))
    if not found:
        raise Http404
    return found[0], many


def towns_to_pick(letter):
    """For `places/pick_town.html`: all towns when they are few; else first letters, and the towns of the chosen one."""
    towns = sorted(Municipality.objects.all(), key=_first_word)
    letters = list(dict.fromkeys(_first_word(town)[:1].upper() for town in towns))
    if len(towns) <= TOWNS_AT_ONCE:
        return {"towns": towns}
    return {
        "letters": letters,
        "letter": letter if letter in letters else "",
        "towns": [town for town in towns if _first_word(town)[:1].upper() == letter],
    }


def _first_word(town):
    """What a town is looked up by: 's-Gravenwezel under the S."""
    return town.name.strip("'\N{RIGHT SINGLE QUOTATION MARK} ").casefold()
