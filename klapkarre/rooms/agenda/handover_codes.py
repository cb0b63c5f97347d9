"""Link and sayable code of a hand-over: made from its id and the secret key as those of slips are (`slips.py`).

The code has three words, not two: it opens more than one seat, and for months.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import IntegrityError, transaction

from klapkarre.foundation.kit import cipher, codes
from klapkarre.rooms.agenda.models import HandOver
from klapkarre.rooms.agenda.slips import DRAWS, TOKEN_LENGTH, hash_token

WORDS = 3


def _drawn(purpose, text):
    key = f"klapkarre.agenda.handover|{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{purpose}|{text}".encode(), hashlib.sha256).digest()


def token_of(handover):
    return base64.b32encode(_drawn("link", handover.pk)).decode().lower()[:TOKEN_LENGTH]


def code_of(handover):
    """Three different words and a number of two digits: 35 bits."""
    return codes.write(_drawn("code", f"{handover.pk}|{handover.code_draw}"), WORDS)


def hash_code(parts):
    return cipher.fingerprint(settings.SECRET_KEY, "handover", " ".join(sorted(parts)))


def give(handover):
    """Save a new hand-over with the hashes of its link and code."""
    handover.token_hash = hash_token(token_of(handover))
    for draw in range(DRAWS):
        handover.code_draw = draw
        handover.code_hash = hash_code(code_of(handover).split("-"))
        try:
            with transaction.atomic():
                handover.save(force_insert=True)
        except IntegrityError:
            if not HandOver.objects.filter(code_hash=handover.code_hash).exists():
                raise
        else:
            return handover
    raise RuntimeError(f"no free code after {DRAWS} draws")


def by_token(token):
    """The live hand-over behind a link, or None."""
    return _live().filter(token_hash=hash_token(token)).first()


def by_code(parts):
    """The live hand-over behind a code, or None. One keyed hash and one indexed look-up, found or not."""
    return _live().filter(code_hash=hash_code(parts)).first()


def _live():
    return HandOver.objects.live().select_related("activity__neighbourhood__municipality", "activity__place")
