"""`with_hours` reads three tables in one query, and gives what Django's own prefetching gives."""

import datetime

import pytest
from django.db.models import prefetch_related_objects

from klapkarre.foundation.places.models import Closure, ExtraOpening, OpeningHours, Place

NAMES = ("hours", "closures", "extra_openings")
NINE, NOON = datetime.time(9, 30), datetime.time(12)


def day(number):
    return datetime.date(2026, 12, number)


@pytest.fixture
def places(point, buurt):
    """One with all kinds of rows, in no order; one with a row of each; one with nothing."""
    other = Place.objects.create(neighbourhood=buurt, name="Ander punt", slug="ander-punt")
    Place.objects.create(neighbourhood=buurt, name="Zonder", slug="zonder")
    OpeningHours.objects.create(place=point, weekday=4, opens=NINE, closes=NOON, valid_from=day(1))
    OpeningHours.objects.create(place=point, weekday=0, opens=NOON, closes=NINE, valid_until=day(31))
    OpeningHours.objects.create(place=point, weekday=0, opens=NINE, closes=NOON, during="school")
    Closure.objects.create(place=point, first_day=day(25), last_day=day(25), reason="Kerstmis")
    Closure.objects.create(place=point, first_day=day(2), last_day=day(4))
    ExtraOpening.objects.create(place=point, day=day(9), opens=NOON, closes=NINE, note="Feest")
    ExtraOpening.objects.create(place=point, day=day(9), opens=NINE, closes=NOON)
    OpeningHours.objects.create(place=other, weekday=6, opens=NINE, closes=NOON)
    Closure.objects.create(place=other, first_day=day(7), last_day=day(8), reason="Verlof")
    ExtraOpening.objects.create(place=other, day=day(1), opens=NINE, closes=NOON)


def facts(place):
    """Every column of every row that it knows, in order."""
    return {
        name: [
            {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            for row in getattr(place, name).all()
        ]
        for name in NAMES
    }


def test_the_rows_are_those_of_prefetching(places, django_assert_num_queries):
    plain = list(Place.objects.order_by("name"))
    prefetch_related_objects(plain, *NAMES)
    with django_assert_num_queries(2):
        ours = list(Place.objects.with_hours().order_by("name"))
        found = [facts(place) for place in ours]
        assert [row.place for place in ours for name in NAMES for row in getattr(place, name).all()] == [
            place for place in ours for rows in facts(place).values() for _row in rows
        ]
    assert found == [facts(place) for place in plain]
    assert [len(rows) for one in found for rows in one.values()] == [1, 1, 1, 3, 2, 2, 0, 0, 0]


def test_one_place_knows_them_too(places, point, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = facts(Place.objects.with_hours().filter(kind="point").get(pk=point.pk))
    prefetch_related_objects([point], *NAMES)
    assert found == facts(point)


def test_no_places_ask_nothing_more(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(Place.objects.with_hours()) == []


def test_rows_that_are_no_places_stay_as_they_are(point, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert list(Place.objects.with_hours().values_list("pk", flat=True)) == [point.pk]
        assert list(Place.objects.with_hours().values("pk")) == [{"pk": point.pk}]
