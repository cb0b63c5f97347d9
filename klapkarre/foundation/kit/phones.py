"""Phone numbers as people write them: 0470 12.34.56, 052/37 85 00, +32 (0)470 12 34 56. A bare number is Belgian."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

HERE = "BE"
LEAST_DIGITS = 8
DAY = re.compile(r"\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d\d")
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class Unreadable(ValueError):
    """What was typed is no phone number that exists."""


def read(text):
    """The number in one form for all: +32470123456 (E.164). Raises `Unreadable`."""
    # The library would read letters as keys of a phone: "0470 12 34 56 (zoon)" must not become another number.
    if any(letter.isalpha() for letter in text):
        raise Unreadable
    try:
        number = phonenumbers.parse(text, HERE)
    except phonenumbers.NumberParseException:
        raise Unreadable from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise Unreadable
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def one_form(text):
    """What two spellings of one number have in common: E.164, or else the digits."""
    try:
        return read(text)
    except Unreadable:
        return "".join(letter for letter in text if letter.isdigit())


def written(number):
    """As people here write it: 0470 12 34 56; a number from abroad with its +."""
    try:
        found = phonenumbers.parse(number, HERE)
    except phonenumbers.NumberParseException:
        return number
    here = phonenumbers.region_code_for_number(found) == HERE
    return phonenumbers.format_number(
        found, PhoneNumberFormat.NATIONAL if here else PhoneNumberFormat.INTERNATIONAL
    )


def unbroken(number):
    """The same with spaces at which no line ends: half a number is none."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def within(text):
    """(where it begins, where it ends, E.164) of each number in a text that can be called; no day, no price, no code.

    A number without a 0 or a + before it is not taken for one: 25 000 000 is a price.
    """
    if sum(map(str.isdigit, text)) < LEAST_DIGITS:
        return
    # Between two numbers; the library would read it as a part of the first.
    for found in phonenumbers.PhoneNumberMatcher(text.replace(" / ", " , "), HERE):
        begin = found.end - len(found.raw_string.lstrip())
        if text[begin:].lstrip("(").startswith(("0", "+")) and not (
            DAY.search(found.raw_string) or found.number.extension
        ):
            yield begin, found.end, phonenumbers.format_number(found.number, PhoneNumberFormat.E164)


def is_mobile(number):
    """Can this number get a text message?"""
    return phonenumbers.number_type(phonenumbers.parse(number, HERE)) in MOBILE


def veiled(number):
    """Enough to know whose it is, too little to call it: 0470 … 56."""
    parts = written(number).split()
    return f"{parts[0]}\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}{number[-2:]}"
