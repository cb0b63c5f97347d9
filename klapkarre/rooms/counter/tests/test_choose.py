import pytest

from klapkarre.foundation.places.models import Neighbourhood, Place

ROLES = ("coordinator", "city", "partner", "volunteer", "auditor", "admin")


def make_point(buurt, name):
    slug = name.lower().replace(" ", "-")
    return Place.objects.create(neighbourhood=buurt, name=name, slug=slug)


def test_the_only_point_opens_at_once(client, worker, point):
    client.force_login(worker)
    assert client.get("/werk/onthaal/").headers["location"] == f"/werk/onthaal/{point.slug}/"


def test_several_points_ask_and_the_last_is_remembered(client, worker, point, buurt):
    part = Neighbourhood.objects.create(
        municipality=buurt.municipality, parent=buurt, name="Molenhoek", slug="molenhoek"
    )
    other = make_point(part, "Buurtpunt Hoek")
    client.force_login(worker)
    assert client.get("/werk/onthaal/").context["points"] == [other, point]
    client.get(f"/werk/onthaal/{other.slug}/")
    assert client.get("/werk/onthaal/").headers["location"] == f"/werk/onthaal/{other.slug}/"
    assert client.get("/werk/onthaal/?kies").context["points"] == [other, point]


def test_a_square_is_no_counter(client, worker, buurt):
    Place.objects.create(neighbourhood=buurt, kind="square", name="Plein", slug="plein")
    client.force_login(worker)
    answer = client.get("/werk/onthaal/")
    assert answer.context["points"] == []
    assert "nog geen buurtpunt" in answer.text


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ROLES)
def test_only_workers_stand_at_the_counter(client, request, point, who):
    client.force_login(request.getfixturevalue(who))
    for path in ("", f"{point.slug}/", f"{point.slug}/tik/", f"{point.slug}/ongedaan/"):
        assert client.get(f"/werk/onthaal/{path}").status_code == 403
        assert client.post(f"/werk/onthaal/{path}").status_code == 403


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_abroad"])
def test_another_team_does_not_find_the_point(client, request, point, who):
    client.force_login(request.getfixturevalue(who))
    for path in ("", "tik/", "ongedaan/"):
        assert client.get(f"/werk/onthaal/{point.slug}/{path}").status_code == 404
        assert client.post(f"/werk/onthaal/{point.slug}/{path}").status_code == 404


@pytest.mark.access
def test_without_login_the_counter_is_closed(client, point):
    answer = client.get(f"/werk/onthaal/{point.slug}/")
    assert answer.headers["location"] == f"/login/?next=/werk/onthaal/{point.slug}/"
