"""Paper of a point: the card for its door and the sheet of a week."""

import datetime
import re

import pytest
from django.utils import timezone

from klapkarre.foundation.kit import pdf
from klapkarre.foundation.kit.languages import digest
from klapkarre.foundation.places.models import OpeningHours, Welcome
from klapkarre.rooms.agenda.tests.make import make_activity
from tests import paper

HERE = "/werk/buurtpunten/buurtpunt-molenwijk/papier/"


@pytest.fixture(autouse=True)
def print_kit(need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")


@pytest.fixture
def hours(point):
    return OpeningHours.objects.create(
        place=point, weekday=3, opens=datetime.time(9), closes=datetime.time(12)
    )


def text_of(client, kind, query=""):
    document = paper.read(client.get(f"{HERE}{kind}.pdf{query}"))
    assert paper.faults(document) == []
    return paper.text_of(*document.pages), document


def test_the_page_offers_door_and_weeks(client, worker, point):
    client.force_login(worker)
    links = re.findall(rf'href="{HERE}([\w-]+)\.pdf"', client.get(HERE).text)
    assert [re.sub(r"[\d-]+$", "", one) for one in links] == ["deur", "week", "week"]


def test_another_team_finds_no_paper(client, worker_elsewhere, point):
    client.force_login(worker_elsewhere)
    assert [client.get(f"{HERE}{kind}").status_code for kind in ("", "deur.pdf")] == [404, 404]


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?letters=groot"])
def test_the_card_for_the_door(client, worker, point, hours, query):
    for number in range(12):
        Welcome.objects.create(place=point, position=number, text=f"Een lange reden om te komen {number}")
    client.force_login(worker)
    text, document = text_of(client, "deur")
    said = ["Buurtpunt Molenwijk", "Elke donderdag", "9 uur tot 12 uur", "052 00 00 01", "Molenstraat 1"]
    assert [one for one in said if one not in text] == []
    assert len(document.pages) == 1


@pytest.mark.slow
def test_a_point_without_hours_says_to_call(client, worker, point):
    client.force_login(worker)
    assert "Bel even voor je komt." in text_of(client, "deur")[0]


@pytest.mark.slow
def test_the_sheet_of_a_week(client, worker, team, buurt, point, hours):
    soup = datetime.datetime(2030, 11, 21, 13, tzinfo=datetime.UTC)
    make_activity(team, buurt, starts_at=soup, place=point)
    make_activity(team, buurt, starts_at=soup, title="Klapkarre", kind="stop", where="Kerkplein")
    make_activity(team, buurt, starts_at=soup, title="Ontwerp", state="draft")
    make_activity(team, buurt, starts_at=soup + datetime.timedelta(days=4), title="Volgende week")
    client.force_login(worker)
    text, _document = text_of(client, "week-2030-11-20")
    said = ["18 november", "24 november", "Soep op het plein", "14 uur tot 16 uur", "9 uur tot 12 uur"]
    said += ["Klapkarre", "Kerkplein"]
    assert [one for one in said if one not in text] == []
    assert [one for one in ("Ontwerp", "Volgende week") if one in text] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["week", "week-", "week-2030", "week-9999-12-31", "week-0001-01-01", "raam", "week-2030-02-31"]
)
def test_a_week_that_is_none_is_not_found(client, worker, point, kind):
    client.force_login(worker)
    assert client.get(f"{HERE}{kind}.pdf").status_code == 404


@pytest.mark.slow
def test_a_week_in_large_letters_is_one_page(client, worker, team, buurt, point, hours):
    monday = datetime.datetime(2030, 11, 18, 13, tzinfo=datetime.UTC)
    for number in range(8):
        make_activity(team, buurt, starts_at=monday + datetime.timedelta(days=number % 7), place=point)
    client.force_login(worker)
    text, document = text_of(client, "week-2030-11-20", "?letters=groot")
    assert ("Zondag" in text, len(document.pages)) == (True, 1)


def test_the_page_says_which_titles_are_still_in_dutch(client, worker, team, buurt, point, hours):
    soon = timezone.now() + datetime.timedelta(minutes=5)
    make_activity(team, buurt, starts_at=soon, place=point)
    reason = Welcome.objects.create(place=point, position=0, text="Koffie")
    point.translations.create(field="welcome 1", language="uk", text="Кава", source=digest(reason.text))
    client.force_login(worker)
    answer = client.get(f"{HERE}?taal=uk")
    assert [one[:2] for one in answer.context["lacking"]] == [
        ("Oekraïens", [("Titel", "Soep op het plein", "missing")])
    ]
    assert f'href="{HERE}deur.pdf?taal=uk"' in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "&letters=groot", "&kleur=zwart"])
def test_the_door_in_two_languages(client, worker, point, hours, query):
    reason = Welcome.objects.create(place=point, position=0, text="Koffie")
    point.translations.create(field="welcome 1", language="ar", text="قهوة", source=digest(reason.text))
    client.force_login(worker)
    text, document = text_of(client, "deur", f"?taal=nl&tweede=ar{query}")
    said = ["Elke donderdag", "9 uur tot 12 uur", "Koffie", "قهوة", "الخميس", "052 00 00 01"]
    assert [one for one in said if one not in text] == []
    assert (len(document.pages), paper.languages(document)) == (1, {"nl", "ar"})


@pytest.mark.slow
def test_a_week_has_a_sheet_for_each_language(client, worker, team, buurt, point, hours):
    soup = make_activity(
        team, buurt, starts_at=datetime.datetime(2030, 11, 21, 13, tzinfo=datetime.UTC), place=point
    )
    soup.translations.create(field="title", language="tr", text="Çorba günü", source=digest(soup.title))
    client.force_login(worker)
    _text, document = text_of(client, "week-2030-11-20", "?taal=tr&tweede=nl")
    turkish, dutch = map(paper.text_of, document.pages)
    assert ["Çorba günü" in turkish, "Perşembe" in turkish, "Soep" in turkish] == [True, True, False]
    assert ["Soep op het plein" in dutch, "Donderdag" in dutch] == [True, True]
    assert [document.trailer["/Root"]["/Lang"], paper.languages(document)] == ["tr", {"tr", "nl"}]
