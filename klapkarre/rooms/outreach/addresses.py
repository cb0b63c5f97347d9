"""House numbers as people type them: `12`, `12A`, `12 bus 3`, `12 bus 1-6`. Anything else is asked again.

There is no room for a name: a number has at most four digits and a letter, a box is as short.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Doors that are drawn up at once, and of one round [own choice]: more nobody walks.
MOST = 400
EVERY, ODD, EVEN = "alle", "oneven", "even"
BOX = r"\d{1,4}[A-Z]?|[A-Z]\d{0,3}|\d{1,2}[./]\d{1,2}"
ONE = re.compile(rf"(\d{{1,4}}) ?([A-Z]?)(?: ?(?:BUS|B\.|BTE|/) ?({BOX})(?: ?(?:-|TOT) ?({BOX}))?)?")


def row(first, last, side):
    """The house numbers from `first` to `last`, on one side or on both."""
    return [str(n) for n in range(first, last + 1) if side == EVERY or (n % 2 == 0) == (side == EVEN)]


def several(text):
    """The numbers in a text, with commas or lines between them. ValidationError names what is no number."""
    parts = [part for part in re.split(r"[,;\n]+", text or "") if part.strip()]
    found = [where for part in parts for where in one(part)]
    return list(dict.fromkeys(found))


def one(text):
    """What stands between two commas, as a list: one number, or one for each box."""
    plain = " ".join(text.upper().replace("\N{EN DASH}", "-").split())
    match = ONE.fullmatch(plain)
    if not match or not int(match[1]):
        raise ValidationError(
            _("We begrijpen “%(text)s” niet. Schrijf 12, 12A of 12 bus 3.") % {"text": text.strip()[:20]}
        )
    number = f"{int(match[1])}{match[2]}"
    if not match[3]:
        return [number]
    return [f"{number} bus {box}" for box in _boxes(match[3], match[4] or match[3])]


def _boxes(first, last):
    if first == last:
        return [first]
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last) < int(first) + MOST):
        raise ValidationError(_("We begrijpen deze bussen niet. Schrijf bijvoorbeeld 12 bus 1-6."))
    return [str(n) for n in range(int(first), int(last) + 1)]


def plain_number(where):
    """A number as it is compared: 12 bus 01 is 12 bus 1."""
    return re.sub(r"\b0+(?=\w)", "", where)


def in_order(where):
    """To sort by, as one walks: 2, 10, 10A, 10 bus 2, 10 bus 10."""
    parts = re.split(r"(\d+)", where)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts if part]
