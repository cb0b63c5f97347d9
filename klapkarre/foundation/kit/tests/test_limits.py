"""Attempts are counted per address and per window; an address is a keyed hash, and never a reason to break."""

from types import SimpleNamespace

import pytest

from klapkarre.foundation.kit import limits


def test_addresses_are_counted_by_network_and_never_kept(rf, settings):
    assert limits.address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"
    assert limits.address_of(rf.get("/", REMOTE_ADDR="rubbish")) == "unknown"
    forwarded = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}
    assert limits.address_of(rf.get("/", **forwarded)) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert limits.address_of(rf.get("/", **forwarded)) == "203.0.113.9"
    assert "203.0.113.9" not in limits._key("code", "203.0.113.9", 600)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("64:ff9b::198.51.100.1", "198.51.100.1"),
        ("2002:c633:6401::1", "198.51.100.1"),
        ("198.18.0.1:4123", "198.18.0.1"),
        ("[::ffff:198.51.100.1]:443", "198.51.100.1"),
        ("[2001:db8::1]:443", "2001:db8::/64"),
        ("[2001:db8::1]", "2001:db8::/64"),
        ("2001:db8::1", "2001:db8::/64"),
        ("198.51.100.1:", "198.51.100.1"),
        ("[", "unknown"),
        (":443", "unknown"),
        ("::ffff:0:0:0:0:0:0:0:1", "unknown"),
    ],
)
def test_each_way_to_write_an_address_is_that_address(rf, settings, written, address):
    settings.TRUSTED_PROXIES = 1
    assert limits.address_of(rf.get("/", HTTP_X_FORWARDED_FOR=written)) == address


@pytest.mark.slow
@pytest.mark.parametrize("proxies", [-5, -1, 0, 1, 2, 3, 1000])
@pytest.mark.parametrize("forwarded", [None, "", ",", "rubbish", "::1", "1.2.3.4, 5.6.7.8", "fe80::1%eth0"])
def test_no_address_and_no_setting_breaks_the_count(rf, settings, proxies, forwarded):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    for own in ("", "rubbish", "fe80::1%eth0", "127.0.0.1"):
        assert limits.address_of(rf.get("/", REMOTE_ADDR=own, **headers))


def test_the_next_window_counts_anew(monkeypatch):
    clock = SimpleNamespace(time=lambda: 1199.9)
    monkeypatch.setattr(limits, "time", clock)
    assert [limits.count("proef", "iemand") for _ in range(2)] == [1, 2]
    clock.time = lambda: 1200.0
    assert limits.count("proef", "iemand") == 1


def test_what_was_right_is_not_counted():
    assert [limits.count("proef", "iemand") for _ in range(2)] == [1, 2]
    limits.give_back("proef", "iemand")
    assert (limits.reached("proef", "iemand", 1), limits.reached("proef", "iemand", 2)) == (True, False)
    limits.give_back("proef", "niemand")
    assert limits.count("proef", "niemand") == 1
