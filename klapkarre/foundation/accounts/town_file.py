"""The file that describes a town: what may stand in it, and whether it holds together.

The keys are Dutch because the people who write the file are. `demo/dendermonde.yaml` is the example, `docs/new-town.md`
the explanation, `town_import` writes what was read here to the database.
"""

from pathlib import Path

from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, Organisation, Team
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.drawing import ICONS
from klapkarre.foundation.places import reading
from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
    Welcome,
)
from klapkarre.foundation.places.reading import Field, Wrong

LONGEST_TEXT = 2000
STATUSES = {"actief": Neighbourhood.Status.ACTIVE, "ondersteund": Neighbourhood.Status.SUPPORTED}
KINDS = {
    "buurtpunt": Place.Kind.POINT,
    "plein": Place.Kind.SQUARE,
    "school": Place.Kind.SCHOOL,
    "partner": Place.Kind.PARTNER,
    "halte": Place.Kind.STOP,
}
SEASONS = {
    "altijd": OpeningHours.During.ALWAYS,
    "in schoolweken": OpeningHours.During.SCHOOL,
    "in schoolvakanties": OpeningHours.During.HOLIDAYS,
}


# Belgium lies well within: latitude and longitude that changed places are found at once.
POSITION = {
    "breedtegraad": Field("latitude", reading.degrees(49, 52), default=None),
    "lengtegraad": Field("longitude", reading.degrees(2, 7), default=None),
}
EXACTLY = {"precies": False, "ongeveer": True}


def _text(model, field):
    return reading.text(model._meta.get_field(field).max_length or LONGEST_TEXT)


def _icon(value):
    if reading.slug(value) and not (ICONS / f"{value}.svg").is_file():
        raise Wrong(_("de icoon '%(value)s' bestaat niet.") % {"value": value})
    return value


def _required(name, understand):
    return Field(name, understand, required=True)


WELCOME = {
    "tekst": _required("text", _text(Welcome, "text")),
    "thema": Field("theme", reading.choice({theme.value: theme.value for theme in Theme})),
    "icoon": Field("icon", _icon),
}
HOURS = {
    "dag": _required("weekday", reading.weekday),
    "van": _required("opens", reading.hour),
    "tot": _required("closes", reading.hour),
    "wanneer": Field("during", reading.choice(SEASONS), default=OpeningHours.During.ALWAYS),
    "vanaf": Field("valid_from", reading.date, default=None),
    "tot en met": Field("valid_until", reading.date, default=None),
}
CLOSURE = {
    "van": _required("first_day", reading.date),
    "tot en met": Field("last_day", reading.date, default=None),
    "reden": Field("reason", _text(Closure, "reason")),
}
EXTRA = {
    "dag": _required("day", reading.date),
    "van": _required("opens", reading.hour),
    "tot": _required("closes", reading.hour),
    "uitleg": Field("note", _text(ExtraOpening, "note")),
}
PLACE = {
    "naam": _required("name", _text(Place, "name")),
    "kortnaam": _required("slug", reading.slug),
    "soort": Field("kind", reading.choice(KINDS), default=Place.Kind.POINT),
    "buurt": _required("neighbourhood", reading.slug),
    "straat": Field("street", _text(Place, "street")),
    "postcode": Field("postcode", _text(Place, "postcode")),
    "plaats": Field("town", _text(Place, "town")),
    "in het kort": Field("summary", _text(Place, "summary")),
    "zo kom je er": Field("way_there", _text(Place, "way_there")),
    **POSITION,
    "ligging": Field("position_is_rough", reading.choice(EXACTLY), default=False),
    "telefoon": Field("phone", reading.phone),
    "voorbeeldnummer": Field("phone_is_example", reading.yes_no, default=False),
    "wie neemt op": Field("phone_of", _text(Place, "phone_of")),
    "dicht op feestdagen": Field("closed_on_public_holidays", reading.yes_no, default=True),
    "uren": Field("hours", fields=HOURS, many=True, none_word="onbekend"),
    "dicht": Field("closures", fields=CLOSURE, many=True),
    "extra open": Field("extra_openings", fields=EXTRA, many=True),
    "waarvoor": Field("welcomes", fields=WELCOME, many=True),
}
PART = {
    "naam": _required("name", _text(Neighbourhood, "name")),
    "kortnaam": _required("slug", reading.slug),
    "in het kort": Field("summary", _text(Neighbourhood, "summary")),
    **POSITION,
}
NEIGHBOURHOOD = PART | {
    "status": Field("status", reading.choice(STATUSES), default=Neighbourhood.Status.ACTIVE),
    "pagina": Field("page_label", _text(Neighbourhood, "page_label")),
    "adres van de pagina": Field("page_url", reading.web_address),
    "delen": Field("parts", fields=PART, many=True),
}
GOAL = {
    "nummer": _required("number", reading.number(1, 99)),
    "kort": _required("short", _text(CovenantGoal, "short")),
    "tekst": _required("text", _text(CovenantGoal, "text")),
}
TOWN = {
    "gemeente": Field(
        "municipality",
        fields={
            "naam": _required("name", _text(Municipality, "name")),
            "kortnaam": _required("slug", reading.slug),
            "loket": Field("desk", _text(Municipality, "desk")),
            "telefoon": Field("phone", reading.phone),
            "e-mail": Field("email", reading.email),
        },
        required=True,
        default=None,
    ),
    "organisatie": Field(
        "organisation",
        fields={
            "naam": _required("name", _text(Organisation, "name")),
            "kortnaam": _required("slug", reading.slug),
        },
        required=True,
        default=None,
    ),
    "buurten": Field("neighbourhoods", fields=NEIGHBOURHOOD, many=True, required=True),
    "teams": Field(
        "teams",
        fields={
            "naam": _required("name", _text(Team, "name")),
            "buurten": Field("neighbourhoods", reading.slug, many=True, required=True),
        },
        many=True,
    ),
    "convenanten": Field(
        "covenants",
        fields={
            "naam": _required("name", _text(Covenant, "name")),
            "beleidsplan": Field("plan", _text(Covenant, "plan")),
            "begin": _required("starts_on", reading.date),
            "einde": _required("ends_on", reading.date),
            "doelen": Field("goals", fields=GOAL, many=True),
        },
        many=True,
    ),
    "waarvoor": Field("welcomes", fields=WELCOME, many=True),
    "plaatsen": Field("places", fields=PLACE, many=True),
}


