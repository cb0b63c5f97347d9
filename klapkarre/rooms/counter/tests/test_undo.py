import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.people import retention
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.counter.tests.make import make_visit


def undo(client, point, visit, **more):
    return client.post(f"/werk/onthaal/{point.slug}/ongedaan/", {"visit": visit}, **more)


def test_undo_takes_one_visitor_back(client, worker, team, point):
    stays, goes = make_visit(point, team), make_visit(point, team)
    client.force_login(worker)
    answer = undo(client, point, goes.pk)
    assert set(Visit.objects.counted()) == {stays}
    assert "Ongedaan gemaakt. Babbel: 1 vandaag." in client.get(answer.headers["location"]).text


def test_undo_twice_is_undo_once(client, worker, team, point):
    visit = make_visit(point, team)
    client.force_login(worker)
    undo(client, point, visit.pk)
    visit.refresh_from_db()
    first = visit.undone_at
    assert undo(client, point, visit.pk, headers={"HX-Request": "true"}).status_code == 200
    visit.refresh_from_db()
    assert visit.undone_at == first


def test_the_last_five_are_offered_newest_first(client, worker, team, point):
    now = timezone.now()
    reasons = ["babbel", "digitaal", "rechten", "buren", "idee", "vuilniszak"]
    for age, reason in enumerate(reasons):
        make_visit(point, team, reason=reason, at=now - datetime.timedelta(microseconds=age))
    client.force_login(worker)
    last = client.get(f"/werk/onthaal/{point.slug}/").context["last"]
    assert [one["word"] for one in last] == [
        "babbel",
        "digitaal",
        "rechten",
        "buren leren kennen",
        "idee of melding",
    ]


@pytest.mark.parametrize("visit", ["", "no uuid", "\0", str(uuid.UUID(int=7))])
def test_an_unknown_tap_is_not_found(client, worker, point, visit):
    client.force_login(worker)
    assert undo(client, point, visit).status_code == 404


def test_yesterday_stays(client, worker, team, point):
    visit = make_visit(point, team, at=timezone.now() - datetime.timedelta(days=1))
    client.force_login(worker)
    assert undo(client, point, visit.pk).status_code == 404
    assert set(Visit.objects.counted()) == {visit}


@pytest.mark.access
@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_abroad"])
def test_another_team_undoes_nothing(client, request, team, point, who):
    visit = make_visit(point, team)
    client.force_login(request.getfixturevalue(who))
    assert undo(client, point, visit.pk).status_code == 404
    assert set(Visit.objects.counted()) == {visit}


@pytest.mark.access
def test_a_team_that_shares_the_point_does_not_undo_ours(
    client, worker_elsewhere, other_team, team, buurt, point
):
    other_team.neighbourhoods.add(buurt)
    visit = make_visit(point, team)
    client.force_login(worker_elsewhere)
    assert undo(client, point, visit.pk).status_code == 404
    assert client.get(f"/werk/onthaal/{point.slug}/").context["total"] == 0


def test_after_two_years_nobody_knows_who_tapped(worker, team, point):
    now = timezone.now()
    old = make_visit(point, team, by=worker, at=now - datetime.timedelta(days=732))
    young = make_visit(point, team, by=worker, at=now - datetime.timedelta(days=700))
    retention.run(now)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.by, young.by) == (None, worker)
    assert Visit.objects.counted().count() == 2
