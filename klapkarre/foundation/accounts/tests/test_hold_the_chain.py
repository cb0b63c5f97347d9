"""Nothing in the log can be changed, taken out, put in or swapped without being found; retention leaves it whole."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klapkarre.commands import logmark
from klapkarre.commands.check import log_problems
from klapkarre.foundation.accounts.chain import verify_all
from klapkarre.foundation.accounts.models import Reading, ReadingLog
from klapkarre.foundation.accounts.tests.make import make_reading
from klapkarre.foundation.people import retention


@pytest.fixture
def chain(worker, organisation):
    return [make_reading(worker, organisation, [str(number)]) for number in range(1, 6)]


@pytest.fixture
def by_hand(chain):
    """Who has the database itself takes the guards away first."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            for name in ("reading_stays", "reading_as_written"):
                cursor.execute(f"DROP TRIGGER {name}" + on_table())
            for name in ("log_stays", "log_grows"):
                cursor.execute(f"DROP TRIGGER {name}" + on_table("accounts_readinglog"))
            cursor.execute(sql, values)

    return run


def on_table(table="accounts_reading"):
    return "" if connection.vendor == "sqlite" else f" ON {table}"


def wrong(organisation):
    return {log.organisation: log.wrong for log in verify_all()}[organisation]


def told(organisation):
    found = wrong(organisation)
    return found and found[0]


def test_a_whole_chain_holds(chain, organisation, worker_abroad):
    found = list(verify_all())
    assert [(log.looked_at, log.wrong) for log in sorted(found, key=lambda log: log.looked_at)] == [
        (0, None),
        (5, None),
    ]
    assert [reading.previous for reading in chain[1:]] == [reading.hash for reading in chain[:-1]]