def read_town(path):
    """What stands in the file, and every problem in it, in the order of the lines. Never raises for what is inside."""
    reader = reading.Reader()
    try:
        data = Path(path).read_bytes()
    except OSError:
        reader.wrong(1, "", _("het bestand '%(path)s' kan niet gelezen worden.") % {"path": path})
        return None, reader.problems
    town = reader.read(data, TOWN)
    if not reader.problems:
        _check_names(reader, town)
        _check_links(reader, town)
        _check_times(reader, town)
        _check_positions(reader, town)
    return town, sorted(reader.problems)


def neighbourhoods_of(town):
    """Every buurt and deelbuurt in the file, parents before their parts."""
    return [one for parent in town["neighbourhoods"] for one in (parent, *parent["parts"])]


def _check_names(reader, town):
    """Short names point to one thing; a name stands for one team or covenant, a number for one goal."""
    _once(reader, neighbourhoods_of(town), "slug", "kortnaam")
    _once(reader, town["places"], "slug", "kortnaam")
    _once(reader, town["teams"], "name", "naam")
    _once(reader, town["covenants"], "name", "naam")
    for covenant in town["covenants"]:
        _once(reader, covenant["goals"], "number", "nummer")


def _once(reader, entries, name, key):
    first = {}
    for entry in entries:
        value = entry[name]
        if value in first:
            message = _("'%(value)s' staat ook op regel %(line)s.") % {"value": value, "line": first[value]}
            reader.wrong(entry.lines[name], f"{entry.path}, {key}", message)
        first.setdefault(value, entry.lines[name])


def _check_links(reader, town):
    known = {one["slug"] for one in neighbourhoods_of(town)}
    links = [
        (place["neighbourhood"], place.lines["neighbourhood"], "plaatsen, buurt") for place in town["places"]
    ]
    for team in town["teams"]:
        links += [(slug, line, "teams, buurten") for slug, line in team["neighbourhoods"]]
    for slug, line, path in links:
        if slug not in known:
            message = _("er is geen buurt met kortnaam '%(slug)s' in dit bestand.") % {"slug": slug}
            reader.wrong(line, path, message)


def _check_times(reader, town):
    for covenant in town["covenants"]:
        _in_order(reader, covenant, "starts_on", "ends_on", "einde")
    for place in town["places"]:
        for closure in place["closures"]:
            _in_order(reader, closure, "first_day", "last_day", "tot en met")
        for slot in place["hours"]:
            _in_order(reader, slot, "valid_from", "valid_until", "tot en met")
        for slot in (*place["hours"], *place["extra_openings"]):
            if slot["opens"] == slot["closes"] and slot["opens"].hour:
                message = _("'van' en 'tot' zijn hetzelfde uur.")
                reader.wrong(slot.lines["closes"], f"{slot.path}, tot", message)


def _check_positions(reader, town):
    """A position has two numbers; how exact it is says something of a position only."""
    keys = {"latitude": "breedtegraad", "longitude": "lengtegraad"}
    for entry in (*neighbourhoods_of(town), *town["places"]):
        given = [name for name in keys if entry[name] is not None]
        if len(given) == 1:
            other = next(key for name, key in keys.items() if name not in given)
            message = _("'%(key)s' ontbreekt: een ligging heeft ze allebei nodig.") % {"key": other}
            reader.wrong(entry.lines[given[0]], f"{entry.path}, {keys[given[0]]}", message)
        if not given and "position_is_rough" in entry.lines:
            message = _("schrijf er ook 'breedtegraad' en 'lengtegraad' bij.")
            reader.wrong(entry.lines["position_is_rough"], f"{entry.path}, ligging", message)


def _in_order(reader, entry, first, last, key):
    if entry[first] and entry[last] and entry[last] < entry[first]:
        reader.wrong(entry.lines[last], f"{entry.path}, {key}", _("het einde ligt voor het begin."))
