"""Points and neighbourhoods in the words of schema.org, for search engines and maps: only what their page says.

Addresses are those of the page, without host: the program that reads the page knows where it found it.
"""

import datetime

from klapkarre.foundation.kit.linked import linked
from klapkarre.foundation.kit.templatetags.kit import said
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.osm import usual_week

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = datetime.time()
DAY = datetime.timedelta(days=1)


def point(place, today, count, run_by=""):
    """A place with its usual week and, for so many days, the days that differ; `run_by` names the organisation."""
    usual, special = hours(opening.days(place, today, count))
    facts = {
        "@type": "Place",
        "@id": place.get_absolute_url(),
        "url": place.get_absolute_url(),
        "name": place.name,
        "description": said(place.summary),
        "telephone": "" if place.phone_is_example else place.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.town or place.neighbourhood.municipality.name,
            "addressCountry": "BE",
        },
        "geo": _geo(place),
        "containedInPlace": _named("Place", place.neighbourhood),
        "openingHoursSpecification": usual,
        "specialOpeningHoursSpecification": special,
    }
    return linked({"@graph": [facts, *_organisation(run_by, "location", place)]})


def neighbourhood(here, points, run_by=""):
    """A buurt with the points where you find someone."""
    facts = {
        "@type": "Place",
        "@id": here.get_absolute_url(),
        "url": here.get_absolute_url(),
        "name": here.name,
        "description": said(here.summary),
        "containedInPlace": _named("Place", here.parent)
        if here.parent
        else {"@type": "City", "name": here.municipality.name},
        "containsPlace": [_named("Place", place) for place in points],
    }
    return linked({"@graph": [facts, *_organisation(run_by, "areaServed", here)]})


def _named(kind, row):
    return {"@type": kind, "@id": row.get_absolute_url(), "name": row.name}


def _geo(place):
    """Where the door is, when somebody looked it up: the middle of a village would send people to the wrong street."""
    if not place.position or place.position_is_rough:
        return None
    latitude, longitude = place.position
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _organisation(name, how, row):
    return [{"@type": "Organization", "name": name, how: {"@id": row.get_absolute_url()}}] if name else []


def hours(days):
    """(usual, special) specifications of these days: the usual week, and the days on which it is otherwise."""
    slots = {one.day: tuple((slot.opens, slot.closes) for slot in one.slots) for one in days}
    week = usual_week(slots)
    usual = {}
    for weekday, ones in enumerate(week):
        for slot in ones:
            usual.setdefault(slot, []).append(WEEKDAYS[weekday])
    differ = [day for day in slots if slots[day] != week[day.weekday()]]
    special = [
        _times(slot) | {"validFrom": str(day), "validThrough": str(day)}
        for day in differ
        for slot in slots[day]
    ]
    special += [
        # How search engines want to read that a place is shut all day.
        _times() | {"validFrom": str(first), "validThrough": str(last)}
        for first, last in _shut(slots, differ)
    ]
    return [_times(slot) | {"dayOfWeek": ones} for slot, ones in usual.items()], special


def _times(slot=None):
    opens, closes = slot or (MIDNIGHT, MIDNIGHT)
    if slot and opens == closes:
        # Open for a day and a night: the same hour twice would read as shut.
        closes = (
            datetime.datetime.combine(datetime.date.min + DAY, closes) - datetime.timedelta(minutes=1)
        ).time()
    return {"@type": "OpeningHoursSpecification", "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}


def _shut(slots, differ):
    """(first, last) of days that are shut and usually are not; usual free days between two of them count along."""
    runs = []
    for day in (day for day in differ if not slots[day]):
        between = runs and all(
            not slots[runs[-1][1] + number * DAY] for number in range(1, (day - runs[-1][1]).days)
        )
        if between:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
