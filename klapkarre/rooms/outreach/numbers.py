"""Does a note hold a number that must not stand there: a national number, an account, a bank card?

Told by their check digits. A first check of our own; the rest comes with the next version (`python-stdnum`).
"""

import re

# Digits with the marks that people write between them.
NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){9,18}(?!\d)")
IBAN = re.compile(r"\bBE ?\d{2}(?: ?\d{4}){3}\b", re.IGNORECASE)


def is_national_number(digits):
    """Eleven digits, the last two being 97 minus the rest modulo 97; births since 2000 count with a 2 in front."""
    if len(digits) != 11 or not 0 <= int(digits[2:4]) <= 52 or int(digits[4:6]) > 31:
        return False
    check = int(digits[9:])
    return any(97 - int(century + digits[:9]) % 97 == check for century in ("", "2"))


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
    """True when the text holds a national number, a Belgian account or a bank card."""
    if any(is_iban(found) for found in IBAN.findall(text)):
        return True
    for found in NUMBER.findall(text):
        digits = re.sub(r"\D", "", found)
        if is_national_number(digits) or is_account(digits) or is_card(digits):
            return True
    return False
