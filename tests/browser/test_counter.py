"""The counter under a finger and a bad network: every tap counts, and counts once."""

import pytest

from tests.browser.pages import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]
COUNTER = Page("counter", "/werk/onthaal/hof-ten-rode/", who="worker")
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def counter(walker):
    """A phone at the counter of one point; nothing of it is left over for the next test."""
    context = walker.context(COUNTER.who, **PHONE)
    tab = context.new_page()
    tab.goto(COUNTER.path)
    yield tab
    context.close()


def counted(tab, reason="babbel"):
    return int(tab.inner_text(f"#n-{reason}"))


def tap(tab, reason="babbel"):
    tab.click(f"button[value={reason}]")


def wait_for_count(tab, count, reason="babbel"):
    tab.wait_for_function(
        "([at, count]) => document.getElementById(at).textContent === String(count)",
        arg=[f"n-{reason}", count],
    )


def on_server(tab, reason="babbel"):
    tab.reload()
    return counted(tab, reason)


def test_ten_quick_taps_are_ten_visitors(counter):
    before, total = counted(counter), int(counter.inner_text("#total"))
    counter.evaluate(
        "() => { for (let n = 0; n < 10; n++) document.querySelector('button[value=babbel]').click() }"
    )
    wait_for_count(counter, before + 10)
    assert counter.inner_text("#said") == f"Babbel: {before + 10} vandaag"
    assert int(counter.inner_text("#total")) == total + 10
    assert on_server(counter) == before + 10


def test_undo_takes_the_last_tap_back(counter):
    before = counted(counter)
    tap(counter)
    wait_for_count(counter, before + 1)
    counter.click("#stand li:first-child button")
    wait_for_count(counter, before)
    assert counter.inner_text("#said") == f"Ongedaan gemaakt. Babbel: {before} vandaag."
    assert counter.evaluate("() => document.activeElement.tagName") == "BUTTON"
    assert on_server(counter) == before


def test_without_network_a_tap_waits_and_says_so(counter):
    before = counted(counter)
    counter.context.set_offline(True)
    tap(counter)
    tap(counter)
    counter.wait_for_selector("[data-unsent]:visible")
    assert counter.inner_text("[data-sentence]") == "Niet verstuurd. Probeer opnieuw."
    counter.wait_for_function("() => document.querySelector('[data-waiting]').textContent.startsWith('2 ')")
    assert counter.is_hidden("#melding-net")
    counter.context.set_offline(False)
    wait_for_count(counter, before + 2)
    assert counter.is_hidden("[data-unsent]")
    assert on_server(counter) == before + 2


def test_a_lost_answer_counts_once(counter):
    before = counted(counter)
    sent = []

    def lose(route):
        route.fetch()
        sent.append(route.request.post_data)
        route.abort()

    counter.route("**/tik/", lose, times=1)
    tap(counter)
    counter.wait_for_selector("[data-unsent]:visible")
    assert len(sent) == 1
    counter.click("[data-again] button")
    wait_for_count(counter, before + 1)
    assert on_server(counter) == before + 1


def test_taps_that_wait_survive_a_reload(counter):
    before = counted(counter)
    counter.route("**/tik/", lambda route: route.abort())
    tap(counter)
    counter.wait_for_selector("[data-unsent]:visible")
    counter.unroute("**/tik/")
    counter.on("dialog", lambda dialog: dialog.accept())
    counter.reload()
    wait_for_count(counter, before + 1)
    assert on_server(counter) == before + 1


def test_a_server_in_trouble_is_said_and_tried_again(counter):
    before = counted(counter)
    counter.route("**/tik/", lambda route: route.fulfill(status=503, body="weg"), times=1)
    tap(counter)
    counter.wait_for_selector("[data-unsent]:visible")
    assert counter.inner_text("[data-sentence]") == "Niet verstuurd. Probeer opnieuw."
    tap(counter)
    wait_for_count(counter, before + 2)
    assert on_server(counter) == before + 2


def test_a_tap_after_logging_out_says_so(counter):
    counter.context.clear_cookies(name="sessie")
    tap(counter)
    counter.wait_for_selector("[data-unsent]:visible")
    assert counter.inner_text("[data-sentence]") == "Je bent niet meer ingelogd. Log opnieuw in."
    assert counter.query_selector("input[name=password]") is None


def test_without_script_a_tap_counts_too(walker):
    context = walker.context(COUNTER.who, java_script_enabled=False, **PHONE)
    tab = context.new_page()
    tab.goto(COUNTER.path)
    before = counted(tab)
    tap(tab)
    assert counted(tab) == before + 1
    assert f"Babbel: {before + 1} vandaag" in tab.inner_text("[role=status] .notice")
    tab.click("#stand li:first-child button")
    assert counted(tab) == before
    context.close()
