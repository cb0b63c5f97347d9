"""Words, their begin and what looks like them; nothing that a text no longer says."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.finding import actions, search
from klapkarre.foundation.finding.folding import distance, fold, words_of
from klapkarre.foundation.finding.models import Entry, Trigram, Word
from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.places.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(town):
    def put(key, title, body="", at=None, kind="proef"):
        actions.publish(Text(kind, str(key), town.pk, title, body, at))

    return put


def found(asked, **more):
    return [entry.key for entry in search.find(search.asked(asked), **more)]


def test_words_begins_and_accents(put):
    put(1, "Koffieklap", "Een babbel in het Café")
    put(2, "Fietsherstel", "Met koffie")
    assert [
        found(asked) for asked in ("koffie", "KOFFIEKLAP", "cafe", "café babb", "thee", "koffie thee")
    ] == [
        ["1", "2"],
        ["1"],
        ["1"],
        ["1"],
        [],
        [],
    ]


def test_what_goes_is_gone_with_its_words(put):
    put(1, "Koffieklap", "zeldzaamwoord")
    put(2, "Koffieklap")
    actions.withdraw("proef", 1)
    assert (found("koffieklap"), found("zeldzaamwoord"), search.nearest(["zeldzaamwoort"])) == (
        ["2"],
        [],
        ["zeldzaamwoort"],
    )
    assert not Word.objects.filter(text="zeldzaamwoord").exists()
    put(2, "Theeklap")
    assert (found("koffieklap"), found("theek")) == ([], ["2"])
    actions.withdraw("proef", 2)
    assert (Entry.objects.count(), Word.objects.count(), Trigram.objects.count()) == (0, 0, 0)


def test_a_typing_error_is_told(put):
    put(1, "Fietsherstel en koffieklap aan de Wastijne, koffie voor wie reist")
    near = {
        "koffe": "koffie",
        "wastyne": "wastijne",
        "rijst": "reist",
        "koffiekalp": "koffieklap",
        "fietshrstel": "fietsherstel",
        "kofieklap": "koffieklap",
        "xylofoon": "xylofoon",
    }
    assert {asked: search.nearest([asked]) for asked in near} == {
        asked: [word] for asked, word in near.items()
    }
    assert search.nearest(["koffe", "de", "wastyne", "xylofoon"]) == ["koffie", "de", "wastijne", "xylofoon"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        '"',
        "koffie OR thee",
        "koffie NEAR thee",
        "NOT koffie",
        "(koffie",
        "koffie*",
        "a:b",
        "'); DROP TABLE x; --",
        "^k",
        "-",
    ],
)
def test_operators_are_text(put, asked):
    put(1, "OR NEAR NOT a b drop table x k")
    found(asked)
    search.nearest(search.asked(asked))


@pytest.mark.slow
def test_every_script_and_no_word(put):
    put(1, "\u0642\u0647\u0648\u0629 \u0645\u0639 \u0627\u0644\u062c\u064a\u0631\u0627\u0646")
    put(2, "Кава з сусідами \N{HOT BEVERAGE}")
    put(3, "Türkçe çay")
    assert [found(one) for one in ("\u0642\u0647\u0648", "сусід", "turkce cay", "\N{HOT BEVERAGE}")] == [
        ["1"],
        ["2"],
        ["3"],
        [],
    ]
    assert search.asked("x" * 2_000_000) == ["x" * 40]
    assert len(search.asked("a b c d e f g h i j k")) == 8


@pytest.mark.slow
def test_the_title_and_the_soonest_first(put):
    now = timezone.now()
    days = [now + datetime.timedelta(days=number) for number in (5, 2, -1)]
    put("later", "Soep", at=days[0])
    put("sooner", "Soep", at=days[1])
    put("over", "Soep", at=days[2])
    put("in the text", "Feest", "met soep", at=days[1])
    put("second", "Warme soep", at=days[1])
    assert found("soep") == ["sooner", "later", "second", "in the text"]


@pytest.mark.slow
def test_the_newest_of_other_towns_and_what_is_over_hide_nothing(put, town, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    put("here", "Soep")
    other = Municipality.objects.create(name="Elders", slug="elders")
    for number in range(4):
        actions.publish(Text("proef", f"elsewhere {number}", other.pk, "Soep"))
        put(f"over {number}", "Soep", at=timezone.now() - datetime.timedelta(days=1))
    assert found("soep", town=town) == ["here"]


@pytest.mark.slow
def test_made_anew_it_is_the_same(put, point, buurt):
    put(1, "Van niemand")
    assert actions.rebuild() == Entry.objects.count() == 2
    assert (sorted(found("molenwijk")), found("niemand")) == (sorted([str(point.pk), str(buurt.pk)]), [])
    before = set(Entry.objects.values_list("kind", "key", "words")), Word.objects.count()
    actions.rebuild()
    assert (set(Entry.objects.values_list("kind", "key", "words")), Word.objects.count()) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("koffie", "koffie", 0),
        ("kofife", "koffie", 1),
        ("kofie", "koffie", 1),
        ("kat", "koffie", 3),
        ("", "ab", 2),
    ],
)
def test_how_far_two_words_are(one, other, errors):
    assert distance(one, other, 2) == errors


@pytest.mark.slow
def test_folding():
    assert fold("CAFÉ Straße Ørsted") == "cafe strasse orsted"
    assert words_of("l'école, 25-jarige_feest!") == ["l", "ecole", "25", "jarige", "feest"]
