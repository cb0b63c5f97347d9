"""Search for residents: everything public, nothing else, and nothing of it stored."""

import datetime
import html
import re
import uuid

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from klapkarre.foundation.accounts.town_import import place_texts
from klapkarre.foundation.finding.models import Entry
from klapkarre.foundation.kit.languages import FOREIGN
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.places import wordings
from klapkarre.foundation.places.models import Welcome
from klapkarre.rooms.agenda import actions as agenda
from klapkarre.rooms.agenda.actions.found import renew
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.news import actions as news
from klapkarre.windows.website import search

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def ask(client):
    def ask(words, **more):
        page = client.get("/zoeken/", {"q": words} | more)
        assert page.status_code == 200
        return [hit.title for hit in page.context.get("hits", ())]

    return ask


@pytest.fixture
def everything(team, buurt, point):
    """One of each kind; all say "molen"."""
    Welcome.objects.create(place=point, position=1, text="Molenpraat bij de koffie")
    place_texts.renew(buurt.municipality_id)
    soup = make_activity(team, buurt, title="Molensoep", place=point)
    renew([soup])
    values = {
        "title": "Molennieuws",
        "text": "Kom.",
        "neighbourhood": buurt,
        "place": None,
        "state": "published",
    }
    return soup, news.add(team, values, key=uuid.uuid4())


def test_everything_public_is_found_and_gone_at_once(ask, everything):
    soup, item = everything
    assert sorted(ask("molen")) == [
        "Buurtpunt Molenwijk",
        "Molennieuws",
        "Molenpraat bij de koffie",
        "Molensoep",
        "Molenwijk",
    ]
    agenda.call_off(soup, "Ziek.")
    news.withdraw(item)
    assert sorted(ask("molen")) == ["Buurtpunt Molenwijk", "Molenpraat bij de koffie", "Molenwijk"]
    assert not Entry.objects.filter(kind__in=("activity", "news")).exists()


def test_the_day_of_the_week_narrows_and_moves_along(ask, everything):
    soup = everything[0]
    friday = datetime.datetime(2099, 3, 6, 14, tzinfo=datetime.UTC)
    for day, here, elsewhere in (
        ("vrijdag 6 maart", friday, "zaterdag"),
        ("zaterdag", friday + DAY, "vrijdag"),
    ):
        soup.starts_at, soup.ends_at = here, here + DAY / 24
        soup.save()
        renew([soup])
        assert (ask(f"soep molen {day}"), ask(f"molensoep {day}"), ask(f"molensoep {elsewhere}")) == (
            [],
            ["Molensoep"],
            [],
        )


def test_what_the_index_still_has_is_not_shown(ask, everything):
    """The rows decide: also when somebody forgot to withdraw."""
    soup, item = everything
    Activity.objects.filter(pk=soup.pk).update(state="draft")
    type(item).objects.filter(pk=item.pk).update(state="draft")
    assert (ask("molensoep"), ask("molennieuws")) == ([], [])


def test_no_name_of_anyone_is_found(ask, worker, organisation, everything):
    buurt = everything[0].neighbourhood
    people.show_card(
        worker, organisation, {"first_name": "Roodborstje", "phone": "", "neighbourhoods": [buurt]}
    )
    agenda.sign_up(everything[0], "Roodborstje", key=uuid.uuid4())
    assert ask("roodborstje") == []


def test_a_typing_error_helps_and_nothing_found_gives_a_number(client, everything):
    near = client.get("/zoeken/?q=molennieuwz")
    assert ("Dit lijkt erop: <bdi>molennieuws</bdi>" in near.text, "Molennieuws" in near.text) == (True, True)
    nothing = client.get("/zoeken/?q=xylofoon")
    assert ("Daar vonden we niets over." in nothing.text, "Bel ons: " in nothing.text) == (True, True)


def test_what_is_typed_is_kept_nowhere(client, everything, caplog):
    page = client.get("/zoeken/?q=zeldzaamgeheim")
    assert "no-store" in page.headers["Cache-Control"]
    kept = str([getattr(one, "_cache", "") for one in (cache, caches["limits"])])
    assert ("zeldzaamgeheim" in kept, "zeldzaamgeheim" in caplog.text) == (False, False)
    assert not Entry.objects.filter(words__contains="zeldzaamgeheim").exists()


ARABIC_SOUP = "\u0627\u0644\u0634\u0648\u0631\u0628\u0629 \u0645\u0639\u064b\u0627"


