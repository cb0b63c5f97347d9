"""Rounds on the screen: draw one up, tap at doors, see what a colleague did, end it."""

import datetime
import re
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.kit import pdf
from klapkarre.rooms.outreach import addresses, walking
from klapkarre.rooms.outreach.models import Attempt, Certificate, Door, LeftAlone, Round
from klapkarre.rooms.outreach.tests.make import door_of, make_round, ring
from tests import paper

pytestmark = pytest.mark.django_db


def typed(buurt, **more):
    last = timezone.localdate() + datetime.timedelta(days=7)
    days = {"ends_on_day": last.day, "ends_on_month": last.month, "ends_on_year": last.year}
    first = {"starts_on": timezone.localdate().isoformat()}
    facts = {"key": str(uuid.uuid4()), "title": "Kennismaken", "neighbourhood": buurt.pk}
    return facts | first | days | {"street": "Molenstraat", "first": "1", "last": "4"} | more


def at(one, door=None):
    return f"{one.path}deur/{door.pk}/" if door else one.path


def tap(client, one, door, outcome="niet_thuis", **more):
    facts = {"key": str(uuid.uuid4()), "outcome": outcome, "seen": "0"} | more
    return client.post(at(one, door), facts, follow=True)


def test_a_round_is_seen_before_it_is_kept_and_walked(client, buurt, worker):
    client.force_login(worker)
    form = typed(buurt, side="even", extra="12 bus 1-2", without="2")
    seen = client.post("/werk/rondes/nieuw/", form)
    assert re.findall(r"<span>([^<]+)</span>", seen.text.split('class="numbers"')[1].split("</p>")[0]) == [
        "4",
        "12 bus 1",
        "12 bus 2",
    ]
    assert not Round.objects.exists()
    page = client.post("/werk/rondes/nieuw/", form | {"keep": "1"}, follow=True)
    one = Round.objects.get()
    assert one.doors.count() == page.text.count('class="tap"') == 3
    answer = tap(client, one, door_of(one, "4"))
    assert "Molenstraat 4" in answer.text
    assert list(Attempt.objects.values_list("outcome", "door")) == [("niet_thuis", door_of(one, "4").pk)]


def test_another_team_finds_no_round_and_a_coordinator_no_door(
    client, team, buurt, worker_elsewhere, coordinator
):
    one = make_round(team, buurt, doors=("4711",))
    client.force_login(worker_elsewhere)
    assert [client.get(path).status_code for path in (at(one), at(one, one.doors.get()))] == [404, 404]
    client.force_login(coordinator)
    page = client.get(at(one))
    assert (page.status_code, "4711" in page.text, "Niet aangebeld" in page.text) == (200, False, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": ""}, "Schrijf waarvoor je langsgaat."),
        ({"starts_on": ""}, "Kies de eerste dag."),
        ({"street": ""}, "Schrijf de naam van de straat."),
        ({"street": "Molenstraat 12"}, "Schrijf enkel de straat. De nummers komen hieronder."),
        ({"first": "", "last": "", "extra": ""}, "Welke deuren? Vul nummers in."),
        ({"last": ""}, "Vul beide nummers in, of geen van beide."),
        ({"first": "9"}, "Dit nummer komt voor het eerste. Draai ze om."),
        ({"last": "9999"}, "Dat zijn te veel deuren. Maak er twee rondes van."),
        ({"first": "x"}, "Vul een getal in, zonder komma."),
        ({"extra": "12 boven"}, "We begrijpen “12 boven” niet. Schrijf 12, 12A of 12 bus 3."),
        ({"extra": "12 bus 9-2"}, "We begrijpen deze bussen niet. Schrijf bijvoorbeeld 12 bus 1-6."),
        ({"without": "Mia"}, "We begrijpen “Mia” niet. Schrijf 12, 12A of 12 bus 3."),
        ({"ends_on_year": "2099"}, "Een ronde duurt hoogstens vier maanden. Kies een vroegere dag."),
        ({"neighbourhood": "0"}, "Kies iets uit de lijst."),
    ],
)
def test_wrong_input_keeps_what_was_typed(client, buurt, worker, more, sentence):
    client.force_login(worker)
    answer = client.post("/werk/rondes/nieuw/", typed(buurt, extra="7A") | {"keep": "1"} | more)
    assert (answer.status_code, sentence in answer.text) == (200, True)
    assert more.get("extra", "7A") != "7A" or "7A</textarea>" in answer.text
    assert not Round.objects.exists()


@pytest.mark.parametrize("year", ["2099", "9999"])
def test_a_slip_in_the_year_keeps_no_addresses_until_then(client, team, buurt, worker, year):
    one = make_round(team, buurt)
    client.force_login(worker)
    days = {"starts_on": f"{year}-12-30", "ends_on": f"{year}-12-31"}
    for path, form in (
        ("/werk/rondes/nieuw/", typed(buurt) | {"keep": "1"}),
        (f"{at(one)}aanpassen/", {"title": one.title, "version": one.version}),
    ):
        assert "Dat is meer dan een jaar ver." in client.post(path, form | days).text
    assert Round.objects.get().ends_on == one.ends_on


