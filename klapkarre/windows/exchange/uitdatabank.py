"""Leisure activities for UiTdatabank, as its Entry API takes them (publiq, docs.publiq.be: `event` and `place`).

What people come for to a counter is no leisure, and a round through the streets is no event: those stay out. So does
what has no address, because UiTdatabank knows events at places only. Days of a series at one place are one event with
its days. The schemas themselves are GPL-3.0-only, so no copy of them stands here.
"""

import uuid
from itertools import groupby

from django.utils import timezone

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity

# Activities about these are for one's free time; the others help with papers, money, housing and the like.
LEISURE = (Theme.CHAT, Theme.NEIGHBOURS, Theme.LEISURE, Theme.LIVING_TOGETHER, Theme.SURROUNDINGS)
# Their words for what it is, with the number that they know it by.
FESTIVITY = {"id": "0.28.0.0.0", "label": "Festiviteit", "domain": "eventtype"}
FOOD_AND_DRINK = {"id": "1.50.0.0.0", "label": "Eet- of drankfestijn", "domain": "eventtype"}
EVENT_TYPES = {Theme.CHAT: FOOD_AND_DRINK}
CENTRE = {"id": "Yf4aZBfsUEu2NsQqsprngw", "label": "Cultuur- of ontmoetingscentrum", "domain": "eventtype"}
SCHOOL = {"id": "rJRFUqmd6EiqTD4c7HS90w", "label": "School of onderwijscentrum", "domain": "eventtype"}
OUTSIDE = {"id": "0.8.0.0.0", "label": "Openbare ruimte", "domain": "eventtype"}
PLACE_TYPES = {Place.Kind.SCHOOL: SCHOOL, Place.Kind.SQUARE: OUTSIDE, Place.Kind.STOP: OUTSIDE}
# Makes the same number for the same place, each time.
OURS = uuid.UUID("5b0e3a1c-6f53-4f0f-9f0f-2f6a4b8c1d7e")


def leisure(rows):
    """Of these activities, those that UiTdatabank is for."""
    return rows.filter(theme__in=LEISURE, kind=Activity.Kind.ACTIVITY, place__isnull=False).exclude(
        place__street="", place__postcode=""
    )


def export(rows, *, own, host):
    """`{"places": [...], "events": [...]}`; `own` is the whole address of the export, `host` goes before pages."""
    host = host.rstrip("/")
    rows = [row for row in rows if row.place.street and row.place.postcode]
    places = {row.place_id: row.place for row in rows}
    rows.sort(key=lambda row: (_together(row), row.starts_at))
    events = [_event(list(ones), own, host) for _key, ones in groupby(rows, key=_together)]
    events.sort(key=lambda event: event["startDate"])
    return {"places": [_place(place, own, host) for place in places.values()], "events": events}


def _together(row):
    """What is one event there: the days of a series with the same title at the same place."""
    return (str(row.series.uid), row.title, row.place_id) if row.series else (str(row.uid), "", 0)


def _place_id(place, own):
    return f"{own}#/places/{uuid.uuid5(OURS, f'place {place.pk}')}"


def _place(place, own, host):
    town = place.town or place.neighbourhood.municipality.name
    address = {
        "addressCountry": "BE",
        "addressLocality": town,
        "postalCode": place.postcode,
        "streetAddress": place.street,
    }
    return {
        "@id": _place_id(place, own),
        "mainLanguage": "nl",
        "name": {"nl": place.name},
        "terms": [PLACE_TYPES.get(place.kind, CENTRE)],
        "calendarType": "permanent",
        "address": {"nl": address},
        "contactPoint": _contact(place.number_to_call, host + place.get_absolute_url()),
    }


def _event(rows, own, host):
    first = rows[0]
    name = uuid.uuid5(OURS, " ".join(map(str, _together(first))))
    event = {
        "@id": f"{own}#/events/{name}",
        "mainLanguage": "nl",
        "name": {"nl": first.title},
        "terms": [EVENT_TYPES.get(first.theme, FESTIVITY)],
        "location": {"@id": _place_id(first.place, own)},
        "calendarType": "single" if len(rows) == 1 else "multiple",
        "startDate": _moment(first.starts_at),
        "endDate": _moment(max(row.ends_at for row in rows)),
        "subEvent": [_day(row) for row in rows],
        "audience": {"audienceType": "everyone"},
        "priceInfo": [{"category": "base", "price": float(first.price), "priceCurrency": "EUR"}],
        "contactPoint": _contact(first.phone, host + first.get_absolute_url()),
    }
    return event | ({"description": {"nl": first.summary}} if first.summary.strip() else {})


def _day(row):
    status = {"type": "Available"}
    if row.is_cancelled:
        reason = {"reason": {"nl": row.cancelled_because}} if row.cancelled_because.strip() else {}
        status = {"type": "Unavailable"} | reason
    return {"startDate": _moment(row.starts_at), "endDate": _moment(row.ends_at), "status": status}


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _contact(phone, page):
    return {"phone": [phone] if phone else [], "email": [], "url": [page]}
