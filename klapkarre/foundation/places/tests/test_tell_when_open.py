"""What a resident reads about a place at one moment, and the table of a week."""

import datetime

import pytest

from klapkarre.foundation.places.opening import (
    BRUSSELS,
    Kind,
    LeftOut,
    day_rows,
    open_intervals,
    rows_of,
    status,
    week,
)
from klapkarre.foundation.places.tests.making import make_place

THURSDAYS = [(3, "9-12")]
MIDDAY_BREAK = [(3, "9-12"), (3, "13.30-16")]
NIGHT = [(4, "20-2")]


def at(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("hours", "now", "kind", "text"),
    [
        (THURSDAYS, "2026-11-26 9.00", Kind.OPEN, "Nu open tot 12 uur"),
        (THURSDAYS, "2026-11-26 11.59", Kind.OPEN, "Nu open tot 12 uur"),
        (THURSDAYS, "2026-11-26 8.59", Kind.LATER_TODAY, "Straks open om 9 uur"),
        (MIDDAY_BREAK, "2026-11-26 12.00", Kind.LATER_TODAY, "Straks open om 13.30 uur"),
        (THURSDAYS, "2026-11-25 23.59", Kind.ANOTHER_DAY, "Morgen weer open om 9 uur"),
        (THURSDAYS, "2026-11-22 10.00", Kind.ANOTHER_DAY, "Donderdag weer open om 9 uur"),
        (THURSDAYS, "2026-11-26 12.00", Kind.ANOTHER_DAY, "Volgende week donderdag weer open om 9 uur"),
        (NIGHT, "2026-11-27 23.00", Kind.OPEN, "Nu open tot 2 uur vannacht"),
        (NIGHT, "2026-11-28 1.59", Kind.OPEN, "Nu open tot 2 uur"),
        (NIGHT, "2026-11-28 2.00", Kind.ANOTHER_DAY, "Vrijdag weer open om 20 uur"),
        ([(4, "20-0")], "2026-11-27 23.00", Kind.OPEN, "Nu open tot middernacht"),
        ([(4, "20-10")], "2026-11-27 23.00", Kind.OPEN, "Nu open tot morgen 10 uur"),
        ([(4, "20-20"), (5, "20-9")], "2026-11-27 23.00", Kind.OPEN, "Nu open tot zondag 9 uur"),
        ([(day, "0-0") for day in range(7)], "2026-11-27 23.00", Kind.OPEN, "Nu open"),
        ([], "2026-11-26 9.00", Kind.UNKNOWN, "Uren niet bekend, bel 052 00 00 01"),
        (
            [(3, "9-12", "always", None, "2026-10-31")],
            "2026-11-26 9.00",
            Kind.UNKNOWN,
            "Uren niet bekend, bel 052 00 00 01",
        ),
        (
            [(3, "9-12", "always", "2027-01-04", None)],
            "2026-11-26 9.00",
            Kind.CLOSED_LONG,
            "Open op 7 januari om 9 uur",
        ),
    ],
)
def test_status_says_when_the_door_is_open(hours, now, kind, text):
    found = status(make_place(hours), at(now))
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize(
    ("closures", "now", "kind", "reason", "text"),
    [
        (
            [("2026-11-26", "2026-11-26", "Teamdag")],
            "2026-11-26 9.00",
            Kind.ANOTHER_DAY,
            "Teamdag",
            "Vandaag dicht: Teamdag. Volgende week donderdag weer open om 9 uur.",
        ),
        (
            [("2026-11-26", "2026-11-26", "Teamdag")],
            "2026-11-25 9.00",
            Kind.CLOSED_LONG,
            "Teamdag",
            "Morgen dicht: Teamdag. Open op 3 december om 9 uur.",
        ),
        (
            [("2026-12-21", "2027-01-03", "We nemen vakantie.")],
            "2026-12-21 9.00",
            Kind.CLOSED_LONG,
            "We nemen vakantie.",
            "Donderdag dicht: We nemen vakantie. Open op 7 januari om 9 uur.",
        ),
        (
            [("2026-11-01", "2029-01-01", "")],
            "2026-11-26 10.00",
            Kind.CLOSED_LONG,
            "gesloten",
            "Voorlopig dicht. Bel 052 00 00 01.",
        ),
        (
            [("2026-11-01", "2029-01-01", "We verbouwen.")],
            "2026-11-26 10.00",
            Kind.CLOSED_LONG,
            "We verbouwen.",
            "Voorlopig dicht: We verbouwen. Bel 052 00 00 01.",
        ),
    ],
)
def test_a_closure_says_why_and_when_again(closures, now, kind, reason, text):
    found = status(make_place(THURSDAYS, closures), at(now))
    assert (found.kind, found.reason, found.text) == (kind, reason, text)


def test_a_public_holiday_shuts_the_place_unless_it_stays_open():
    wednesdays = [(2, "14-17"), (3, "9-12")]
    holiday = at("2026-11-11 15.00")
    assert (
        status(make_place(wednesdays), holiday).text
        == "Vandaag dicht: Wapenstilstand. Morgen weer open om 9 uur."
    )
    assert status(make_place(wednesdays), holiday).reason == "Feestdag: Wapenstilstand"
    assert status(make_place(wednesdays, closed_on_public_holidays=False), holiday).is_open


