"""What residents read on each page, and what they never meet: a hole, a draft, a name."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.templatetags.kit import day
from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
    Welcome,
    content_changed,
)
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.windows.website.tests.make import make_neighbourhood, make_point

WEEK = datetime.timedelta(days=7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """The words of a page as a resident reads them, white space evened out."""

    def read(path, status=200):
        answer = client.get(path)
        assert answer.status_code == status, path
        main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]
        words = strip_tags(main.replace("<", " <")).replace("&#x27;", "'")
        return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", words)).strip()

    return read


def test_home_says_that_someone_is_there(read, buurt):
    make_point(buurt, "Huis", always_open=True, street="Molenstraat 1", town="Proefdorp")
    make_point(buurt, "Achteraan", thursdays=True)
    words = read("/")
    assert words.startswith(
        "Is er nu iemand in je buurt? Ja, in Proefdorp is nu een buurtpunt open. Kom gewoon binnen. Huis Nu open"
    )
    assert "Molenstraat 1, Proefdorp" in words
    assert words.index("Huis") < words.index("Achteraan")


def test_home_without_points_gives_a_number_to_call(read, town):
    assert "Hier is nog geen buurtpunt. Bel Sociaal Huis: 052 00 00 01" in read("/")


def test_home_with_unknown_hours_says_so(read, point):
    words = read("/")
    assert "Dat weten we niet. Bel ons even." in words
    assert "Uren niet bekend, bel 052 00 00 01" in words


def test_home_names_the_point_of_which_nobody_knows_the_hours(read, buurt):
    soon = timezone.localdate() + datetime.timedelta(days=2)
    place = make_point(buurt, "Bekend")
    ExtraOpening.objects.create(place=place, day=soon, opens=datetime.time(9), closes=datetime.time(12))
    make_point(buurt, "Kaai")
    assert "Hier lees je wanneer wel. Van Kaai weten we het niet. Bel even." in read("/")
    make_point(buurt, "Veld")
    content_changed()
    assert "Van Kaai en Veld weten we het niet." in read("/")
    make_point(buurt, "Wal")
    content_changed()
    assert "Van 3 buurtpunten weten we het niet." in read("/")
    make_point(buurt, "Open", always_open=True)
    content_changed()
    assert "weten we het niet" not in read("/")


def test_home_leads_to_the_slip_also_when_nothing_is_planned(client, read, town):
    assert "Toch niet komen? Typ de code van je briefje" in read("/")
    assert f'href="{reverse("agenda:slip_by_code")}"' in client.get("/").text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at_point", "facts", "words"),
    [
        (True, {"sign_up_kind": "none"}, "Gewoon binnenlopen"),
        (False, {"sign_up_kind": "none"}, "Gewoon komen"),
        (True, {"sign_up_kind": "name"}, "Vooraf aanmelden"),
    ],
)
def test_a_card_says_how_to_come_and_what_it_costs(read, client, team, buurt, point, at_point, facts, words):
    make_activity(team, buurt, place=point if at_point else None, price_cents=0, **facts)
    assert f"{words} Gratis" in read("/")
    assert '<li class="card card-link">' in client.get("/").text


def test_home_shows_this_week_and_what_you_can_come_for_once(read, team, buurt, point):
    for place in (point, make_point(buurt, "Tweede")):
        Welcome.objects.create(place=place, position=0, text="Een babbel", icon="coffee")
        Welcome.objects.create(place=place, position=1, text="Hulp met papieren")
    make_activity(team, buurt, title="Soep", place=point, starts_in=datetime.timedelta(days=3))
    make_activity(team, buurt, title="Later feest", starts_in=datetime.timedelta(days=8))
    make_activity(team, buurt, title="Ontwerp", state=Activity.State.DRAFT)
    make_activity(
        team, buurt, title="Weg", state=Activity.State.CANCELLED, starts_in=datetime.timedelta(days=4)
    )
    words = read("/")
    assert ("Soep" in words, "Weg" in words, "Gaat niet door" in words) == (True, True, True)
    assert ("Later feest" in words, "Ontwerp" in words) == (False, False)
    assert (words.count("Een babbel"), words.count("Hulp met papieren")) == (1, 1)


def test_home_of_a_large_town_shows_what_is_open_and_every_reason(read, buurt):
    for number in range(40):
        place = make_point(buurt, f"Punt {number:02}", always_open=number == 39)
        for position, text in enumerate(("Een babbel", "Hulp met papieren", "Vuilniszakken")):
            Welcome.objects.create(place=place, position=position, text=text)
    words = read("/")
    assert "Kom gewoon binnen. Punt 39 Nu open" in words
    assert "Toon alle buurtpunten" in words
    assert words.endswith("Een babbel Hulp met papieren Vuilniszakken")


def test_home_of_an_empty_installation_stands(read, db):
    assert read("/") == "Welkom Hier staat nog geen gemeente. Kom later nog eens kijken."


def test_home_of_many_towns_asks_which_one(read, town, buurt):
    elsewhere = Municipality.objects.create(name="'s Gravenwezel", slug="s-gravenwezel")
    make_point(buurt, "Huis", always_open=True)
    assert read("/") == "In welke gemeente woon je? Proefdorp 's Gravenwezel"
    assert "Huis Nu open" in read("/?gemeente=proefdorp")
    assert "Hier is nog geen buurtpunt." in read(f"/?gemeente={elsewhere.slug}")
    read("/?gemeente=nergens", status=404)


def test_home_of_three_hundred_towns_asks_the_first_letter(read, client, db, django_assert_num_queries):
    Municipality.objects.bulk_create(
        Municipality(name=f"{'ABK'[number % 3]}dorp {number:03}", slug=f"dorp-{number}")
        for number in range(300)
    )
    with django_assert_num_queries(3):
        assert read("/") == "In welke gemeente woon je? Kies de eerste letter. A B K"
    words = read("/?letter=B")
    assert words.startswith(
        "In welke gemeente woon je? Kies de eerste letter. A B K Gemeenten met een B Bdorp 001"
    )
    assert ("Adorp" in words, words.count("Bdorp")) == (False, 100)
    assert read("/?letter=%F0%9F%92%A9") == read("/")


def test_neighbourhoods_are_told_apart_in_words(read, town, buurt):
    Neighbourhood.objects.create(municipality=town, name="Deel", slug="deel", parent=buurt)
    make_neighbourhood(town, "Kaai", status="supported", summary="Aan het water.")
    assert read("/buurten/") == (
        "Buurten in Proefdorp Buurten waar we werken Hier werkt een buurtopbouwwerker, samen met de buren."
        " Molenwijk Deel Buurten die we ondersteunen Hier helpen we wat buren en verenigingen zelf al doen."
        " Kaai Aan het water. Waar zijn de buurtpunten? Kijk op de kaart"
    )


def test_a_neighbourhood_shows_its_points_parts_page_and_phone(read, team, town, buurt, point):
    part = make_neighbourhood(town, "Deel", parent=buurt)
    buurt.page_label = "Facebookpagina Molen"
    buurt.save()
    make_activity(team, part, title="Soep in het deel")
    words = read("/buurten/molenwijk/")
    assert [text in words for text in (point.name, "Deel", "Soep in het deel", "Facebookpagina Molen")] == [
        True
    ] * 4
    assert "Bel Sociaal Huis 052 00 00 01" in words
    words = read("/buurten/deel/")
    assert "Dit is een deel van Molenwijk." in words
    assert point.name in words


def test_a_part_shows_what_the_whole_buurt_plans(read, team, town, buurt):
    part = make_neighbourhood(town, "Deel", parent=buurt)
    make_activity(team, buurt, title="Soep in de buurt")
    words = read("/buurten/deel/")
    assert ("nog niets gepland" in words, "In Molenwijk: Soep in de buurt" in words) == (False, True)
    assert words.count("Toon alles") == 1
    make_activity(team, part, title="Soep in het deel")
    content_changed()
    words = read("/buurten/deel/")
    order = [words.index(text) for text in ("Soep in het deel", "In Molenwijk:", "Soep in de buurt")]
    assert order == sorted(order)


def test_a_neighbourhood_with_nothing_shows_the_way_on(read, buurt):
    words = read("/buurten/molenwijk/")
    assert "In deze buurt is geen buurtpunt. Kom naar een ander buurtpunt" in words
    assert "Er is nog niets gepland. Kijk in andere buurten" in words


@pytest.mark.slow
def test_points_show_the_soonest_first(read, buurt):
    make_point(buurt, "Anders")
    make_point(buurt, "Donderdag", thursdays=True)
    make_point(buurt, "Nu", always_open=True)
    Place.objects.create(neighbourhood=buurt, name="Plein", slug="plein", kind=Place.Kind.SQUARE)
    words = read("/buurtpunten/")
    order = [words.index(name) for name in ("Nu Nu open", "Donderdag", "Anders Uren niet bekend")]
    assert order == sorted(order)
    assert "Plein" not in words


def test_a_point_shows_its_week_with_exceptions(read, buurt):
    place = make_point(
        buurt, "Huis", thursdays=True, street="Molenstraat 1", postcode="9200", town="Proefdorp"
    )
    today = timezone.localdate()
    thursday = today + datetime.timedelta(days=(3 - today.weekday()) % 7)
    later = thursday + datetime.timedelta(days=14)
    Closure.objects.create(place=place, first_day=later, last_day=later, reason="Teamdag")
    ExtraOpening.objects.create(
        place=place, day=thursday, opens=datetime.time(14), closes=datetime.time(16), note="Ruilbeurs"
    )
    words = read("/buurtpunten/huis/")
    assert "Molenstraat 1 9200 Proefdorp" in words
    assert "14 uur tot 16 uur (Ruilbeurs)" in words
    assert "Later is het anders" in words
    assert "dicht: Teamdag" in words
    assert words.count("dicht") >= 7
    assert "Druk deze uren af" in words


def test_a_printed_point_hangs_on_the_door_for_weeks(client, buurt):
    place = make_point(buurt, "Huis", thursdays=True)
    today = timezone.localdate()
    OpeningHours.objects.create(
        place=place,
        weekday=0,
        opens=datetime.time(14),
        closes=datetime.time(16),
        during=OpeningHours.During.SCHOOL,
        valid_until=today + datetime.timedelta(days=300),
    )
    OpeningHours.objects.create(
        place=place,
        weekday=5,
        opens=datetime.time(9),
        closes=datetime.time(10),
        valid_until=today - datetime.timedelta(days=1),
    )
    soon = today + datetime.timedelta(days=1)
    Closure.objects.create(place=place, first_day=today, last_day=today + WEEK, reason="Teamweek")
    ExtraOpening.objects.create(place=place, day=soon, opens=datetime.time(7), closes=datetime.time(8))
    page = client.get("/buurtpunten/huis/").text
    paper = re.sub(
        r"\s+", " ", strip_tags(page.split('<div class="print-only stack">')[1].split("</div>")[0])
    )
    assert "Elke maandag: 14 uur tot 16 uur, enkel in schoolweken, tot en met " in paper
    assert "Elke donderdag: 9 uur tot 12.30 uur" in paper
    assert ("zaterdag: 9 uur" in paper, "dicht: Teamweek" in paper) == (False, True)
    assert f"{day(soon)}: 7 uur tot 8 uur" in paper
    assert '<section class="stack no-print" aria-labelledby="te-doen">' in page


def test_a_point_without_hours_shows_no_table(read, point):
    words = read("/buurtpunten/buurtpunt-molenwijk/")
    assert "Uren niet bekend, bel 052 00 00 01" in words
    assert "Wanneer is er iemand?" not in words
    assert "Hier is nog niets gepland. Kijk wat er in de buurt is" in words


def test_an_example_number_is_marked_and_cannot_be_called(client, point):
    point.phone, point.phone_of, point.phone_is_example = "052 99 99 99", "buurtopbouwwerker", True
    point.save()
    page = client.get("/buurtpunten/buurtpunt-molenwijk/").content.decode()
    assert ("voorbeeldnummer" in page, "tel:+3252999999" in page, "tel:+3252000001" in page) == (
        True,
        False,
        True,
    )
    assert page.index("tel:+3252000001") < page.index(
        "052\xa099\xa099\xa099 is een voorbeeldnummer: bel het niet."
    )


def test_a_square_has_no_door(read, buurt):
    Place.objects.create(neighbourhood=buurt, name="Plein", slug="plein", kind=Place.Kind.SQUARE)
    words = read("/buurtpunten/plein/")
    assert ("Uren" in words, "Wanneer" in words) == (False, False)


def test_a_series_shows_once_with_its_next_date(read, team, buurt, point):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + datetime.timedelta(days=30))
    for days in (2, 9, 16):
        make_activity(team, buurt, place=point, series=series, starts_in=datetime.timedelta(days=days))
    words = read("/buurtpunten/buurtpunt-molenwijk/")
    assert (words.count("Soep op het plein"), words.count("Ook op ")) == (1, 1)


def test_what_is_going_on_is_now(read, team, buurt, point):
    make_activity(team, buurt, place=point, starts_in=-datetime.timedelta(minutes=5))
    assert "Nu, tot " in read("/buurtpunten/buurtpunt-molenwijk/")


@pytest.mark.parametrize("path", ["/buurten/nergens/", "/buurtpunten/nergens/", "/buurten/?gemeente=nergens"])
def test_an_unknown_name_gets_the_page_that_helps(client, town, path):
    answer = client.get(path)
    assert (answer.status_code, 'href="/"' in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/"])
def test_statements_name_a_human(read, client, town, organisation, path):
    assert "Bel Sociaal Huis: 052 00 00 01" in read(path)


def test_privacy_names_who_answers_for_it(read, town, organisation):
    assert "Deze organisatie is verantwoordelijk: Buurtwerk Proef vzw." in read("/privacy/")


def test_privacy_says_organisations_when_there_are_more(read, town, organisation):
    Organisation.objects.create(name="Tweede vzw")
    assert "Deze organisaties zijn verantwoordelijk: Buurtwerk Proef vzw, Tweede vzw." in read("/privacy/")


def test_privacy_says_what_a_coordinator_sees(read, town):
    assert "De coördinator ziet thema, dag en buurt van gesprekken. Niet de nota." in read("/privacy/")


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/"])
def test_statements_keep_technical_words_in_the_fold_out(client, town, path):
    before, fold_out = client.get(path).text.split("<details>")
    words = ("versleuteld", "cookie", "server", "databank", "WCAG", "JavaScript")
    assert [word for word in words if word in before] == []
    assert [word for word in words if word in fold_out] != []


@pytest.mark.slow
@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "1" * 200])
def test_a_strange_page_number_shows_a_page(client, buurt, point, page):
    assert client.get("/buurten/", {"pagina": page}).status_code == 200
    assert client.get("/buurtpunten/", {"pagina": page}).status_code == 200


def test_hostile_text_stays_text(client, town):
    place = make_neighbourhood(town, "x", summary="<script>alert(1)</script>", page_label="\u202e<b>")
    make_point(
        place, "y", always_open=True, summary="<img src=x onerror=alert(1)>", street="\N{PILE OF POO}" * 70
    )
    for path in ("/", "/buurten/", "/buurten/x/", "/buurtpunten/", "/buurtpunten/y/"):
        page = client.get(path).content.decode()
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


def test_the_privacy_page_tells_of_names_that_are_kept(read):
    page = read("/privacy/")
    for sentence in ("Als we je naam mogen bewaren", "We vragen het eerst.", "binnen 30 dagen"):
        assert sentence in page
