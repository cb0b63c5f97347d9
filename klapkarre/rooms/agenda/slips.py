"""Slips: the link and the sayable code that a resident gets for one seat, or for all that were taken together.

Both follow from the sign-up's id and the secret key, so that the same form sent twice gives the same slip again and a
lost slip can be printed once more. The database holds hashes only: of the link (130 bits, SHA-256) and of the code
(25 bits, keyed). Who has the database but not the secret key makes neither; retention drops the hashes, and then
nothing opens. A new secret key leaves links working and ends the codes on paper.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from klapkarre.foundation.kit import cipher, codes
from klapkarre.rooms.agenda.models import SignUp

TOKEN_LENGTH = 26
DRAWS = 50


def _drawn(purpose, text):
    key = f"klapkarre.agenda.slip|{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{purpose}|{text}".encode(), hashlib.sha256).digest()


def token_of(sign_up):
    """The 130 bits of the link, as 26 letters and digits."""
    return base64.b32encode(_drawn("link", sign_up.pk)).decode().lower()[:TOKEN_LENGTH]


def code_of(sign_up):
    """The code as it stands on the slip: appel-fiets-42. Two different words, and a number of two digits."""
    return codes.write(_drawn("code", f"{sign_up.pk}|{sign_up.code_draw}"))


def code_hint(sign_up):
    """Enough of the code to tell two of the same name apart, too little to use it: appel ... 42."""
    if not sign_up.code_hash:
        return ""
    first, _second, number = code_of(sign_up).split("-")
    return f"{first}\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}{number}"


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(parts):
    """The keyed hash of a code in any order: (words and number as text)."""
    return cipher.fingerprint(settings.SECRET_KEY, "slip", " ".join(sorted(parts)))


def give(sign_up):
    """Save a new sign-up with the hashes of its link and code; draws again while a live slip has the same code."""
    sign_up.token_hash = hash_token(token_of(sign_up))
    for draw in range(DRAWS):
        sign_up.code_draw = draw
        sign_up.code_hash = hash_code(code_of(sign_up).split("-"))
        try:
            with transaction.atomic():
                sign_up.save(force_insert=True)
        except IntegrityError:
            if not SignUp.objects.filter(code_hash=sign_up.code_hash).exists():
                raise
        else:
            return sign_up
    raise RuntimeError(f"no free code after {DRAWS} draws")


def hashes_for(sign_ups):
    """Give unsaved sign-ups, that will be saved in bulk, their hashes; no two of them get the same code."""
    taken = set()
    for sign_up in sign_ups:
        sign_up.token_hash = hash_token(token_of(sign_up))
        for draw in range(DRAWS):
            sign_up.code_draw = draw
            sign_up.code_hash = hash_code(code_of(sign_up).split("-"))
            if sign_up.code_hash not in taken:
                break
        taken.add(sign_up.code_hash)


def by_token(token):
    """The sign-up that carries the live slip behind a link, or None."""
    return _live().filter(token_hash=hash_token(token)).first()


def by_code(parts):
    """The sign-up that carries the live slip behind a code, or None. One keyed hash and one indexed look-up."""
    return _live().filter(code_hash=hash_code(parts)).first()


def _live():
    """What carries a slip with a day that is not over. Names, numbers and addresses stay sealed."""
    coming = SignUp.objects.live().filter(Q(pk=OuterRef("pk")) | Q(lead=OuterRef("pk")))
    return SignUp.objects.filter(Exists(coming)).defer("name", "phone", "mail")


def seats_on(lead, among=None):
    """Every seat (of `among`) on this slip on a day that is not over, with its activity, in order of time."""
    return list(
        (SignUp.objects.all() if among is None else among)
        .live()
        .on_slip(lead)
        .select_related(
            "activity__neighbourhood__municipality", "activity__place__neighbourhood__municipality"
        )
        .order_by("activity__starts_at", "created_at", "pk")
    )
