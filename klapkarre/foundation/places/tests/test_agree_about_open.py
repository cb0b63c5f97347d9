"""The engine against a second, simpler idea of open: look at the wall clock, minute by minute."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.places.opening import (
    BRUSSELS,
    Kind,
    day_rows,
    open_intervals,
    rows_of,
    status,
    week,
)
from klapkarre.foundation.places.tests.making import make_place

UTC = datetime.UTC
HALF_HOUR = datetime.timedelta(minutes=30)
DAY = datetime.timedelta(days=1)
# The two nights of 2026 in which the clock changes.
CHANGES = (datetime.date(2026, 3, 29), datetime.date(2026, 10, 25))

# On whole half hours, so that a look every half hour misses nothing.
clock_times = st.builds(lambda half_hours: f"{half_hours // 2}.{half_hours % 2 * 30:02}", st.integers(0, 47))
slots = st.builds("{}-{}".format, clock_times, clock_times)
days = st.dates(datetime.date(2025, 12, 1), datetime.date(2027, 1, 31))
seasons = st.sampled_from(["always", "always", "school", "holidays"])
closures = st.builds(lambda first, length: (first, first + length * DAY, "reden"), days, st.integers(0, 20))
places = st.builds(
    make_place,
    hours=st.lists(st.tuples(st.integers(0, 6), slots, seasons), max_size=8),
    closures=st.lists(closures, max_size=2),
    extra=st.lists(st.tuples(days, slots), max_size=3),
    closed_on_public_holidays=st.booleans(),
)
moments = st.datetimes(
    datetime.datetime(2026, 1, 1), datetime.datetime(2026, 12, 31), timezones=st.just(UTC)
).map(lambda at: at.replace(second=0, microsecond=0))


def open_by_the_clock(place, at):
    """Open when the wall clock shows a time within a slot of today, or of yesterday past midnight."""
    local = at.astimezone(BRUSSELS)
    face = local.replace(tzinfo=None)
    for day in (local.date() - DAY, local.date()):
        for row in day_rows(rows_of(place), day)[0]:
            opens = datetime.datetime.combine(day, row.opens)
            closes = datetime.datetime.combine(day if row.closes > row.opens else day + DAY, row.closes)
            if opens <= face < closes:
                return True
    return False


def in_a_doubled_or_skipped_hour(at):
    local = at.astimezone(BRUSSELS)
    return local.date() in CHANGES and 1 <= local.hour <= 3


@given(places, moments)
def test_status_agrees_with_the_clock_and_the_intervals(place, at):
    found = status(place, at)
    if not in_a_doubled_or_skipped_hour(at):
        assert found.is_open is open_by_the_clock(place, at)
    assert found.is_open is bool(open_intervals(place, at, at + datetime.timedelta(minutes=1)))
    if found.opens_at:
        opens = found.opens_at.astimezone(UTC)
        assert opens > at
        assert open_intervals(place, at, opens) == []
        assert status(place, opens).is_open
    if found.is_open and found.until.astimezone(UTC) < at + 7 * DAY:
        assert not status(place, found.until).is_open


@given(places, moments, st.integers(1, 40 * 24 * 60))
def test_intervals_are_in_order_apart_and_inside_the_period(place, start, minutes):
    end = start + datetime.timedelta(minutes=minutes)
    found = [
        (one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in open_intervals(place, start, end)
    ]
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert not edges or (start <= edges[0] and edges[-1] <= end)


@pytest.mark.slow
@given(places, st.sampled_from(CHANGES))
def test_every_half_hour_around_a_clock_change_agrees(place, change):
    noon = datetime.datetime.combine(change, datetime.time(12), tzinfo=UTC)
    spans = open_intervals(place, noon - DAY, noon + DAY)
    start = noon - DAY / 2
    for number in range(40):
        at = start + number * HALF_HOUR
        inside = any(one.start.astimezone(UTC) <= at < one.end.astimezone(UTC) for one in spans)
        assert status(place, at).is_open is inside
        if not in_a_doubled_or_skipped_hour(at):
            assert inside is open_by_the_clock(place, at)


@pytest.mark.slow
def test_every_half_hour_of_a_year_agrees():
    place = make_place(
        [(3, "9-12"), (1, "10-13", "school"), (2, "14-17"), (4, "20-2"), (5, "23.30-4"), (6, "1-3.30")],
        [("2026-07-13", "2026-07-26", "vakantie")],
        [("2026-12-25", "14-17")],
    )
    start = datetime.datetime(2026, 1, 1, tzinfo=UTC)
    spans = [
        (one.start.astimezone(UTC), one.end.astimezone(UTC))
        for one in open_intervals(place, start, start + 365 * DAY)
    ]
    open_at = {at for begin, end in spans for at in _half_hours(begin, end)}
    for number in range(365 * 48):
        at = start + number * HALF_HOUR
        if not in_a_doubled_or_skipped_hour(at):
            assert (at in open_at) is open_by_the_clock(place, at)
    assert sum((end - begin for begin, end in spans), datetime.timedelta()) == HALF_HOUR * len(open_at)


def _half_hours(begin, end):
    while begin < end:
        yield begin
        begin += HALF_HOUR


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn():
    place = make_place([(weekday, "22-6") for weekday in range(7)])
    lengths = {}
    for change in CHANGES:
        noon = datetime.datetime.combine(change, datetime.time(12), tzinfo=BRUSSELS)
        for shift in (-DAY, 0 * DAY, DAY):
            (one,) = open_intervals(place, noon + shift - DAY, noon + shift)
            lengths[(change.month, shift.days)] = one.end.astimezone(UTC) - one.start.astimezone(UTC)
    hours = {key: length.total_seconds() / 3600 for key, length in lengths.items()}
    assert hours == {(3, -1): 8, (3, 0): 7, (3, 1): 8, (10, -1): 8, (10, 0): 9, (10, 1): 8}


@given(places, days)
def test_the_week_has_seven_days_and_a_reason_only_where_slots_were_left_out(place, day):
    found = week(place, day)
    assert [one.day for one in found] == [day + number * DAY for number in range(7)]
    for one in found:
        rows, left_out = day_rows(rows_of(place), one.day)
        assert bool(one.slots) is bool(rows)
        assert bool(one.reason) is (left_out is not None)


@given(places, moments)
def test_the_sentence_is_never_empty_and_short(place, at):
    found = status(place, at)
    assert all(len(sentence.split()) <= 15 for sentence in found.text.split(". "))
    assert (found.kind == Kind.OPEN) is (found.until is not None)
