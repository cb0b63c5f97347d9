"""Which town a resident means, on an installation with one town or with three hundred."""

from django.http import Http404

TOWNS_AT_ONCE = 24


def chosen_town(towns, slug):
    """The town in the address, or the only one; None for many. Http404 when the address names one that is not here."""
    if slug:
        found = [town for town in towns if town.slug == slug]
        if not found:
            raise Http404
        return found[0]
    return towns[0] if len(towns) == 1 else None


def towns_to_pick(towns, letter):
    """For `places/pick_town.html`: all towns when they are few; else first letters, and the towns of the chosen one."""
    towns = sorted(towns, key=_first_word)
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
