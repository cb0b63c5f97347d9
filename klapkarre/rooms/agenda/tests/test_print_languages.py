"""Paper in the language of who reads it, or in two: the words, the days, the page behind the code, the marks."""

import datetime
import uuid

import pytest
from django.test import RequestFactory

from klapkarre.foundation.kit import pdf
from klapkarre.foundation.kit.languages import digest
from klapkarre.foundation.kit.printed import chosen
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, HandOver
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.agenda.views.paper import SHEETS
from tests import paper

# A Thursday at 14 o'clock.
WHEN = datetime.datetime(2030, 11, 21, 13, tzinfo=datetime.UTC)
ARABIC, TITLE = "حساء في الساحة", "Soep op het plein"


@pytest.fixture
def print_kit(need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")


@pytest.fixture
def soup(team, buurt, point):
    return make_activity(
        team, buurt, starts_at=WHEN, place=point, summary="Iedereen is welkom.", bring="een kom"
    )


def translate(activity, text=ARABIC, field="title", language="ar"):
    source = digest(getattr(activity, field))
    return activity.translations.create(field=field, language=language, text=text, source=source)


def printed(client, activity, kind, query=""):
    return paper.read(client.get(f"/werk/activiteiten/{activity.pk}/papier/{kind}.pdf{query}"))


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("", ("nl",)),
        ("taal=ar", ("ar",)),
        ("taal=ar&tweede=nl", ("ar", "nl")),
        ("taal=ar&tweede=ar", ("ar",)),
        ("taal=xx&tweede=../nl", ("nl",)),
        ("tweede=uk", ("nl", "uk")),
    ],
)
def test_one_or_two_languages_that_we_speak(query, languages):
    assert chosen(RequestFactory().get(f"/?{query}").GET) == languages


