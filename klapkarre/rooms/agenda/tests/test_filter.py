"""Residents choose by what fits them; the choice stands in the address, and nobody fills the cache with it."""

import datetime

import pytest
from django.core.cache import cache

from klapkarre.rooms.agenda import filters
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests import test_repeat
from klapkarre.rooms.agenda.tests.make import form_of, listed, make_activity

fields = test_repeat.fields
LIST = "/activiteiten/"
# What each of them is; `cost` asks two euro, the rest is free.
ROWS = {
    "all": {},
    "kids": {"audiences": ("kinderen",)},
    "homes": {"audiences": ("gezinnen", "jongeren")},
    "old": {"audiences": ("ouderen",), "access": ("rolstoel", "toilet"), "spoken": ("nl", "fr")},
    "cost": {"price_cents": 200, "spoken": ("ar", "fr")},
    "cart": {"kind": "stop", "sign_up_kind": "none", "access": ("rolstoel",)},
    "walk": {"kind": "round", "sign_up_kind": "none"},
}
FOR_ALL = ["all", "cart", "cost", "walk"]


@pytest.fixture
def rows(team, buurt):
    return {
        name: make_activity(team, buurt, where="Plein", title=name, **fields) for name, fields in ROWS.items()
    }


def shown(client, **asked):
    """The titles on the list for this choice, in the order of the alphabet."""
    return sorted(title for _day, cards in listed(client.get(LIST, asked)) for _pk, title in cards)


def test_a_choice_shows_what_fits_and_says_how_many(client, rows):
    page = client.get(LIST, {"voor": "ouderen", "gratis": "1", "buurt": "molenwijk"})
    titles = sorted(title for _day, cards in listed(page) for _pk, title in cards)
    assert titles == ["all", "cart", "old", "walk"]
    assert "<title>4 activiteiten gevonden: Molenwijk" in page.text
    assert 'href="?buurt=molenwijk&amp;voor=ouderen"' in page.text  # the same without "gratis"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"voor": "iedereen"}, FOR_ALL),
        ({"voor": "kinderen"}, [*FOR_ALL, "homes", "kids"]),
        ({"voor": "gezinnen"}, [*FOR_ALL, "homes"]),
        ({"voor": "jongeren"}, [*FOR_ALL, "homes"]),
        ({"voor": "anderstaligen"}, FOR_ALL),
        ({"taal": "nl"}, ["all", "cart", "homes", "kids", "old", "walk"]),
        ({"taal": "fr"}, ["cost", "old"]),
        ({"taal": "ar"}, ["cost"]),
        ({"taal": "ps"}, []),
        ({"gratis": "1"}, ["all", "cart", "homes", "kids", "old", "walk"]),
        ({"rolstoel": "1"}, ["cart", "old"]),
        ({"klapkarre": "1"}, ["cart", "walk"]),
        ({"rolstoel": "1", "taal": "fr", "voor": "ouderen", "gratis": "1"}, ["old"]),
    ],
)
def test_each_choice(client, rows, asked, titles):
    assert shown(client, **asked) == sorted(titles)


def test_nothing_that_fits_says_what_to_change(client, rows):
    page = client.get(LIST, {"taal": "ps", "rolstoel": "1"})
    assert "Hier past nu niets bij." in page.text
    assert 'href="?&amp;rolstoel=1"' in page.text
    assert "Er is nu niets gepland." not in page.text


def test_only_known_choices_are_kept(client, rows):
    """A made-up value is the list itself, and a rare or far page takes no room."""
    cache.clear()
    whole = client.get(LIST).content
    for made_up in ({"voor": "x" * 50}, {"taal": "xx"}, {"gratis": "2"}, {"rolstoel": "' OR 1=1 --"}):
        assert client.get(LIST, made_up).content == whole
    assert "etag" in client.get(LIST, {"voor": "ouderen", "gratis": "1"}).headers
    for rare in ({"voor": "ouderen", "gratis": "1", "taal": "fr"}, {"pagina": "9999"}):
        assert "etag" not in client.get(LIST, rare).headers


def test_a_page_further_keeps_the_choice(client, team, buurt):
    for number in range(31):
        make_activity(
            team, buurt, starts_in=(number + 1) * datetime.timedelta(hours=1), audiences=("ouderen",)
        )
    page = client.get(LIST, {"voor": "ouderen", "gratis": "1"})
    assert 'href="?gratis=1&amp;voor=ouderen&amp;pagina=2"' in page.text


@pytest.mark.slow
def test_what_is_said_is_asked_on_the_form_and_stands_on_the_page(client, worker, fields):
    client.force_login(worker)
    said = {
        "kind": "stop",
        "audiences": ["ouderen", "kinderen"],
        "spoken": ["tr", "nl"],
        "access": ["rolstoel"],
        "partners": "Avansa, de bibliotheek",
    }
    client.post(test_repeat.ADD, fields | said | {"sign_up_kind": "none"})
    row = Activity.objects.get()
    assert (row.kind, row.audiences, row.spoken) == ("stop", ("kinderen", "ouderen"), ("nl", "tr"))
    page = client.get(row.get_absolute_url()).text
    for words in (
        "Kinderen, ouderen",
        "Nederlands, Turks",
        "Je kan binnen met een rolstoel",
        "Avansa, de bibliotheek",
        '"audienceType": "Kinderen, ouderen"',
        '"inLanguage": ["nl", "tr"]',
    ):
        assert words in page
    assert "Halte van de klapkarre" in client.get(LIST).text
    # The next one starts from what seldom changes, and a change shows what there was.
    assert client.get(test_repeat.ADD).context["form"].initial["access"] == ("rolstoel",)
    change = form_of(client.get(f"/werk/activiteiten/{row.pk}/wijzigen/"))
    assert change["audiences"] == ("kinderen", "ouderen")


@pytest.mark.slow
def test_a_stop_or_round_takes_no_names(client, worker, fields):
    client.force_login(worker)
    for kind in ("stop", "round"):
        page = client.post(test_repeat.ADD, fields | {"kind": kind, "sign_up_kind": "name"})
        assert "hoeft niemand zich aan te melden" in page.text
    page = client.post(test_repeat.ADD, fields | {"kind": "feest", "audiences": ["reuzen"]})
    assert page.text.count("Kies iets uit de lijst.") == 4  # at both fields and above
    assert not Activity.objects.exists()


@pytest.mark.slow
def test_every_choice_has_a_word():
    for name, values in filters.CHOICES.items():
        assert all(filters.word_of(name, value) for value in values)
