"""Terms on the edges of the calendar: 29 February, month ends, year end, and the days on which clocks change."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.kit.terms import Term

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = datetime.timedelta(days=1)
terms = st.builds(
    Term,
    after=st.just("x"),
    years=st.integers(0, 10),
    months=st.integers(0, 40),
    days=st.integers(1, 900),
) | st.builds(Term, after=st.just("x"), years=st.integers(0, 10), months=st.integers(1, 40))
days = st.dates(datetime.date(2012, 1, 1), datetime.date(2060, 12, 31))


def date(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "length", "last"),
    [
        ("2028-02-29", {"years": 2}, "2030-02-28"),
        ("2028-02-29", {"years": 4}, "2032-02-29"),
        ("2026-02-28", {"years": 2}, "2028-02-28"),
        ("2027-01-31", {"months": 1}, "2027-02-28"),
        ("2028-01-31", {"months": 1}, "2028-02-29"),
        ("2027-03-31", {"months": 1}, "2027-04-30"),
        ("2027-12-31", {"months": 2}, "2028-02-29"),
        ("2027-12-31", {"days": 1}, "2028-01-01"),
        ("2027-11-30", {"months": 13}, "2028-12-30"),
        ("2027-03-27", {"days": 1}, "2027-03-28"),
    ],
)
def test_the_last_day(day, length, last):
    assert Term("x", **length).last_day(date(day)) == date(last)


@pytest.mark.parametrize(
    ("today", "length", "first"),
    [
        ("2030-02-28", {"years": 2}, "2028-02-28"),  # 28 and 29 February 2028 both end today
        ("2030-03-01", {"years": 2}, "2028-03-01"),
        ("2027-02-28", {"months": 1}, "2027-01-28"),  # 28, 29, 30 and 31 January all end today
        ("2027-03-01", {"months": 1}, "2027-02-01"),
        ("2027-03-31", {"months": 1}, "2027-03-01"),
        ("2028-01-01", {"months": 1}, "2027-12-01"),
    ],
)
def test_the_first_day_that_is_kept(today, length, first):
    assert Term("x", **length).first_kept_day(date(today)) == date(first)


@given(terms, days)
def test_what_is_kept_and_what_is_past_meet(term, today):
    """No day is both, none is neither, and the day before the first kept one was kept yesterday at the latest."""
    first = term.first_kept_day(today)
    assert term.last_day(first) >= today > term.last_day(first - DAY)


@given(terms, days, days)
def test_a_later_day_never_ends_sooner(term, one, other):
    earlier, later = sorted((one, other))
    assert term.last_day(earlier) <= term.last_day(later)


@pytest.mark.parametrize("changes", ["2027-03-28", "2027-10-31"])
def test_a_day_on_which_clocks_change_is_one_day(changes):
    """A term of one day after it ends at the midnight after the next day, not after 24 hours."""
    day, term = date(changes), Term("x", days=1)
    first = datetime.datetime.combine(day, datetime.time.min, BRUSSELS)
    last = datetime.datetime.combine(day, datetime.time.max, BRUSSELS)
    still = datetime.datetime.combine(day + DAY, datetime.time(23, 59, 59), BRUSSELS)
    over = datetime.datetime.combine(day + 2 * DAY, datetime.time(0, 0), BRUSSELS)
    assert not first < term.cutoff(still)
    assert last < term.cutoff(over)


def test_midnight_is_the_one_of_here():
    """On 31 December at 23.30 in UTC it is the next year already."""
    now = datetime.datetime(2027, 12, 31, 23, 30, tzinfo=datetime.UTC)
    assert Term("x", years=1).cutoff(now) == datetime.datetime(2027, 1, 1, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("length", "fits"),
    [
        ({"months": 1}, True),
        ({"days": 31}, False),  # longer than February
        ({"days": 28}, True),
        ({"months": 2}, False),
        ({"days": 1}, True),
        ({"years": 1}, False),
    ],
)
def test_never_longer_than_the_cap(length, fits):
    assert Term("x", **length).within(Term("x", months=1)) is fits


def test_terms_in_words():
    assert str(Term("het gesprek", years=2)) == "twee jaar na het gesprek"
    assert str(Term("de activiteit", months=1)) == "een maand na de activiteit"
    assert Term("x", years=1, days=30).length == "een jaar en 30 dagen"


@pytest.mark.parametrize("length", [{}, {"days": -1}, {"years": 1, "months": -1}])
def test_a_term_lasts_at_least_a_day(length):
    with pytest.raises(ValueError, match="at least a day"):
        Term("x", **length)
