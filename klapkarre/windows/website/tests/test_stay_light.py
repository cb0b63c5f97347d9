"""Pages cost the same number of queries with one row and with three, at most eight, and one when kept."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klapkarre.foundation.kit import pages
from klapkarre.foundation.places import wordings
from klapkarre.foundation.places.models import Closure, Municipality, Place, Welcome, content_changed
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.news.tests.make import make_news
from klapkarre.windows.website.tests.make import make_neighbourhood, make_point

pytestmark = pytest.mark.django_db
MOST = 8
PAGES = {
    "/": 6,
    "/buurten/": 5,
    "/buurten/wijk-1/": 6,
    "/buurten/deel-1/": 6,
    "/buurtpunten/": 5,
    "/buurtpunten/punt-1/": 6,
    "/kaart/": 6,
    "/privacy/": 3,
    "/toegankelijkheid/": 3,
}


# With everything that a page of the agenda or the news can have.
MORE = (
    "/activiteiten/",
    "/activiteiten/?buurt=wijk-1",
    "/activiteiten/{activity}/",
    "/nieuws/",
    "/nieuws/{news}/",
)


def fill(team, town, rows):
    """So many of everything, also below the first neighbourhood and at the first point."""
    first = make_neighbourhood(town, "Wijk 1")
    for number in range(1, rows + 1):
        buurt = first if number == 1 else make_neighbourhood(town, f"Wijk {number}")
        make_neighbourhood(town, f"Deel {number}", parent=first)
        for place in (
            make_point(buurt, f"Punt {number}", thursdays=True),
            make_point(first, f"Naast {number}"),
        ):
            Welcome.objects.create(place=place, position=1, text=f"Reden {number}")
            Closure.objects.create(
                place=place, first_day="2026-12-24", last_day="2027-01-03", reason="Vakantie"
            )
        here = first.places.get(slug="punt-1")
        Welcome.objects.create(place=here, position=number, text=f"Nog een reden {number}")
        make_activity(team, first, place=here, starts_in=datetime.timedelta(days=number))
        stop = {"kind": "stop", "sign_up_kind": "none", "place": here}
        make_activity(team, first, starts_in=datetime.timedelta(hours=number - 2), **stop)


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_with_one_row_and_with_three(client, team, town, path, rows):
    fill(team, town, rows)
    assert queries(client, path) == PAGES[path] <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_costs_one_query_until_something_changes(client, team, town, path, monkeypatch):
    # The minute must not pass between the first look and the second.
    monkeypatch.setattr(pages, "MINUTE", 10**9)
    fill(team, town, 1)
    assert queries(client, path) == PAGES[path]
    assert queries(client, path) == 1
    content_changed(town.pk)
    assert queries(client, path) == PAGES[path]


@pytest.mark.slow
@pytest.mark.parametrize("path", [*PAGES, *MORE])
def test_another_language_costs_no_question_more(client, team, town, path, monkeypatch):
    """Also the first page after something was translated, and the first one of all."""
    monkeypatch.setattr(pages, "MINUTE", 10**9)
    fill(team, town, 3)
    place = Place.objects.get(slug="punt-1")
    news = make_news(team, place.neighbourhood, place=place)
    path = path.format(activity=Activity.objects.first().pk, news=news.pk)
    cache.clear()
    dutch = queries(client, path)
    assert dutch <= MOST
    for text in ("Point Un", "Le point"):
        wordings.translate(place, "welcome 1", "fr", "Reden 1", text, by=1, municipality_id=town.pk)
        assert queries(client, f"/fr{path}") == dutch
    assert queries(client, f"/ar{path}") == dutch
    assert [queries(client, f"/{one}{path}") for one in ("fr", "ar")] == [1, 1]
    if path == "/buurtpunten/punt-1/":
        assert ">Le point</span>" in client.get(f"/fr{path}").text


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/buurten/", "/buurtpunten/"])
def test_lists_of_many_towns_come_in_pages(client, path):
    for number in range(3):
        town = Municipality.objects.create(name=f"Stad {number}", slug=f"stad-{number}")
        for each in range(15):
            make_point(make_neighbourhood(town, f"B {number} {each}"), f"P {number} {each}", thursdays=True)
    page = client.get(path).content.decode()
    assert ("Pagina 1 van " in page, "?pagina=2" in page) == (True, True)
    assert queries(client, f"{path}?pagina=2") <= MOST
    of_one_town = client.get(f"{path}?gemeente=stad-1").content.decode()
    assert ("in Stad 1</h1>" in of_one_town, "Pagina 1 van " in of_one_town) == (True, False)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_and_not_sent_twice(client, team, town, path, monkeypatch):
    monkeypatch.setattr(pages, "MINUTE", 10**9)
    fill(team, town, 3)
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], len(answer.content) < 8_000) == ("gzip", True)
    again = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
