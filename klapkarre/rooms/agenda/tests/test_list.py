"""What residents and workers see, in a fixed number of queries."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.foundation.kit.asking import among, rows_among, rows_at
from klapkarre.foundation.places.models import Neighbourhood, content_changed
from klapkarre.rooms.agenda.cards import LISTED
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import fill, listed, make_activity

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
MOST_QUERIES = 8


def queries(client, path):
    """How many queries a page costs when nothing of it is kept."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.fixture
def soup(team, buurt, point):
    return make_activity(team, buurt, place=point, capacity=2, price_cents=250, bring="een lepel")


def grow(team, buurt, point):
    """Two more, one of them full, in other places of the list."""
    fill(make_activity(team, buurt, place=point, capacity=1, starts_in=3 * DAY), 2)
    make_activity(team, buurt, where="Op het plein", starts_in=4 * DAY, state="cancelled")


@pytest.mark.parametrize("path", ["/activiteiten/", "/activiteiten/?buurt=molenwijk"])
def test_the_list_costs_the_same_for_1_and_3(client, soup, team, buurt, point, path):
    one = queries(client, path)
    grow(team, buurt, point)
    assert queries(client, path) == one <= MOST_QUERIES


def test_an_activity_costs_the_same_with_a_series(client, team, buurt, point):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + 30 * DAY)
    soup = make_activity(team, buurt, place=point, series=series, capacity=3)
    one = queries(client, f"/activiteiten/{soup.pk}/")
    for number in range(3, 6):
        make_activity(team, buurt, place=point, series=series, starts_in=number * 2 * DAY)
    fill(soup, 3)
    assert queries(client, f"/activiteiten/{soup.pk}/") == one <= MOST_QUERIES


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/werk/activiteiten/", "/werk/activiteiten/?toon=voorbij"])
def test_the_workers_list_costs_the_same_for_1_and_3(client, worker, soup, team, buurt, point, path):
    make_activity(team, buurt, place=point, starts_in=-3 * DAY)
    client.force_login(worker)
    one = queries(client, path)
    grow(team, buurt, point)
    make_activity(team, buurt, place=point, starts_in=-5 * DAY)
    assert queries(client, path) == one


def test_the_list_of_names_costs_the_same_for_1_and_3(client, worker, soup):
    client.force_login(worker)
    fill(soup, 1)
    one = queries(client, f"/werk/activiteiten/{soup.pk}/lijst/")
    fill(soup, 2)
    assert queries(client, f"/werk/activiteiten/{soup.pk}/lijst/") == one


def test_what_comes_is_listed_per_day(client, team, buurt):
    noon = timezone.localtime().replace(hour=12, minute=0) + 2 * DAY
    late = make_activity(team, buurt, title="Laat", starts_at=noon + 3 * HOUR)
    early = make_activity(team, buurt, title="Vroeg", starts_at=noon)
    after = make_activity(team, buurt, title="Later", starts_at=noon + DAY)
    make_activity(team, buurt, title="Voorbij", starts_in=-2 * DAY)
    make_activity(team, buurt, title="Ontwerp", state="draft")
    keys = [(day, [pk for pk, _title in cards]) for day, cards in listed(client.get("/activiteiten/"))]
    assert keys == [(noon.date(), [early.pk, late.pk]), ((noon + DAY).date(), [after.pk])]


def test_a_kept_card_never_shows_what_is_over(client, team, buurt, point):
    """Cards are kept by their facts: each fact that changes shows at once, and the old one comes back too."""
    row = make_activity(team, buurt, place=point, capacity=5)

    def shown():
        return client.get("/activiteiten/").content.decode().split('<ul class="cards">')[1].split("</ul>")[0]

    first = shown()
    for change in ({"title": "Andere titel"}, {"price_cents": 150}, {"capacity": 4}, {"state": "cancelled"}):
        before = {name: getattr(row, name) for name in change}
        Activity.objects.filter(pk=row.pk).update(**change)
        content_changed()
        assert shown() != first
        Activity.objects.filter(pk=row.pk).update(**before)
        content_changed()
        assert shown() == first
    point.name = "Nieuw buurtpunt"
    point.save()
    content_changed()
    assert "Nieuw buurtpunt" in shown()


