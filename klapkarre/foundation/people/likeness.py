"""When two names or phone numbers are the same in another spelling. What is opened here, is compared and not shown."""

import re
import unicodedata

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people.models import Person


def plain_name(name):
    """Small letters, no accents, no marks, words in alphabetical order: `Fatima EL-AMRANI` is `El Amrani, Fatima`."""
    letters = unicodedata.normalize("NFKD", name or "").casefold()
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(sorted(re.findall(r"\w+", kept)))


def plain_phone(phone):
    """Digits only, as dialled in Belgium: +32 470 and 0032 470 are 0470."""
    digits = re.sub(r"\D", "", (phone or "").replace("+", "00").replace("(0)", ""))
    return re.sub(r"^0032", "0", digits)


def people_of(user):
    """Every person this user may work for, opened: a team has some hundreds, which takes milliseconds."""
    return list(Person.objects.visible_to(user))


@cipher.comparing()
def in_order(persons):
    """By name, as a list on paper."""
    return sorted(persons, key=lambda person: (plain_name_in_order(person.name), str(person.pk)))


def plain_name_in_order(name):
    """Small letters without accents, words as they stand."""
    letters = unicodedata.normalize("NFKD", name or "").casefold()
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@cipher.comparing()
def found(persons, wanted):
    """Those whose name holds every word of `wanted` (or begins with it), or whose number holds its digits."""
    words, digits = plain_name(wanted).split(), plain_phone(wanted)
    by_phone = len(digits) >= 4 and not re.search(r"[^\W\d]", wanted)
    if by_phone:
        return [person for person in persons if digits in plain_phone(person.phone)]
    if not words:
        return []
    return [
        person
        for person in persons
        if all(any(part.startswith(word) for part in plain_name(person.name).split()) for word in words)
    ]


@cipher.comparing()
def alike(persons, name, phone=""):
    """Those with the same name in another spelling, or the same number."""
    name, phone = plain_name(name), plain_phone(phone)
    return [
        person
        for person in persons
        if (name and plain_name(person.name) == name)
        or (len(phone) >= 8 and plain_phone(person.phone) == phone)
    ]


@cipher.comparing()
def doubles(persons):
    """Pairs that are likely one person: same team, and the same name or number. Oldest of each pair first."""
    pairs = {}
    for plain in (lambda person: plain_name(person.name), lambda person: plain_phone(person.phone)):
        seen: dict = {}
        for person in sorted(persons, key=lambda one: (one.created_at, str(one.pk))):
            key = (person.team_id, plain(person))
            if len(key[1]) >= 2:
                for earlier in seen.get(key, ()):
                    pairs[earlier.pk, person.pk] = (earlier, person)
                seen.setdefault(key, []).append(person)
    return list(pairs.values())
