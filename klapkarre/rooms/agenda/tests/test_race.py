"""Fifty people press the button for one seat: one has it, forty-nine are asked about the waiting list."""

import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, sign_up, states

CLIENTS = 50

pytestmark = [pytest.mark.durability, pytest.mark.django_db(transaction=True)]


def at_once(work, count=CLIENTS):
    """Run `work(number)` in as many threads, all let go at the same moment; what each gave, or its error."""
    gate, found = threading.Barrier(count), [None] * count

    def run(number):
        gate.wait()
        try:
            found[number] = work(number)
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def browser(number):
    return Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}", raise_request_exception=True)


def test_the_database_is_a_real_one():
    """In memory, threads share one connection and no race can be seen."""
    if connection.vendor == "sqlite":
        assert "memory" not in str(connection.settings_dict["NAME"])


@pytest.mark.slow
def test_one_seat_for_fifty(team, buurt):
    soup = make_activity(team, buurt, capacity=1)

    def press(number):
        answer = sign_up(browser(number), soup, f"Buur {number}")
        if answer.status_code == 302:
            return "seat"
        return "asked" if "Wil je op de wachtlijst?" in answer.text else answer.status_code

    found = at_once(press)
    assert sorted(map(str, found)) == ["asked"] * (CLIENTS - 1) + ["seat"]
    assert states(soup) == ["signed_up"]


@pytest.mark.slow
def test_a_phone_that_repeats_itself_fifty_times_gets_one_slip(team, buurt):
    soup = make_activity(team, buurt, capacity=10)
    key = uuid.uuid4()
    found = at_once(lambda number: sign_up(browser(number), soup, key=key).headers["location"])
    assert len(set(found)) == 1
    assert states(soup) == ["signed_up"]


@pytest.mark.slow
def test_seats_given_back_at_once_go_to_who_waits_longest(team, buurt):
    soup = make_activity(team, buurt, capacity=10)
    rows = fill(soup, 30)
    at_once(lambda number: actions.cancel(rows[number]), 10)
    assert states(soup) == ["cancelled"] * 10 + ["signed_up"] * 10 + ["waiting"] * 10
    assert set(SignUp.objects.to_tell()) == set(rows[10:20])


@pytest.mark.slow
def test_coming_and_going_at_once_never_gives_a_seat_too_many(team, buurt):
    soup = make_activity(team, buurt, capacity=5)
    rows = fill(soup, 8)

    def come_or_go(number):
        if number < len(rows):
            return actions.cancel(rows[number]).state
        return actions.sign_up(soup, f"Buur {number}", key=uuid.uuid4(), or_wait=True).state

    found = at_once(come_or_go, 24)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert soup.signups.seated().count() == 5
    assert soup.signups.waiting().count() == 16 - 5


@pytest.mark.slow
def test_pairs_never_share_the_last_seat(team, buurt):
    """Five seats for fifty pairs: two pairs have one each, one seat is left for who comes alone."""
    soup = make_activity(team, buurt, capacity=5)

    def press(number):
        answer = sign_up(browser(number), soup, f"Buur {number}", friend1=f"Vriend {number}")
        return (
            "seats"
            if answer.status_code == 302
            else "asked"
            if "de rest op de wachtlijst" in answer.text
            else 0
        )

    found = at_once(press)
    assert sorted(found) == ["asked"] * (CLIENTS - 2) + ["seats"] * 2
    assert states(soup) == ["signed_up"] * 4


@pytest.mark.slow
def test_pairs_that_also_wait_take_every_seat_once(team, buurt):
    soup = make_activity(team, buurt, capacity=5)
    at_once(
        lambda number: sign_up(browser(number), soup, f"Buur {number}", friend1="Vriend", wachtlijst="ja"), 20
    )
    assert states(soup) == ["signed_up"] * 5 + ["waiting"] * 35
