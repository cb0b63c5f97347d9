"""Pictures that people send: decoded and drawn anew, so that nothing of the file itself is kept or served.

What comes out is WebP in two sizes, upright, without place, camera, date, colour profile or remarks. The name of a
file is a sum of what is in it; nothing that somebody typed or sent is ever part of a path.
"""

import io
import threading
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from klapkarre.foundation.kit import uploads

TAKEN = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000  # more than any phone takes without being asked
LARGE, SMALL = 1600, 480
# A small picture is at most so heavy (design.md): one with much in it is drawn less fine, then smaller.
HEAVIEST_SMALL = 40_000
QUALITIES = (78, 60, 45, 30)
# A file that is a picture in front and something else behind: a page, a program, an archive, a document.
HIDDEN = (b"<script", b"<?php", b"<html", b"%PDF-")
ARCHIVE, ARCHIVE_TAIL = b"PK\x05\x06", 66_000
# Pillow itself then refuses twice as many before it reads anything more.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

UNREADABLE = _("We kunnen deze foto niet lezen. Kies een foto die eindigt op .jpg, .png of .webp.")
CUT_OFF = _("Deze foto is niet helemaal. Kies hem opnieuw, of neem een andere.")
TOO_HEAVY = _("Deze foto is te zwaar: hoogstens 10 MB. Kies een kleinere.")
TOO_LARGE = _("Deze foto heeft te veel beeldpunten. Kies een kleinere.")
MOVES = _("Deze foto beweegt. Kies een foto die stilstaat.")
NOT_ONLY = _("In dit bestand zit meer dan een foto. Maak er een nieuwe foto van en probeer opnieuw.")
BUSY = _("Er wordt net een andere foto bewaard. Probeer zo meteen opnieuw.")

# One at a time: a large picture takes as much memory as all the rest of the program.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """One size of a picture."""

    content: bytes
    width: int
    height: int


def takes_picture(view):
    """Mark a view (outermost) that may receive more than the texts of a form."""
    return uploads.takes(view, "picture")


def draw(file):
    """(large, small) as `Drawn`, from an uploaded file; ValidationError with a Dutch sentence when it is not right."""
    uploads.refuse_too_many(file)
    if file.size > settings.LONGEST_PICTURE:
        raise ValidationError(TOO_HEAVY, code="heavy")
    raw = file.read()
    with uploads.alone(_one_at_a_time, BUSY):
        return in_both_sizes(_decoded(raw))


def in_both_sizes(picture):
    """(large, small) as `Drawn`, from a picture that is decoded or was drawn by the program itself."""
    return _sized(picture, LARGE), _light(picture)


def _decoded(raw):
    try:
        image = Image.open(io.BytesIO(raw), formats=TAKEN)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE, code="large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(TOO_LARGE, code="large")
        # Some phones put a second picture behind a JPEG (format MPO); the first one is the photo.
        if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
            raise ValidationError(MOVES, code="moves")
        if any(mark in raw for mark in HIDDEN) or ARCHIVE in raw[-ARCHIVE_TAIL:]:
            raise ValidationError(NOT_ONLY, code="hidden")
        try:
            image.draft("RGB", (LARGE, LARGE))
            return _upright(image)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError(CUT_OFF, code="cut off") from error


def _upright(image):
    """Loaded, small enough to work on, turned as it was held, without transparency."""
    image.load()
    # First small, then turned: turning makes a copy, and a quarter of a megabyte can be 60 million points.
    image.thumbnail((LARGE, LARGE))
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        see_through = turned.convert("RGBA")
        turned = Image.new("RGB", see_through.size, "white")
        turned.paste(see_through, mask=see_through)
    return turned.convert("RGB")


def _light(picture):
    """The small one, within its weight."""
    for longest in (SMALL, SMALL * 2 // 3, SMALL // 2):
        for quality in QUALITIES:
            found = _sized(picture, longest, quality)
            if len(found.content) <= HEAVIEST_SMALL:
                return found
    return found


def _sized(picture, longest, quality=QUALITIES[0]):
    size = picture.copy()
    size.thumbnail((longest, longest))
    # A new picture has nothing but its points: what Pillow remembers of the file stays behind.
    clean = Image.new("RGB", size.size)
    clean.paste(size)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=quality, method=4)
    return Drawn(out.getvalue(), *clean.size)


def keep(drawn, owner):
    """Write the file and return its name."""
    return _shelf.keep(drawn.content, owner)


_shelf = uploads.Shelf("pictures", ".webp")
read, forget = _shelf.read, _shelf.forget
