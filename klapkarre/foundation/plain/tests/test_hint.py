"""What the hints find, and what they leave alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klapkarre.foundation.plain import lists
from klapkarre.foundation.plain.checks import MOST_SENTENCES, look
from klapkarre.foundation.plain.forms_of_words import adjective, noun, verb
from klapkarre.foundation.plain.rare import is_rare
from klapkarre.foundation.plain.sentences import sentences, words

# The one service that explanations of others may name: this project's own example does (leefloon).
KNOWN = {"OCMW"}


def found(text):
    return [(hint.kind, hint.words) for one in look(text) for hint in one.hints]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Kom binnen. De koffie staat klaar.", []),
        ("Gelieve u aan te melden.", [("office", "Gelieve")]),
        ("Het is kosteloos, i.s.m. de stad.", [("office", "kosteloos"), ("office", "i.s.m")]),
        ("Dit gaat door met het oog op de zomer.", [("office", "met het oog op")]),
        ("Je aanvragen werden ingediend.", [("office", "ingediend"), ("passive", "werden … ingediend")]),
        ("Het wordt koud en gezellig. Word lid.", []),
        ("De tafels worden gezet.", [("passive", "worden … gezet")]),
        ("Vraag je leefloon aan.", [("system", "leefloon")]),
        ("Een leefloon (geld om van te leven) helpt.", []),
        ("Een leefloon: geld om van te leven.", []),
        ("We tekenen een huisvestingsbeleidsplan.", [("long_word", "huisvestingsbeleidsplan")]),
        ("Kom woensdagnamiddag naar Sint-Gillis-Dendermonde.", []),
        ("We gaan naar Vandenbroeckestraatje.", []),
        ("Alles verloopt naadloos.", [("rare_word", "naadloos")]),
        ("Ambiguïteit mag.", [("rare_word", "Ambiguïteit")]),
        ("Naadloos is een woord: naadloos (zonder naad).", []),
        ("Donck en Serbos zijn buurten. Vraag het aan Vlotgras.", []),
        ("Mail naar indebuurt@dendermonde.be of kijk op www.serbosdonck.be.", []),
        (" ".join(["woord"] * 15) + ".", []),
        (" ".join(["woord"] * 16) + ".", [("long_sentence", "16 woorden")]),
        ("مرحبا بكم في الحي. Ласкаво просимо. \N{WAVING HAND SIGN}", []),
        ("", []),
    ],
)
def test_what_is_found(text, hints):
    assert found(text) == [(kind, said if said != "i.s.m" else "i.s.m.") for kind, said in hints]


def test_each_hint_says_what_to_say_instead():
    advice = {
        hint.words: hint.advice for one in look("Deelname is gratuit. Het OCMW helpt.") for hint in one.hints
    }
    assert advice == {
        "Deelname": "Zeg liever 'meedoen'.",
        "gratuit": "Zeg liever 'gratis'.",
        "OCMW": "Zeg erbij wat het is: dienst van de gemeente voor wie hulp of geld nodig heeft.",
    }


def test_sentences_and_words():
    text = 'Kom om 9.30 uur, o.a. voor soep. Bel dhr. Jan! "Zo?" Ja\nEn auto\'s'
    assert sentences(text) == [
        "Kom om 9.30 uur, o.a. voor soep.",
        "Bel dhr. Jan!",
        '"Zo?"',
        "Ja",
        "En auto's",
    ]
    assert words("Kom om 9.30 uur, o.a. met auto's.") == ["Kom", "om", "9.30", "uur", "o.a.", "met", "auto's"]


@pytest.mark.parametrize(
    ("make", "word", "written"),
    [
        (verb, "annuleren", "annuleert annuleerde geannuleerd geannuleerde annulerende"),
        (verb, "aan|vatten", "aanvat aangevat"),
        (verb, "in|dienen", "ingediend ingediende"),
        (verb, "verstrekken", "verstrek verstrekt verstrekte verstrekten"),
        (verb, "financieren", "financiert financierde gefinancierd"),
        (verb, "creëren", "creëert gecreëerd"),
        (noun, "faciliteit", "faciliteiten"),
        (noun, "tarief", "tarieven"),
        (noun, "doelgroep", "doelgroepen"),
        (noun, "beschikbaarheid", "beschikbaarheden"),
        (noun, "subsidie", "subsidies"),
        (noun, "ambtenaar", "ambtenaren"),
        (adjective, "financieel", "financiële"),
        (adjective, "relevant", "relevante"),
        (adjective, "administratief", "administratieve"),
        (adjective, "noodzakelijk", "noodzakelijke"),
    ],
)
def test_forms_follow_the_spelling(make, word, written):
    assert set(written.split()) - make(word) == set()


def test_the_lists_are_long_and_say_each_word_once():
    office, system = (lists.read(name) for name in ("ambtelijk.txt", "systeemwoorden.txt"))
    assert (len(office) >= 400, len(system) >= 150) == (True, True)
    said = [entry.word.lower() for entry in (*office, *system)]
    assert len(said) == len(set(said))
    assert [
        entry.word
        for entry in (*office, *system)
        if entry.word.lower() in {one.lower() for one in entry.plain}
    ] == []


def test_what_the_lists_say_is_plain_itself():
    entries = (*lists.read("ambtelijk.txt"), *lists.read("systeemwoorden.txt"))
    heavy = {
        entry.word: hint.words
        for entry in entries
        for plain in entry.plain
        for one in look(plain)
        for hint in one.hints
        if hint.words not in KNOWN
    }
    assert heavy == {}


HARD = """
    aanspreekbaar ambtenariaans ambiguïteit anciënniteit buurtbevraging curatief deontologie dynamiek flankerend
    intersectoraal intrinsiek marginaal modulair naadloos precair residentieel
    sectoraal stigma synergetisch vitaliteit
