"""A tiny map in a PMTiles file, for tests: plain squares, each in a colour of its own."""

import io
import math

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

# Around the two points of the demo town.
SOUTH, WEST, NORTH, EAST = 50.99, 4.02, 51.08, 4.22


def square(z, x, y, kind="png"):
    """One tile: a picture of one colour that says which one it is."""
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), (150 + z * 5 % 100, 120 + x * 40 % 120, 120 + y * 60 % 120)).save(
        picture, kind
    )
    return picture.getvalue()


def tile_at(z, latitude, longitude):
    """(x, y) of the tile at this place (web mercator)."""
    wide = 1 << z
    up = math.asinh(math.tan(math.radians(latitude)))
    return int((longitude + 180) / 360 * wide), int((1 - up / math.pi) / 2 * wide)


def write_tiles(path, *, zooms=(11, 12), kind=TileType.PNG, compression=Compression.NONE):
    """A file with every tile of the town at these depths; returns its path as text."""
    with path.open("wb") as file:
        writer = Writer(file)
        wanted = []
        for z in zooms:
            (left, top), (right, bottom) = tile_at(z, NORTH, WEST), tile_at(z, SOUTH, EAST)
            wanted += [(z, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
        for one in sorted(wanted, key=lambda one: zxy_to_tileid(*one)):
            writer.write_tile(zxy_to_tileid(*one), square(*one))
        header = {
            "tile_type": kind,
            "tile_compression": compression,
            "min_zoom": min(zooms),
            "max_zoom": max(zooms),
            "min_lat_e7": round(SOUTH * 1e7),
            "min_lon_e7": round(WEST * 1e7),
            "max_lat_e7": round(NORTH * 1e7),
            "max_lon_e7": round(EAST * 1e7),
        }
        writer.finalize(header, {"attribution": "Niemand"})
    return str(path)
