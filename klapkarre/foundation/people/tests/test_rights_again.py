"""Who was restricted after a backup is so again after a restore, and nobody is opened by mistake."""

import datetime
import json
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.people import actions, ledger
from klapkarre.foundation.people.actions import Rights
from klapkarre.foundation.people.models import Merge, Person, RightsRequest
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import make_activity

NAME, WHY = "Kanarie Voorbeeld", "Kanarie betwist het"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, NAME)


@pytest.fixture
def made():
    return timezone.now()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def restrict(person, user, **more):
    found = make_request(person, user, "beperking", checked=NAME, **more)
    actions.restrict(found, WHY, user)
    return found


def lose_requests():
    """As the backup of before the question holds it."""
    RightsRequest.objects.all().delete()
    Person.objects.update(restricted_at=None)


def lines(how):
    found = (json.loads(line) for line in ledger.path().read_text().splitlines())
    return [one for one in found if one["how"] == how]


def test_a_restriction_of_after_the_backup_is_put_again(client, worker, person, made):
    asked = restrict(person, worker)
    lose_requests()
    assert ledger.replay(made) == (0, 0)
    assert actions.rights_again(made) == Rights(restricted=1, asked=1)
    assert not Person.objects.visible_to(worker).exists()
    back = actions.request_behind(person)
    assert (back.pk, back.kind, back.asked_on, back.checked) == (asked.pk, "beperking", asked.asked_on, None)
    assert [one.act for one in back.events.all()] == ["gevraagd", "beperkt"]
    assert actions.rights_again(made) == Rights()  # twice is once
    client.force_login(worker)
    page = client.get(f"/werk/personen/rechten/{back.pk}/")
    assert "Deze vraag kwam terug na een back-up, zonder haar tekst." in page.text
    actions.lift(person, "Uitgeklaard.", worker)
    assert Person.objects.visible_to(worker).exists()


def test_what_the_backup_knows_is_left_as_it_is(worker, person, made, commits):
    with commits(execute=True):
        restrict(person, worker)
        actions.lift(person, "Uitgeklaard.", worker)
    assert len(lines(ledger.LIFTED)) == 1
    assert actions.rights_again(made) == Rights()
    assert Person.objects.visible_to(worker).exists()


def lift_and_lose_it(person, user, capture):
    """Lifted after the backup, in which the person is restricted."""
    with capture(execute=True):
        actions.lift(person, "Uitgeklaard.", user)
    actions.request_behind(person).events.filter(act="opgeheven").delete()
    Person.objects.update(restricted_at=timezone.now())


def test_what_was_lifted_since_is_lifted_again(worker, person, commits):
    restrict(person, worker)
    made = timezone.now()
    lift_and_lose_it(person, worker, commits)
    assert actions.rights_again(made) == Rights(lifted=1)
    assert Person.objects.visible_to(worker).exists()
    assert actions.request_behind(person).events.last().act == "opgeheven"


def test_a_lifting_lifts_only_the_restriction_that_it_was_about(worker, person, made, commits):
    """Its line may come after that of a newer restriction: it is written after the commit."""
    first = restrict(person, worker)
    lift_and_lose_it(person, worker, commits)
    Person.objects.update(restricted_at=None)
    actions.restrict(first, WHY, worker, timezone.now() + HOUR)
    text = ledger.path().read_text().splitlines()
    lifted = next(line for line in text if '"lifted"' in line)
    ledger.path().write_text("\n".join([*(line for line in text if line != lifted), lifted, ""]))
    lose_requests()
    assert actions.rights_again(made) == Rights(restricted=1, asked=1)
    assert not Person.objects.visible_to(worker).exists()


def test_a_lifting_that_did_not_happen_is_not_in_the_ledger(worker, person, made, commits):
    restrict(person, worker)
    with commits(execute=True), transaction.atomic():
        actions.lift(person, "Uitgeklaard.", worker)
        transaction.set_rollback(True)
    assert lines(ledger.LIFTED) == []
    other = make_person(person.team, worker, "Jef")
    with transaction.atomic():
        restrict(other, worker)
        transaction.set_rollback(True)
    assert len(lines(ledger.RESTRICTED)) == 2, "a restriction is written down first: the safe side"