"""
EVERYDAY = """
    afgewassen babbeltje barbecueën boekentas boodschappentas breiclub buurfeest buurtcafé buurvrouwen fietsbandje
    fietshersteller fietslampjes gebreid gekopieerd glijbanen grasmachine groentesoep herfstsoep ijsjes kaartavond
    kerstmarkt kindjes kleuterklas knutselnamiddag koffiekoeken kookavond kringloop meebrengen meespelen moestuinen
    naaimachines naschools opgeruimd pannenkoekjes petanqueclub praattafels regenlaarzen rommelmarkten ruilwinkel
    scootmobiel soepbar speelstraten spelletjesavond springtouwen stoelendans taartje terrasje toneelavond tuinfeest
    tweedehands uitgeleend verkleedkoffer vuilniszakken waterpistool wafelbak winterjassen zangavond zomerbar zwerfvuil
"""


def test_hard_words_are_found_and_everyday_words_are_left_alone():
    assert [word for word in HARD.split() if not is_rare(word)] == []
    assert [word for word in EVERYDAY.split() if is_rare(word)] == []


def test_every_word_of_the_lists_is_found():
    for name in ("ambtelijk.txt", "systeemwoorden.txt"):
        missed = [entry.word for entry in lists.read(name) if not found(f"Dit is {entry.word} hier.")]
        assert missed == []


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.text(max_size=2000) | st.text("ge.n o\n:(IJë", max_size=3000))
def test_any_text_gets_an_answer(text):
    assert all(one.sentence and one.hints for one in look(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "ge",
        "o.a. ",
        "Gelieve ",
        "wordt gezet ",
        ". ",
        "\n",
        "مرحبا ",
        "\N{WAVING HAND SIGN}",
        "leefloon ",
        "'-.",
        "a.b",
    ],
)
def test_a_megabyte_costs_little(piece):
    text = piece * (1_000_000 // len(piece))
    begin = time.process_time()
    assert len(look(text)) <= MOST_SENTENCES
    assert time.process_time() - begin < 3


@pytest.mark.slow
def test_words_that_nobody_saw_before_cost_little():
    letters = "abdeginoprstu"
    text = " ".join("".join(letters[(number * step) % 13] for step in range(3, 17)) for number in range(1400))
    begin = time.process_time()
    look(text)
    assert time.process_time() - begin < 2


@pytest.mark.slow
def test_four_times_as_long_costs_about_four_times_as_much():
    costs = []
    for length in (250_000, 1_000_000):
        text = ("o.a. dhr. Gelieve. " * (length // 19))[:length]
        begin = time.process_time()
        assert sum(len(words(one)) for one in sentences(text)) > length // 20
        costs.append(time.process_time() - begin)
    assert costs[1] < 8 * costs[0]