def test_a_kept_frame_never_shows_what_is_over(client, team, buurt):
    """What stands around the cards is kept by its facts too: the heading, the choice, the pages."""
    make_activity(team, buurt)
    path = "/activiteiten/?buurt=molenwijk"
    assert "<h1>Activiteiten in Molenwijk</h1>" in client.get(path).text
    type(buurt).objects.filter(pk=buurt.pk).update(name="Windwijk")
    content_changed()
    assert "<h1>Activiteiten in Windwijk</h1>" in client.get(path).text
    assert "Pagina" not in client.get("/activiteiten/").text
    for number in range(30):
        make_activity(team, buurt, starts_in=(number + 1) * HOUR)
    content_changed()
    assert "Pagina 1 van 2" in client.get("/activiteiten/").text
    Activity.objects.all().delete()
    content_changed()
    assert "Er is nu niets gepland." in client.get("/activiteiten/").text


def test_an_evening_stands_on_its_own_day(client, team, buurt):
    """At 23.30 in Brussels it is the next day nowhere that matters, and the previous one in UTC it is not."""
    evening = timezone.localtime().replace(hour=0, minute=30, second=0, microsecond=0) + 3 * DAY
    row = make_activity(team, buurt, starts_at=evening)
    assert [day for day, _cards in listed(client.get("/activiteiten/"))] == [evening.date()]
    assert row.day == evening.date()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sign_up_kind": "none"}, "Gewoon komen"),
        ({"capacity": 2}, "Nog 2 plaatsen"),
        ({"capacity": 1}, "Nog 1 plaats<"),
        ({"capacity": 40}, "Vooraf aanmelden"),
        ({"price_cents": 250}, "2,50 euro"),
        ({"price_cents": 0}, "Gratis"),
        ({"state": "cancelled", "cancelled_because": "Ziek."}, "Gaat niet door"),
        ({"state": "cancelled", "cancelled_because": "De kok is ziek."}, "De kok is ziek."),
        ({"starts_in": -HOUR}, "Nu bezig, tot"),
    ],
)
def test_a_card_says_what_matters(client, team, buurt, fields, words):
    make_activity(team, buurt, **fields)
    assert words in client.get("/activiteiten/").text


@pytest.mark.slow
def test_people_walk_in_where_there_is_a_door(client, team, buurt, point):
    inside = make_activity(team, buurt, place=point, sign_up_kind="none")
    outside = make_activity(team, buurt, where="Op het plein", sign_up_kind="none")
    shown = client.get("/activiteiten/").text
    assert (shown.count("Gewoon binnenlopen"), shown.count("Gewoon komen")) == (1, 1)
    assert "Kom gewoon binnen." in client.get(f"/activiteiten/{inside.pk}/").text
    assert "Kom gewoon langs." in client.get(f"/activiteiten/{outside.pk}/").text


def test_the_code_is_asked_before_the_first_activity(client, team, buurt):
    make_activity(team, buurt)
    page = client.get("/activiteiten/").text
    assert page.index("Typ je code") < page.index('class="cards"')


def test_full_is_said_with_the_waiting_list(client, team, buurt):
    soup = make_activity(team, buurt, capacity=1)
    fill(soup, 1)
    assert "Vol. Er is een wachtlijst" in client.get("/activiteiten/").text
    page = client.get(f"/activiteiten/{soup.pk}/")
    assert "Je kan wel op de wachtlijst." in page.text


def test_a_buurt_brings_its_parts(client, team, buurt, other_buurt):
    part = Neighbourhood.objects.create(
        municipality=buurt.municipality, parent=buurt, name="Molenhoek", slug="molenhoek"
    )
    make_activity(team, buurt, title="Hier")
    make_activity(team, part, title="In het deel")
    make_activity(team, other_buurt, title="Elders")
    page = client.get("/activiteiten/?buurt=molenwijk")
    assert ["Hier" in page.text, "In het deel" in page.text, "Elders" in page.text] == [True, True, False]
    assert "Activiteiten in Molenwijk" in page.text


def test_an_unknown_buurt_is_said_and_everything_shown(client, team, buurt):
    make_activity(team, buurt, title="Hier")
    page = client.get("/activiteiten/?buurt=nergens")
    assert page.status_code == 404
    assert "Die buurt kennen we niet." in page.text
    assert "Hier" in page.text


def test_many_buurten_become_a_list_to_choose_from(client, team, town):
    for number in range(13):
        buurt = Neighbourhood.objects.create(municipality=town, name=f"Wijk {number}", slug=f"wijk-{number}")
        make_activity(team, buurt)
    page = client.get("/activiteiten/?buurt=wijk-3")
    assert '<optgroup label="Proefdorp">' in page.text
    assert '<option value="wijk-3" selected>' in page.text


