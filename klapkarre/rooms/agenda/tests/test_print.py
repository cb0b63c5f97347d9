"""Paper of an activity: what a worker can print, what stands on it, and that others read it by its tags."""

import datetime
import re

import pytest

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.kit import pdf
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import fill, make_activity
from klapkarre.rooms.agenda.views.paper import SHEETS
from tests import paper

# A Thursday at 14 o'clock, far from a change of the clock.
WHEN = datetime.datetime(2030, 11, 21, 13, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def print_kit(need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")


@pytest.fixture
def soup(team, buurt, point):
    return make_activity(
        team, buurt, starts_at=WHEN, place=point, summary="Er is soep. Iedereen is welkom.", bring="een kom"
    )


def printed(client, activity, kind, query=""):
    return paper.read(client.get(f"/werk/activiteiten/{activity.pk}/papier/{kind}.pdf{query}"))


def text_of(document):
    return paper.text_of(*document.pages)


def test_the_page_offers_every_sheet(client, worker, soup):
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/papier/")
    links = set(re.findall(r'href="(/werk/activiteiten/\d+/papier/[\w-]+\.pdf)"', page.text))
    here = f"/werk/activiteiten/{soup.pk}/papier/"
    assert links == {f"{here}{kind}.pdf" for kind in (*SHEETS, "namen")}


def test_a_machine_without_pango_says_what_to_install(client, worker, soup, monkeypatch):
    monkeypatch.setattr(pdf, "is_here", lambda: False)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/papier/poster-a4.pdf", follow=True)
    assert page.redirect_chain == [(f"/werk/activiteiten/{soup.pk}/papier/", 302)]
    assert pdf.INSTALL in page.text
    assert "/lijst/afdrukken/" in page.text
    assert re.findall(r"papier/[\w-]+\.pdf", page.text) == []


@pytest.mark.slow
def test_who_waits_long_for_the_sheets_of_others_hears_so(client, worker, soup, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_WAIT", 0.01)
    client.force_login(worker)
    with pdf._one_at_a_time:
        page = client.get(f"/werk/activiteiten/{soup.pk}/papier/poster-a4.pdf", follow=True)
    assert page.redirect_chain == [(f"/werk/activiteiten/{soup.pk}/papier/", 302)]
    assert "Er wordt net een ander blad gemaakt. Probeer zo meteen opnieuw." in page.text
    assert f"/werk/activiteiten/{soup.pk}/papier/poster-a4.pdf" in page.text


def test_names_are_not_for_a_coordinator(client, coordinator, soup):
    client.force_login(coordinator)
    assert client.get(f"/werk/activiteiten/{soup.pk}/papier/namen.pdf").status_code == 403
    assert "namen.pdf" not in client.get(f"/werk/activiteiten/{soup.pk}/papier/").text


@pytest.mark.slow
def test_the_list_with_names_is_logged(client, worker, soup):
    people = fill(soup, 2)
    client.force_login(worker)
    text = text_of(printed(client, soup, "namen"))
    assert ["Buur 0" in text, "Buur 1" in text] == [True, True]
    assert {str(row) for row in Reading.objects.get().rows} == {str(one.pk) for one in people}


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_no_other_sheet_has_a_name(client, worker, soup, kind):
    fill(soup, 2)
    client.force_login(worker)
    text = text_of(printed(client, soup, kind))
    assert ("Soep op het plein" in text, "Buur 0" in text) == (True, False)
    assert Reading.objects.count() == 0


@pytest.mark.slow
@pytest.mark.interop
@pytest.mark.parametrize("query", ["", "?letters=groot", "?kleur=zwart"])
@pytest.mark.parametrize(("kind", "width", "height"), [("poster-a4", 210, 297), ("poster-a3", 297, 420)])
def test_a_poster_says_when_where_and_whom_to_call(client, worker, soup, kind, width, height, query):
    client.force_login(worker)
    document = printed(client, soup, kind, query)
    text = text_of(document)
    said = [
        "Soep op het plein",
        "donderdag",
        "21",
        "november",
        "14 uur",
        "tot 16 uur",
        "Buurtpunt Molenwijk",
        "Molenstraat 1",
        "Gratis",
        "052 00 00 01",
        f"/activiteiten/{soup.pk}",
    ]
    assert [one for one in said if one not in text] == []
    (page,) = document.pages
    assert [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)] == [
        width,
        height,
    ]


@pytest.mark.slow
@pytest.mark.interop
@pytest.mark.parametrize("kind", [*sorted(SHEETS), "namen"])
def test_every_sheet_is_tagged(client, worker, soup, kind):
    """The marks of PDF/UA-1 that a program can see, read by another library than the one that wrote them."""
    fill(soup, 1)
    client.force_login(worker)
    document = printed(client, soup, kind)
    root = document.trailer["/Root"]
    assert (root["/Lang"], paper.faults(document)) == ("nl", [])
    assert "Soep op het plein" in document.metadata.title
    names = [one["/S"] for one, _above in paper.elements(root["/StructTreeRoot"])]
    assert names.count("/H1") == 1
    assert ("/Table" in names) is (kind in ("aanmeldlijst", "namen"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["poster-a4", "poster-a3", "flyer"])
@pytest.mark.parametrize("query", ["", "?letters=groot"])
def test_the_longest_texts_still_fit_on_one_page(client, worker, soup, kind, query):
    long = {
        "title": "Samen koken met de buren van de hele wijk en iedereen die graag komt proeven op het pleintje hier"
        * 1,
        "summary": "Een zin over soep die lang genoeg is. " * 50,
        "where": "achter de speeltuin, " * 7,
        "bring": "een kom en een lepel, " * 9,
    }
    Activity.objects.filter(pk=soup.pk).update(**long)
    client.force_login(worker)
    document = printed(client, soup, kind, query)
    text = text_of(document)
    assert len(document.pages) == 1
    assert ["052 00 00 01" in text, f"/activiteiten/{soup.pk}" in text] == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script>", "مرحبا بالجميع", "Soep 🍲 & brood", "url(https://example.org/a.png)"],
)
def test_any_title_can_be_printed(client, worker, soup, title):
    Activity.objects.filter(pk=soup.pk).update(title=title)
    client.force_login(worker)
    assert len(printed(client, soup, "flyer").pages) == 1


@pytest.mark.slow
def test_a_sheet_that_does_not_exist_is_not_found(client, worker, soup):
    client.force_login(worker)
    assert client.get(f"/werk/activiteiten/{soup.pk}/papier/vlag.pdf").status_code == 404


INVITES = ("Meld je aan", "Gratis", "Er is soep", "een kom", "Ik kom", "komt op de wachtlijst")


def called_off(activity, reason="De kok is ziek."):
    Activity.objects.filter(pk=activity.pk).update(
        state=Activity.State.CANCELLED, cancelled_because=reason, sign_up_kind="name", capacity=8
    )


def test_what_was_called_off_says_so_and_invites_nobody(client, worker, soup):
    called_off(soup)
    client.force_login(worker)
    said = " ".join(text_of(printed(client, soup, "poster-a4")).split())
    told = ("Gaat niet door", "De kok is ziek.", "Een vraag? Bel", "052 00 00 01")
    assert ([one for one in told if one not in said], [one for one in INVITES if one in said]) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    "query", ["", "?letters=groot", "?taal=nl&tweede=ar", "?taal=tr&tweede=uk&letters=groot"]
)
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_no_sheet_of_what_was_called_off_invites(client, worker, soup, kind, query):
    called_off(soup, ("De kok is ziek, en de zaal is dicht. " * 6)[:200].strip())
    Activity.objects.filter(pk=soup.pk).update(title="Samen koken met de buren van de hele wijk")
    client.force_login(worker)
    document = printed(client, soup, kind, query)
    apart = SHEETS[kind].apart and "tweede" in query
    assert (len(document.pages), paper.faults(document)) == (2 if apart else 1, [])
    said = " ".join(text_of(document).split())
    assert [one for one in INVITES if one in said] == []
    assert "De kok is ziek" in said
    # No strips: the number stands where one asks, once for each language.
    assert said.count("052 00 00 01") == (2 if "tweede" in query else 1)


@pytest.mark.slow
def test_the_words_that_it_is_off_are_the_largest(client, worker, soup):
    called_off(soup)
    client.force_login(worker)
    sizes = {}

    def note(text, _page, matrix, _font, size):
        if text.strip():
            sizes[text.strip()] = abs(matrix[0] or 0) * size

    printed(client, soup, "poster-a4").pages[0].extract_text(visitor_text=note)
    assert "Gaat niet door" in max(sizes, key=sizes.get)


@pytest.mark.slow
def test_the_page_offers_no_strips_and_no_list_of_what_was_called_off(client, worker, soup):
    called_off(soup)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/papier/").text
    assert set(re.findall(r"papier/([\w-]+)\.pdf", page)) == {"poster-a4", "poster-a3", "namen"}


@pytest.fixture
def every_four_weeks(team, buurt, point, soup):
    """The same soup each fourth Thursday, but not in the third time."""
    last_day = WHEN.date() + datetime.timedelta(days=28 * 5)
    series = Series.objects.create(
        team=team, rule="FREQ=WEEKLY;INTERVAL=4;BYDAY=TH", first_day=WHEN.date(), last_day=last_day
    )
    soup.series, soup.series_day, soup.title = series, WHEN.date(), "Samen koken en eten"
    soup.summary = (
        "We koken samen soep met groenten van de markt. Iedereen is welkom, ook om te proeven. " * 3
    )
    soup.save()
    for count in (1, 3, 4):
        day = WHEN + datetime.timedelta(days=28 * count)
        make_activity(team, buurt, starts_at=day, place=point, series=series, series_day=day.date())
    return soup


def title_size(document):
    """The letters of the title, in points; WeasyPrint writes it over one or more lines."""
    sizes = []

    def see(text, _matrix, matrix, _font, size):
        if "Samen koken" in text:
            sizes.append(abs(matrix[0]) * size)

    document.pages[0].extract_text(visitor_text=see)
    return max(sizes)


@pytest.mark.slow
def test_a_poster_in_larger_letters_says_the_same_larger(client, worker, every_four_weeks):
    client.force_login(worker)
    usual, large = (printed(client, every_four_weeks, "poster-a4", query) for query in ("", "?letters=groot"))
    said = ("Om de 4 weken op donderdag", "Niet op 16 januari", "Buurtwerk Proef vzw")
    texts = [text_of(usual), text_of(large)]
    assert [[one for one in said if one not in text] for text in texts] == [[], []]
    assert [len(usual.pages), len(large.pages)] == [1, 1]
    assert title_size(large) > title_size(usual)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?letters=groot"])
def test_what_we_do_with_names_stands_above_the_lines(client, worker, soup, query):
    Activity.objects.filter(pk=soup.pk).update(capacity=16)
    client.force_login(worker)
    document = printed(client, soup, "aanmeldlijst", query)
    text = text_of(document)
    assert len(document.pages) == 1
    assert text.index("We bewaren je naam") < text.index("Mijn voornaam is genoeg")


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 10, 12, 13])
def test_the_last_lines_of_the_names_are_not_alone(client, worker, soup, count):
    fill(soup, count)
    client.force_login(worker)
    document = printed(client, soup, "namen", "?letters=groot")
    texts = [page.extract_text() for page in document.pages]
    assert "Vernietig dit blad" in texts[0]
    assert "Samen waren we met" in texts[-1]
    assert len(texts) == 1 or "Naam" in texts[-1]
