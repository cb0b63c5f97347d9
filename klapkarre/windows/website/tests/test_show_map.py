"""Where the points are: words first, a drawing whose numbers are those of the list, and streets only for who asks."""

import itertools
import random
import re

import pytest
from django.db import IntegrityError, transaction

from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place, content_changed
from klapkarre.windows.website import sketch
from klapkarre.windows.website.tests.make import make_neighbourhood, make_point
from klapkarre.windows.website.tests.make_tiles import tile_at, write_tiles
from klapkarre.windows.website.town_map import map_link

HERE = {"latitude": "51.02869", "longitude": "4.10106"}
THERE = {"latitude": "51.03805", "longitude": "4.15460"}
POLICY = "Content-Security-Policy"


def pins(page):
    """The numbers of the drawing, in the order in which they stand in the page."""
    return re.findall(r'<g class="pin( rough)?">.*?>(\d+)</text>', page)


@pytest.mark.django_db
def test_the_list_and_the_drawing_have_the_same_numbers(client, town, buurt):
    make_point(
        buurt, "Aan de kerk", street="Kerkstraat 1", town="Proefdorp", way_there="Bus 5,\nhalte Kerk.", **HERE
    )
    make_point(buurt, "Bij de brug", position_is_rough=True, street="Brugstraat 2", **THERE)
    make_point(buurt, "Zonder ligging", street="Dreef 3")
    page = client.get("/kaart/").text
    assert re.findall(r'<h3 class="big">(\d)\. <a href="([^"]+)"', page) == [
        ("1", "/buurtpunten/aan-de-kerk/"),
        ("2", "/buurtpunten/bij-de-brug/"),
        ("3", "/buurtpunten/zonder-ligging/"),
    ]
    assert pins(page) == [("", "1"), (" rough", "2")]
    for words in (
        "Bus 5,<br>halte Kerk.",
        "Een nummer met een streepjeslijn staat er ongeveer.",
        "Nummer 3 staat niet op de tekening.",
        'href="https://www.openstreetmap.org/?mlat=51.02869&amp;mlon=4.10106#map=18/51.02869/4.10106"',
        'href="https://www.openstreetmap.org/search?query=Brugstraat%202%2C%20Proefdorp"',
    ):
        assert words in page, words


@pytest.mark.django_db
def test_without_positions_or_a_map_the_page_is_words_only(client, town, buurt):
    make_point(buurt, "Punt", street="Kerkstraat 1")
    answer = client.get("/kaart/")
    assert "Kerkstraat 1" in answer.text
    found = [
        part
        for part in ("<figure", "tekening", "map.js", "map.css", "leaflet", "<button class")
        if part in answer.text
    ]
    # The one button is that for reading aloud.
    assert found == ["<button class"]
    assert answer.text.count("<button") == 1
    assert (
        "default" in answer[POLICY].split("trusted-types")[-1],
        client.get("/kaart/tegels/3/1/1").status_code,
    ) == (
        False,
        404,
    )


@pytest.mark.django_db
def test_a_file_of_the_operator_brings_a_button_and_tiles_of_our_own(client, town, buurt, settings, tmp_path):
    settings.TILES_FILE = write_tiles(tmp_path / "town.pmtiles")
    settings.TILES_CREDIT = "© <Iemand>"
    make_point(buurt, "Punt", **HERE)
    answer = client.get("/kaart/")
    assert 'data-tiles="/kaart/tegels/{z}/{x}/{y}"' in answer.text
    assert "© &lt;Iemand&gt;" in answer.text
    assert "img-src 'self' data:;" in answer[POLICY]
    assert answer[POLICY].endswith("trusted-types klapkarre default")
    assert client.get("/buurtpunten/")[POLICY].endswith("trusted-types klapkarre")
    tile = client.get("/kaart/tegels/{}/{}/{}".format(11, *tile_at(11, 51.03, 4.1)))
    assert (tile["Content-Type"], tile["Cache-Control"], tile.content[:4]) == (
        "image/png",
        "public, max-age=86400",
        b"\x89PNG",
    )
    assert tile[POLICY].startswith("default-src 'none'")


@pytest.mark.django_db
def test_a_server_elsewhere_is_named_and_let_in_on_this_page_only(client, town, buurt, settings):
    settings.TILES_URL, settings.TILES_HOST = (
        "https://kaart.voorbeeld.be/{z}/{x}/{y}.png",
        "https://kaart.voorbeeld.be",
    )
    make_point(buurt, "Punt", **HERE)
    said = "De kaart met straten komt van kaart.voorbeeld.be. Die ziet het internetadres van je toestel"
    answer = client.get("/kaart/")
    assert said in answer.text
    assert "img-src 'self' data: https://kaart.voorbeeld.be;" in answer[POLICY]
    assert said in client.get("/privacy/").text
    others = [
        path
        for path in ("/", "/privacy/", "/buurtpunten/", "/activiteiten/")
        if "voorbeeld.be" in client.get(path)[POLICY]
    ]
    assert others == []


