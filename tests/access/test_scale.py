"""Many records of two organisations, nine roles: nothing opens that should stay shut."""

import pytest

from klapkarre.rooms.agenda.tests.make import fill, make_activity
from klapkarre.rooms.outreach.tests.make import make_contact

pytestmark = pytest.mark.access

ROLES = (
    *("volunteer", "worker", "worker_one_buurt", "coordinator", "partner", "city", "auditor", "admin"),
    "worker_abroad",
)
# Who opens a record of which organisation; of names on lists and of notes only workers of the own team.
OPENS = {
    "contact": {("worker", "here"), ("coordinator", "here"), ("worker_abroad", "abroad")},
    "seat": {("worker", "here"), ("worker_abroad", "abroad")},
}


def records(world, count):
    """`count` records, half of them here, half abroad: (kind, where, path, marker) of each."""
    found = []
    for where, team in (("here", world.team), ("abroad", world.far)):
        activity = make_activity(team, world.buurt)
        for number, seat in enumerate(fill(activity, count // 4)):
            path = f"/werk/activiteiten/{activity.pk}/lijst/{seat.pk}/briefje/"
            found.append(("seat", where, path, f"Buur {number}"))
        for number in range(count // 4):
            note = f"Kanarie-{where}-{number}"
            contact = make_contact(team, world.buurt, note=note)
            found.append(("contact", where, f"/werk/contacten/{contact.pk}/", note))
    return found


def unexpected(world, rows):
    """What opened and should not, what did not and should, and what was read by who may not."""
    wrong = []
    for kind, where, path, marker in rows:
        for role in ROLES:
            answer = world.clients[role].get(path)
            may = (role, where) in OPENS[kind]
            reads = may and not role.startswith("coordinator")
            if (answer.status_code == 200) != may or (marker.encode() in answer.content) != reads:
                wrong.append(f"{role} {path} ({where}): {answer.status_code}")
    return wrong


@pytest.mark.parametrize("count", [4, pytest.param(1000, marks=pytest.mark.slow)])
def test_no_record_opens_for_who_may_not(world, count):
    rows = records(world, count)
    assert len(rows) == count
    assert unexpected(world, rows) == []


@pytest.mark.slow
def test_a_record_in_the_wrong_team_is_found(world):
    """The check can fail: a contact that was moved to another organisation opens there."""
    rows = records(world, 4)
    moved = make_contact(world.far, world.buurt, note="Kanarie-verhuisd")
    rows.append(("contact", "here", f"/werk/contacten/{moved.pk}/", "Kanarie-verhuisd"))
    assert [one.split()[0] for one in unexpected(world, rows)] == ["worker", "coordinator", "worker_abroad"]