@pytest.mark.slow
def test_a_second_click_makes_one_round(client, buurt, worker):
    client.force_login(worker)
    form = typed(buurt) | {"keep": "1"}
    for _ in range(2):
        assert client.post("/werk/rondes/nieuw/", form).status_code == 302
    assert (Round.objects.count(), Door.objects.count()) == (1, 4)


@pytest.mark.slow
def test_what_a_colleague_did_shows_and_both_stay(client, team, buurt, worker, coordinator):
    one = make_round(team, buurt)
    door = door_of(one, "2")
    other = type(worker).objects.get(pk=coordinator.pk)
    other.memberships.create(role="worker", organisation=team.organisation, team=team)
    ring(type(worker).objects.get(pk=other.pk), door, "binnen")
    client.force_login(worker)
    answer = tap(client, one, door, "niet_thuis")
    assert "Een collega noteerde hier intussen: binnen geweest. Allebei blijven staan." in answer.text
    assert sorted(Attempt.objects.values_list("outcome", flat=True)) == ["binnen", "niet_thuis"]


@pytest.mark.slow
def test_a_tap_counts_once_and_another_tap_on_the_same_page_counts_too(client, team, buurt, worker):
    one = make_round(team, buurt)
    door, key = door_of(one, "2"), str(uuid.uuid4())
    client.force_login(worker)
    for outcome in ("niet_thuis", "niet_thuis", "gesproken"):
        tap(client, one, door, outcome, key=key)
    assert sorted(Attempt.objects.values_list("outcome", flat=True)) == ["gesproken", "niet_thuis"]


@pytest.mark.slow
@pytest.mark.parametrize("more", [{"outcome": "boos"}, {"key": "x"}, {"times": "nacht"}, {"seen": "veel"}])
def test_a_broken_tap_says_so(client, team, buurt, worker, more):
    one = make_round(team, buurt)
    client.force_login(worker)
    answer = tap(client, one, door_of(one, "2"), **more)
    assert "Niet genoteerd. Tik opnieuw." in answer.text
    assert not Attempt.objects.exists()


@pytest.mark.slow
def test_an_own_tap_is_taken_back_and_not_that_of_a_colleague(client, team, buurt, worker, worker_one_buurt):
    one = make_round(team, buurt)
    attempt = ring(worker, door_of(one, "2"), "niet_meer")
    path = f"{at(one, attempt.door)}terug/"
    client.force_login(worker_one_buurt)
    assert client.post(path, {"attempt": attempt.pk}).status_code == 404
    client.force_login(worker)
    assert client.post(path, {"attempt": attempt.pk}).status_code == 302
    assert (Attempt.objects.counted().count(), LeftAlone.objects.count()) == (0, 0)


@pytest.mark.slow
def test_a_round_ends_after_a_second_question(client, team, buurt, worker):
    one = make_round(team, buurt, doors=("4711", "4712"))
    ring(worker, door_of(one, "4711"), "binnen")
    client.force_login(worker)
    path = f"{one.path}einde/"
    assert "2 deuren, 1 poging" in client.get(path).text
    client.post(path)
    assert Door.objects.count() == 2
    paper = client.post(path, {"sure": "1"}, follow=True)
    assert (Door.objects.count(), Attempt.objects.count()) == (0, 0)
    found = Certificate.objects.get()
    assert found.digest[:8] in paper.text
    assert "2 deuren, 1 poging" in paper.text
    assert "4711" not in paper.text
    # Proof is read years later: each of its days has a year.
    assert paper.text.count(f" {found.at.year}") >= 3
    # Who still has the page open hears it, and nothing comes back.
    assert "Deze ronde is gestopt. De deuren zijn gewist." in tap(client, one, Door(pk=uuid.uuid4())).text


@pytest.mark.slow
def test_the_address_is_in_no_session_message(client, team, buurt, worker):
    one = make_round(team, buurt, doors=("4711",))
    client.force_login(worker)
    client.post(at(one, one.doors.get()), {"key": str(uuid.uuid4()), "outcome": "binnen"})
    kept = str(dict(client.session)) + str({name: morsel.value for name, morsel in client.cookies.items()})
    assert "4711" not in kept


@pytest.mark.slow
def test_someone_asks_for_rest_at_the_counter_and_changes_her_mind(client, team, buurt, worker):
    make_round(team, buurt)
    client.force_login(worker)
    facts = {"neighbourhood": buurt.pk, "street": "MOLENSTRAAT", "number": "2"}
    client.post("/werk/rondes/met-rust/", facts | {"wish": "niet"})
    assert sorted(door.where for door in make_round(team, buurt).doors.all()) == ["1", "3"]
    client.post("/werk/rondes/met-rust/", facts | {"wish": "wel"})
    assert sorted(door.where for door in make_round(team, buurt).doors.all()) == ["1", "2", "3"]


