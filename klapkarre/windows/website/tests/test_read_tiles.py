"""Pieces of the map out of the operator's file: these and nothing else, also when the file or the address is odd."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pmtiles.tile import Compression, TileType

from klapkarre.commands.facts import map_problems
from klapkarre.config.tiles import tile_host
from klapkarre.windows.website import tiles
from klapkarre.windows.website.tests.make_tiles import square, tile_at, write_tiles

PLACE = (11, *tile_at(11, 51.03, 4.1))
DEEPER = (12, *tile_at(12, 51.03, 4.1))


def told():
    """What `./kar check` says, in Dutch."""
    return [dutch for dutch, _english in map_problems()]


def test_a_piece_is_the_picture_that_the_file_has(settings, tmp_path):
    settings.TILES_FILE = write_tiles(tmp_path / "town.pmtiles")
    settings.TILES_CREDIT = "Iemand"
    assert tiles.piece(*PLACE) == (square(*PLACE), "image/png")
    assert tiles.piece(*DEEPER) == (square(*DEEPER), "image/png")
    assert [
        tiles.piece(*wrong)
        for wrong in ((11, 0, 0), (10, 523, 343), (13, 1, 1), (11, 2**11, 0), (11, 0, 2**90))
    ] == [None] * 5
    source = tiles.source()
    assert (source.least, source.most, source.bounds, source.host) == (11, 12, "50.99,4.02,51.08,4.22", "")
    assert told() == []


def test_a_file_that_changes_is_read_anew(settings, tmp_path):
    settings.TILES_FILE = write_tiles(tmp_path / "town.pmtiles", zooms=(11,))
    assert tiles.source().most == 11
    write_tiles(tmp_path / "town.pmtiles", zooms=(11, 12))
    assert (tiles.source().most, tiles.piece(*PLACE)[0]) == (12, square(*PLACE))


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["missing", "folder", "empty", "text", "cut", "vector", "zipped", "short"])
def test_a_broken_file_gives_no_map_and_check_says_so(settings, tmp_path, spoil):
    path = tmp_path / "town.pmtiles"
    settings.TILES_FILE, settings.TILES_CREDIT = str(path), "Iemand"
    kinds = {"vector": {"kind": TileType.MVT}, "zipped": {"compression": Compression.GZIP}}
    write_tiles(path, **kinds.get(spoil, {}))
    whole = path.read_bytes()
    if spoil in ("missing", "folder"):
        path.unlink()
    if spoil == "folder":
        path.mkdir()
    if spoil in ("empty", "text", "cut", "short"):
        path.write_bytes(
            {"empty": b"", "text": b"geen kaart" * 40, "cut": whole[:200], "short": whole[:60]}[spoil]
        )
    assert (tiles.source(), tiles.piece(*PLACE)) == (None, None)
    (line,) = told()
    assert line.startswith(f"KLAPKARRE_TILES_FILE: {path} ")
    assert line.endswith("Tot dan is er geen kaart met straten.")


@pytest.mark.slow
def test_no_byte_of_the_file_brings_the_page_down(settings, tmp_path):
    path = tmp_path / "town.pmtiles"
    write_tiles(path)
    whole = path.read_bytes()
    settings.TILES_FILE = str(path)
    for place in range(0, 400, 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        tiles._archive.cache_clear()
        tiles._directory.cache_clear()
        tiles.source()
        tiles.piece(*PLACE)


def test_a_map_without_who_drew_it_is_told(settings, tmp_path):
    settings.TILES_FILE, settings.TILES_CREDIT = write_tiles(tmp_path / "town.pmtiles"), ""
    assert told() == ["Zet in KLAPKARRE_TILES_CREDIT wie de kaart tekende: dat vragen de meeste licenties."]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "../../../etc/passwd",
        "11/1047/686.png",
        "11/-1/686",
        "11/1047/%2e%2e",
        "a/b/c",
        "11/1047",
        f"11/{'9' * 900}/1",
    ],
)
def test_an_address_is_three_numbers_or_nothing(client, settings, tmp_path, path):
    settings.TILES_FILE = write_tiles(tmp_path / "town.pmtiles")
    assert client.get(f"/kaart/tegels/{path}").status_code == 404


def test_an_address_of_a_server_gives_its_host():
    assert tile_host("") == ""
    assert (
        tile_host("https://kaart.voorbeeld.be:8443/t/{z}/{y}/{x}.png?a=1")
        == "https://kaart.voorbeeld.be:8443"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "http://kaart.voorbeeld.be/{z}/{x}/{y}",
        "https://kaart.voorbeeld.be/{z}/{x}",
        "https://kaart.voorbeeld.be/{z}/{x}/{y}/{s}",
        "https://{s}.voorbeeld.be/{z}/{x}/{y}",
        "https://*.voorbeeld.be/{z}/{x}/{y}",
        "https://voorbeeld/{z}/{x}/{y}",
        "https://voorbeeld.be; script-src *;/{z}/{x}/{y}",
        "https://voorbeeld.be/{z}/{x}/{y};script-src *",
        "https://iemand:geheim@voorbeeld.be/{z}/{x}/{y}",
        "https://voorbeeld.be/{z}/{x}/{y}\nx",
        "javascript:{z}{x}{y}",
    ],
)
def test_what_is_no_address_of_a_map_is_refused(address):
    with pytest.raises(ImproperlyConfigured):
        tile_host(address)
