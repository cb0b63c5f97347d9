"""What somebody translated is found in its language, for as long as the translation is there."""

import pytest
from django.db import transaction

from klapkarre.foundation.finding import actions, place_texts, search
from klapkarre.foundation.finding.folding import fold, words_of
from klapkarre.foundation.finding.models import Entry, Word
from klapkarre.foundation.places import wordings
from klapkarre.foundation.places.models import Welcome

pytestmark = pytest.mark.django_db
COFFEE = "Een babbel met koffie"


@pytest.fixture
def coffee(point):
    row = Welcome.objects.create(place=point, position=1, text=COFFEE)
    place_texts.renew(point.neighbourhood.municipality_id)
    return row


@pytest.fixture
def say(coffee):
    def say(language, text, dutch=COFFEE):
        town = coffee.place.neighbourhood.municipality_id
        wordings.translate(coffee.place, "welcome 1", language, dutch, text, by=1, municipality_id=town)

    return say


def found(asked, *languages):
    return [entry.kind for entry in search.find(search.asked(asked), languages=languages)]


def test_a_translation_is_found_in_its_language_and_dutch_everywhere(say):
    say("fr", "Causette autour d'un café")
    assert {
        language: (found("cafe", language, "nl"), found("koffie", language, "nl"))
        for language in ("fr", "ar")
    } == {
        "fr": (["welcome"], ["welcome"]),
        "ar": ([], ["welcome"]),
    }
    # Names stand in every edition, each row is one hit.
    assert found("molenwijk causette", "fr", "nl") == ["welcome"]
    assert sorted(found("molenwijk", "fr", "nl")) == ["neighbourhood", "point", "welcome"]


def test_what_changes_or_goes_changes_the_index_in_the_same_transaction(say):
    say("fr", "Causette")
    say("fr", "Papotage")
    assert (found("causette"), found("papotage")) == ([], ["welcome"])
    with transaction.atomic():
        say("fr", "")
        assert found("papotage") == []
        transaction.set_rollback(True)
    assert found("papotage") == ["welcome"]
    say("fr", "")
    assert (found("papotage"), Entry.objects.filter(language="fr").exists()) == ([], False)
    assert not Word.objects.filter(language="fr").exists()


def test_an_old_translation_still_finds(say, coffee):
    say("fr", "Causette")
    Welcome.objects.filter(pk=coffee.pk).update(text="Een babbel met thee")
    place_texts.renew(coffee.place.neighbourhood.municipality_id)
    assert (found("causette", "fr"), found("thee", "fr"), found("koffie")) == (["welcome"], ["welcome"], [])
    say("fr", "", "Een babbel met thee")
    assert found("causette") == []


def test_where_the_same_dutch_stands_the_translation_counts(say, coffee):
    other = Welcome.objects.create(place=coffee.place, position=2, text=f" {COFFEE}")
    place_texts.renew(coffee.place.neighbourhood.municipality_id)
    say("uk", "Розмова")
    assert sorted(entry.key for entry in search.find(["розмова"])) == sorted([str(coffee.pk), str(other.pk)])


def test_made_anew_it_has_all_languages(say):
    say("fr", "Causette")
    say("tr", "Sohbet")
    names = ("kind", "key", "language", "title", "words")
    before = set(Entry.objects.values_list(*names)), set(Word.objects.values_list("language", "text"))
    actions.rebuild()
    assert (
        set(Entry.objects.values_list(*names)),
        set(Word.objects.values_list("language", "text")),
    ) == before


def test_a_typing_error_is_told_in_its_own_language_first(say):
    say("fr", "Causette et tricot")
    say("ar", "\u062f\u0631\u062f\u0634\u0629 \u0645\u0639 \u0642\u0647\u0648\u0629")
    say("uk", "Розмова за кавою")
    asked = {
        "causete": ("fr", "causette"),
        "koffe": ("fr", "koffie"),
        "розмава": ("uk", "розмова"),
        # One letter wrong in a short word without vowels.
        "\u062f\u0631\u062f\u0634\u0627": ("ar", "\u062f\u0631\u062f\u0634\u0647"),
        # Right in another language than that of the page.
        "tricot": ("ar", "tricot"),
    }
    assert {
        word: search.nearest(words_of(word), (language, "nl")) for word, (language, _near) in asked.items()
    } == {word: [near] for word, (_language, near) in asked.items()}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        # hamza on alef, waw and ya; alef with madda and wasla
        ("\u0623\u0633\u0626\u0644\u0629", "\u0627\u0633\u064a\u0644\u0647"),
        (
            "\u0622\u0628 \u0625\u0644\u0649 \u0671\u0628\u0646",
            "\u0627\u0628 \u0627\u0644\u064a \u0627\u0628\u0646",
        ),
        # signs of vowels, tatweel, the letters of a presentation form
        ("\u0642\u064e\u0647\u0652\u0648\u064e\u0629", "\u0642\u0647\u0648\u0629"),
        ("\u0642\u0640\u0640\u0647\u0648\u0629", "\u0642\u0647\u0648\u0647"),
        ("\ufed7\ufeec\ufeee\ufe93", "\u0642\u0647\u0648\u0629"),
        # the article, alone and after "and", "with", "for"
        ("\u0627\u0644\u0642\u0647\u0648\u0629", "\u0642\u0647\u0648\u0629"),
        ("\u0648\u0627\u0644\u0642\u0647\u0648\u0629", "\u0628\u0627\u0644\u0642\u0647\u0648\u0629"),
        ("\u0644\u0644\u062c\u064a\u0631\u0627\u0646", "\u062c\u064a\u0631\u0627\u0646"),
        # Persian letters, digits
        ("\u06a9\u062a\u0627\u0628\u06cc \u0665", "\u0643\u062a\u0627\u0628\u064a 5"),
        ("KAHVE Kırmızı İyi ışık", "kahve kirmizi iyi isik"),
        ("комп'ютер комп\u2019ютер комп\u02bcютер", "компютер компютер компютер"),
        ("Ґанок Їжа йога ёлка", "ганок іжа иога елка"),
        ("Café crème à l\u2019école, cœur", "cafe creme a l ecole coeur"),
        ("koffie\u00adklap auto's", "koffieklap auto s"),
    ],
)
def test_what_is_written_in_more_ways_is_one(written, asked):
    assert words_of(written) == words_of(asked)
    assert words_of(fold(written)) == words_of(written)
