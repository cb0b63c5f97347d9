"""Rows for the pages of residents: only what matters to a test is named."""

import datetime

from klapkarre.foundation.places.models import Neighbourhood, OpeningHours, Place


def make_point(neighbourhood, name, *, always_open=False, thursdays=False, **facts):
    slug = name.lower().replace(" ", "-")
    # Always is always: also when the tests run at Christmas.
    facts = {"closed_on_public_holidays": not always_open} | facts
    place = Place.objects.create(neighbourhood=neighbourhood, name=name, slug=slug, **facts)
    if always_open:
        midnight = datetime.time()
        OpeningHours.objects.bulk_create(
            OpeningHours(place=place, weekday=weekday, opens=midnight, closes=midnight)
            for weekday in range(7)
        )
    if thursdays:
        OpeningHours.objects.create(
            place=place, weekday=3, opens=datetime.time(9), closes=datetime.time(12, 30)
        )
    return place


def make_neighbourhood(town, name, **facts):
    return Neighbourhood.objects.create(
        municipality=town, name=name, slug=name.lower().replace(" ", "-"), **facts
    )