@pytest.mark.slow
@pytest.mark.django_db
def test_many_towns_no_town_and_an_empty_town(client, db):
    assert "Hier staat nog geen gemeente." in client.get("/kaart/").text
    first = Municipality.objects.create(name="Een", slug="een")
    content_changed()
    assert "Hier is nog geen buurtpunt." in client.get("/kaart/").text
    Municipality.objects.create(name="Twee", slug="twee")
    make_point(make_neighbourhood(first, "Wijk"), "Punt", **HERE)
    content_changed()
    assert 'href="/kaart/?gemeente=een"' in client.get("/kaart/").text
    assert pins(client.get("/kaart/?gemeente=een").text) == [("", "1")]
    assert client.get("/kaart/?gemeente=nergens").status_code == 404


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/buurten/", "/buurtpunten/", "/buurtpunten/punt/"])
def test_the_page_is_found_where_people_look(client, town, buurt, page):
    make_point(buurt, "Punt", street="Kerkstraat 1")
    assert 'href="/kaart/' in client.get(page).text


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_looked_up_is_told_to_programs_and_what_is_rough_is_not(client, town, buurt):
    make_point(buurt, "Deur", **HERE)
    make_point(buurt, "Dorp", position_is_rough=True, **HERE)
    geo = '"geo": {"@type": "GeoCoordinates", "latitude": 51.02869, "longitude": 4.10106}'
    assert [geo in client.get(f"/buurtpunten/{slug}/").text for slug in ("deur", "dorp")] == [True, False]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_page_reads_from_right_to_left_and_the_map_does_not(client, town, buurt, settings, tmp_path):
    settings.TILES_FILE = write_tiles(tmp_path / "town.pmtiles")
    make_point(buurt, "Punt", **HERE)
    page = client.get("/ar/kaart/").text
    assert 'dir="rtl"' in page
    assert '<div class="ground" dir="ltr"' in page
    assert 'data-tiles="/kaart/tegels/{z}/{x}/{y}"' in page


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "half", [{"latitude": "51.1"}, {"longitude": "4.1"}, {"latitude": "91", "longitude": "4"}]
)
def test_half_a_position_is_kept_by_no_database(buurt, half):
    for model, facts in (
        (Place, {"neighbourhood": buurt}),
        (Neighbourhood, {"municipality": buurt.municipality}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(name="Punt", slug="elders", **facts, **half)


@pytest.mark.django_db
def test_no_link_where_there_is_nothing_to_look_for(buurt):
    assert map_link(make_point(buurt, "Punt", position_is_rough=True, **HERE)) == ""


def apart(drawing):
    """What covers something else in this drawing: numbers, names, or the edge."""
    pins = [(pin.x, pin.y) for pin in drawing.pins]
    close = [
        pair
        for pair in itertools.combinations(pins, 2)
        if sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) < 30**2
    ]
    outside = [
        pin for pin in pins if not (15 <= pin[0] <= 305 and 15 <= pin[1] <= drawing.height - 15 - sketch.FOOT)
    ]
    boxes = [
        (one.x - 5 * len(one.text), one.y - 15, one.x + 5 * len(one.text), one.y + 5)
        for one in drawing.names
        if one.text
    ]
    numbers = [(x - 15, y - 15, x + 15, y + 15) for x, y in pins]
    covers = [
        pair
        for pair in (*itertools.combinations(boxes, 2), *itertools.product(boxes, numbers))
        if pair[0][0] < pair[1][2]
        and pair[1][0] < pair[0][2]
        and pair[0][1] < pair[1][3]
        and pair[1][1] < pair[0][3]
    ]
    wide = [box for box in boxes if box[0] < 0 or box[2] > 320]
    return close, outside, covers, wide


@pytest.mark.parametrize("spread", [0, 0.001, 0.1])
def test_nothing_in_a_drawing_covers_anything(spread):
    dice = random.Random(7)
    at = [(51 + dice.random() * spread, 4 + dice.random() * spread) for _ in range(22)]
    points = [(number, position, False) for number, position in enumerate(at[:16], 1)]
    drawing = sketch.draw(points, [("'t Keur-Blauwe Steen", at[17]), ("Donck", at[18]), ("x" * 60, at[19])])
    assert apart(drawing) == ([], [], [], [])
    assert [pin.number for pin in drawing.pins] == list(range(1, 17))
    # North is above, and east is to the right.
    one = sketch.draw([(1, (51.2, 4.1), False), (2, (51.1, 4.3), False)], [])
    assert (one.pins[0].y < one.pins[1].y, one.pins[0].x < one.pins[1].x) == (True, True)


@pytest.mark.slow
def test_a_full_page_of_points_in_one_street_is_drawn():
    drawing = sketch.draw([(number, (51.0, 4.0), True) for number in range(1, 41)], [])
    assert (apart(drawing), drawing.pins[0].moved) == (([], [], [], []), False)


def test_a_bar_tells_how_far_is_far():
    # One degree of latitude is 111 km; the bar of so many metres is as long as that many metres in the drawing.
    drawing = sketch.draw([(1, (51.0, 4.0), False), (2, (51.02, 4.0), False)], [])
    metres = {"500 meter": 500, "1 kilometer": 1000}[drawing.bar_words]
    assert abs(drawing.bar / metres - (drawing.pins[0].y - drawing.pins[1].y) / 2226) < 0.005
    assert sketch.draw([], [("Wijk", (51, 4))]) is None
