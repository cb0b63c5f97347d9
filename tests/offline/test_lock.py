"""What is locked stays locked until a person opens it, and the login that was locked ends, also without network."""

import pytest

from tests.offline import handset

pytestmark = [pytest.mark.journey, pytest.mark.offline, pytest.mark.slow]
LOGGED_OUT = """() => fetch('/onderweg/vandaag.json', {redirect: 'manual'})
  .then((answer) => answer.type === 'opaqueredirect', () => false)"""


def test_locking_takes_the_doors_away_and_ends_the_login(phone):
    tab = phone.context.pages[0]
    tab.wait_for_selector("[data-lock]:visible")
    tab.click("[data-lock]")
    tab.wait_for_selector("header [data-closed]:visible")
    tab.click("a[href='#ronde']")
    tab.wait_for_selector("[data-locked]:visible")
    handset.until(tab, LOGGED_OUT)


def test_what_was_locked_without_network_stays_locked_and_the_login_ends(phone):
    tab = phone.context.pages[0]
    tab.wait_for_selector("[data-lock]:visible")
    phone.context.set_offline(True)
    tab.click("[data-lock]")
    tab.wait_for_selector("[data-said] p:has-text('Vergrendeld')")
    phone.context.set_offline(False)
    handset.until(tab, LOGGED_OUT)
    assert tab.is_hidden("[data-lock]")
    # Also when the app was gone in between: it does not open before it has logged out.
    handset.log_in(tab)
    tab.wait_for_selector("[data-lock]:visible")
    phone.context.set_offline(True)
    tab.click("[data-lock]")
    tab.wait_for_selector("[data-said] p:has-text('Vergrendeld')")
    tab.goto("about:blank")
    phone.context.set_offline(False)
    tab.goto(handset.HOME)
    handset.until(tab, LOGGED_OUT)
    assert tab.is_hidden("[data-lock]")


def test_ten_minutes_without_a_touch_stay_ten_minutes_when_the_network_comes_and_goes(phone):
    tab = phone.context.pages[0]
    tab.wait_for_selector("[data-lock]:visible")
    later = "minutes => { const clock = Date.now; Date.now = () => clock() + minutes * 60000 }"
    tab.evaluate(later, 6)
    with tab.expect_response("**/vandaag.json*"):
        tab.evaluate("() => dispatchEvent(new Event('online'))")
    tab.evaluate(later, 5)
    tab.evaluate("() => dispatchEvent(new Event('pageshow'))")
    tab.wait_for_selector("header [data-closed]:visible")
    tab.evaluate("() => dispatchEvent(new Event('online'))")
    tab.wait_for_timeout(1000)
    assert tab.is_hidden("[data-lock]")
    assert not tab.evaluate(LOGGED_OUT)
