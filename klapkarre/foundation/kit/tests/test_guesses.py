"""Who guesses is stopped; who has a right code never is because of others; a right code costs nothing."""

from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.guesses import (
    FEW_A_DAY,
    FEW_OF_A_NETWORK,
    MANY,
    MOST_A_DAY,
    MOST_OF_A_NETWORK,
    MOST_WRONG,
    Guesses,
)


def tries(rf, address):
    return Guesses("proef", rf.post("/", REMOTE_ADDR=address))


def guess(rf, address):
    """One wrong code; False when nothing may be looked up."""
    one = tries(rf, address)
    return not one.are_too_many and one.count()


def may_guess(rf, address, most=200):
    return next((number for number in range(most) if not guess(rf, address)), most)


def test_an_address_gets_a_few_in_ten_minutes_and_no_more_in_a_day(rf, monkeypatch):
    clock = type("clock", (), {"time": staticmethod(lambda: 0.0)})
    monkeypatch.setattr(limits, "time", clock)
    found = []
    for window in range(5):
        clock.time = staticmethod(lambda window=window: window * 600.0)
        found.append(may_guess(rf, "10.1.1.1"))
    assert found == [MOST_WRONG] * 3 + [0, 0]
    assert sum(found) == MOST_A_DAY


def test_the_neighbours_of_an_address_count_together(rf):
    many = [f"10.1.1.{number}" for number in range(1, 60)]
    for at in range(MANY - 1):  # one less than what makes everybody careful
        guess(rf, many[at % 50])
    assert guess(rf, "10.1.1.250") is True
    assert limits.reached("proef", "around 10.1.1.0/24", MOST_OF_A_NETWORK, limits.DAY) is True
    assert (guess(rf, "10.1.1.251"), guess(rf, "10.1.2.1")) == (False, True)


def test_while_many_guess_each_gets_less_and_nobody_nothing(rf):
    for number in range(MANY):
        guess(rf, f"10.{number}.1.1")
    assert may_guess(rf, "192.0.2.1") == FEW_A_DAY
    assert sum(may_guess(rf, f"203.0.113.{number}") for number in range(20)) == FEW_OF_A_NETWORK
    assert may_guess(rf, "198.51.100.1") == FEW_A_DAY
    assert guess(rf, "10.0.1.1") is True  # its second of the day


def test_a_right_code_is_free_and_gives_no_more_tries(rf):
    for _ in range(3 * MOST_A_DAY):
        one = tries(rf, "10.1.1.1")
        assert (one.are_too_many, one.count()) == (False, True)
        one.was_right()
    assert may_guess(rf, "10.1.1.1") == MOST_WRONG
    assert tries(rf, "10.1.1.1").are_too_many is True


def test_networks_of_both_kinds_of_address(rf):
    found = [
        limits.network_of(limits.address_of(rf.get("/", REMOTE_ADDR=one)))
        for one in ("10.1.2.3", "2001:db8:1:2::5", "x")
    ]
    assert found == ["around 10.1.2.0/24", "around 2001:db8:1::/48", "around unknown"]
