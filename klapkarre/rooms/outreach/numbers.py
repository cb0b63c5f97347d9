"""Does a note hold a number that must not stand there: a phone, a national number, an account, a bank card?

Phones and national numbers are told by their shape, also with a digit mistyped; accounts and cards by their check
digits. A first check of our own; the rest comes with the next version (`python-stdnum`).
"""

import re

MONTHS = (*range(13), *range(20, 33), *range(40, 53))
# Digits with the marks that people write between them.
NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){9,18}(?!\d)")
# A phone begins with 0, 00 or +. A day with its year is no phone, also not together with the hour after it.
PHONE = re.compile(r"(?<!\d)(?:\+|00?)[1-9](?:[ .\-/]{0,3}\d){7,13}(?!\d)")
DAY = re.compile(r"(?<!\d)\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
IBAN = re.compile(r"\bBE ?\d{2}(?: ?\d{4}){3}\b", re.IGNORECASE)


def is_national_number(digits):
    """Eleven digits that begin with a day of birth; in a bis number 20 or 40 is added to the month."""
    return len(digits) == 11 and int(digits[2:4]) in MONTHS and int(digits[4:6]) <= 31


def is_phone(found):
    """A Belgian mobile (ten digits, from 045) or landline (nine digits), or any number from abroad."""
    digits = re.sub(r"\D", "", found)
    if found.startswith("+32") or digits.startswith("0032"):
        digits = "0" + digits.removeprefix("00").removeprefix("32").removeprefix("0")
    elif found.startswith(("+", "00")):
        return 9 <= len(digits) <= 15
    return len(digits) == (10 if "045" <= digits[:3] <= "049" else 9)


def is_account(digits):
    """Twelve digits of a Belgian account (the last two: the rest modulo 97, where 0 is written 97)."""
    return len(digits) == 12 and (int(digits[:10]) % 97 or 97) == int(digits[10:])


def is_card(digits):
    """Sixteen to nineteen digits that fit the check of bank cards (Luhn, ISO/IEC 7812)."""
    if not 16 <= len(digits) <= 19:
        return False
    turned = [int(digit) for digit in reversed(digits)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in turned[1::2]]
    return (sum(turned[::2]) + sum(doubled)) % 10 == 0


def is_iban(text):
    """A Belgian IBAN whose check fits (ISO 13616: modulo 97 gives 1)."""
    digits = re.sub(r"\D", "", text)
    return int(f"{digits[2:]}1114{digits[:2]}") % 97 == 1


def looks_like_a_number_to_leave_out(text):
    """True when the text holds a phone, a national number, a Belgian account or a bank card."""
    if any(is_phone(found) for found in PHONE.findall(DAY.sub(" dag ", text.replace("(0)", "")))):
        return True
    if any(is_iban(found) for found in IBAN.findall(text)):
        return True
    for found in NUMBER.findall(text):
        digits = re.sub(r"\D", "", found)
        if is_national_number(digits) or is_account(digits) or is_card(digits):
            return True
    return False