def test_in_another_language_it_finds_what_somebody_translated(client, everything):
    soup, item = everything
    town = soup.neighbourhood.municipality_id
    for row, dutch, text in ((soup, "Molensoep", ARABIC_SOUP), (item, "Molennieuws", "خبر")):
        wordings.translate(row, "title", "ar", dutch, text, by=1, municipality_id=town)

    def titles(path):
        return re.findall(r'<h3><a href="[^"]*">(.*?)</a></h3>', client.get(path).text)

    # Without the article, and with ha for ta marbuta, as people type it.
    assert titles("/ar/zoeken/?q=\u0634\u0648\u0631\u0628\u0647") == [ARABIC_SOUP]
    assert titles("/ar/zoeken/?q=molensoep") == [ARABIC_SOUP]
    assert titles("/ar/zoeken/?q=molenpraat") == ['<bdi lang="nl">Molenpraat bij de koffie</bdi>']
    assert titles("/zoeken/?q=\u0634\u0648\u0631\u0628\u0629") == ["Molensoep"]
    assert titles("/fr/zoeken/?q=\u0634\u0648\u0631\u0628\u0629") == ['<bdi lang="nl">Molensoep</bdi>']
    agenda.call_off(soup, "Ziek.")
    assert (titles("/ar/zoeken/?q=\u0634\u0648\u0631\u0628\u0629"), titles("/ar/zoeken/?q=خبر")) == (
        [],
        ["خبر"],
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", FOREIGN)
def test_nothing_found_says_so_in_each_language(client, everything, language):
    page = client.get(f"/{language}/zoeken/?q=xylofoon").text
    with override(language):
        words = (
            gettext("Daar vonden we niets over."),
            gettext("Probeer een ander woord. Of vraag het ons: wij weten vaak meer."),
        )
    assert [word in html.unescape(page) for word in words] == [True, True]
    assert "Daar vonden" not in page


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/zoeken/", "/ar/zoeken/"])
@pytest.mark.parametrize("words", ["molen", "molenniuws", "molen xylofon", "molne koffe wastyne feest"])
def test_no_question_takes_more_than_eight_queries(client, everything, path, words):
    soup = everything[0]
    town = soup.neighbourhood.municipality
    wordings.translate(soup, "title", "ar", soup.title, "molensoep", by=1, municipality_id=town.pk)
    with CaptureQueriesContext(connection) as seen:
        client.get(path, {"q": words, "gemeente": town.slug})
    assert len(seen) <= 8


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        "* OR",
        "<script>alert(1)</script>",
        "\N{HOT BEVERAGE}",
        "\u0642\u0647\u0648\u0629",
        "a" * 1500,
        "'" * 60,
    ],
)
def test_any_question_gets_a_page(client, everything, words):
    page = client.get("/zoeken/", {"q": words})
    assert (page.status_code, "<script>alert" in page.text) == (200, False)


@pytest.mark.slow
def test_a_question_without_end_is_refused(client, everything):
    assert client.get("/zoeken/", {"q": "x" * 1_000_000}).status_code in (400, 414)


@pytest.mark.slow
def test_a_series_is_one_hit_by_its_soonest_day(ask, team, buurt):
    from klapkarre.rooms.agenda.models import Series

    first = make_activity(team, buurt, title="Soep")
    series = Series.objects.create(team=team, first_day=first.day, last_day=first.day)
    rows = [
        make_activity(team, buurt, title="Soep", series=series, starts_in=datetime.timedelta(days=n))
        for n in (3, 4)
    ]
    renew([first, *rows])
    assert ask("soep") == ["Soep", "Soep"]


@pytest.mark.slow
def test_pages_stand_in_search_in_their_own_language(client, everything):
    assert "/privacy/" in client.get("/zoeken/?q=gegevens").text
    assert client.get("/fr/zoeken/?q=molensoep").text.count("Molensoep") == 1


@pytest.mark.slow
def test_few_queries_with_one_hit_and_with_three(client, team, buurt, everything):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get("/zoeken/?q=molen")
        return len(seen)

    one = queries()
    for number in range(3):
        renew([make_activity(team, buurt, title=f"Molen {number}", where="Plein")])
    assert queries() == one <= 8


@pytest.mark.slow
def test_one_address_asks_so_much_and_others_go_on(client, everything, monkeypatch):
    monkeypatch.setattr(search, "MOST_QUESTIONS", 2)
    answers = [client.get("/zoeken/?q=molen", REMOTE_ADDR="203.0.113.9") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Er wordt heel vaak gezocht" in answers[2].text
    assert client.get("/zoeken/?q=molen", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_small_words_find_nothing_and_the_end_of_a_ukrainian_word_may_change(client, everything):
    soup, _item = everything
    town = soup.neighbourhood.municipality_id
    wordings.translate(soup, "title", "uk", "Molensoep", "Кава", by=1, municipality_id=town)
    small = client.get("/fr/zoeken/?q=ou")
    page = client.get("/uk/zoeken/", {"q": "каву"})
    assert ("Tapez un autre mot." in small.text, small.context.get("hits")) == (True, None)
    assert (page.context["hits"][0].title, "<bdi>кава</bdi>" in page.text) == ("Molensoep", True)
