"""The chart: one small panel per goal, months from left to right, all on one scale.

Only geometry; the template draws. Coordinates are text with a point, since templates write numbers in Dutch.
"""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format

from klapkarre.foundation.kit.courtesy import Rows
from klapkarre.windows.results.periods import first_day

WIDTH, HEIGHT = 360, 176
LEFT, RIGHT, TOP, BOTTOM = 34, 354, 18, 140
FILLS = 4
# With more months than this, bars are too thin for a number above each.
NUMBERED = 13


@dataclass
class Panel:
    """One goal: its words, which of the fills it has, its bars and the highest month."""

    words: str
    fill: int
    bars: list
    highest: str
    total: int

    @property
    def by_turns(self):
        """The bars for a page that gives way to others."""
        return Rows(self.bars, 6)


def nice_top(value):
    """The first round number at or above the value: 1, 2, 4, 5, 6, 8 or 10 times a power of ten; at least 2."""
    power = 1
    while power * 10 < value:
        power *= 10
    for step in (1, 2, 4, 5, 6, 8, 10):
        if step * power >= value and (step * power) % 2 == 0:
            return step * power
    return 10 * power


def _text(number):
    return f"{number:.1f}"


def panels_of(table, period, count):
    """The panels of the first `count` columns of the table per month, and the marks that they share."""
    top = nice_top(max((max(numbers[:count], default=0) for _label, numbers in table.rows), default=0))
    months = list(period.months)
    slot = (RIGHT - LEFT) / len(months)
    panels = []
    for column in range(count):
        values = [numbers[column] for _label, numbers in table.rows]
        bars = [
            _bar(place, value, month, slot, top, len(months) <= NUMBERED)
            for place, (value, month) in enumerate(zip(values, months, strict=True))
        ]
        best = max(range(len(values)), key=values.__getitem__)
        highest = (
            f"{table.rows[best][0]} ({number_format(values[best], force_grouping=True)})"
            if values[best]
            else ""
        )
        panels.append(Panel(table.columns[column], column % FILLS + 1, bars, highest, table.total[column]))
    return panels, _marks(months, slot), _lines(top)


def _bar(place, value, month, slot, top, numbered):
    height = (BOTTOM - TOP) * value / top
    width = min(slot * 0.76, 26)
    left = LEFT + slot * place + (slot - width) / 2
    return {
        "x": _text(left),
        "y": _text(BOTTOM - height),
        "width": _text(width),
        "height": _text(height),
        "middle": _text(left + width / 2),
        "above": _text(BOTTOM - height - 4),
        "value": value,
        "number": value if numbered and value else "",
        "month": date_format(first_day(month), "F Y"),
    }


def _marks(months, slot):
    """Names under the bars: first letters of the months when they fit, and each year under its first month."""
    marks = []
    for place, month in enumerate(months):
        middle = _text(LEFT + slot * (place + 0.5))
        letter = date_format(first_day(month), "F")[0] if len(months) <= NUMBERED else ""
        year = ""
        # A year that starts with one month only is left out when the next one would be written over it.
        if month % 12 == 0 or (place == 0 and (12 - month % 12) * slot >= 34) or len(months) == 1:
            year = first_day(month).year
        if letter or year:
            marks.append({"x": middle, "letter": letter, "year": str(year)})
    return marks


def _lines(top):
    """The ground, half and top line of the scale."""
    span = BOTTOM - TOP
    return [
        {
            "y": _text(BOTTOM - span * share),
            "label_y": _text(BOTTOM - span * share + 4),
            "value": int(top * share),
        }
        for share in (0, 0.5, 1)
    ]
