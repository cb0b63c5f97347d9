"""Recordings that people send: taken apart and kept with only what plays.

What a phone or a program wrote beside the sound (place, day, names, remarks, pictures) is left out or overwritten with
nothing; the sound itself is not made anew, because that needs a library of codecs (docs/decisions/0028-voices.md).
What is in the file says what it is, never its name. The name under which it is kept is a sum of what is in it.
"""

import struct
import threading
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import uploads
from klapkarre.foundation.kit.sounds import mp3, mp4, ogg, wav, webm
from klapkarre.foundation.kit.sounds.broken import Broken, CutOff, NotOnlySound, TooLong

LONGEST = 300  # seconds
# What an iPhone of before 2024 does not play.
NOT_EVERYWHERE = ("ogg", "webm")
# ending -> what the browser is told
TYPES = {
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}
READERS = {"m4a": mp4, "ogg": ogg, "wav": wav, "webm": webm, "mp3": mp3}  # the vaguest sign last

UNREADABLE = _("We kunnen deze opname niet lezen. Kies een bestand dat eindigt op .m4a of .mp3.")
CUT_OFF = _("Deze opname is niet helemaal. Kies ze opnieuw, of neem een nieuwe op.")
TOO_HEAVY = _("Deze opname is te zwaar: hoogstens 10 MB. Neem op als .m4a of .mp3.")
TOO_LONG = _("Deze opname duurt langer dan 5 minuten. Spreek korter in.")
NOT_ONLY = _("In dit bestand zit meer dan geluid. Neem enkel de stem op.")
SILENT = _("In deze opname is niets te horen. Neem opnieuw op.")
BUSY = _("Er wordt net een andere opname bewaard. Probeer zo meteen opnieuw.")

# One at a time: taking a file apart is work for one core.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Sound:
    """What plays, of which kind (an ending), and how long."""

    content: bytes
    ending: str
    seconds: int


def takes_sound(view):
    """Mark a view (outermost) that may receive a recording."""
    return uploads.takes(view, "sound")


def clean(file):
    """A `Sound` of an uploaded file; ValidationError with a Dutch sentence when it is not right."""
    uploads.refuse_too_many(file)
    if file.size > settings.LONGEST_SOUND:
        raise ValidationError(TOO_HEAVY, code="heavy")
    raw = file.read()
    ending = next((one for one, reader in READERS.items() if reader.is_it(raw)), None)
    if ending is None:
        raise ValidationError(UNREADABLE, code="unreadable")
    with uploads.alone(_one_at_a_time, BUSY):
        content, seconds = _apart(READERS[ending], raw)
    if not seconds > 0:
        raise ValidationError(SILENT, code="silent")
    if seconds > LONGEST:
        raise ValidationError(TOO_LONG, code="long")
    return Sound(content, ending, max(1, round(seconds)))


def _apart(reader, raw):
    try:
        return reader.only_sound(raw)
    except CutOff as error:
        raise ValidationError(CUT_OFF, code="cut off") from error
    except NotOnlySound as error:
        raise ValidationError(NOT_ONLY, code="not only") from error
    except TooLong as error:
        raise ValidationError(TOO_LONG, code="long") from error
    except (Broken, ArithmeticError, IndexError, ValueError, struct.error) as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error


def keep(sound, owner):
    """Write the file and return its name, with its ending."""
    return _shelf.keep(sound.content, owner, f".{sound.ending}")


_shelf = uploads.Shelf("sounds")
read, forget = _shelf.read, _shelf.forget
