"""Consent is asked in a language that the person understands, and the proof says which text was read."""

import re

import pytest

from klapkarre.foundation.people import actions, consent_text, export
from klapkarre.foundation.people.models import Consent, Kind, Person
from klapkarre.foundation.people.tests.make import make_person, typed

OTHERS = [text for text in consent_text.TODAY.values() if text.language != consent_text.DUTCH]
UNREAD = "nog na te lezen door een vertaler"


def test_every_language_says_all_that_the_dutch_text_says():
    dutch = consent_text.TODAY[consent_text.DUTCH]
    assert [text.language for text in OTHERS] == ["fr", "en", "ar", "tr", "uk"]
    for text in consent_text.ALL:
        assert [line.count("%(organisation)s") for line in text.lines] == [1, 0, 0, 0, 0]
        assert re.findall(r"\d+", " ".join(text.lines)) == ["30"]
        assert (list(text.kinds), list(text.sheet)) == (list(dutch.kinds), list(dutch.sheet))
        assert len(text.version) <= Consent._meta.get_field("text_version").max_length
    assert dutch.kinds == {kind.value: str(kind.label) for kind in Kind}
    assert len(consent_text.TEXTS) == len(consent_text.ALL), "a version stands for one text"
    assert {text.direction for text in consent_text.ALL if text.language == "ar"} == {"rtl"}


@pytest.mark.slow
@pytest.mark.parametrize("text", consent_text.TODAY.values(), ids=lambda text: text.language)
def test_the_sheet_is_in_that_language_and_says_who_read_it(client, worker, organisation, text):
    client.force_login(worker)
    page = client.get(f"/werk/personen/toestemmingsblad/?taal={text.language}").text
    for line in (*text.said_by(organisation), *text.kinds.values(), *text.sheet.values(), text.version):
        assert line in page
    assert f'lang="{text.language}" dir="{text.direction}"' in page
    assert (UNREAD in page.lower()) is not text.is_checked


def test_on_paper_the_dutch_stands_beside_each_box_and_who_read_it_is_printed(client, worker):
    client.force_login(worker)
    page = client.get("/werk/personen/toestemmingsblad/?taal=ar").text
    arabic, dutch = (consent_text.TODAY[language].kinds for language in ("ar", "nl"))
    for kind, line in arabic.items():
        assert f'☐ {line}</p><p class="quiet"><bdi lang="nl" dir="ltr">{dutch[kind]}</bdi></p></li>' in page
    unread = '<bdi lang="nl" dir="ltr">Nog na te lezen door een vertaler.</bdi>'
    assert f'<span class="print-only">{unread}</span>' in page
    assert '<bdi lang="nl"' not in client.get("/werk/personen/toestemmingsblad/").text


@pytest.mark.slow
@pytest.mark.parametrize(("taal", "chosen"), [("ar", "ar"), ("tr", "tr"), ("nl", "nl"), ("xx", "nl")])
def test_who_comes_from_the_text_in_a_language_finds_it_chosen(client, worker, team, taal, chosen):
    client.force_login(worker)
    ways = ("/werk/personen/nieuw/", f"{make_person(team, worker).path}toestemming/")
    for way in ways:
        page = client.get(f"{way}?taal={taal}")
        assert page.context["form"]["language"].value() == chosen
        is_open = re.findall(r'<details data-language="(..)" open>', page.text)
        assert is_open == ([] if chosen == "nl" else [chosen])
    back = f'href="{ways[0]}?taal={chosen}"' if chosen != "nl" else f'href="{ways[0]}"'
    assert back in client.get(f"/werk/personen/toestemmingsblad/?taal={taal}").text


def test_the_choice_that_was_sent_stays(client, worker):
    client.force_login(worker)
    page = client.post("/werk/personen/nieuw/?taal=ar", typed(language="tr", name=""))
    assert page.context["form"]["language"].value() == "tr"
    assert '<details data-language="ar" open>' not in page.text


def test_an_unknown_language_gets_the_dutch_sheet(client, worker, organisation):
    client.force_login(worker)
    page = client.get("/werk/personen/toestemmingsblad/?taal=xx").text
    assert consent_text.sentences(organisation)[0] in page


def test_a_worker_reads_each_language_and_sees_what_nobody_checked(client, worker, organisation):
    client.force_login(worker)
    page = client.get("/werk/personen/nieuw/").text
    assert page.count(UNREAD) == len(OTHERS)
    for text in OTHERS:
        assert f'lang="{text.language}" dir="{text.direction}"' in page
        assert text.said_by(organisation)[0] in page


def test_the_consent_keeps_the_version_that_was_read(client, worker, organisation):
    client.force_login(worker)
    client.post("/werk/personen/nieuw/", typed(kinds=["bewaren"], language="ar"))
    person = Person.objects.get()
    form = {"kinds": ["bewaren", "bellen"], "how": "tolk", "language": "uk"}
    client.post(f"{person.path}toestemming/", form)
    rows = Consent.objects.order_by("at")
    versions = [consent_text.TODAY[language].version for language in ("ar", "uk")]
    assert [row.text_version for row in rows] == versions
    aloud = {one["version"]: one["lines"] for one in export.export_of(person)["aloud"]}
    assert aloud[versions[0]] == consent_text.TODAY["ar"].said_by(organisation)
    assert versions[0] in client.get(person.path).text


@pytest.mark.parametrize("said", [{}, {"language": ""}])
def test_nothing_said_is_dutch(client, worker, said):
    client.force_login(worker)
    client.post("/werk/personen/nieuw/", typed(**said))
    assert Consent.objects.get().text_version == consent_text.VERSION


def test_a_language_that_is_not_there_is_refused(client, worker):
    client.force_login(worker)
    page = client.post("/werk/personen/nieuw/", typed(language="xx"))
    assert page.context["form"].errors["language"] == ["Kies iets uit de lijst."]
    assert not Person.objects.exists()


def test_what_the_export_prints_reads_from_the_right(team, worker):
    person = make_person(team, worker, kinds=["bewaren"])
    actions.give_consent(person, ["bellen"], "tolk", worker, language="ar")
    directions = {one["text"].direction for one in export.export_of(person)["aloud"]}
    assert directions == {"ltr", "rtl"}
