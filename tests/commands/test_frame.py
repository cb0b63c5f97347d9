"""The frame of the tests themselves: no network, and nothing missing passes unseen."""

import socket
import urllib.request

import pytest


def test_no_test_reaches_another_machine():
    with pytest.raises(OSError, match="tests have no network"), socket.socket() as plug:
        plug.connect(("203.0.113.9", 80))
    with pytest.raises(OSError, match="tests have no network"):
        socket.getaddrinfo("voorbeeld.be", 80)
    with pytest.raises(OSError, match="tests have no network"):
        urllib.request.urlopen("http://voorbeeld.be/", timeout=2)


def test_this_machine_is_within_reach():
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        socket.create_connection(("localhost", here.getsockname()[1])).close()


def test_what_is_missing_is_skipped_or_fails(need, pytestconfig):
    need(True, "nothing is missing")
    outcome = pytest.fail.Exception if pytestconfig.getoption("--all") else pytest.skip.Exception
    with pytest.raises(outcome, match="install it"):
        need(False, "a thing: install it")


def test_data_and_keys_are_those_of_the_test(settings, key_folder):
    assert settings.KEY_FILE.is_relative_to(key_folder)
    assert "kar-test-" in str(settings.DATA)
