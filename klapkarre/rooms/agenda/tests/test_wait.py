"""Full is asked, never decided for someone; who waits moves up in order and is told by a worker."""

import uuid

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, sign_up, states


def test_full_asks_before_anyone_waits(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    fill(soup, 1)
    answer = sign_up(client, soup, "Samira")
    assert SignUp.objects.count() == 1
    assert "Deze activiteit is vol. Wil je op de wachtlijst?" in answer.text
    assert 'value="Samira"' in answer.text
    assert 'name="wachtlijst"' in answer.text


def test_saying_yes_gives_a_place_on_the_waiting_list(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    fill(soup, 2)
    key = uuid.uuid4()
    sign_up(client, soup, key=key)
    page = client.get(sign_up(client, soup, key=key, wachtlijst="ja").headers["location"])
    assert states(soup) == ["signed_up", "waiting", "waiting"]
    assert "Je bent nummer 2 op de wachtlijst." in page.text


def test_a_seat_that_came_free_in_between_is_simply_given(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    [row] = fill(soup, 1)
    actions.cancel(row)
    sign_up(client, soup, wachtlijst="ja")
    assert states(soup) == ["cancelled", "signed_up"]


def test_who_waits_longest_moves_up_and_is_still_to_tell(team, buurt):
    soup = make_activity(team, buurt, capacity=2)
    rows = fill(soup, 4)
    actions.cancel(rows[0])
    assert states(soup) == ["cancelled", "signed_up", "signed_up", "waiting"]
    assert list(SignUp.objects.to_tell()) == [rows[2]]


def test_who_leaves_the_waiting_list_frees_no_seat(team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    rows = fill(soup, 3)
    actions.cancel(rows[1])
    assert states(soup) == ["signed_up", "cancelled", "waiting"]
    assert actions.positions([rows[2]]) == {rows[2].pk: 1}


def test_a_tick_says_that_someone_knows_and_can_be_taken_back(client, worker, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    rows = fill(soup, 2)
    actions.cancel(rows[0])
    client.force_login(worker)
    path = f"/werk/activiteiten/{soup.pk}/lijst/{rows[1].pk}/verwittigd/"
    client.post(path)
    first = SignUp.objects.get(pk=rows[1].pk).told_at
    client.post(path)
    assert SignUp.objects.get(pk=rows[1].pk).told_at == first is not None
    client.post(path, {"opnieuw": "ja"})
    assert list(SignUp.objects.to_tell()) == [rows[1]]


def test_who_had_a_seat_at_once_has_nothing_to_be_told(client, worker, team, buurt):
    soup = make_activity(team, buurt)
    [row] = fill(soup, 1)
    client.force_login(worker)
    client.post(f"/werk/activiteiten/{soup.pk}/lijst/{row.pk}/verwittigd/")
    assert SignUp.objects.get().told_at is None


def test_nobody_moves_up_when_it_does_not_take_place(team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    rows = fill(soup, 2)
    actions.call_off(soup, "Ziek.")
    actions.cancel(rows[0])
    assert states(soup) == ["cancelled", "waiting"]


def test_the_list_of_the_worker_shows_who_waits_in_order(client, worker, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    fill(soup, 3)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/lijst/")
    assert [row.name for row in page.context["seated"]] == ["Buur 0"]
    assert [row.name for row in page.context["waiting"]] == ["Buur 1", "Buur 2"]


def test_a_worker_is_asked_too_before_someone_waits(client, worker, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    fill(soup, 1)
    client.force_login(worker)
    path, data = f"/werk/activiteiten/{soup.pk}/lijst/toevoegen/", {"name": "Lieve", "key": uuid.uuid4()}
    answer = client.post(path, data)
    assert "Wil je deze naam op de wachtlijst?" in answer.text
    assert 'value="Lieve"' in answer.text
    client.post(path, data | {"wachtlijst": "ja"})
    client.post(path, data | {"wachtlijst": "ja"})
    assert states(soup) == ["signed_up", "waiting"]
