"""A rule in RFC 5545 text, in days and in words."""

import datetime

import pytest

from klapkarre.rooms.agenda.forms.repeating import choice_of, rule_of
from klapkarre.rooms.agenda.models import Series
from klapkarre.rooms.agenda.repetition import MOST, Rule, days_of, is_skipped, sentence, without

TUESDAY = datetime.date(2027, 3, 2)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (Rule(1, (1,)), "FREQ=WEEKLY;BYDAY=TU", "elke dinsdag"),
        (Rule(1, (0, 1, 3)), "FREQ=WEEKLY;BYDAY=MO,TU,TH", "elke maandag, dinsdag en donderdag"),
        (Rule(3, (1, 4)), "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR", "om de 3 weken op dinsdag en vrijdag"),
        (Rule(0, (1,), 1), "FREQ=MONTHLY;BYDAY=1TU", "elke eerste dinsdag van de maand"),
        (Rule(0, (5, 6), -1), "FREQ=MONTHLY;BYDAY=-1SA,-1SU", "elke laatste zaterdag en zondag van de maand"),
        (Rule(month_day=15), "FREQ=MONTHLY;BYMONTHDAY=15", "elke maand op de 15de"),
        (Rule(month_day=20), "FREQ=MONTHLY;BYMONTHDAY=20", "elke maand op de 20ste"),
        (Rule(month_day=31), "FREQ=MONTHLY;BYMONTHDAY=31", "elke maand op de 31ste, als die er is"),
    ],
)
def test_a_rule_is_written_read_and_said(rule, text, words):
    assert (rule.text, Rule.read(text), rule.words) == (text, rule, words)
    choice = choice_of(rule)
    first = datetime.date(2027, 1, rule.month_day or 1)
    assert rule_of(choice["every"], choice.get("weekdays", ()), first) == rule


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Rule(2, (1, 3)), ["03-02", "03-04", "03-16", "03-18", "03-30", "04-01"]),
        (Rule(0, (1,), 1), ["03-02", "04-06"]),
        (Rule(0, (4,), -1), ["03-26", "04-30"]),
        (Rule(month_day=31), ["03-31", "05-31"]),
    ],
)
def test_the_days_of_a_rule(rule, days):
    wanted = [datetime.date.fromisoformat(f"2027-{day}") for day in days]
    assert days_of(rule.text, TUESDAY, until=wanted[-1]) == wanted
    assert days_of(rule.text, TUESDAY, times=len(wanted)) == wanted


def test_too_many_days_stop_at_a_limit():
    every_day = Rule(1, tuple(range(7))).text
    assert len(days_of(every_day, TUESDAY, until=datetime.date(2199, 1, 1), most=MOST + 1)) == MOST + 1


def test_one_tick_leaves_out_public_holidays_and_one_school_holidays():
    easter_monday, ordinary_holiday = datetime.date(2027, 3, 29), datetime.date(2027, 7, 6)
    assert is_skipped(easter_monday, public=True, school=False)
    assert is_skipped(ordinary_holiday, public=False, school=True)
    assert not is_skipped(ordinary_holiday, public=True, school=False)
    assert not is_skipped(TUESDAY, public=True, school=True)


def test_residents_read_one_sentence():
    series = Series(rule="FREQ=MONTHLY;BYDAY=1TU", first_day=TUESDAY, last_day=datetime.date(2027, 6, 30))
    hours = datetime.time(14), datetime.time(16, 30)
    assert sentence(series, hours) == (
        "Elke eerste dinsdag van de maand, van 14 uur tot 16.30 uur, tot en met 30 juni 2027"
    )
    assert sentence(series, hours, datetime.date(2027, 6, 1)).endswith("tot en met 1 juni 2027")
    assert sentence(Series(rule=""), hours) == ""


def test_days_without_are_named_while_they_are_few():
    days = [datetime.date(2027, month, 6) for month in (4, 5, 7, 8)]
    said = [without(days[:count]) for count in (0, 1, 2, 4)]
    assert said == ["", "Niet op 6 april.", "Niet op 6 april en 6 mei.", "Soms valt een dag weg."]