def test_who_was_one_person_is_restricted_whole(team, worker, person, commits):
    """The backup holds two rows that were merged after it, and restricted as one."""
    made, double = timezone.now(), make_person(team, worker, NAME)
    texts = {name: getattr(person, name) for name in Person.TEXTS}
    actions.merge(person, double, texts, (1, 1), worker)
    restrict(Person.objects.get(pk=person.pk), worker)
    with commits(execute=True):
        actions.lift(Person.objects.get(pk=person.pk), "Uitgeklaard.", worker)
    lifted = ledger.path().read_text()
    ledger.path().write_text("".join(f"{line}\n" for line in lifted.splitlines() if '"lifted"' not in line))
    Merge.objects.all().delete()
    Person.objects.update(merged_into=None, merged_at=None)
    lose_requests()
    assert actions.rights_again(made) == Rights(restricted=2, asked=1)
    assert not Person.objects.visible_to(worker).exists()
    assert RightsRequest.objects.count() == 2, "each row has a question behind it, so that it can be lifted"
    ledger.path().write_text(lifted)
    assert actions.rights_again(made) == Rights(lifted=2)
    assert Person.objects.visible_to(worker).count() == 2


def test_an_open_question_comes_back_without_its_text_and_a_closed_one_closed(worker, person, made, commits):
    day = timezone.localdate() - datetime.timedelta(days=9)
    open_one = make_request(person, worker, "inzage", checked=NAME, asked_on=day)
    closed = make_request(person, worker, "bezwaar")
    with commits(execute=True):
        actions.close_request(closed, "geweigerd", WHY, worker)
    lose_requests()
    assert actions.rights_again(made) == Rights(asked=1)
    (back,) = RightsRequest.objects.open()
    assert (back.pk, back.due, back.checked, back.by) == (open_one.pk, open_one.due, None, None)
    other = RightsRequest.objects.get(pk=closed.pk)
    assert (other.outcome, [one.act for one in other.events.all()]) == (
        "geweigerd",
        ["gevraagd", "geweigerd"],
    )


def test_a_question_about_a_loose_name_comes_back_until_it_was_erased(team, buurt, worker, made, commits):
    row = SignUp.objects.create(
        organisation=team.organisation, activity=make_activity(team, buurt), name=NAME, token_hash="t"
    )
    asked = make_request(row, worker)
    lose_requests()
    assert actions.rights_again(made) == Rights(asked=1)
    back = RightsRequest.objects.get(pk=asked.pk)
    assert (back.loose_kind, back.loose_row, back.team) == ("agenda.signup", row.pk, team)
    with commits(execute=True):
        actions.erase_loose(back, row, worker)
    lose_requests()
    assert actions.rights_again(made) == Rights()
    assert not RightsRequest.objects.open().exists()


def test_a_question_about_who_came_after_the_backup_is_told(worker, person, made):
    make_request(person, worker, "inzage")
    gone = make_person(person.team, worker, "Jef")
    actions.erase_person(make_request(gone, worker), worker)
    lose_requests()
    Person.objects.all().delete()
    assert actions.rights_again(made) == Rights(lost=1)


def test_the_ledger_holds_ids_kinds_and_days_only(worker, person, commits):
    with commits(execute=True):
        found = restrict(person, worker)
        actions.lift(person, WHY, worker)
        actions.close_request(found, "gedaan", WHY, worker)
    text = ledger.path().read_text()
    assert "Kanarie" not in text
    assert worker.username not in text
    common = {"at", "model", "how", "ids"}
    assert {one: set(lines(one)[0]) - common for one in ("asked", "restricted", "lifted", "closed")} == {
        "asked": {"about", "loose", "kind", "asked_by", "asked_on"},
        "restricted": {"request", "event"},
        "lifted": {"lifts", "event"},
        "closed": {"outcome"},
    }
    assert uuid.UUID(lines("restricted")[0]["ids"][0]) == person.pk
