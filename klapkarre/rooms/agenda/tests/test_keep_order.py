"""Whatever order people come, go, are told, and rooms grow or shrink: the list keeps its promises."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.actions.planning import PLAIN
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.booleans()),
        st.tuples(st.just("go"), st.integers(0, 30)),
        st.tuples(st.just("tell"), st.integers(0, 30)),
        st.tuples(st.just("room"), st.one_of(st.none(), st.integers(1, 6))),
    ),
    max_size=25,
)


def values_of(activity, capacity):
    starts, ends = activity.starts_at, activity.ends_at
    return {name: getattr(activity, name) for name in PLAIN} | {
        "capacity": capacity,
        "day": activity.day,
        "starts": starts.astimezone(_brussels()).time(),
        "ends": ends.astimezone(_brussels()).time(),
    }


def _brussels():
    from django.utils import timezone

    return timezone.get_current_timezone()


def do(activity, step, what):
    """One step; what it may not do is no error here, because `Full` is an answer."""
    activity.refresh_from_db()
    rows = list(activity.signups.order_by("created_at"))
    if step == "come":
        try:
            actions.sign_up(activity, "Buur", key=uuid.uuid4(), or_wait=what)
        except actions.Full:
            assert not what
    elif step == "go" and rows:
        actions.cancel(rows[what % len(rows)])
    elif step == "tell" and rows:
        actions.tell(rows[what % len(rows)])
    elif step == "room":
        actions.change(activity, values_of(activity, what), activity.version)


def shape(activity):
    """The list in order, with who was moved up and who was told."""
    rows = activity.signups.order_by("created_at").values_list("pk", "state", "moved_up_at", "told_at")
    return [(pk, state, moved is not None, told is not None) for pk, state, moved, told in rows]


def check(activity, before, step):
    now = shape(activity)
    assert [row[0] for row in now][: len(before)] == [row[0] for row in before], "nobody overtakes"
    seated = [row for row in now if row[1] == "signed_up"]
    waiting = [row for row in now if row[1] == "waiting"]
    capacity = Activity.objects.get(pk=activity.pk).capacity
    was_seated = {row[0] for row in before if row[1] == "signed_up"}
    if capacity is not None and len(seated) > capacity:
        assert {row[0] for row in seated} <= was_seated, "nobody comes in above the limit"
    if waiting:
        assert capacity is not None, "nobody waits without a limit"
        assert len(seated) >= capacity, "a free seat went to nobody"
    was_waiting = [row[0] for row in before if row[1] == "waiting"]
    risen = [row[0] for row in seated if row[0] in was_waiting]
    left = [pk for pk in was_waiting if pk in {row[0] for row in now if row[1] != "cancelled"}]
    assert risen == left[: len(risen)], "who waits longest moves up first"
    assert all(row[2] and not row[3] for row in seated if row[0] in risen), "who moved up is still to tell"
    gone = was_seated - {row[0] for row in seated}
    assert not gone or step == "go", "nobody loses a seat but by giving it back"


@pytest.mark.slow
@given(steps=STEPS, capacity=st.one_of(st.none(), st.integers(1, 4)))
def test_the_list_keeps_its_promises(team, buurt, steps, capacity):
    activity = make_activity(team, buurt, capacity=capacity, where="Plein")
    for step, what in steps:
        before = shape(activity)
        do(activity, step, what)
        check(activity, before, step)
    SignUp.objects.filter(activity=activity).delete()
