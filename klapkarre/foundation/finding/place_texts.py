"""The texts of places: neighbourhoods, points, and what you can come for. They change with the town file."""

from klapkarre.foundation.finding import actions
from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.places.models import Neighbourhood, Place, Welcome

KINDS = ("neighbourhood", "point", "welcome")


def texts(town=None):
    """Every text of every place that has a page, of one town (its id) or of all."""
    only = {"municipality": town} if town else {}
    for buurt in Neighbourhood.objects.filter(**only):
        yield Text("neighbourhood", str(buurt.pk), buurt.municipality_id, buurt.name, buurt.summary)
    near = {f"neighbourhood__{name}": value for name, value in only.items()}
    for place in Place.objects.points().filter(**near).select_related("neighbourhood"):
        body = " ".join((place.summary, place.street, place.town, place.neighbourhood.name))
        yield Text("point", str(place.pk), place.neighbourhood.municipality_id, place.name, body)
    at = {f"place__{name}": value for name, value in near.items()}
    points = Welcome.objects.filter(place__kind=Place.Kind.POINT, **at)
    for row in points.select_related("place__neighbourhood"):
        yield Text("welcome", str(row.pk), row.place.neighbourhood.municipality_id, row.text, row.place.name)


def renew(town):
    """The places of this town (its id) as they stand now; what is no longer there goes."""
    actions.renew(KINDS, town, texts(town))
