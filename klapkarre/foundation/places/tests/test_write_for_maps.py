"""What is written for OpenStreetMap is what the page says: another program reads it, half hour by half hour."""

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from klapkarre.foundation.places.opening import BRUSSELS, open_intervals
from klapkarre.foundation.places.osm import LONGEST, TAG, tag, whole
from klapkarre.foundation.places.tests.making import make_place
from klapkarre.foundation.places.tests.test_agree_about_open import places

HERE = Path(__file__).resolve().parent
READER = HERE.parents[3] / "tests/vendor/opening_hours.js.gz"
NODE_LINE = "node ontbreekt: apt install nodejs"
HALF_HOUR = datetime.timedelta(minutes=30)
DAY = datetime.timedelta(days=1)
PAST = "in the past"
TODAY = datetime.date(2026, 11, 22)
SPRING, AUTUMN = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)

WEEK = [(0, "9-12"), (0, "13-16.30"), (2, "13.30-17"), (4, "9-12"), (6, "10-12")]
PLACES = {
    "a week with holidays, closures and openings": make_place(
        WEEK,
        closures=[("2026-12-24", "2027-01-03", 'Teambuilding; "samen"'), ("2027-02-08", "2027-02-08", "")],
        extra=[("2026-12-26", "10-16", "kerstmarkt"), ("2027-05-17", "14-18"), ("2027-02-08", "18-21")],
    ),
    "open on public holidays": make_place(WEEK, closed_on_public_holidays=False),
    "school weeks, holidays and a summer": make_place(
        [
            *[(weekday, "9-12", "school") for weekday in range(5)],
            *[(weekday, "14-17", "holidays") for weekday in (1, 3)],
            (5, "10-12", "always", "2027-04-01", "2027-09-30"),
            (2, "18-20", "always", None, "2027-03-03"),
        ],
        closures=[("2027-07-10", "2027-08-01", "Zomer")],
    ),
    "past midnight, also when the clock changes": make_place(
        [(4, "20-4"), (5, "20-4"), (6, "22-8"), (1, "0-0")],
        closures=[("2027-04-02", "2027-04-02", "")],
        extra=[("2027-01-02", "23-5"), ("2026-12-31", "22-6")],
    ),
    "always": make_place([(weekday, "0-0") for weekday in range(7)], closed_on_public_holidays=False),
}


def moment(day):
    return datetime.datetime.combine(day, datetime.time(), tzinfo=BRUSSELS).astimezone(datetime.UTC)


def half_hours(place, first, days):
    """When it is open as the page says it, as a row of signs; and how many there are."""
    begin, end = moment(first), moment(first + days * DAY)
    count = (end - begin) // HALF_HOUR
    signs = ["0"] * count
    for one in open_intervals(place, begin, end):
        start, stop = ((at.astimezone(datetime.UTC) - begin) for at in (one.start, one.end))
        for number in range(-(-start // HALF_HOUR), -(-stop // HALF_HOUR)):
            signs[number] = "1"
    return "".join(signs)


def read(asked):
    """What the program of the maps says of each text, from a day on: a row of signs. Nothing may surprise it."""
    found = [
        {"text": text, "from": int(moment(first).timestamp() * 1000), "count": count}
        for text, first, count in asked
    ]
    run = subprocess.run(
        [shutil.which("node"), str(HERE / "half_hours.mjs"), str(READER)],
        input=json.dumps(found),
        capture_output=True,
        encoding="utf-8",
        env={"TZ": "Europe/Brussels"},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers = json.loads(run.stdout)
    # That a period is over is no surprise: these texts speak of years that pass.
    assert [one for answer in answers for one in answer["warnings"] if PAST not in one] == []
    return [one["states"] for one in answers]


def agree(asked):
    """`asked`: (place, first day of the text, first day to look at, days to look at)."""
    wanted = [half_hours(place, first, days) for place, _today, first, days in asked]
    texts = [whole(place, today).text for place, today, _first, _days in asked]
    said = read([(text, one[2], len(signs)) for text, one, signs in zip(texts, asked, wanted, strict=True)])
    for text, ours, theirs in zip(texts, wanted, said, strict=True):
        assert theirs == ours, text


@pytest.mark.interop
def test_maps_say_the_same_around_christmas_and_when_the_clock_changes(need):
    need(shutil.which("node"), NODE_LINE)
    weeks = [(TODAY + 28 * DAY, 21), (SPRING - 3 * DAY, 9), (AUTUMN - 3 * DAY, 6)]
    agree([(place, TODAY, first, days) for place in PLACES.values() for first, days in weeks])


@pytest.mark.slow
@pytest.mark.interop
def test_maps_say_the_same_for_every_half_hour_of_a_year(need):
    need(shutil.which("node"), NODE_LINE)
    agree([(place, TODAY, TODAY, 366) for place in PLACES.values()])


@pytest.mark.slow
@pytest.mark.interop
def test_maps_say_the_same_of_places_that_nobody_thought_of(need):
    need(shutil.which("node"), NODE_LINE)
    found = []
    # At night a clock that changes leaves an hour that OpenStreetMap cannot write: those two nights apart, above.
    parts = [
        (datetime.date(2026, 1, 1), 87),
        (datetime.date(2026, 3, 30), 208),
        (datetime.date(2026, 10, 27), 66),
    ]

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(places)
    def collect(place):
        if whole(place, datetime.date(2026, 1, 1)).text:
            found.extend((place, datetime.date(2026, 1, 1), *part) for part in parts)

    collect()
    assert len(found) > 30
    agree(found)


def test_a_week_is_short_and_holidays_are_named():
    place = make_place(
        [(0, "9-12"), (1, "9-12"), (2, "9-12"), (4, "9-12"), (4, "13-16")],
        closures=[("2026-12-24", "2027-01-03", "Kerst")],
        extra=[("2026-12-05", "10-16")],
    )
    assert whole(place, TODAY) == (
        "Mo-We 09:00-12:00; Fr 09:00-12:00,13:00-16:00; 2026 Dec 24-2027 Jan 03 off; PH off; 2026 Dec 05 10:00-16:00",
        TODAY + (LONGEST - 1) * DAY,
    )


def test_a_tag_fits_and_looks_less_far():
    busy = make_place(
        WEEK, extra=[(TODAY + number * 5 * DAY, f"{8 + number % 9}-20.30") for number in range(60)]
    )
    long, short = whole(busy, TODAY), tag(busy, TODAY)
    assert len(long.text) > TAG >= len(short.text) > 50
    assert short.until < long.until


def test_nothing_known_says_nothing():
    assert whole(make_place(), TODAY).text == tag(make_place(), TODAY).text == ""
    assert whole(make_place([(0, "9-12", "always", None, "2026-11-01")]), TODAY).text == ""