def test_thirty_on_a_page(client, team, buurt):
    for number in range(31):
        make_activity(team, buurt, starts_in=(number + 1) * HOUR)
    first = client.get("/activiteiten/")
    assert sum(len(cards) for _day, cards in listed(first)) == 30
    assert 'href="?pagina=2"' in first.text
    cache.clear()
    last = client.get("/activiteiten/?pagina=2")
    assert [len(cards) for _day, cards in listed(last)] == [1]
    assert 'href="?pagina=1"' in last.text
    for odd in ("0", "-1", "x", "9" * 40):
        assert client.get("/activiteiten/", {"pagina": odd}).status_code == 200


def test_nothing_planned_says_so(client, db):
    assert "Er is nu niets gepland." in client.get("/activiteiten/").text


def test_an_activity_says_everything(client, soup):
    text = client.get(f"/activiteiten/{soup.pk}/").text
    for words in (
        "2,50 euro",
        "een lepel",
        "Molenstraat 1",
        "Buurtpunt Molenwijk",
        "052\xa000\xa000\xa001",
        "Nog 2 plaatsen",
    ):
        assert words in text
    assert 'href="/buurtpunten/buurtpunt-molenwijk/"' in text


def test_an_activity_shows_the_other_days_of_its_series(client, team, buurt):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + 30 * DAY)
    rows = [make_activity(team, buurt, series=series, starts_in=number * 7 * DAY) for number in range(-1, 3)]
    page = client.get(f"/activiteiten/{rows[2].pk}/")
    assert list(page.context["others"]) == [rows[1], rows[3]]


def test_over_is_said(client, team, buurt):
    past = make_activity(team, buurt, starts_in=-3 * DAY)
    page = client.get(f"/activiteiten/{past.pk}/")
    assert "Deze activiteit is voorbij." in page.text
    assert "aanmelden/" not in page.text


@pytest.mark.parametrize("pk", ["0", "99", "9" * 19, "9" * 40])
def test_an_unknown_number_is_not_found(client, db, pk):
    assert client.get(f"/activiteiten/{pk}/").status_code == 404
    assert client.get(f"/activiteiten/{pk}/aanmelden/").status_code == 404


def test_pages_for_all_say_nothing_of_who_looks(client, worker, soup):
    anonymous = client.get("/activiteiten/").content
    client.force_login(worker)
    assert client.get("/activiteiten/").content == anonymous
    assert "etag" in client.get("/activiteiten/").headers


def test_the_worker_sees_what_waits_for_an_answer(client, worker, soup, team, buurt):
    fill(soup, 3)
    soup.signups.filter(state="waiting").update(state="signed_up", moved_up_at=timezone.now())
    done = make_activity(team, buurt, starts_in=-3 * DAY, headcount=None)
    client.force_login(worker)
    assert "1 nog te verwittigen" in client.get("/werk/activiteiten/").text
    assert "Nog te tellen" in client.get("/werk/activiteiten/?toon=voorbij").text
    Activity.objects.filter(pk=done.pk).update(headcount=12)
    assert "12 mensen waren er" in client.get("/werk/activiteiten/?toon=voorbij").text


def test_a_list_that_was_put_together_before_asks_for_its_own_moment_and_choice(team, buurt, point):
    soup = make_activity(team, buurt, place=point)
    talk = make_activity(team, buurt, starts_in=3 * DAY)
    there = Neighbourhood.objects.create(municipality=buurt.municipality, name="Elders", slug="elders")
    away = make_activity(team, there, starts_in=4 * DAY)

    def asked(now, choice=None):
        def rows(moment):
            found = LISTED.upcoming(moment)
            return found.filter(neighbourhood=choice) if choice else found

        return [row[0] for row in rows_at(now, rows, "here", choice and choice.pk)]

    now = timezone.now()
    for _turn in range(2):
        assert asked(now) == [soup.pk, talk.pk, away.pk]
        assert asked(now + 2 * DAY + 3 * HOUR) == [talk.pk, away.pk]
        assert asked(now, there) == [away.pk]
        assert asked(now, buurt) == [soup.pk, talk.pk]
    [first, *_rest] = rows_at(now, LISTED.upcoming, "all of it")
    assert first == LISTED.upcoming(now)[0]
    assert rows_at(now, lambda moment: LISTED.upcoming(moment).none(), "nothing") == []


def test_rows_of_some_of_many_are_those_that_are_asked_for(team, buurt):
    days = [make_activity(team, buurt, starts_in=n * DAY).pk for n in range(1, 5)]

    def asked(*numbers):
        def rows(places):
            return Activity.objects.filter(among("pk", places)).order_by("pk").values_list("pk")

        return [row[0] for row in rows_among(numbers, rows, "some of many")]

    assert asked(days[0], days[2]) == [days[0], days[2]]
    assert asked(days[1], days[3]) == [days[1], days[3]]
    assert asked(*days, days[0]) == days
    assert asked(days[3] + 1) == asked() == []
