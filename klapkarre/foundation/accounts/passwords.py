"""Passwords that anyone here would guess first: names of the town and the work, rows of keys, the same thing twice.

Beside the list of 20,000 common passwords that comes with Django. Nothing is fetched, nothing leaves the server.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place

WORDS = (
    *("klapkarre", "buurtwerk", "buurtwerker", "buurtopbouwwerk", "buurtopbouwwerker", "buurtpunt", "buurt"),
    *(
        "wijk",
        "koffie",
        "wachtwoord",
        "welkom",
        "geheim",
        "admin",
        "beheerder",
        "password",
        "welcome",
        "secret",
    ),
)
ROWS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
)
# Digits and marks that stand for a letter.
INSTEAD = str.maketrans("013457@$!", "oieastasi")
# So many letters must be left when the names are taken out; and a name of so many letters counts as one.
LEFT, LONG_ENOUGH = 8, 4
MOST_ALIKE = 4


def _plain(text):
    """Small letters without accents."""
    return "".join(
        one for one in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(one)
    )


def _words(names):
    """The words of these names, and each name written as one."""
    found = set(WORDS)
    for name in names:
        parts = re.findall(r"[^\W\d_]+", _plain(name))
        found.update([*parts, "".join(parts)])
    return sorted((word for word in found if len(word) >= LONG_ENOUGH), key=len, reverse=True)


def _only_names(text, words):
    letters = re.sub(r"[\W\d_]+", "", text)
    rest = letters
    for word in words:
        rest = rest.replace(word, " ")
    return rest != letters and len(rest.replace(" ", "")) < LEFT


def is_guessable(password, names=()):
    """Is little left of it without `names`, rows of keys and repetition?"""
    text = _plain(password)
    unit = (text + text).find(text, 1)  # how long what is repeated is; the whole length when nothing is
    if unit < min(len(text), LEFT) or len(set(text)) <= MOST_ALIKE or any(text in row for row in ROWS):
        return True
    words = _words(names)
    return any(_only_names(one, words) for one in (text, text.translate(INSTEAD)))


def _names_around(user):
    """The user name, and the names that everyone here knows."""
    if user is None or user.pk is None:
        return [user.username] if user else []
    kinds = (Organisation, Team, Municipality, Neighbourhood, Place)
    return [user.username, *(name for kind in kinds for name in kind.objects.values_list("name", flat=True))]


class NotGuessable:
    """A validator of passwords, for `AUTH_PASSWORD_VALIDATORS`."""

    def validate(self, password, user=None):
        if is_guessable(password, _names_around(user)):
            raise ValidationError(
                _("Dit wachtwoord is makkelijk te raden. Gebruik geen namen van hier en geen rijtjes."),
                code="password_guessable",
            )

    def get_help_text(self):
        return _("Geen namen van hier en geen rijtjes.")
