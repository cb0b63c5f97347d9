"""A change of one or of all later ones; two people at once lose nothing."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.tests.make import day_fields, fill, form_of, make_activity, states

WEEK = datetime.timedelta(weeks=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def day():
    return timezone.localdate() + 3 * DAY


@pytest.fixture
def series(team, buurt, point, day):
    """Three weeks of soup from 10 to 12."""
    row = Series.objects.create(team=team, first_day=day, last_day=day + 2 * WEEK)
    for number in range(3):
        start = timezone.make_aware(datetime.datetime.combine(day + number * WEEK, datetime.time(10)))
        make_activity(team, buurt, place=point, series=row, starts_at=start, capacity=2)
    return list(row.activities.order_by("starts_at"))


def path(activity):
    return f"/werk/activiteiten/{activity.pk}/wijzigen/"


def change(client, activity, **fields):
    """Open the form, type these fields, save."""
    data = form_of(client.get(path(activity)))
    return client.post(path(activity), data | fields)


def fresh(rows):
    return [Activity.objects.get(pk=row.pk) for row in rows]


def test_only_this_one(client, worker, series):
    client.force_login(worker)
    change(client, series[1], title="Pompoensoep", later="nee")
    assert [row.title for row in fresh(series)] == ["Soep op het plein", "Pompoensoep", "Soep op het plein"]


def test_this_one_and_all_later_ones(client, worker, series):
    client.force_login(worker)
    change(client, series[1], title="Pompoensoep", later="ja")
    assert [row.title for row in fresh(series)] == ["Soep op het plein", "Pompoensoep", "Pompoensoep"]


def test_another_hour_keeps_the_days_and_the_lists(client, worker, series, day):
    fill(series[2], 3)
    client.force_login(worker)
    answer = change(client, series[0], starts="14:30", ends="16:00", later="ja")
    rows = fresh(series)
    assert [timezone.localtime(row.starts_at).strftime("%H:%M") for row in rows] == ["14:30"] * 3
    assert [row.day for row in rows] == [day, day + WEEK, day + 2 * WEEK]
    assert states(series[2]) == ["signed_up", "signed_up", "waiting"]
    assert "Er staan 3 mensen op de lijst. Laat hen weten" in client.get(answer.headers["location"]).text


@pytest.mark.slow
@pytest.mark.parametrize("fields", [{"starts": "09:00"}, {"where": "In de tuin"}])
def test_another_hour_or_place_must_be_told(client, worker, series, fields):
    rows = fill(series[0], 3)
    actions.tell(rows[0])
    client.force_login(worker)
    answer = change(client, series[0], later="nee", **fields)
    assert answer.headers["location"] == f"/werk/activiteiten/{series[0].pk}/lijst/"
    page = client.get(answer.headers["location"])
    assert page.context["to_tell"] == rows
    assert page.text.count("Weet nog niet dat de dag, het uur of de plaats wijzigde.") == 3
    for row in rows:
        actions.tell(row)
    assert SignUp.objects.to_tell().count() == 0


def test_a_coordinator_reads_that_the_team_tells_them(client, coordinator, series):
    fill(series[0], 1)
    client.force_login(coordinator)
    answer = change(client, series[0], starts="09:00", later="nee")
    assert answer.headers["location"] == "/werk/activiteiten/"
    assert "Bewaard. Je team verwittigt 1 mens." in client.get(answer.headers["location"]).text


def test_another_text_need_not_be_told(client, worker, series):
    fill(series[0], 1)
    client.force_login(worker)
    change(client, series[0], bring="een lepel", later="nee")
    assert SignUp.objects.to_tell().count() == 0


def test_a_place_set_right_afterwards_need_not_be_told(client, worker, team, buurt):
    past = make_activity(team, buurt, where="Plein")
    fill(past, 1)
    Activity.objects.update(starts_at=past.starts_at - WEEK, ends_at=past.ends_at - WEEK)
    client.force_login(worker)
    assert change(client, past, where="Grote Markt").status_code == 302
    assert SignUp.objects.get().changed_at is None


@pytest.mark.slow
def test_another_weekday_moves_all_later_ones_along(client, worker, series, day):
    client.force_login(worker)
    change(client, series[1], later="ja", **day_fields("day", day + WEEK + DAY))
    assert [row.day for row in fresh(series)] == [day, day + WEEK + DAY, day + 2 * WEEK + DAY]


@pytest.mark.slow
def test_what_was_changed_alone_before_stays_otherwise(client, worker, series):
    client.force_login(worker)
    change(client, series[2], bring="een lepel")
    change(client, series[0], title="Pompoensoep", later="ja")
    assert [(row.title, row.bring) for row in fresh(series)][2] == ("Pompoensoep", "een lepel")


def test_what_was_called_off_stays_called_off(client, worker, series):
    actions.call_off(series[1], "Ziek.")
    client.force_login(worker)
    change(client, series[0], title="Pompoensoep", later="ja")
    assert [(row.title, row.state) for row in fresh(series)] == [
        ("Pompoensoep", "published"),
        ("Soep op het plein", "cancelled"),
        ("Pompoensoep", "published"),
    ]


def test_the_last_of_a_series_does_not_ask_about_later_ones(client, worker, series):
    client.force_login(worker)
    assert "later" not in client.get(path(series[2])).context["form"].fields


def test_two_people_lose_nothing(client, worker, series):
    client.force_login(worker)
    data = form_of(client.get(path(series[0])))
    change(client, series[0], title="Pompoensoep", later="nee")
    page = client.post(path(series[0]), data | {"title": "Kervelsoep"})
    assert page.status_code == 409
    assert "Iemand anders wijzigde dit intussen." in page.text
    [row] = page.context["clash"]
    assert (row["label"], row["theirs"], row["yours"]) == ("Wat doen we?", "Pompoensoep", "Kervelsoep")
    assert fresh(series)[0].title == "Pompoensoep"
    client.post(path(series[0]), form_of(page))
    assert fresh(series)[0].title == "Kervelsoep"


@pytest.mark.slow
def test_every_kind_of_difference_is_shown_in_words(client, worker, series, point, buurt):
    hall = Place.objects.create(neighbourhood=buurt, name="Zaal", slug="zaal")
    client.force_login(worker)
    data = form_of(client.get(path(series[0])))
    change(client, series[0], later="nee", place=hall.pk, price_cents="2,50", starts="09:00", capacity=5)
    rows = client.post(path(series[0]), data).context["clash"]
    assert {row["label"]: row["theirs"] for row in rows}.keys() == {
        "Plaats",
        "Prijs in euro",
        "Van",
        "Aantal plaatsen",
    }
    assert {str(row["theirs"]) for row in rows} >= {"Zaal", "2,50 euro", "5"}


@pytest.mark.slow
def test_the_same_form_twice_is_one_change(client, worker, series):
    client.force_login(worker)
    data = form_of(client.get(path(series[0]))) | {"title": "Pompoensoep"}
    assert client.post(path(series[0]), data).status_code == 302
    assert client.post(path(series[0]), data).status_code == 302
    assert fresh(series)[0].version == 2


@pytest.mark.slow
def test_nothing_changed_is_no_new_version(client, worker, series):
    client.force_login(worker)
    change(client, series[0])
    assert fresh(series)[0].version == 1


def test_more_room_lets_who_waits_move_up(client, worker, series):
    rows = fill(series[0], 4)
    client.force_login(worker)
    change(client, series[0], capacity=3, later="nee")
    assert states(series[0]) == ["signed_up"] * 3 + ["waiting"]
    assert list(SignUp.objects.to_tell()) == [rows[2]]


def test_no_limit_lets_everyone_in(client, worker, series):
    fill(series[0], 4)
    client.force_login(worker)
    change(client, series[0], capacity="", later="nee")
    assert states(series[0]) == ["signed_up"] * 4


@pytest.mark.slow
def test_less_room_puts_nobody_out(client, worker, series):
    fill(series[0], 3)
    client.force_login(worker)
    change(client, series[0], capacity=1, later="nee")
    assert states(series[0]) == ["signed_up", "signed_up", "waiting"]


def test_a_seat_given_back_after_less_room_is_not_given_again(client, worker, series):
    rows = fill(series[0], 3)
    client.force_login(worker)
    change(client, series[0], capacity=1, later="nee")
    actions.cancel(rows[0])
    assert states(series[0]) == ["cancelled", "signed_up", "waiting"]


@pytest.mark.slow
def test_with_people_on_the_list_it_cannot_hide(client, worker, series):
    fill(series[0], 1)
    client.force_login(worker)
    page = change(client, series[0], state="draft", later="nee")
    assert "Er staan al mensen op de lijst." in page.text
    assert fresh(series)[0].state == "published"


def test_a_day_that_is_past_is_refused(client, worker, series):
    client.force_login(worker)
    page = change(client, series[0], **day_fields("day", timezone.localdate() - WEEK))
    assert "Die dag is al voorbij." in page.text


def test_a_text_can_be_set_right_afterwards(client, worker, team, buurt):
    past = make_activity(team, buurt, starts_in=-WEEK, where="Plein")
    client.force_login(worker)
    data = form_of(client.get(path(past)))
    assert client.post(path(past), data | {"title": "Soepfeest"}).status_code == 302
    past.refresh_from_db()
    assert past.title == "Soepfeest"


def test_a_called_off_one_cannot_be_changed(client, worker, series):
    actions.call_off(series[0], "Ziek.")
    client.force_login(worker)
    page = client.get(path(series[0]), follow=True)
    assert "Je kan ze niet meer wijzigen." in page.text


def test_an_hour_outside_the_list_may_stay(client, worker, team, buurt, day):
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 10)))
    odd = make_activity(team, buurt, starts_at=start, where="Plein")
    client.force_login(worker)
    assert change(client, odd, title="Nieuw").status_code == 302
    assert fresh([odd])[0].starts_at == start


@pytest.mark.slow
def test_residents_see_the_change_at_once(client, phone, worker, series):
    page = f"/activiteiten/{series[0].pk}/"
    assert "Soep op het plein" in phone.get(page).text
    client.force_login(worker)
    change(client, series[0], title="Pompoensoep", later="nee")
    assert "Pompoensoep" in phone.get(page).text
    assert "Pompoensoep" in phone.get("/activiteiten/").text


def test_a_form_without_version_does_not_break(client, worker, series):
    client.force_login(worker)
    data = form_of(client.get(path(series[0]))) | {"version": "x", "key": uuid.uuid4()}
    assert client.post(path(series[0]), data).status_code == 200
    assert fresh(series)[0].version == 1
