"""Who has a role for one neighbourhood plans there, and sees the lists of there."""

import datetime

import pytest

from klapkarre.foundation.accounts.models import Membership, Role
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.tests.make import day_fields, fill, form_of, make_activity

pytestmark = pytest.mark.access
DAY = datetime.timedelta(days=1)


@pytest.fixture
def rows(team, buurt, other_buurt, deelbuurt):
    """One series that wandered: first here, then there, then in a part of there."""
    first = datetime.date(2026, 1, 1)
    series = Series.objects.create(team=team, first_day=first, last_day=first + 90 * DAY)
    return [
        make_activity(
            team, place, series=series, starts_in=number * DAY, title=f"Soep {place}", where="Plein"
        )
        for number, place in enumerate((other_buurt, buurt, deelbuurt), start=2)
    ]


def test_only_those_of_there_are_found(client, worker_one_buurt, worker, rows):
    for row in rows:
        fill(row, 1)
    own = {rows[0], rows[2]}
    assert set(Activity.objects.visible_to(worker_one_buurt)) == own
    assert set(Activity.objects.visible_to(worker)) == set(rows)
    assert {seat.activity for seat in SignUp.objects.visible_to(worker_one_buurt)} == own
    assert SignUp.objects.visible_to(worker).count() == 3
    client.force_login(worker_one_buurt)
    assert set(client.get("/werk/activiteiten/").context["page_obj"].object_list) == own
    for part in ("wijzigen/", "afzeggen/", "lijst/"):
        codes = [client.get(f"/werk/activiteiten/{row.pk}/{part}").status_code for row in rows[:2]]
        assert codes == [200, 404]
    seat = rows[1].signups.get()
    assert client.get(f"/werk/activiteiten/{rows[0].pk}/lijst/{seat.pk}/briefje/").status_code == 404


@pytest.mark.slow
def test_a_change_of_all_later_ones_stays_there(client, worker_one_buurt, rows):
    client.force_login(worker_one_buurt)
    path = f"/werk/activiteiten/{rows[0].pk}/wijzigen/"
    client.post(path, form_of(client.get(path)) | {"title": "Pompoensoep", "later": "ja"})
    titles = list(Activity.objects.order_by("starts_at").values_list("title", flat=True))
    assert titles == ["Pompoensoep", "Soep Molenwijk", "Pompoensoep"]
    client.post(f"/werk/activiteiten/{rows[0].pk}/afzeggen/", {"reason": "Regen.", "later": "ja"})
    states = list(Activity.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == ["cancelled", "published", "cancelled"]


@pytest.mark.slow
def test_a_rhythm_that_is_elsewhere_too_stays(client, worker_one_buurt, worker, rows):
    path = f"/werk/activiteiten/{rows[0].pk}/herhaling/"
    client.force_login(worker)
    assert client.get(path).status_code == 200
    client.force_login(worker_one_buurt)
    assert [client.get(path).status_code, client.post(path).status_code] == [302, 302]
    path = f"/werk/activiteiten/{rows[0].pk}/wijzigen/"
    later = form_of(client.get(path)) | day_fields("day", rows[0].day + 9 * DAY) | {"later": "ja"}
    assert (
        "Deze reeks loopt ook in een andere buurt. Verzet elke keer apart." in client.post(path, later).text
    )
    client.force_login(worker)
    assert client.post(path, later).status_code == 302


@pytest.mark.slow
def test_nothing_is_planned_or_moved_elsewhere(client, worker_one_buurt, rows, buurt, point, other_buurt):
    client.force_login(worker_one_buurt)
    page = client.get("/werk/activiteiten/nieuw/")
    fields = page.context["form"].fields
    assert buurt not in fields["neighbourhood"].queryset
    assert point not in fields["place"].queryset
    plan = {"title": "Koffie", "theme": "buren", "every": 0, "starts": "10:00", "ends": "11:00"}
    tries = [
        ({"where": "Plein", "neighbourhood": buurt.pk}, {"neighbourhood"}),
        ({"place": point.pk}, {"place"}),
    ]
    for where, wrong in tries:
        answer = client.post("/werk/activiteiten/nieuw/", form_of(page) | plan | where)
        assert set(answer.context["form"].errors) == wrong
    hall = Place.objects.create(neighbourhood=other_buurt, name="Zaal", slug="zaal", kind=Place.Kind.POINT)
    client.post("/werk/activiteiten/nieuw/", form_of(page) | plan | {"place": hall.pk})
    assert Activity.objects.get(title="Koffie").neighbourhood == other_buurt


@pytest.mark.slow
def test_the_team_decides_where(client, worker_one_buurt, organisation, other_team, buurt, other_buurt, team):
    """All of another team and one neighbourhood of this one: the team that is chosen says where it may be."""
    other_team.neighbourhoods.add(buurt)
    Membership.objects.create(
        user=worker_one_buurt, organisation=organisation, team=other_team, role=Role.WORKER
    )
    client.force_login(worker_one_buurt)
    plan = form_of(client.get("/werk/activiteiten/nieuw/"))
    plan |= {"title": "Koffie", "theme": "buren", "every": 0, "starts": "10:00", "ends": "11:00"}
    plan |= {"where": "Plein", "neighbourhood": buurt.pk}
    page = client.post("/werk/activiteiten/nieuw/", plan | {"team": team.pk})
    assert "Jouw rol geldt niet in die buurt. Kies een andere." in page.text
    client.post("/werk/activiteiten/nieuw/", plan | {"team": other_team.pk})
    assert Activity.objects.get(title="Koffie").team == other_team