def test_the_page_says_first_what_would_be_in_dutch(client, worker, soup):
    client.force_login(worker)
    page = f"/werk/activiteiten/{soup.pk}/papier/"
    assert client.get(page).context["lacking"] == []
    translate(soup)
    translate(soup, "الجميع مرحب بهم.", "summary")
    Activity.objects.filter(pk=soup.pk).update(summary="Iedereen is welkom. Ook je kinderen.")
    answer = client.get(f"{page}?taal=nl&tweede=ar")
    says = [
        ("Uitleg", "Iedereen is welkom. Ook je kinderen.", "old"),
        ("Wat breng je mee", "een kom", "missing"),
    ]
    way = f"/werk/vertalen/activiteit/{soup.pk}/?taal=ar"
    assert answer.context["lacking"] == [("Arabisch", says, way)]
    assert ("verouderd" in answer.text, f'href="{way}"' in answer.text) == (True, True)
    assert f'href="{page}poster-a4.pdf?taal=nl&amp;tweede=ar"' in answer.text
    assert f'href="{page}flyer.pdf?taal=nl&amp;tweede=ar&amp;letters=groot"' in answer.text


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ar", ["الخميس", "نوفمبر", "14:00", "مجان"]),
        ("tr", ["Perşembe", "Kasım", "14.00", "Ücretsiz"]),
        ("uk", ["Четвер", "листопад", "14:00", "Безкоштовно"]),
        ("fr", ["jeudi", "novembre", "14 h", "Gratuit"]),
    ],
)
def test_a_poster_speaks_one_language(client, worker, soup, language, says):
    translate(soup, f"{ARABIC} {language}", language=language)
    client.force_login(worker)
    document = printed(client, soup, "poster-a4", f"?taal={language}")
    text = paper.text_of(*document.pages)
    said = [*says, "052 00 00 01", f"/{language}/activiteiten/{soup.pk}", "Buurtpunt Molenwijk"]
    assert [one for one in said if one.casefold() not in text.casefold()] == []
    assert [one for one in (TITLE, "donderdag", "14 uur", "Gratis") if one in text] == []
    # What nobody translated is there in Dutch, and a voice knows that it is.
    assert ("Iedereen is welkom." in text, paper.languages(document)) == (True, {language, "nl"})
    assert document.trailer["/Root"]["/Lang"] == language


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
@pytest.mark.parametrize("query", ["", "&letters=groot", "&kleur=zwart"])
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_two_languages_say_the_same(client, worker, soup, kind, query):
    """On one sheet, or on a sheet each where there is no room for both."""
    translate(soup)
    client.force_login(worker)
    document = printed(client, soup, kind, f"?taal=nl&tweede=ar{query}")
    dutch = paper.text_of(document.pages[0])
    arabic = paper.text_of(document.pages[-1])
    assert [one for one in (TITLE, "14", "052 00 00 01") if one not in dutch] == []
    assert [one for one in (ARABIC, "14:00", "052 00 00 01") if one not in arabic] == []
    assert (len(document.pages), TITLE in arabic) == ((2, False) if SHEETS[kind].apart else (1, True))
    assert paper.faults(document) == []


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
@pytest.mark.parametrize("kind", ["poster-a4", "poster-a3", "flyer"])
@pytest.mark.parametrize("query", ["?taal=nl&tweede=ar", "?taal=uk&tweede=tr&letters=groot", "?kleur=zwart"])
def test_the_longest_texts_in_two_languages_stay_on_their_sheet(client, worker, soup, kind, query):
    Activity.objects.filter(pk=soup.pk).update(
        title=("Samen koken met de buren van de hele wijk, en iedereen die graag komt proeven " * 2)[:100],
        summary="Een zin over soep die lang genoeg is. " * 50,
        where="achter de speeltuin, " * 7,
        bring="een kom en een lepel, " * 9,
    )
    soup.refresh_from_db()
    translate(soup, (f"{ARABIC} " * 20)[:120])
    client.force_login(worker)
    document = printed(client, soup, kind, query)
    sheets = 2 if "tweede" in query and SHEETS[kind].apart else 1
    assert len(document.pages) == sheets
    assert ["052 00 00 01" in paper.text_of(page) for page in document.pages] == [True] * sheets


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
def test_without_a_place_the_sheets_say_where(client, worker, team, buurt):
    walk = make_activity(team, buurt, starts_at=WHEN, where="onder de grote linde")
    client.force_login(worker)
    for kind in SHEETS:
        document = printed(client, walk, kind)
        assert (len(document.pages), "onder de grote linde" in paper.text_of(*document.pages)) == (1, True)
        assert paper.faults(document) == []


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
def test_a_hand_over_has_a_sheet_for_each_language(client, worker, soup):
    agreed = {"takes_on": "Koffie zetten om 14 uur", "kit": "Sleutel: 0470 12 34 56", "opens": "Om 9.30 uur"}
    agreed |= {"tasks": "", "fallback": "Loket, 052 00 00 01", "until": datetime.date(2031, 1, 1)}
    actions.hand_over(soup, agreed, Activity.objects.visible_to(worker), key=uuid.uuid4())
    client.force_login(worker)
    document = paper.read(client.get(f"/werk/activiteiten/{soup.pk}/overdracht/blad.pdf?taal=uk&tweede=ar"))
    ukrainian, arabic = map(paper.text_of, document.pages)
    assert HandOver.objects.count() == 1
    assert ["Ваш код" in ukrainian, "Koffie zetten" in ukrainian] == [True, True]
    said = ["رمزكم", "testserver/ar/activiteiten/", "Koffie zetten om 14 uur", "0470 12 34 56"]
    assert [one for one in said if one not in arabic] == []
    assert (paper.faults(document), paper.languages(document)) == ([], {"uk", "ar", "nl"})


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
def test_the_title_of_a_flyer_grows_with_larger_letters(client, worker, soup):
    client.force_login(worker)
    usual, large = (printed(client, soup, "flyer", query) for query in ("", "?letters=groot"))
    assert [len(usual.pages), len(large.pages)] == [1, 1]
    assert largest(large) > largest(usual)


def largest(document):
    """The largest letters of the first page, in points."""
    sizes = []
    document.pages[0].extract_text(
        visitor_text=lambda _text, _page, matrix, _font, size: sizes.append(abs(matrix[0] or 0) * size)
    )
    return max(sizes)


@pytest.mark.slow
@pytest.mark.usefixtures("print_kit")
@pytest.mark.parametrize("query", ["?taal=nl&tweede=ar", "?taal=uk&tweede=tr&letters=groot"])
def test_a_list_of_two_pages_has_lines_on_both(client, worker, soup, query):
    Activity.objects.filter(pk=soup.pk).update(title="Samen koken " * 8, where="achter de speeltuin, " * 7)
    client.force_login(worker)
    document = printed(client, soup, "aanmeldlijst", query)
    lines = [len([word for word in paper.text_of(page).split() if word.isdigit()]) for page in document.pages]
    assert (len(document.pages) <= 2, min(lines) >= 3) == (True, True)
