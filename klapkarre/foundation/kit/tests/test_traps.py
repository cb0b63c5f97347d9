"""The traps of public forms: a field that people never see, and a clock that nobody can set back."""

import time

import pytest

from klapkarre.foundation.kit.traps import DAY, TrappedForm, seconds_since, stamp

QUICK = "Dat ging heel snel. Kijk alles na en druk nog een keer."


@pytest.fixture(autouse=True)
def clock(settings):
    settings.TIME_TRAP = 1


def sent(**data):
    return TrappedForm(data)


def test_who_takes_a_second_is_a_person():
    assert sent(began=stamp(time.time() - 2)).is_valid()


@pytest.mark.parametrize("began", ["", "rubbish", "1:abc", "٣", "x" * 200, "0" * 5000, None])
def test_a_form_without_a_clock_is_asked_once_more(began, settings):
    form = TrappedForm({} if began is None else {"began": began})
    assert form.errors == {"__all__": [QUICK]}
    again = form["began"].value()
    assert seconds_since(again) < 1
    assert seconds_since(again, now=time.time() + 2) > 1


def test_who_was_quick_keeps_the_clock_that_runs():
    began = stamp()
    form = sent(began=began)
    assert (form.errors, form["began"].value()) == ({"__all__": [QUICK]}, began)


def test_a_clock_of_yesterday_or_tomorrow_is_none():
    assert seconds_since(stamp(time.time() - DAY - 1)) is None
    assert seconds_since(stamp(time.time() + 60)) is None


def test_an_old_secret_key_still_opens_a_form(settings):
    began = stamp(time.time() - 5)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-" * 8, [settings.SECRET_KEY]
    assert sent(began=began).is_valid()


def test_the_field_that_nobody_sees_stays_empty():
    form = sent(began=stamp(time.time() - 5), website="https://voorbeeld.be")
    assert form.errors == {"website": ["We konden dit niet bewaren. Probeer opnieuw of bel ons."]}


def test_the_clock_can_be_left_out(settings):
    class Button(TrappedForm):
        has_clock = False

    assert Button({}).is_valid()
    assert not Button({"website": "x"}).is_valid()
    settings.TIME_TRAP = 0
    assert sent().is_valid()
