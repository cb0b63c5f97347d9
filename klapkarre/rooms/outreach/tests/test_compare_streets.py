"""One street, typed in many ways: who asked for rest is found by each, and a slip of the pen is asked about."""

import pytest

from klapkarre.rooms.outreach.models import LeftAlone, Street, plain_street
from klapkarre.rooms.outreach.tests.make import make_round
from klapkarre.rooms.outreach.tests.test_walk import typed

pytestmark = pytest.mark.django_db
PATH = "/werk/rondes/met-rust/"


def wish(buurt, wish="niet", street="Molenstraat", number="2", **more):
    return {"neighbourhood": buurt.pk, "wish": wish, "street": street, "number": number} | more


def wheres(one):
    return sorted(door.where for door in one.doors.all())


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Hoofdstr.", "Hoofdstraat"),
        ("HOOFD STRAAT", "Hoofdstraat"),
        ("Gentse stwg", "Gentsesteenweg"),
        ("St.-Jansplein", "Sint-Jansplein"),
        ("O.L.V.-plein", "O.L.V. Plein"),
    ],
)
def test_short_forms_are_the_same_street(typed, same):
    assert plain_street(typed) == plain_street(same)


def test_who_asks_for_rest_in_a_short_form_is_left_alone(client, team, buurt, worker):
    make_round(team, buurt, street="Molenstraat")
    client.force_login(worker)
    assert client.post(PATH, wish(buurt, street="MOLENSTR.")).status_code == 302
    assert wheres(make_round(team, buurt)) == ["1", "3"]
    assert Street.objects.count() == 1


def test_a_street_that_nobody_knows_is_asked_about_first(client, team, buurt, worker):
    make_round(team, buurt, street="Molenstraat")
    client.force_login(worker)
    answer = client.post(PATH, wish(buurt, street="Moolenstraat"))
    assert "Deze straat kennen we nog niet. Bedoel je Molenstraat?" in answer.text
    assert not LeftAlone.objects.exists()
    assert client.post(PATH, wish(buurt, street="Kouter", sure="on")).status_code == 302
    assert wheres(make_round(team, buurt, street="Kouter")) == ["1", "3"]


@pytest.mark.slow
def test_a_new_street_of_a_round_says_which_one_it_may_be(client, team, buurt, worker):
    one = make_round(team, buurt, street="Molenstraat")
    client.force_login(worker)
    for path in ("/werk/rondes/nieuw/", f"{one.path}straat/"):
        pages = [client.post(path, typed(buurt, street=name)).text for name in ("Molenstaat", "Molenstr")]
        assert ["Bedoel je Molenstraat?" in page for page in pages] == [True, False]


@pytest.mark.slow
def test_a_street_with_a_number_is_refused(client, buurt, worker):
    client.force_login(worker)
    answer = client.post(PATH, wish(buurt, street="Molenstraat 5", sure="on"))
    assert "Schrijf enkel de straat." in answer.text
    assert not LeftAlone.objects.exists()


@pytest.mark.slow
def test_a_box_behind_a_number_that_wants_rest_says_so(client, team, buurt, worker):
    make_round(team, buurt)
    client.force_login(worker)
    client.post(PATH, wish(buurt))
    answer = client.post(PATH, wish(buurt, "wel", number="2 bus 3"), follow=True)
    assert "Voor het hele huisnummer is rust gevraagd." in answer.text
    assert LeftAlone.objects.count() == 1
