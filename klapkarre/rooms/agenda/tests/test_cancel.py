"""A seat given back goes to who waits longest; twice is once."""

import datetime

from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, states

DAY = datetime.timedelta(days=1)


def test_the_page_asks_first(client, team, buurt):
    soup = make_activity(team, buurt)
    [row] = fill(soup, 1)
    page = client.get(f"/activiteiten/briefje/{slips.token_of(row)}/vrijgeven/")
    assert "Wil je je echt afmelden?" in page.text
    assert states(soup) == ["signed_up"]


def test_a_link_cancels_once(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    rows = fill(soup, 3)
    path = f"/activiteiten/briefje/{slips.token_of(rows[0])}/vrijgeven/"
    for _ in range(2):
        answer = client.post(path)
        assert answer.headers["location"] == f"/activiteiten/briefje/{slips.token_of(rows[0])}/"
    assert states(soup) == ["cancelled", "signed_up", "waiting"]
    assert "Je bent afgemeld" in client.get(answer.headers["location"]).text


def test_over_is_over(client, team, buurt):
    soup = make_activity(team, buurt)
    [row] = fill(soup, 1)
    type(soup).objects.update(starts_at=soup.starts_at - 3 * DAY, ends_at=soup.ends_at - 3 * DAY)
    answer = client.post(f"/activiteiten/briefje/{slips.token_of(row)}/vrijgeven/")
    assert (answer.status_code, states(soup)) == (404, ["signed_up"])


def test_who_came_does_not_leave_the_list(team, buurt):
    soup = make_activity(team, buurt)
    [row] = fill(soup, 1)
    SignUp.objects.update(state="attended")
    actions.cancel(row)
    assert states(soup) == ["attended"]


def test_a_worker_takes_someone_off_after_asking(client, worker, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    rows = fill(soup, 2)
    client.force_login(worker)
    path = f"/werk/activiteiten/{soup.pk}/lijst/{rows[0].pk}/afmelden/"
    assert "Wil je Buur 0 afmelden?" in client.get(path).text
    assert states(soup) == ["signed_up", "waiting"]
    client.post(path)
    client.post(path)
    assert states(soup) == ["cancelled", "signed_up"]


def test_a_row_of_another_activity_is_not_found(client, worker, team, buurt):
    soup, walk = make_activity(team, buurt), make_activity(team, buurt)
    [row] = fill(walk, 1)
    client.force_login(worker)
    assert client.post(f"/werk/activiteiten/{soup.pk}/lijst/{row.pk}/afmelden/").status_code == 404
    assert states(walk) == ["signed_up"]
