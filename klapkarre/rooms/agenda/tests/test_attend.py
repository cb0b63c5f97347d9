"""Afterwards: ticks on the list and a headcount without names, in one form."""

import datetime

import pytest

from klapkarre.foundation.accounts.models import Reading
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import fill, make_activity, states

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def soup(team, buurt):
    """Begun, with three on the list."""
    row = make_activity(team, buurt)
    fill(row, 3)
    Activity.objects.filter(pk=row.pk).update(
        starts_at=row.starts_at - 48 * HOUR - HOUR, ends_at=row.ends_at - 48 * HOUR
    )
    row.refresh_from_db()
    return row


def path(activity):
    return f"/werk/activiteiten/{activity.pk}/aanwezig/"


def tick(client, activity, rows, headcount):
    shown = [str(pk) for pk in activity.signups.seated().values_list("pk", flat=True)]
    data = {"shown": shown, "came": [str(row.pk) for row in rows], "headcount": headcount}
    return client.post(path(activity), data)


def test_who_came_and_how_many_in_all(client, worker, soup):
    client.force_login(worker)
    tick(client, soup, soup.signups.order_by("created_at")[:2], 9)
    soup.refresh_from_db()
    assert (states(soup), soup.headcount) == (["attended", "attended", "missed"], 9)


@pytest.mark.slow
def test_twice_is_once_and_a_tick_can_be_set_right(client, worker, soup):
    client.force_login(worker)
    rows = list(soup.signups.order_by("created_at"))
    tick(client, soup, rows[:2], 9)
    tick(client, soup, rows[:2], 9)
    tick(client, soup, rows[2:], 8)
    soup.refresh_from_db()
    assert (states(soup), soup.headcount) == (["missed", "missed", "attended"], 8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headcount", "sentence"),
    [
        ("1", "Je vinkte 2 mensen aan. Vul hier minstens dat getal in."),
        ("-1", "Vul een getal in van 0 of meer."),
        ("veel", "Vul een getal in, zonder komma."),
        ("99999999999999999999", "Vul een getal in van hoogstens 5000."),
    ],
)
def test_a_count_that_cannot_be_is_said_and_the_ticks_stay(client, worker, soup, headcount, sentence):
    client.force_login(worker)
    page = tick(client, soup, soup.signups.order_by("created_at")[:2], headcount)
    assert sentence in page.text
    assert page.text.count("checked") == 2
    soup.refresh_from_db()
    assert (states(soup), soup.headcount) == (["signed_up"] * 3, None)


def test_an_empty_total_is_who_was_ticked(client, worker, soup):
    client.force_login(worker)
    tick(client, soup, soup.signups.order_by("created_at")[:2], "")
    soup.refresh_from_db()
    assert (states(soup), soup.headcount) == (["attended", "attended", "missed"], 2)


def test_nothing_ticked_and_no_total_is_asked_again(client, worker, soup):
    client.force_login(worker)
    page = tick(client, soup, [], "")
    assert "Vul in hoeveel mensen er waren." in page.text
    assert states(soup) == ["signed_up"] * 3


def test_a_tick_for_someone_else_is_refused(client, worker, soup, team, buurt):
    other = fill(make_activity(team, buurt), 1)
    client.force_login(worker)
    page = tick(client, soup, other, 3)
    assert page.status_code == 200
    assert states(soup) == ["signed_up"] * 3


def test_who_came_on_the_list_in_between_stays(client, worker, soup):
    client.force_login(worker)
    rows = list(soup.signups.order_by("created_at"))
    data = {"shown": [str(row.pk) for row in rows[:2]], "came": [str(rows[0].pk)], "headcount": 4}
    client.post(path(soup), data)
    assert states(soup) == ["attended", "missed", "signed_up"]


def test_walking_in_is_only_counted(client, worker, team, buurt):
    walk = make_activity(team, buurt, sign_up_kind="none", starts_in=-HOUR)
    client.force_login(worker)
    assert client.post(path(walk), {"headcount": 23}).status_code == 302
    walk.refresh_from_db()
    assert walk.headcount == 23


def test_not_before_it_began(client, worker, team, buurt):
    later = make_activity(team, buurt)
    client.force_login(worker)
    assert "Dit kan zodra de activiteit begonnen is." in client.get(path(later)).text
    assert "Dit kan zodra de activiteit begonnen is." in client.post(path(later), {"headcount": 3}).text
    later.refresh_from_db()
    assert later.headcount is None


def test_not_when_it_was_called_off(client, worker, soup):
    Activity.objects.update(state="cancelled")
    client.force_login(worker)
    assert client.post(path(soup), {"headcount": 3}).status_code == 302
    soup.refresh_from_db()
    assert soup.headcount is None


def test_the_reading_of_names_is_logged_first(client, worker, soup):
    client.force_login(worker)
    for page in (
        path(soup),
        f"/werk/activiteiten/{soup.pk}/lijst/",
        f"/werk/activiteiten/{soup.pk}/lijst/afdrukken/",
    ):
        before = Reading.objects.count()
        client.get(page)
        reading = Reading.objects.first()
        assert Reading.objects.count() == before + 1
        assert set(reading.rows) == {str(row.pk) for row in soup.signups.all()}


@pytest.mark.slow
@pytest.mark.parametrize("page", ["briefje", "afmelden"])
def test_the_reading_of_one_name_is_logged(client, worker, team, buurt, page):
    """A coming activity: its seats can still be given back and its slips still work."""
    activity = make_activity(team, buurt)
    row, _other = fill(activity, 2)
    client.force_login(worker)
    assert client.get(f"/werk/activiteiten/{activity.pk}/lijst/{row.pk}/{page}/").status_code == 200
    assert [reading.rows for reading in Reading.objects.all()] == [[str(row.pk)]]


def test_the_sheet_has_lines_for_who_walks_in(client, worker, soup):
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/lijst/afdrukken/")
    assert "Buur 0" in page.text
    assert page.text.count('class="box"') == 3 + len(page.context["walk_ins"])


def test_a_waiting_list_is_on_the_sheet_in_order(client, worker, team, buurt):
    full = make_activity(team, buurt, capacity=1)
    fill(full, 3)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{full.pk}/lijst/afdrukken/")
    assert [row.name for row in page.context["waiting"]] == ["Buur 1", "Buur 2"]


def test_someone_at_the_door_still_comes_on_the_list(soup):
    import uuid

    actions.sign_up(soup, "Late Lieve", key=uuid.uuid4(), at_the_door=True)
    assert states(soup) == ["signed_up"] * 4