@pytest.mark.parametrize(
    "change",
    [
        {"rows": ["9"]},
        {"user_id": None},
        {"at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"route": "ander:pad"},
        {"kind": "agenda.signup"},
        {"reason": "zomaar"},
        {"number": 99},
        {"previous": "0" * 64},
        {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_refuses_a_change(chain, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=chain[2].pk).update(**change)


def test_the_database_refuses_to_lose_a_reading(chain):
    with pytest.raises(IntegrityError), transaction.atomic():
        chain[2].delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingLog.objects.get().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingLog.objects.update(count=2)
    assert Reading.objects.count() == 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("rows", '["9"]'),
        ("route", "ander:pad"),
        ("kind", "x.y"),
        ("reason", "x"),
        ("hash", "1" * 64),
        ("size", 9),
    ],
)
def test_a_changed_reading_is_found(chain, organisation, by_hand, column, value):
    by_hand(f"UPDATE accounts_reading SET {column} = %s WHERE number = 3", value)
    assert told(organisation).startswith("Inzage 3 ")


def test_another_reader_is_found(chain, organisation, by_hand, coordinator):
    by_hand("UPDATE accounts_reading SET user_id = %s WHERE number = 3", coordinator.pk)
    assert told(organisation) == "Inzage 3 is gewijzigd of hoort hier niet."


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_reading_is_found(chain, organisation, by_hand, number):
    by_hand("DELETE FROM accounts_reading WHERE number = %s", number)
    assert told(organisation) == f"Inzage {number} ontbreekt."


def test_the_last_readings_and_the_end_removed_together(chain, organisation, by_hand):
    """The count goes back as well: the place of the end still does not fit."""
    by_hand("DELETE FROM accounts_reading WHERE number > 3")
    by_hand_again = "UPDATE accounts_readinglog SET count = 3"
    with connection.cursor() as cursor:
        cursor.execute(by_hand_again)
    assert told(organisation) == "Inzage 3 is niet de laatste die geschreven is."


def test_a_reading_that_was_put_in_is_found(chain, organisation, by_hand):
    columns = "organisation_id, user_id, at, route, kind, rows, size, reason, previous, hash, expired"
    by_hand(
        f"INSERT INTO accounts_reading (number, {columns}) SELECT 6, {columns} FROM accounts_reading WHERE number = 5"
    )
    assert told(organisation) == "Inzage 6 staat er te veel."


def test_swapped_readings_are_found(chain, organisation, by_hand):
    by_hand(
        "UPDATE accounts_reading SET number = CASE number WHEN 2 THEN 1003 WHEN 3 THEN 1002 END WHERE number IN (2, 3)"
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_reading SET number = number - 1000 WHERE number > 1000")
    assert told(organisation) == "Inzage 2 is gewijzigd of hoort hier niet."


def test_a_reading_of_another_organisation_is_found(chain, organisation, by_hand, worker_abroad):
    abroad = worker_abroad.memberships.get().organisation
    make_reading(worker_abroad, abroad, ["1"])
    by_hand(
        "UPDATE accounts_reading SET organisation_id = %s, number = 2 WHERE number = 2",
        abroad.pk if connection.vendor != "sqlite" else abroad.pk.hex,
    )
    assert told(organisation) == "Inzage 2 ontbreekt."
    assert told(abroad) == "Inzage 2 staat er te veel."


TAKE_THE_END_OFF = (
    "DELETE FROM accounts_reading WHERE number > 3",
    "UPDATE accounts_readinglog SET count = 3, tip = (SELECT hash FROM accounts_reading WHERE number = 3)",
)


def test_an_end_that_was_taken_off_by_hand_is_found(chain, organisation, by_hand, capsys):
    assert list(log_problems()) == []  # notes how far it is, outside the database
    with connection.cursor() as cursor:
        for name in ("reading_stays", "reading_as_written"):
            cursor.execute(f"DROP TRIGGER {name}" + on_table())
        for name in ("log_stays", "log_grows"):
            cursor.execute(f"DROP TRIGGER {name}" + on_table("accounts_readinglog"))
        for sql in TAKE_THE_END_OFF:
            cursor.execute(sql)
    assert wrong(organisation) is None  # each link holds
    for _ in range(2):  # looking does not make it good
        ((dutch, _in_english),) = log_problems()
        assert "was op" in dutch
        assert "bij inzage 5, en nu niet meer" in dutch


def test_what_retention_cuts_and_what_is_added_is_well(chain, worker, organisation):
    assert list(log_problems()) == []
    make_reading(worker, organisation, ["later"])
    retention.run(timezone.now() + datetime.timedelta(days=6 * 366))
    assert list(log_problems()) == []
    assert logmark.noted()[str(organisation.pk)]["number"] == 6
    assert logmark.path().stat().st_mode & 0o777 == 0o600


def test_check_says_how_far_it_went_and_what_is_wrong(chain, organisation, by_hand, capsys):
    assert list(log_problems()) == []
    assert "Buurtwerk Proef vzw: 5 " in capsys.readouterr().err
    by_hand("DELETE FROM accounts_reading WHERE number = 2")
    ((dutch, in_english),) = log_problems()
    assert dutch.startswith("Het logboek van Buurtwerk Proef vzw klopt niet. Inzage 2 ontbreekt.")
    assert "Reading 2 is missing." in in_english


def test_a_new_secret_key_needs_the_old_one(chain, worker, organisation, settings):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "een-nieuwe-sleutel-" * 4
    make_reading(worker, organisation)
    assert told(organisation) == "Inzage 1 is gewijzigd of hoort hier niet."
    settings.SECRET_KEY_FALLBACKS = [old]
    assert told(organisation) is None


@pytest.mark.slow
def test_retention_cuts_the_old_end_and_the_rest_holds(worker, organisation):
    now = timezone.now()
    before = [make_reading(worker, organisation) for _ in range(4)]
    later = now + datetime.timedelta(days=5 * 366)
    assert retention.run(now=later, dry_run=True)["inzagen"] == 4
    assert retention.run(now=later)["inzagen"] == 4
    log = ReadingLog.objects.get(pk=organisation.pk)
    assert (log.cut_count, log.cut_tip, log.count) == (4, before[-1].hash, 4)
    after = make_reading(worker, organisation)
    assert (after.number, after.previous) == (5, before[-1].hash)
    assert told(organisation) is None


def test_retention_leaves_what_is_younger(worker, organisation):
    readings = [make_reading(worker, organisation) for _ in range(4)]
    Reading.objects.filter(number__lte=2).delete()
    assert list(Reading.objects.order_by("number")) == readings[2:]
    assert told(organisation) is None


def test_retention_never_makes_a_hole(worker, organisation):
    """A clock that stood wrong: an old reading between young ones waits for its turn."""
    readings = [make_reading(worker, organisation) for _ in range(4)]
    Reading.objects.filter(number=3).delete()
    assert list(Reading.objects.order_by("number")) == readings
    assert told(organisation) is None


def test_a_cut_by_hand_is_found(chain, organisation, by_hand):
    by_hand("DELETE FROM accounts_reading WHERE number <= 2")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_readinglog SET cut_count = 2, cut_tip = %s", [chain[1].hash])
    assert "zegel" in told(organisation)


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain(worker, organisation):
    """Twelve at once, the first one included: no fork, no gap, nobody waits forever."""
    faults = []

    def write(number):
        try:
            for turn in range(5):
                make_reading(worker, organisation, [f"{number}-{turn}"])
        except Exception as fault:  # what went wrong in a thread is told by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    numbers = list(Reading.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 61))
    assert told(organisation) is None
