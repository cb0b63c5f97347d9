"""The school holidays against tables that schools and others published.

Sources: 2022-24 ptsmechelen.be/over-onze-school/vakanties-en-vrije-dagen.html; 2024-25 kanl.be/vakanties;
2025-26 staproeselare.be/info/vakanties-en-vrije-dagen and akademiemeise.be; 2026-27 code that follows
onderwijs.vlaanderen.be (autumn to Easter), the summer from the rule; 2027-28
kampkompas.be/schoolvakanties-2027-2028-vlaanderen-belgie and blog.bijleshuis.be/schoolvakanties-2028-belgie;
2006-10 2747.com (with article 7 of the decree itself).

The day after Ascension Day: article 7, 6° of the decree of 31 August 2001 ("hemelvaartsdag en de dag nadien", as
2747.com gives it) and the same lists; 2024-25 deheppening.be/home/vrije-dagen-vakanties; 2026-27 from the rule.
"""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.places import holidays

NAMES = (
    "herfstvakantie",
    "kerstvakantie",
    "krokusvakantie",
    "paasvakantie",
    "hemelvaartweekend",
    "zomervakantie",
)
PUBLISHED = {
    2006: "2006-10-30/11-05 2006-12-25/01-07 2007-02-19/02-25 2007-04-02/04-15 2007-05-17/05-18 2007-07-01/08-31",
    2007: "2007-10-29/11-04 2007-12-24/01-06 2008-02-04/02-10 2008-03-24/04-06 2008-05-01/05-02 2008-07-01/08-31",
    2009: "2009-11-02/11-08 2009-12-21/01-03 2010-02-15/02-21 2010-04-05/04-18 2010-05-13/05-14 2010-07-01/08-31",
    2022: "2022-10-31/11-06 2022-12-26/01-08 2023-02-20/02-26 2023-04-03/04-16 2023-05-18/05-19 2023-07-01/08-31",
    2023: "2023-10-30/11-05 2023-12-25/01-07 2024-02-12/02-18 2024-04-01/04-14 2024-05-09/05-10 2024-07-01/08-31",
    2024: "2024-10-28/11-03 2024-12-23/01-05 2025-03-03/03-09 2025-04-07/04-21 2025-05-29/05-30 2025-07-01/08-31",
    2025: "2025-10-27/11-02 2025-12-22/01-04 2026-02-16/02-22 2026-04-06/04-19 2026-05-14/05-15 2026-07-01/08-31",
    2026: "2026-11-02/11-08 2026-12-21/01-03 2027-02-08/02-14 2027-03-29/04-11 2027-05-06/05-07 2027-07-01/08-31",
    2027: "2027-11-01/11-07 2027-12-27/01-09 2028-02-28/03-05 2028-04-03/04-17 2028-05-25/05-26 2028-07-01/08-31",
}


def _periods(line):
    for first, last in (part.split("/") for part in line.split()):
        start = datetime.date.fromisoformat(first)
        end = datetime.date.fromisoformat(f"{start.year}-{last}")
        yield start, end if end >= start else end.replace(year=end.year + 1)


@pytest.mark.parametrize("year", PUBLISHED)
def test_school_holidays_are_those_that_were_published(year):
    assert [tuple(holiday) for holiday in holidays.school_holidays(year)] == [
        (name, first, last) for name, (first, last) in zip(NAMES, _periods(PUBLISHED[year]), strict=True)
    ]


@given(st.dates(datetime.date(1992, 1, 1), datetime.date(2060, 12, 31)))
def test_a_day_lies_in_the_holiday_that_names_it(day):
    year = day.year if day.month >= 9 else day.year - 1
    around = [*holidays.school_holidays(year - 1), *holidays.school_holidays(year)]
    assert holidays.school_holiday(day) == next(
        (name for name, first, last in around if first <= day <= last), None
    )


@given(st.integers(1991, 2060))
def test_school_holidays_come_in_order_and_start_on_the_right_day(year):
    found = holidays.school_holidays(year)
    assert all(one.last_day < next_one.first_day for one, next_one in itertools.pairwise(found))
    assert {one.first_day.weekday() for one in found[:4]} <= {0}
    assert [(one.last_day - one.first_day).days + 1 for one in found][:3] == [7, 14, 7]


def test_public_holidays_have_their_dutch_names():
    assert holidays.public_holidays(2026) == {
        datetime.date(2026, 1, 1): "Nieuwjaar",
        datetime.date(2026, 4, 5): "Pasen",
        datetime.date(2026, 4, 6): "Paasmaandag",
        datetime.date(2026, 5, 1): "Dag van de Arbeid",
        datetime.date(2026, 5, 14): "Hemelvaart",
        datetime.date(2026, 5, 24): "Pinksteren",
        datetime.date(2026, 5, 25): "Pinkstermaandag",
        datetime.date(2026, 7, 21): "Nationale feestdag",
        datetime.date(2026, 8, 15): "Onze-Lieve-Vrouw-Hemelvaart",
        datetime.date(2026, 11, 1): "Allerheiligen",
        datetime.date(2026, 11, 11): "Wapenstilstand",
        datetime.date(2026, 12, 25): "Kerstmis",
    }
    assert holidays.public_holiday(datetime.date(2026, 11, 12)) is None
