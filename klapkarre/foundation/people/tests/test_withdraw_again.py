"""What was taken back stays taken back: in a restored backup, and in a double that is taken apart again."""

import json

import pytest
from django.utils import timezone

from klapkarre.foundation.people import actions, ledger
from klapkarre.foundation.people.models import Consent, Merge, Person, Tie, standing_kinds
from klapkarre.foundation.people.tests.make import make_person

NUMBER = "0470 12 34 56"


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, "Kanarie Voorbeeld", phone=NUMBER, where="Molenstraat 3")


def withdraw(person, user, *kinds):
    return actions.withdraw_consent(person, kinds, "gesproken", "persoon", user)


def restore(person):
    """The rows as the backup of before the withdrawal holds them."""
    Consent.objects.filter(act="ingetrokken").delete()
    row = Person.objects.get(pk=person.pk)
    row.phone, row.where, row.withdrawn_at, row.erase_on = NUMBER, "Molenstraat 3", None, None
    row.save()


def test_a_number_that_was_taken_back_does_not_return_with_a_backup(worker, person):
    made = timezone.now()
    withdraw(person, worker, "bellen")
    said = Consent.objects.get(act="ingetrokken")
    restore(person)
    assert ledger.replay(made) == (1, 0)
    person = Person.objects.get()
    assert (person.phone, person.where, person.is_readable) == (None, "Molenstraat 3", True)
    again = Consent.objects.get(act="ingetrokken")
    assert (again.pk, again.kinds, again.how, again.at) == (said.pk, ["bellen"], "gesproken", said.at)
    assert standing_kinds(person.consents.all()) == {"bewaren", "langskomen", "netwerk"}


def test_who_stopped_is_closed_again_in_a_backup_and_goes_on_the_same_day(worker, person):
    made = timezone.now()
    day = withdraw(person, worker, "bewaren").erase_on
    restore(person)
    assert ledger.replay(made) == (1, 0)
    assert [(one.is_readable, one.erase_on) for one in Person.objects.all()] == [(False, day)]


def test_who_agreed_again_before_the_backup_stays(worker, person):
    made = timezone.now()
    withdraw(person, worker, "bewaren")
    actions.give_consent(person, ["bewaren"], "gesproken", worker)
    assert ledger.replay(made) == (0, 0)
    assert Person.objects.get().is_readable


def test_the_ledger_holds_no_name_and_no_number(worker, person):
    withdraw(person, worker, "bellen")
    (line,) = ledger.path().read_text().splitlines()
    entry = json.loads(line)
    assert sorted(entry) == ["at", "consent", "how", "how_said", "ids", "kinds", "model"]
    assert (entry["how"], entry["ids"], entry["kinds"]) == ("withdrawn", [str(person.pk)], ["bellen"])


def test_a_double_that_is_taken_apart_does_not_bring_the_number_back(team, worker, person):
    double = make_person(team, worker, "Kanarie V.", phone=NUMBER)
    values = {name: getattr(person, name) for name in Person.TEXTS}
    merge = actions.merge(person, double, values, (1, 1), worker)
    withdraw(person, worker, "bellen", "netwerk")
    assert NUMBER not in Merge.objects.get().kept
    actions.undo_merge(merge)
    rows = {row.name: row for row in Person.objects.all()}
    assert [row.phone for row in rows.values()] == [None, None]
    assert standing_kinds(rows["Kanarie V."].consents.all()) == {"bewaren", "langskomen"}


def test_a_restored_tie_goes_again(worker, person):
    made = timezone.now()
    withdraw(person, worker, "netwerk")
    restore(person)
    Tie.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        who="dochter",
        does="belt",
        agreed_on=timezone.localdate(),
    )
    assert ledger.replay(made) == (1, 0)
    assert not Tie.objects.exists()
