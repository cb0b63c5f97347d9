"""With several towns the list is of one town; with one town nobody is asked."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klapkarre.foundation.places.models import Municipality, Neighbourhood
from klapkarre.rooms.agenda.tests.make import listed, make_activity

MOST_QUERIES = 8


@pytest.fixture
def far(town):
    elsewhere = Municipality.objects.create(name="Verdorp", slug="verdorp")
    return Neighbourhood.objects.create(municipality=elsewhere, name="Verwijk", slug="verwijk")


@pytest.fixture
def both(team, buurt, other_buurt, far):
    """Something in two buurten here and in one there."""
    make_activity(team, buurt, title="Soep")
    make_activity(team, other_buurt, title="Naaien")
    make_activity(team, far, title="Verweg")


def shown(page):
    return sorted(title for _day, cards in listed(page) for _pk, title in cards)


def buurten(page):
    return re.findall(r'href="\?buurt=([\w-]+)"', page.text)


def test_many_towns_come_first(client, both):
    page = client.get("/activiteiten/")
    assert page.status_code == 200
    assert [town.slug for town in page.context["towns"]] == ["proefdorp", "verdorp"]
    assert 'href="/activiteiten/?gemeente=verdorp"' in page.text
    assert "Soep" not in page.text
    assert buurten(page) == []


def test_a_town_has_its_own_list_and_buurten(client, both):
    page = client.get("/activiteiten/?gemeente=proefdorp")
    assert shown(page) == ["Naaien", "Soep"]
    assert buurten(page) == ["molenwijk", "stationswijk"]
    assert "Wat is er te doen in Proefdorp?" in page.text
    assert 'href="/activiteiten/"' in page.text
    assert shown(client.get("/activiteiten/?gemeente=verdorp")) == ["Verweg"]


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "gemeente=proefdorp&", "gemeente=verdorp&", "gemeente=nergens&"])
def test_a_buurt_brings_its_town(client, both, before):
    page = client.get(f"/activiteiten/?{before}buurt=molenwijk")
    assert shown(page) == ["Soep"]
    assert buurten(page) == ["molenwijk", "stationswijk"]
    assert 'href="/activiteiten/?gemeente=proefdorp"' in page.text


def test_the_choice_of_many_buurten_keeps_the_town(client, both, team, town):
    for number in range(13):
        part = Neighbourhood.objects.create(municipality=town, name=f"W {number}", slug=f"w-{number}")
        make_activity(team, part)
    page = client.get("/activiteiten/?gemeente=proefdorp")
    assert '<input type="hidden" name="gemeente" value="proefdorp">' in page.text
    assert "Verwijk" not in page.text
    assert len(shown(page)) == 15
    assert client.get("/activiteiten/?gemeente=proefdorp&buurt=").content == page.content


@pytest.mark.parametrize("query", ["gemeente=nergens", "buurt=nergens", "gemeente=verdorp&buurt=nergens"])
def test_what_is_not_here_is_not_found(client, both, query):
    assert client.get(f"/activiteiten/?{query}").status_code == 404


def test_an_unknown_buurt_asks_the_town(client, both):
    page = client.get("/activiteiten/?buurt=nergens")
    assert "Die buurt kennen we niet. Kies eerst je gemeente." in page.text
    assert "?gemeente=verdorp" in page.text


def test_a_town_where_nothing_comes_says_so(client, both):
    Municipality.objects.create(name="Stildorp", slug="stildorp")
    assert "Er is nu niets gepland." in client.get("/activiteiten/?gemeente=stildorp").text


def test_with_one_town_nobody_is_asked(client, team, buurt):
    make_activity(team, buurt, title="Soep")
    page = client.get("/activiteiten/")
    assert shown(page) == ["Soep"]
    assert "gemeente" not in page.text.split("<main")[1].split("</main>")[0]
    assert shown(client.get("/activiteiten/?gemeente=proefdorp")) == ["Soep"]


def test_three_hundred_towns_ask_the_first_letter_and_cost_little(client, both, team, buurt):
    Municipality.objects.bulk_create(
        Municipality(name=f"{'ABK'[number % 3]}dorp {number:03}", slug=f"dorp-{number}")
        for number in range(300)
    )
    page = client.get("/activiteiten/?letter=B")
    assert "Gemeenten met een B" in page.text
    assert len(page.context["towns"]) == 100
    assert 'href="/activiteiten/?letter=K"' in page.text
    assert client.get("/activiteiten/").context["towns"] == []
    make_activity(team, buurt, capacity=3)
    for query in ("", "?gemeente=proefdorp", "?buurt=molenwijk"):
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/activiteiten/{query}")
        assert len(seen) <= MOST_QUERIES


@pytest.mark.parametrize("planned", [True, False])
def test_home_leads_to_the_list_of_its_town(client, far, team, planned):
    if planned:
        make_activity(team, far)
    assert 'href="/activiteiten/?gemeente=verdorp"' in client.get("/?gemeente=verdorp").text


def test_each_town_is_kept_on_its_own(client, both):
    first = client.get("/activiteiten/?gemeente=proefdorp").content
    assert client.get("/activiteiten/?gemeente=verdorp").content != first
    assert client.get("/activiteiten/?gemeente=proefdorp").content == first
