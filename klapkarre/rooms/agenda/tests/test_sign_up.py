"""One field gives one seat and a slip, exactly once, and never when nobody can sign up."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.kit import limits
from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, sign_up, states
from klapkarre.rooms.agenda.views.joining import MOST_SIGN_UPS

HOUR = datetime.timedelta(hours=1)


def test_a_name_is_enough(client, team, buurt):
    soup = make_activity(team, buurt, capacity=2)
    answer = sign_up(client, soup, "Nour")
    row = SignUp.objects.get()
    assert answer.headers["location"] == f"/activiteiten/briefje/{slips.token_of(row)}/"
    assert (row.name, row.state, row.activity) == ("Nour", "signed_up", soup)


def test_the_form_asks_one_thing(client, team, buurt):
    soup = make_activity(team, buurt)
    page = client.get(f"/activiteiten/{soup.pk}/aanmelden/")
    asked = {name: field.required for name, field in page.context["form"].fields.items()}
    assert asked == {
        **{"name": True, "friend1": False, "friend2": False, "friend3": False},
        **{"key": False, "website": False, "began": False},
    }
    assert "no-cache" in page.headers["cache-control"]


def test_the_same_form_twice_is_one_seat_and_the_same_slip(client, team, buurt):
    soup = make_activity(team, buurt, capacity=2)
    key = uuid.uuid4()
    first, second = sign_up(client, soup, key=key), sign_up(client, soup, key=key)
    assert first.headers["location"] == second.headers["location"]
    assert SignUp.objects.count() == 1


def test_the_same_form_gives_its_slip_also_when_it_became_full(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    key = uuid.uuid4()
    first, second = sign_up(client, soup, key=key), sign_up(client, soup, key=key)
    assert first.headers["location"] == second.headers["location"]


def test_the_same_name_may_come_twice(client, team, buurt):
    soup = make_activity(team, buurt)
    sign_up(client, soup, "Jan")
    sign_up(client, soup, "Jan")
    assert [row.name for row in SignUp.objects.all()] == ["Jan", "Jan"]


def test_one_form_used_for_two_names_is_two_seats(client, team, buurt):
    """Back, and then the name of a neighbour: nobody may think that they have a seat without having one."""
    soup, key = make_activity(team, buurt), uuid.uuid4()
    slips = [sign_up(client, soup, name, key=key).headers["location"] for name in ("Jan", "Rita", "Rita")]
    assert [row.name for row in SignUp.objects.all()] == ["Jan", "Rita"]
    assert slips[0] != slips[1]
    assert slips[1] == slips[2]


def test_a_key_of_another_activity_gives_nothing_away(client, team, buurt):
    soup, walk = make_activity(team, buurt), make_activity(team, buurt)
    key = uuid.uuid4()
    first, second = sign_up(client, soup, key=key), sign_up(client, walk, key=key)
    assert first.headers["location"] != second.headers["location"]
    assert [soup.signups.count(), walk.signups.count()] == [1, 1]


def test_a_key_of_another_form_is_another_key(client, team, buurt):
    receipt = Receipt.objects.create(uuid=uuid.uuid4(), kind="agenda.add")
    assert sign_up(client, make_activity(team, buurt), key=receipt.uuid).status_code == 302
    assert SignUp.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "cancelled"}, "Deze activiteit gaat niet door."),
        ({"sign_up_kind": "none"}, "Je hoeft je niet aan te melden."),
        ({"starts_in": -HOUR}, "Deze activiteit is al begonnen."),
        ({"starts_in": -3 * HOUR}, "Deze activiteit is voorbij."),
    ],
)
def test_who_cannot_sign_up_hears_why(client, team, buurt, fields, sentence):
    activity = make_activity(team, buurt, **fields)
    assert sentence in client.get(f"/activiteiten/{activity.pk}/aanmelden/").text
    answer = sign_up(client, activity)
    assert (answer.status_code, SignUp.objects.count()) == (200, 0)
    assert sentence in answer.text


def test_a_draft_does_not_exist(client, team, buurt):
    draft = make_activity(team, buurt, state=Activity.State.DRAFT)
    assert client.get(f"/activiteiten/{draft.pk}/aanmelden/").status_code == 404
    assert sign_up(client, draft).status_code == 404
    assert SignUp.objects.count() == 0


def test_without_limit_there_is_always_room(team, buurt):
    soup = make_activity(team, buurt, capacity=None)
    fill(soup, 3)
    assert states(soup) == ["signed_up"] * 3


@pytest.mark.slow
def test_an_attempt_too_many_loses_nothing_typed(client, team, buurt):
    soup = make_activity(team, buurt)
    for _ in range(MOST_SIGN_UPS):
        limits.count("sign_up", "127.0.0.1")
    answer = sign_up(client, soup, "Samira")
    assert answer.status_code == 429
    assert "Wacht tien minuten of bel ons" in answer.text
    assert 'value="Samira"' in answer.text
    assert sign_up(client, soup, REMOTE_ADDR="10.1.1.1").status_code == 429
    assert (
        client.post(
            f"/activiteiten/{soup.pk}/aanmelden/", {"name": "Samira"}, REMOTE_ADDR="10.1.1.1"
        ).status_code
        == 302
    )


def test_the_trap_keeps_programs_out_and_the_name_in(client, team, buurt):
    answer = sign_up(client, make_activity(team, buurt), "Samira", website="https://spam.example")
    assert SignUp.objects.count() == 0
    assert "We konden dit niet bewaren" in answer.text
    assert 'value="Samira"' in answer.text
    assert "spam.example" not in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("capacity", "taken", "pages_change"),
    [(30, 0, False), (30, 20, True), (30, 29, True), (None, 3, False), (1, 0, True)],
)
def test_pages_are_made_anew_only_when_they_show_other_seats(
    team, buurt, town, capacity, taken, pages_change
):
    soup = make_activity(team, buurt, capacity=capacity)
    fill(soup, taken)
    town.refresh_from_db()
    before = town.content_version
    actions.sign_up(soup, "Nour", key=uuid.uuid4())
    town.refresh_from_db()
    assert (town.content_version != before) is pages_change


def test_a_clock_set_back_lets_nobody_overtake(team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    now = timezone.now()
    first = actions.sign_up(soup, "Eerst", key=uuid.uuid4(), now=now)
    second = actions.sign_up(soup, "Dan", key=uuid.uuid4(), or_wait=True, now=now - HOUR)
    third = actions.sign_up(soup, "Later", key=uuid.uuid4(), or_wait=True, now=now - 2 * HOUR)
    assert list(soup.signups.order_by("created_at")) == [first, second, third]


@pytest.mark.slow
def test_one_address_has_twelve_names_of_an_activity_in_a_day(client, worker, team, buurt):
    soup, walk = make_activity(team, buurt, capacity=40), make_activity(team, buurt)
    four = {"friend1": "Rita", "friend2": "Jan", "friend3": "Ali"}
    key = uuid.uuid4()
    assert [sign_up(client, soup, key=key, **four).status_code for _ in range(4)] == [302] * 4
    for _ in range(2):
        sign_up(client, soup, **four)
    answer = sign_up(client, soup, "Samira", friend1="Bo")
    assert (answer.status_code, soup.signups.count()) == (429, 12)
    assert "Een medewerker kan er meer geven, of bel ons." in answer.text
    assert "Lukt het niet? Bel" in answer.text
    assert 'value="Samira"' in answer.text
    assert 'value="Bo"' in answer.text
    assert sign_up(client, soup, key=key, **four).status_code == 302, "a second click takes nothing"
    assert sign_up(client, walk).status_code == 302
    client.defaults["REMOTE_ADDR"] = "10.1.1.1"
    assert sign_up(client, soup).status_code == 302
    client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    client.force_login(worker)
    path = f"/werk/activiteiten/{soup.pk}/lijst/"
    for number in range(13):
        client.post(f"{path}toevoegen/", {"name": f"Buur {number}", "key": uuid.uuid4()})
    assert soup.signups.count() == 26


@pytest.mark.slow
def test_names_that_got_no_seat_are_not_counted(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    for _ in range(4):
        assert sign_up(client, soup, friend1="Rita", friend2="Jan", friend3="Ali").status_code == 200
    assert sign_up(client, soup).status_code == 302
