"""Pieces of a map with streets: out of one PMTiles file of the operator, or from a server that the operator names.

None by default. The file is read on the server, so that the browser asks for pictures at our own address and needs
neither another script nor parts of a file. Only pictures (png, jpeg, webp, avif): drawing streets out of their data
would cost each phone a hundred kilobytes of script (docs/decisions/0026-map.md).
"""

import os
import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from pmtiles import tile as pm

KINDS = {
    pm.TileType.PNG: "image/png",
    pm.TileType.JPEG: "image/jpeg",
    pm.TileType.WEBP: "image/webp",
    pm.TileType.AVIF: "image/avif",
}
HEADER = 127  # bytes, PMTiles version 3
DEEPEST = 22
DIRECTORIES = 4  # as deep as directories may lie in each other
LARGEST_DIRECTORY, LARGEST_TILE = 4_000_000, 4_000_000
OWN_ADDRESS = "/kaart/tegels/{z}/{x}/{y}"


class Broken(Exception):
    """This file gives no map; says why in Dutch and in English."""


class Source(NamedTuple):
    """Where the browser gets pieces: address with {z}, {x} and {y}; `host` when that is not ours; bounds or ""."""

    address: str
    host: str
    least: int
    most: int
    bounds: str
    credit: str

    @property
    def host_name(self):
        return self.host.removeprefix("https://")


class Archive(NamedTuple):
    """A PMTiles file as it was at one moment."""

    path: str
    stamp: tuple
    header: dict

    @property
    def bounds(self):
        """south,west,north,east in degrees."""
        names = ("min_lat_e7", "min_lon_e7", "max_lat_e7", "max_lon_e7")
        return ",".join(str(self.header[name] / 10_000_000) for name in names)


def source():
    """The source of the map, or None: none was chosen, or the file is broken (`./kar check` says so)."""
    credit = settings.TILES_CREDIT
    if settings.TILES_URL:
        return Source(settings.TILES_URL, settings.TILES_HOST, 0, settings.TILES_ZOOM, "", credit)
    try:
        archive = opened()
    except Broken:
        return None
    if archive is None:
        return None
    header = archive.header
    return Source(OWN_ADDRESS, "", header["min_zoom"], header["max_zoom"], archive.bounds, credit)


def opened():
    """The file of the setting, looked at anew when it changed; None without the setting. Raises `Broken`."""
    path = settings.TILES_FILE
    if not path:
        return None
    try:
        facts = os.stat(path)
    except OSError as error:
        raise Broken(
            f"kan niet gelezen worden ({error.strerror})", f"cannot be read ({error.strerror})"
        ) from None
    return _archive(str(path), (facts.st_mtime_ns, facts.st_size))


@lru_cache(maxsize=4)
def _archive(path, stamp):
    no_map = Broken("is geen PMTiles-bestand van versie 3", "is no PMTiles file of version 3")
    try:
        header = pm.deserialize_header(_read(path, 0, HEADER))
    except OSError as error:
        raise Broken(
            f"kan niet gelezen worden ({error.strerror})", f"cannot be read ({error.strerror})"
        ) from None
    except (pm.MagicNumberNotFound, pm.SpecVersionUnsupported, ValueError, IndexError):
        raise no_map from None
    if header["tile_type"] not in KINDS or header["tile_compression"] != pm.Compression.NONE:
        raise Broken(
            "heeft geen beelden: kies tegels in png, jpeg of webp",
            "has no pictures: choose tiles in png, jpeg or webp",
        )
    if (
        header["internal_compression"] != pm.Compression.GZIP
        or not header["min_zoom"] <= header["max_zoom"] <= DEEPEST
    ):
        raise no_map
    archive = Archive(path, stamp, header)
    _directory(path, stamp, header["root_offset"], header["root_length"])
    return archive


def piece(z, x, y):
    """(bytes, content type) of one piece, or None: not in the file, no file, or no such place on earth."""
    try:
        archive = opened()
        if archive is None or not archive.header["min_zoom"] <= z <= archive.header["max_zoom"]:
            return None
        if max(x, y) >= 1 << z:
            return None
        content = _find(archive, pm.zxy_to_tileid(z, x, y))
    except (Broken, OSError):
        return None
    return (content, KINDS[archive.header["tile_type"]]) if content else None


def _find(archive, number):
    header = archive.header
    offset, length = header["root_offset"], header["root_length"]
    for _depth in range(DIRECTORIES):
        entry = pm.find_tile(_directory(archive.path, archive.stamp, offset, length), number)
        if entry is None:
            return None
        if entry.run_length:
            return _read(archive.path, header["tile_data_offset"] + entry.offset, entry.length, LARGEST_TILE)
        offset, length = header["leaf_directory_offset"] + entry.offset, entry.length
    return None


@lru_cache(maxsize=64)
def _directory(path, stamp, offset, length):
    """A directory of the file, read once for each state of the file: unpacking it costs more than the piece itself."""
    try:
        return pm.deserialize_directory(_read(path, offset, length, LARGEST_DIRECTORY))
    except (OSError, EOFError, ValueError, IndexError, zlib.error) as error:
        raise Broken("is beschadigd", "is damaged") from error


def _read(path, offset, length, most=HEADER):
    """Bytes of the file. Raises `Broken` when it says that more lie there than there are, or than we take."""
    with Path(path).open("rb") as file:
        if length > most or offset + length > os.fstat(file.fileno()).st_size:
            raise Broken("is beschadigd", "is damaged")
        file.seek(offset)
        return file.read(length)