def test_a_holiday_on_a_day_that_is_never_open_is_not_mentioned():
    assert status(make_place(THURSDAYS), at("2026-11-11 15.00")).text == "Morgen weer open om 9 uur"


def test_an_extra_opening_counts_whatever_is_shut():
    place = make_place(
        THURSDAYS, [("2026-12-21", "2027-01-03", "Vakantie")], [("2026-12-25", "14-17", "Kerstkoffie")]
    )
    assert status(place, at("2026-12-25 15.00")).text == "Nu open tot 17 uur"
    assert status(make_place(extra=[("2026-12-25", "14-17")]), at("2026-12-24 15.00")).text == (
        "Morgen weer open om 14 uur"
    )
    assert status(make_place(extra=[("2026-12-25", "14-17")]), at("2026-12-26 15.00")).kind == Kind.UNKNOWN


def test_a_real_number_of_the_place_is_told_and_an_example_number_never():
    assert status(make_place(phone="052 11 22 33"), at("2026-11-26 9.00")).text == (
        "Uren niet bekend, bel 052 11 22 33"
    )
    assert status(make_place(phone="052 11 22 33", phone_is_example=True), at("2026-11-26 9.00")).text == (
        "Uren niet bekend, bel 052 00 00 01"
    )


def test_school_weeks_and_school_holidays_have_their_own_hours():
    place = make_place([(3, "9-12", "school"), (3, "14-16", "holidays")])
    assert status(place, at("2026-11-05 10.00")).text == "Straks open om 14 uur"
    assert status(place, at("2026-11-26 10.00")).text == "Nu open tot 12 uur"
    only_school = make_place([(3, "9-12", "school")])
    assert status(only_school, at("2026-11-05 10.00")).text == (
        "Vandaag dicht: herfstvakantie. Volgende week donderdag weer open om 9 uur."
    )
    only_holidays = make_place([(3, "9-12", "holidays")])
    assert status(only_holidays, at("2026-11-26 10.00")).text == "Open op 24 december om 9 uur"


def test_the_week_shows_slots_reasons_and_notes():
    place = make_place(
        [(3, "9-12"), (3, "11-13"), (3, "14-16"), (2, "10-12"), (4, "22-2")],
        extra=[("2026-11-14", "10-12", "Ruilbeurs")],
    )
    found = week(place, datetime.date(2026, 11, 9))
    assert [day.day.isoformat() for day in found] == [f"2026-11-{number:02}" for number in range(9, 16)]
    assert [
        (day.reason, [(f"{slot.opens:%H:%M}", f"{slot.closes:%H:%M}", slot.note) for slot in day.slots])
        for day in found
    ] == [
        ("", []),
        ("", []),
        ("Feestdag: Wapenstilstand", []),
        ("", [("09:00", "13:00", ""), ("14:00", "16:00", "")]),
        ("", [("22:00", "02:00", "")]),
        ("", [("10:00", "12:00", "Ruilbeurs")]),
        ("", []),
    ]


@pytest.mark.parametrize(
    ("night", "hours", "times"),
    [
        # The clock goes from 2 to 3 in spring: one hour less. From 3 to 2 in autumn: one hour more.
        ("2026-03-28", "1-3.30", (("01:00", "03:30", 1.5),)),
        ("2026-10-24", "1-3.30", (("01:00", "03:30", 3.5),)),
        # A time that is skipped is the moment of the skip.
        ("2026-03-28", "2.15-4", (("03:00", "04:00", 1.0),)),
        ("2026-03-28", "0-2.15", (("00:00", "03:00", 2.0),)),
        ("2026-03-28", "2.15-2.45", ()),
        # A time that comes twice: open from the first, shut at the second.
        ("2026-10-24", "2.15-4", (("02:15", "04:00", 2.75),)),
        ("2026-10-24", "0-2.15", (("00:00", "02:15", 3.25),)),
        ("2026-10-24", "2.15-2.45", (("02:15", "02:45", 1.5),)),
    ],
)
def test_hours_follow_the_clock_on_the_nights_when_it_changes(night, hours, times):
    sunday = datetime.date.fromisoformat(night) + datetime.timedelta(days=1)
    place = make_place([(6, hours)])
    found = open_intervals(place, at(f"{night} 12.00"), at(f"{sunday} 12.00"))
    assert (
        tuple(
            (
                f"{one.start:%H:%M}",
                f"{one.end:%H:%M}",
                (one.end.astimezone(datetime.UTC) - one.start.astimezone(datetime.UTC)).total_seconds()
                / 3600,
            )
            for one in found
        )
        == times
    )


def test_a_closure_leaves_out_the_night_that_starts_on_it_and_no_other():
    place = make_place(NIGHT, [("2026-11-27", "2026-11-27", "Verhuis")])
    assert day_rows(rows_of(place), datetime.date(2026, 11, 27)) == ([], LeftOut("Verhuis", "Verhuis"))
    place = make_place(NIGHT, [("2026-11-28", "2026-11-28", "Verhuis")])
    assert status(place, at("2026-11-28 1.00")).is_open
