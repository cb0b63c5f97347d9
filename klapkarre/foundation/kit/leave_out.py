"""What must not stand in a free text: national numbers, accounts, bank cards, passwords, and in some also phones.

`found_in(text)` names what it sees. Accounts and cards are told by their check digits; national numbers by theirs and,
because a digit is soon mistyped, by their shape too. Passwords are told by the words around them.
A form that asks to confirm or take it out puts `LeavesOut` before `KitForm`.
"""

import re
import unicodedata
from enum import StrEnum

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from stdnum import iban, luhn
from stdnum.be import nn

from klapkarre.foundation.kit.phones import one_form

MONTHS = (*range(13), *range(20, 33), *range(40, 53))
# Digits with the marks that people write between them.
NUMBER = re.compile(r"(?<!\d)(?<!\+)\d(?:[ .\-/]?\d){9,18}(?!\d)")
# A phone begins with 0, 00 or +. A day with its year is no phone, also not together with the hour after it.
PHONE = re.compile(r"(?<!\d)(?:\+|00?)[1-9](?:[ .\-/]{0,3}\d){7,13}(?!\d)")
# The same with a mark after every digit: 0 4 7 8 1 2 3 4 5 6.
SPREAD = re.compile(
    r"(?<!\d)(?<!\d[ .\-/])(?:\+|0)[ .\-/]{0,3}[1-9](?!\d)(?:[ .\-/]{1,3}\d(?!\d)){7,13}(?![ .\-/]{0,3}\d)"
)
# An O for a nought, Latin or Cyrillic, in a word of nothing but digits.
NOUGHT = "[Oo\u041e\u043e]"
NOUGHTS = re.compile(rf"(?<!\w)(?={NOUGHT}?\d)(?:\d|{NOUGHT})+(?!\w)")
DAY = re.compile(r"(?<!\d)\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
IBAN = re.compile(r"\b[A-Z]{2} ?\d{2}(?: ?[A-Z0-9]){11,30}\b", re.IGNORECASE)
SECRET_WORDS = r"(?:wacht|pas|pass)woord|password|paswoord|wifi-?code|ww"  # noqa: S105  (the words, not one)
PIN = r"pin|pincode|puk|pukcode|geheime code|kaartcode|bankcode|deurcode|alarmcode|toegangscode"
# "is" may also begin a sentence about it: is vergeten, is veranderd.
ABOUT = (
    r"vergeten|kwijt|weg|veranderd|gewijzigd|verlopen|geblokkeerd|niet|nog|te|opnieuw|nodig|fout|juist|moeilijk|altijd|"
    r"ingesteld|aangepast|een|het|de|dat|wat|gevraagd|verplicht|klaar|in|ook|bij|op"
)
PASSWORD = re.compile(
    rf"\b(?:{SECRET_WORDS})\b(?:(?!\bis\b)[^.:=\n]){{0,30}}?(?:\s*[:=]\s*\S|\s+is\s+(?!(?:{ABOUT})\b)\S)",
    re.IGNORECASE,
)
PIN_CODE = re.compile(rf"\b(?:{PIN})\b[^.\d\n]{{0,30}}\d{{3,8}}\b", re.IGNORECASE)


class Kind(StrEnum):
    """What was seen."""

    NATIONAL = "rijksregisternummer"
    ACCOUNT = "rekening"
    CARD = "bankkaart"
    PASSWORD = "wachtwoord"  # noqa: S105  (the word, not one)
    PHONE = "telefoon"


WORDS = {
    Kind.NATIONAL: pgettext_lazy("in a text", "een rijksregisternummer"),
    Kind.ACCOUNT: pgettext_lazy("in a text", "een rekeningnummer"),
    Kind.CARD: pgettext_lazy("in a text", "een bankkaart"),
    Kind.PASSWORD: pgettext_lazy("in a text", "een wachtwoord of code"),
    Kind.PHONE: pgettext_lazy("in a text", "een telefoonnummer"),
}


def found_in(text, phones=False):
    """The kinds that this text holds, in the order of `Kind`; phones only when asked."""
    text = plain(text or "")
    kinds, rest = _numbers(text)
    if any(
        iban.is_valid(one, check_country=False) for long in IBAN.findall(text) for one in _beginnings(long)
    ):
        kinds.add(Kind.ACCOUNT)
    if PASSWORD.search(text) or PIN_CODE.search(text):
        kinds.add(Kind.PASSWORD)
    if phones and any(_phones(rest)):
        kinds.add(Kind.PHONE)
    return [kind for kind in Kind if kind in kinds]


def phones_in(text):
    """The phone numbers in a text, in one form for all their spellings."""
    _kinds, rest = _numbers(plain(text or ""))
    return {one_form(one) for one in _phones(rest)}


def plain(text):
    """The text as its numbers are looked for: digits of 0 to 9 whatever the script, no signs that nobody sees."""
    if not text.isascii():
        text = "".join(_plain(sign) for sign in text)
    text = NOUGHTS.sub(lambda word: re.sub(NOUGHT, "0", word[0]), text)
    return SPREAD.sub(lambda digits: re.sub(r"[^\d+]", "", digits[0]), text)


def _plain(sign):
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Cf":  # a soft hyphen, a joiner, a mark of direction
        return ""
    return {"Zs": " ", "Pd": "-"}.get(kind, sign)


def _numbers(text):
    """The kinds of the long numbers in a text, and the text without them."""
    kinds = set()

    def take_out(match):
        kind = _number(re.sub(r"\D", "", match[0]))
        kinds.add(kind)
        return " " if kind else match[0]

    rest = NUMBER.sub(take_out, text)
    return kinds, rest


def _phones(rest):
    """Each phone as it is written. Of two in a row (052 37 85 00 / 0470 12 34 56) each is seen."""
    rest, at = DAY.sub(" dag ", rest.replace("(0)", "")), 0
    while match := PHONE.search(rest, at):
        found = next((one for one in _cuts(match[0]) if is_phone(one)), "")
        if found:
            yield found
        at = match.start() + len(found or match[0])


def _cuts(digits):
    """What was found, and then each beginning of it that ends where someone wrote a mark."""
    yield digits
    for end in range(len(digits) - 1, 0, -1):
        if not digits[end].isdigit() and digits[end - 1].isdigit():
            yield digits[:end]


def _beginnings(found):
    """The words after an account may look like a part of it: every beginning that ends with a word is tried."""
    words = found.split(" ")
    return [" ".join(words[:end]) for end in range(1, len(words) + 1)]


def _number(digits):
    if digits.startswith("00") and is_phone(digits):
        return None
    if nn.is_valid(digits) or is_shaped_as_national_number(digits):
        return Kind.NATIONAL
    if is_account(digits):
        return Kind.ACCOUNT
    return Kind.CARD if 16 <= len(digits) <= 19 and luhn.is_valid(digits) else None


def is_shaped_as_national_number(digits):
    """Eleven digits that begin with a day of birth; in a bis number 20 or 40 is added to the month."""
    return len(digits) == 11 and int(digits[2:4]) in MONTHS and int(digits[4:6]) <= 31


def is_account(digits):
    """Twelve digits of an account from before IBAN: the last two are the rest modulo 97, where 0 is written 97."""
    return len(digits) == 12 and (int(digits[:10]) % 97 or 97) == int(digits[10:])


def is_phone(found):
    """A Belgian mobile (ten digits, from 045) or landline (nine digits), or any number from abroad."""
    digits = re.sub(r"\D", "", found)
    if found.startswith("+32") or digits.startswith("0032"):
        digits = "0" + digits.removeprefix("00").removeprefix("32").removeprefix("0")
    elif found.startswith(("+", "00")):
        return 9 <= len(digits) <= 15
    return len(digits) == (10 if "045" <= digits[:3] <= "049" else 9)


class LeavesOut:
    """Put before KitForm. A text that holds such a number is not kept before it is taken out or confirmed.

    `watched` names the free texts; `phones` those in which a phone number does not belong either. Nothing typed is
    lost: the text stays in the field, the sentence and the box to confirm stand beside it (`kit.fieldview`).
    What residents will read takes `places.public_texts.PublicText`, which knows our own numbers.
    """

    watched: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    # what the box says beside a text with only a phone, where one may stand on purpose
    keeps_phone: object = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.doubtful = {}
        for name in self.watched:
            label = gettext_lazy("Dit is iets anders. Bewaar het zo.")
            self.fields[f"{name}_checked"] = forms.BooleanField(label=label, required=False)

    def clean(self):
        cleaned = super().clean()  # type: ignore[misc]
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name in self.watched:
            kinds = self.seen_in(name, cleaned.get(name))
            if kinds:
                self.doubtful[name] = kinds
                if not cleaned.get(f"{name}_checked"):
                    self.add_error(name, sentence(kinds))
        return cleaned

    def seen_in(self, name, text):
        """The kinds to ask about in this text. A form that knows that some may stand there leaves them out."""
        kinds = found_in(text, phones=name in self.phones)
        if Kind.PHONE in kinds and phones_in(text) <= self.known_phones(name):
            kinds.remove(Kind.PHONE)
        return kinds

    def known_phones(self, name):
        """The numbers (as `phones_in`) that need no question in this text: those that stood there already."""
        return phones_in(self.stood_there(name))

    def stood_there(self, name):
        """The text as it was kept before: nobody is asked twice about its phone."""
        return self.initial.get(name)

    def confirmation(self, name):
        """The box beside this field, when there is something to confirm; else None."""
        self.is_valid()
        if name not in self.doubtful:
            return None
        box = self[f"{name}_checked"]  # type: ignore[index]
        if self.keeps_phone and self.doubtful[name] == [Kind.PHONE]:
            box.label = self.keeps_phone
        return box


def sentence(kinds):
    """What was seen and what to do."""
    *most, last = [str(WORDS[kind]) for kind in kinds]
    seen = _("%(most)s of %(last)s") % {"most": ", ".join(most), "last": last} if most else last
    return _("Hier lijkt %(seen)s te staan. Haal het weg, of bevestig hieronder.") % {"seen": seen}
