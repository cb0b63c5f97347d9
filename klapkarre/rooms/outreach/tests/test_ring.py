"""At each door what comes of it is noted once, whoever sends it twice; what people asked for holds."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.people import intake
from klapkarre.rooms.outreach import actions, addresses
from klapkarre.rooms.outreach.models import Attempt, Door, LeftAlone
from klapkarre.rooms.outreach.tests.make import door_of, make_round, ring

pytestmark = pytest.mark.django_db


def wheres(one):
    return sorted(door.where for door in one.doors.all())


def test_an_attempt_is_noted_once_for_its_key(team, buurt, worker):
    door, key, now = door_of(make_round(team, buurt), "2"), uuid.uuid4(), timezone.now()
    for is_new in (True, False):
        attempt, new = actions.add_attempt(worker, door.pk, "gesproken", ["avond", "voormiddag"], key, now)
        assert (attempt.pk, new) == (key, is_new)
    assert list(Attempt.objects.values_list("outcome", "times", "by")) == [
        ("gesproken", "voormiddag avond", worker.pk)
    ]


def test_another_team_rings_at_no_door_of_ours(team, buurt, worker_elsewhere, coordinator):
    door = door_of(make_round(team, buurt), "2")
    for user in (worker_elsewhere, coordinator):
        with pytest.raises(actions.NoDoor):
            ring(user, door)
    assert not Attempt.objects.exists()


def test_who_asked_to_be_left_alone_stays_out_of_the_next_round(team, buurt, worker):
    one = make_round(team, buurt, doors=("1", "2 bus 1", "2 bus 2"))
    ring(worker, door_of(one, "2 bus 1"), "niet_meer")
    later = make_round(team, buurt, doors=("1", "2 bus 1", "2 bus 2"))
    assert (wheres(later), later.left_out) == (["1", "2 bus 2"], 1)


@pytest.mark.slow
def test_a_number_without_a_box_counts_for_all_its_boxes(team, buurt, worker):
    ring(worker, door_of(make_round(team, buurt), "2"), "niet_meer")
    assert wheres(make_round(team, buurt, doors=("1", "2 bus 1", "2 bus 2"))) == ["1"]
    assert wheres(make_round(team, buurt, doors=("2",), street="Andere straat")) == ["2"]


@pytest.mark.parametrize(
    ("asked", "rounds"),
    [("12 bus 1", "12 bus 01"), ("12 bus 0203", "12 bus 203"), ("12 bus 03.01", "12/3.1")],
)
def test_who_asked_for_rest_is_found_however_a_box_is_written(team, buurt, asked, rounds):
    (wish,), (door,) = addresses.several(asked), addresses.several(rounds)
    street = actions.street_of(team.organisation, buurt, "Molenstraat")
    actions.leave_address_alone(team.organisation, street, wish)
    one = make_round(team, buurt, doors=("12", "12 bus 10", door))
    assert (wheres(one), one.left_out) == (["12", "12 bus 10"], 1)
    assert actions.welcome_again(team.organisation, street, door)


@pytest.mark.slow
def test_another_organisation_does_not_know_who_wants_to_be_left_alone(team, buurt, worker, worker_abroad):
    ring(worker, door_of(make_round(team, buurt), "2"), "niet_meer")
    assert wheres(make_round(worker_abroad.memberships.get().team, buurt)) == ["1", "2", "3"]


@pytest.mark.slow
def test_taking_a_tap_back_takes_its_wish_back(team, buurt, worker):
    one = make_round(team, buurt)
    attempt = ring(worker, door_of(one, "2"), "niet_meer")
    actions.take_back(attempt)
    actions.take_back(attempt)
    assert not LeftAlone.objects.exists()
    assert list(Attempt.objects.counted()) == []
    # The phone repeats itself: it stays taken back.
    again, new = actions.add_attempt(worker, attempt.door_id, "niet_meer", (), attempt.pk, timezone.now())
    assert (again.pk, new, again.undone_at is None) == (attempt.pk, False, False)
    assert not LeftAlone.objects.exists()


@pytest.mark.slow
def test_a_wish_that_two_people_noted_outlives_one_of_them(team, buurt, worker):
    door = door_of(make_round(team, buurt), "2")
    first, _second = ring(worker, door, "niet_meer"), ring(worker, door, "niet_meer")
    actions.take_back(first)
    assert wheres(make_round(team, buurt)) == ["1", "3"]


@pytest.mark.slow
def test_people_who_changed_their_mind_are_visited_again(team, buurt, worker):
    one = make_round(team, buurt)
    street = door_of(one, "2").street
    actions.leave_address_alone(team.organisation, street, "2")
    actions.leave_address_alone(team.organisation, street, "2")
    assert LeftAlone.objects.count() == 1
    assert [actions.welcome_again(team.organisation, street, "2") for _ in range(2)] == [True, False]
    assert wheres(make_round(team, buurt)) == ["1", "2", "3"]


@pytest.mark.slow
def test_the_clock_of_a_phone_is_never_ahead(team, buurt, worker):
    now = timezone.now()
    ahead = ring(worker, door_of(make_round(team, buurt), "1"), when=now + datetime.timedelta(days=700))
    assert ahead.when - now < datetime.timedelta(minutes=1)


@pytest.mark.slow
@pytest.mark.parametrize(("outcome", "times"), [("boos", ()), ("binnen", ["nacht"]), ("", ())])
def test_what_does_not_exist_is_refused(team, buurt, worker, outcome, times):
    door = door_of(make_round(team, buurt), "1")
    with pytest.raises(ValueError, match="is not a valid"):
        ring(worker, door, outcome, times)
    assert not Attempt.objects.exists()


@pytest.mark.slow
def test_a_door_that_never_was_is_no_erased_one(worker):
    with pytest.raises(actions.NoDoor):
        actions.add_attempt(worker, uuid.uuid4(), "binnen", (), uuid.uuid4(), timezone.now())


@pytest.mark.slow
def test_the_key_of_another_form_is_refused(team, buurt, worker):
    key = uuid.uuid4()
    intake.once(key, "elsewhere", lambda: worker)
    with pytest.raises(ValueError, match="another form"):
        ring(worker, door_of(make_round(team, buurt), "1"), key=key)


@pytest.mark.slow
def test_no_number_stands_open_in_the_database(team, buurt):
    make_round(team, buurt, doors=("4711",))
    assert b"4711" not in bytes(Door.objects.values_list("where", flat=True).get())
