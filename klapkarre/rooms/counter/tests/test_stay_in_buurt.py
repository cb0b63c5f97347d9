"""Who has a role for one neighbourhood sees and undoes the taps of its points, also with the same team elsewhere."""

import pytest

from klapkarre.foundation.places.models import Place
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.counter.tests.make import make_visit


@pytest.mark.access
def test_only_taps_of_there_are_found(client, worker_one_buurt, worker, team, point, deelbuurt):
    part = Place.objects.create(neighbourhood=deelbuurt, name="Buurtpunt Sporen", slug="buurtpunt-sporen")
    away, own = make_visit(point, team), make_visit(part, team)
    assert set(Visit.objects.visible_to(worker_one_buurt)) == {own}
    assert set(Visit.objects.visible_to(worker)) == {away, own}
    client.force_login(worker_one_buurt)
    paths = [f"/werk/onthaal/{place.slug}/ongedaan/" for place in (point, part)]
    answers = [client.post(path, {"visit": visit.pk}) for path, visit in zip(paths, (away, own), strict=True)]
    assert [answer.status_code for answer in answers] == [404, 302]
    assert set(Visit.objects.counted()) == {away}
