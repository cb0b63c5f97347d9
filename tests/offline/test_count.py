"""A headcount on the phone: of how many, and not before there is anybody to count."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.offline, pytest.mark.slow]


def test_a_count_that_nobody_filled_in_is_no_count_of_nobody(phone):
    tab = phone.context.pages[0]
    tab.click("a[href='#telling']")
    tab.check("#telling [name=activity]")
    tab.click("#telling .save .button")
    tab.wait_for_selector("#fouten:visible")
    assert "Hoeveel mensen?" in tab.inner_text("#fouten")


def test_a_count_before_it_begins_is_asked_about_once(phone):
    tab = phone.context.pages[0]
    tab.click("a[href='#telling']")
    tab.evaluate(
        "() => { const day = new Date(); day.setHours(0, 0, 0, 0); Date.now = () => day.getTime(); }"
    )
    tab.check("#telling [name=activity]")
    tab.fill("#telling-mensen", "17")
    tab.click("#telling .save .button")
    tab.wait_for_selector("#fouten:visible")
    assert "Dit begint pas om" in tab.inner_text("#fouten")
    assert tab.input_value("#telling-mensen") == "17"
    tab.click("#telling .save .button")
    tab.wait_for_selector("[data-said] p")
