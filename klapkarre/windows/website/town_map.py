"""Where the points are: in words first, then a drawing, and a map with streets for who asks for it."""

from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.towns import chosen_town, towns_to_pick
from klapkarre.windows.website import sketch, tiles
from klapkarre.windows.website.rows import PointRow
from klapkarre.windows.website.views import human

# As many numbers as the drawing has room for.
ON_A_PAGE = 40
MOST_NAMES = 20
A_DAY = "public, max-age=86400"
OSM = "https://www.openstreetmap.org/"


class Stop(NamedTuple):
    """A point in the list: its number is also its number in the drawing and on the map."""

    number: int
    row: PointRow
    link: str

    @property
    def place(self):
        return self.row.place

    @property
    def at(self):
        """The position for the map with streets: 51.02869,4.10106, in any language."""
        return "{},{}".format(*self.place.position) if self.place.position else ""


def town_map(request):
    """The page; where the operator chose a source of tiles, with the policy that lets the map in."""
    source = tiles.source()
    return csp_override(_policy(source))(_page)(request) if source else _page(request)


def _policy(source):
    """That of every page, and: pictures of the source, and Leaflet's own constants (docs/decisions/0026-map.md)."""
    images = [*settings.SECURE_CSP["img-src"], *([source.host] if source.host else [])]
    return settings.SECURE_CSP | {"img-src": images, "trusted-types": ["klapkarre", "default"]}


@public_page(params=("gemeente", "letter", "pagina"))
def _page(request):
    town, many = chosen_town(request.GET.get("gemeente", ""))
    if town is None:
        picking = towns_to_pick(request.GET.get("letter", ""))
        return render(request, "website/map.html", picking | {"picking": True})
    rows = Place.objects.points().with_hours().filter(neighbourhood__municipality=town)
    page = Paginator(rows.order_by("neighbourhood__name", "name", "pk"), ON_A_PAGE).get_page(
        request.GET.get("pagina")
    )
    stops = _stops(page)
    named = Neighbourhood.objects.filter(municipality=town, latitude__isnull=False).order_by("name", "pk")
    drawn = [(one.number, one.place.position, one.place.position_is_rough) for one in stops if one.at]
    context = {
        "town": town,
        "many": many,
        "today": timezone.localdate(),
        "human": human(town),
        "page_obj": page,
        "groups": [
            (buurt, list(ones)) for buurt, ones in groupby(stops, key=lambda one: one.place.neighbourhood)
        ],
        "sketch": sketch.draw(drawn, [(one.name, one.position) for one in named[:MOST_NAMES]]),
        "undrawn": [one.number for one in stops if not one.at],
        "rough": any(rough for _number, _at, rough in drawn),
        "source": tiles.source() if drawn else None,
    }
    return render(request, "website/map.html", context)


def _stops(page):
    now = timezone.now()
    rows = [PointRow(place, opening.status(place, now)) for place in page.object_list]
    return [Stop(number, row, map_link(row.place)) for number, row in enumerate(rows, page.start_index())]


def map_link(place):
    """Where OpenStreetMap shows this place: the door when somebody looked it up, else what it finds by the address."""
    if place.position and not place.position_is_rough:
        latitude, longitude = place.position
        return f"{OSM}?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"
    if not place.street:
        return ""
    town = place.town or place.neighbourhood.municipality.name
    where = f"{place.street}, {place.postcode} {town}".replace(",  ", ", ")
    return f"{OSM}search?{urlencode({'query': where}, quote_via=quote)}"


@require_safe
def tile(request, z, x, y):
    """One piece of the map out of the file that the operator chose. The address only names a piece: three numbers."""
    found = tiles.piece(z, x, y)
    if found is None:
        raise Http404
    content, content_type = found
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": A_DAY})