@pytest.mark.slow
def test_who_is_left_alone_in_one_round_is_so_in_all(client, team, buurt, worker):
    first, second = make_round(team, buurt), make_round(team, buurt)
    ring(worker, door_of(first, "2"), "niet_meer")
    doors = walking.to_walk(second.doors.all())
    assert [(line.door.where, line.group) for line in walking.lines(doors)] == [
        ("1", "nu"),
        ("2", "klaar"),
        ("3", "nu"),
    ]


@pytest.mark.slow
def test_doors_where_nobody_opened_wait_for_another_hour(team, buurt, worker):
    one = make_round(team, buurt, doors=("1", "2", "3"), starts_on=datetime.date(2026, 11, 1))
    monday = timezone.make_aware(datetime.datetime(2026, 11, 16, 10))
    ring(worker, door_of(one, "1"), "niet_thuis", when=monday)
    ring(worker, door_of(one, "2"), "gesproken", times=["avond"], when=monday)

    def groups(moment):
        lines = walking.lines(walking.to_walk(one.doors.all()), moment)
        return [(line.door.where, line.group, line.when_words) for line in lines]

    tuesday = monday + datetime.timedelta(days=1)
    others = "probeer: namiddag of avond of weekend"
    assert groups(tuesday) == [("1", "later", others), ("2", "later", "past: avond"), ("3", "nu", "")]
    evening = tuesday + datetime.timedelta(hours=9)
    assert [group for _door, group, _words in groups(evening)] == ["nu", "nu", "nu"]


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30])
def test_a_round_is_shown_in_as_many_queries_however_long(
    client, team, buurt, worker, count, django_assert_max_num_queries
):
    one = make_round(team, buurt, doors=[str(n + 1) for n in range(count)])
    client.force_login(worker)
    client.get(one.path)
    with django_assert_max_num_queries(26):
        client.get(one.path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", ["12"]),
        (" 12 a , 3;3", ["12A", "3"]),
        ("12 bus 1-3", ["12 bus 1", "12 bus 2", "12 bus 3"]),
        ("12A bus b2\n7/1", ["12A bus B2", "7 bus 1"]),
        ("012", ["12"]),
    ],
)
def test_numbers_are_read_as_people_type_them(text, found):
    assert addresses.several(text) == found


@pytest.mark.slow
def test_numbers_stand_as_one_walks():
    mixed = ["10", "2", "10 bus 10", "10A", "10 bus 2"]
    assert sorted(mixed, key=addresses.in_order) == ["2", "10", "10 bus 2", "10 bus 10", "10A"]


@pytest.fixture
def printed(client, team, buurt, worker, need):
    """Reads the paper of a round with three doors: one done, one not home, one to ring at first."""
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    one = make_round(team, buurt, doors=("4711", "4712", "4713"))
    ring(worker, door_of(one, "4711"), "niet_meer")
    ring(worker, door_of(one, "4712"), "niet_thuis")
    client.force_login(worker)

    def read(what):
        document = paper.read(client.get(f"{one.path}{what}"))
        assert paper.faults(document) == []
        return paper.text_of(*document.pages)

    return read


@pytest.mark.slow
def test_the_list_on_paper_has_only_doors_to_ring_at(printed):
    words = printed("lijst.pdf")
    shown = [where in words for where in ("4711", "4712", "4713")]
    assert shown == [False, True, True]
    assert "1 deur staat er niet op. Bel enkel aan bij wat hier staat." in words
    assert "1 keer niet thuis" in words


@pytest.mark.slow
def test_the_list_on_paper_has_a_box_for_all_that_can_come_of_a_door(printed):
    words = printed("lijst.pdf")
    heads = ("Niet thuis", "Wil niet", "Sprak", "Binnen", "Rechten", "Niet meer")
    assert len(heads) == len(Attempt.Outcome)
    assert [head for head in heads if head not in words] == []


@pytest.mark.slow
def test_the_note_in_the_letterbox_speaks_a_language(printed):
    note = printed("briefje.pdf")
    assert ("We waren aan je deur" in note, Round.objects.get().organisation.name in note) == (True, True)
    assert "We were at your door" in printed("briefje.pdf?taal=en")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rounds_costs_as_much_however_many(
    client, team, buurt, worker, count, django_assert_max_num_queries
):
    for _ in range(count):
        one = make_round(team, buurt)
        ring(worker, door_of(one, "1"))
    client.force_login(worker)
    client.get("/werk/rondes/")
    with django_assert_max_num_queries(13):
        assert client.get("/werk/rondes/").text.count("Aangebeld: 1 van 3 deuren") == count
