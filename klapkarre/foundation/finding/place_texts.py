"""The texts of places: neighbourhoods, points, and what you can come for. They change with the town file."""

from itertools import groupby

from klapkarre.foundation.finding import actions
from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.places.models import Neighbourhood, Place, Welcome

KINDS = ("neighbourhood", "point", "welcome")


def texts(only=None, town=None):
    """Every text of every place that has a page; `only`: kind -> keys; `town`: its id."""

    def wanted(kind, rows, path):
        if only is not None:
            rows = rows.filter(pk__in=only.get(kind, ()))
        return rows.filter(**{path: town}) if town else rows

    for buurt in wanted("neighbourhood", Neighbourhood.objects.all(), "municipality"):
        yield Text(
            "neighbourhood",
            str(buurt.pk),
            buurt.municipality_id,
            buurt.name,
            said=(("summary", buurt.summary),),
            of=(Neighbourhood, buurt.pk),
        )
    points = Place.objects.points().select_related("neighbourhood")
    for place in wanted("point", points, "neighbourhood__municipality"):
        yield Text(
            "point",
            str(place.pk),
            place.neighbourhood.municipality_id,
            place.name,
            " ".join((place.street, place.town, place.neighbourhood.name)),
            said=(("summary", place.summary),),
            of=(Place, place.pk),
        )
    yield from _welcomes(only, town)


def _welcomes(only, town):
    """Each thing to come for. Their translations belong to the place, by their number on its page (`welcome 3`)."""
    rows = Welcome.objects.filter(place__kind=Place.Kind.POINT).select_related("place__neighbourhood")
    if town:
        rows = rows.filter(place__neighbourhood__municipality=town)
    keys = None
    if only is not None:
        keys = {str(key) for key in only.get("welcome", ())}
        rows = rows.filter(place__in=Welcome.objects.filter(pk__in=keys).values("place"))
    for place, its in groupby(rows.order_by("place", "position", "pk"), key=lambda row: row.place):
        for number, row in enumerate(its, 1):
            if keys is None or str(row.pk) in keys:
                yield Text(
                    "welcome",
                    str(row.pk),
                    place.neighbourhood.municipality_id,
                    row.text,
                    place.name,
                    said=((f"welcome {number}", row.text),),
                    of=(Place, place.pk),
                )


def renew(town):
    """The places of this town (its id) as they stand now; what is no longer there goes."""
    actions.renew(KINDS, town, texts(town=town))
