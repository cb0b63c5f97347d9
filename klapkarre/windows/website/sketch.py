"""The drawing of where points lie: their numbers in the list, on a plain ground. No tiles, no streets, no request.

North is above, and distances are true. Numbers that would cover each other move apart, each with a line to where it
belongs; a name for which there is no room is left out, because the list has it too.
"""

import math
from typing import NamedTuple

from django.utils.translation import gettext as _

WIDTH = 320
LEAST_HEIGHT, MOST_HEIGHT = 180, 320
PAD, FOOT = 46, 36  # around what is drawn; below it, for the bar that says how far is far
RADIUS, APART = 15, 33
# Of a name: the width of a letter as wide as readers may set it, and the height of its line.
LETTER, LINE = 10, 20
METRES_A_DEGREE = 111_320
SMALLEST = 400  # metres: two doors in one street do not become the two ends of the world
BARS = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
LONGEST_BAR = 110
STEP, RINGS = 11, 30


class Pin(NamedTuple):
    """A number at (x, y); what it stands for lies at (at_x, at_y)."""

    number: int
    x: int
    y: int
    at_x: int
    at_y: int
    rough: bool

    @property
    def moved(self):
        return (self.x, self.y) != (self.at_x, self.at_y)


class Name(NamedTuple):
    """A neighbourhood: its middle, and where its name stands; without room for the name it is empty."""

    text: str
    x: int
    y: int
    at_x: int
    at_y: int


class Sketch(NamedTuple):
    """All that the template prints, in units of a picture that is 320 wide; whole, so that no comma gets in."""

    width: int
    height: int
    pins: list
    names: list
    bar_from: int
    bar: int
    bar_words: str

    @property
    def middle(self):
        return self.width // 2

    @property
    def bar_y(self):
        return self.height - 9


def draw(points, neighbourhoods):
    """`points`: (number, (latitude, longitude), rough); `neighbourhoods`: (name, position). None without points."""
    if not points:
        return None
    positions = [position for _number, position, _rough in points] + [at for _name, at in neighbourhoods]
    place, scale, height = _projection(positions, len(points))
    pins = _pins([(number, *place(at), rough) for number, at, rough in points], height)
    names = _names([(text, *place(at)) for text, at in neighbourhoods], pins, height)
    metres = max((one for one in BARS if one * scale <= LONGEST_BAR), default=BARS[0])
    bar = round(metres * scale)
    return Sketch(WIDTH, height + FOOT, pins, names, (WIDTH - bar) // 2, bar, _length(metres))


def _projection(positions, pins):
    """(degrees -> place in the picture, units a metre, height). Flat: good for a town, and for Flanders."""
    # Also when all doors stand in one street there is room for every number, twice.
    room = pins * APART * APART * 2.2 / WIDTH
    middle = sum(latitude for latitude, _longitude in positions) / len(positions)
    narrow = METRES_A_DEGREE * math.cos(math.radians(middle))
    metres = [(longitude * narrow, -latitude * METRES_A_DEGREE) for latitude, longitude in positions]
    left, top = (min(one[axis] for one in metres) for axis in (0, 1))
    wide, high = (max(one[axis] for one in metres) - start for axis, start in ((0, left), (1, top)))
    scale = min((WIDTH - 2 * PAD) / max(wide, SMALLEST), (MOST_HEIGHT - 2 * PAD) / max(high, SMALLEST))
    height = round(max(LEAST_HEIGHT, room, high * scale + 2 * PAD))

    def place(position):
        latitude, longitude = position
        x = WIDTH / 2 + (longitude * narrow - left - wide / 2) * scale
        y = height / 2 + (-latitude * METRES_A_DEGREE - top - high / 2) * scale
        return round(x), round(y)

    return place, scale, height


def _pins(spots, height):
    """Each number at its place, or as near to it as the numbers before it leave room for."""
    pins = []
    for number, at_x, at_y, rough in spots:
        room = (
            (x, y)
            for x, y in _around(at_x, at_y)
            if RADIUS + 2 <= x <= WIDTH - RADIUS - 2
            and RADIUS + 2 <= y <= height - RADIUS - 2
            and all(math.dist((x, y), (pin.x, pin.y)) >= APART for pin in pins)
        )
        x, y = next(room, (at_x, at_y))
        pins.append(Pin(number, x, y, at_x, at_y, rough))
    return pins


def _around(x, y):
    """This place, and then rings of places around it, ever wider."""
    yield x, y
    for ring in range(1, RINGS):
        for step in range(6 * ring):
            turn = 2 * math.pi * step / (6 * ring)
            yield round(x + ring * STEP * math.cos(turn)), round(y + ring * STEP * math.sin(turn))


def _names(spots, pins, height):
    taken = [(pin.x - RADIUS - 3, pin.y - RADIUS - 3, pin.x + RADIUS + 3, pin.y + RADIUS + 3) for pin in pins]
    names = []
    for text, at_x, at_y in spots:
        half = (len(text) * LETTER + 8) // 2
        x = round(min(max(at_x, half + 2), WIDTH - half - 2))
        for below in (38, -26, 58, -46, 14):
            y = at_y + below
            box = (x - half, y - LINE + 5, x + half, y + 5)
            if 2 * half <= WIDTH - 4 and box[1] >= 2 and box[3] <= height and not _covers(box, taken):
                taken.append(box)
                names.append(Name(text, x, y, at_x, at_y))
                break
        else:
            names.append(Name("", at_x, at_y, at_x, at_y))
    return names


def _covers(box, others):
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
    )


def _length(metres):
    if metres < 1000:
        return _("%(number)s meter") % {"number": metres}
    return _("%(number)s kilometer") % {"number": metres // 1000}
