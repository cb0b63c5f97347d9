"""Reads a YAML file that a person wrote: every value keeps its line, and everything wrong is gathered, in Dutch.

Values are read as text and understood by a function that raises `Wrong` with a sentence saying what to write. So
`9200`, `ja` and `1 juli 2024` mean what the writer means, not what YAML makes of them.
"""

import datetime
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

LARGEST_FILE = 2_000_000
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
YEARS = range(2000, 2101)


class Wrong(ValueError):
    """A value that cannot be understood, with what to write instead."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to repair. `field` is empty when the file as a whole is wrong."""

    line: int
    field: str
    message: str

    def __str__(self):
        where = _("Regel %(line)s") % {"line": self.line}
        return f"{where}, {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class Entry(dict):
    """The values of one mapping by their name in the code, with the line of the entry and of each value."""

    def __init__(self, line, path):
        super().__init__()
        self.line, self.path, self.lines = line, path, {}


@dataclass(frozen=True)
class Field:
    """What may stand under one key: one value, one entry (`fields`), or a list of either (`many`)."""

    name: str
    understand: Callable[[str], Any] | None = None
    fields: dict[str, "Field"] | None = None
    many: bool = False
    required: bool = False
    default: Any = ""
    # A word that may stand instead of a list, and means an empty one.
    none_word: str = ""


class Reader:
    """Gathers the entries and the problems of one file."""

    def __init__(self):
        self.problems: list[Problem] = []
        self._walked: set[int] = set()

    def wrong(self, line, path, message):
        self.problems.append(Problem(line, path, message))

    def read(self, data: bytes, fields):
        """The top entry of the file. Whether it is whole is for `problems` to say."""
        node = self._compose(data)
        return self._entry(node, fields, "") if node else Entry(1, "")

    def _compose(self, data):
        if len(data) > LARGEST_FILE:
            return self.wrong(1, "", _("het bestand is te groot, meer dan 2 MB."))
        try:
            node = YAML(typ="safe", pure=True).compose(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return self.wrong(1, "", _("bewaar het bestand als UTF-8."))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            return self.wrong(mark.line + 1 if mark else 1, "", _not_yaml(error.problem))
        except (YAMLError, ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
            # The library lets some of its own slips through on a damaged file.
            return self.wrong(1, "", _not_yaml(type(error).__name__))
        except RecursionError:
            return self.wrong(1, "", _("de lijsten zitten te diep in elkaar."))
        return node or self.wrong(1, "", _("het bestand is leeg."))

    def _entry(self, node, fields, path):
        entry = Entry(_line(node), path)
        if not isinstance(node, MappingNode):
            self.wrong(entry.line, path, _("hier horen regels met naam: waarde."))
            return entry
        if not self._first_time(node, path):
            return entry
        nodes = self._by_key(node, fields, path)
        for key, field in fields.items():
            entry[field.name] = [] if field.many else field.default
            if key in nodes:
                entry.lines[field.name] = _line(nodes[key])
                self._fill(entry, nodes[key], key, field)
            elif field.required:
                self.wrong(entry.line, path, _("'%(key)s' ontbreekt.") % {"key": key})
        return entry

    def _by_key(self, node, fields, path):
        found = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            line = _line(key_node)
            if key not in fields:
                self.wrong(line, path, _unknown(key, fields))
            elif key in found:
                self.wrong(line, path, _("'%(key)s' staat er twee keer.") % {"key": key})
            elif not _is_empty(value):
                found[key] = value
        return found

    def _fill(self, entry, node, key, field):
        path = f"{entry.path}, {key}" if entry.path else key
        # Two steps are enough to find a place back: "uren, van".
        path = ", ".join(path.split(", ")[-2:])
        if field.many:
            entry[field.name] = self._list(node, path, key, field)
        elif field.fields:
            entry[field.name] = self._entry(node, field.fields, key)
        else:
            entry[field.name] = self._value(node, path, field, field.default)

    def _list(self, node, path, key, field):
        if field.none_word and isinstance(node, ScalarNode) and node.value == field.none_word:
            return []
        if not isinstance(node, SequenceNode):
            self.wrong(_line(node), path, _("hier hoort een lijst, met een streepje voor elk deel."))
            return []
        if not self._first_time(node, path):
            return []
        if field.fields:
            return [self._entry(child, field.fields, key) for child in node.value]
        return [(self._value(child, path, field, None), _line(child)) for child in node.value]

    def _value(self, node, path, field, default):
        if not isinstance(node, ScalarNode):
            self.wrong(_line(node), path, _("hier hoort één waarde, geen lijst."))
            return default
        try:
            return field.understand(_clean(node.value))
        except Wrong as wrong:
            self.wrong(_line(node), path, str(wrong))
            return default

    def _first_time(self, node, path):
        """A file could repeat a part without end with & and *: each part is read once."""
        if id(node) in self._walked:
            self.wrong(_line(node), path, _("schrijf dit deel uit; & en * kunnen hier niet."))
            return False
        self._walked.add(id(node))
        return True


def _line(node: Node):
    return node.start_mark.line + 1


def _is_empty(node):
    return isinstance(node, ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _not_yaml(problem):
    return _("dit is geen leesbare YAML (%(problem)s).") % {"problem": problem}


def _unknown(key, fields):
    close = difflib.get_close_matches(str(key), fields, n=1)
    if close:
        return _("'%(key)s' ken ik niet. Bedoel je '%(close)s'?") % {"key": _short(key), "close": close[0]}
    return _("'%(key)s' ken ik niet. Dit kan wel: %(keys)s.") % {
        "key": _short(key),
        "keys": ", ".join(fields),
    }


def _short(value):
    value = str(value)
    return value if len(value) <= 40 else f"{value[:40]}..."


def _clean(value):
    value = str(value).strip()
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Wrong(_("hier staat een teken dat we niet kunnen bewaren.")) from None
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in value):
        raise Wrong(_("hier staat een teken dat we niet kunnen bewaren."))
    return value


# What a value may be. Each function takes text and gives the value, or raises Wrong.


def text(longest):
    def understand(value):
        if len(value) > longest:
            raise Wrong(_("te lang: hoogstens %(longest)s tekens.") % {"longest": longest})
        return value

    return understand


def slug(value):
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 50:
        raise Wrong(
            _("'%(value)s' kan niet. Schrijf kleine letters, cijfers en streepjes, hoogstens 50.")
            % {"value": _short(value)}
        )
    return value


def choice(options):
    """One of the words, each with its value."""

    def understand(value):
        try:
            return options[value.lower()]
        except KeyError:
            raise Wrong(
                _("'%(value)s' kan niet. Kies: %(options)s.")
                % {"value": _short(value), "options": ", ".join(options)}
            ) from None

    return understand


yes_no = choice({"ja": True, "nee": False})
weekday = choice({name: number for number, name in enumerate(WEEKDAYS)})


def phone(value):
    digits = re.sub(r"\D", "", value)
    if not re.fullmatch(r"[+0][0-9 ./()-]*", value) or not 9 <= len(digits) <= 15 or len(value) > 30:
        raise Wrong(
            _("'%(value)s' is geen telefoonnummer. Schrijf bv. 052 37 85 00.") % {"value": _short(value)}
        )
    return value


def email(value):
    try:
        validate_email(value)
    except ValidationError:
        raise Wrong(_("'%(value)s' is geen e-mailadres.") % {"value": _short(value)}) from None
    return text(254)(value)


def web_address(value):
    try:
        URLValidator(schemes=["https"])(value)
    except ValidationError:
        raise Wrong(
            _("'%(value)s' is geen adres. Schrijf het met https:// ervoor.") % {"value": _short(value)}
        ) from None
    return text(200)(value)


def number(least, most):
    def understand(value):
        if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) or not least <= int(value) <= most:
            raise Wrong(
                _("'%(value)s' kan niet. Schrijf een getal van %(least)s tot %(most)s.")
                % {"value": _short(value), "least": least, "most": most}
            )
        return int(value)

    return understand


def degrees(least, most):
    """Decimal degrees, with a point or a comma, kept to a metre or so (five decimals)."""

    def understand(value):
        number = value.replace(",", ".")
        if (
            not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,20})?", number, re.ASCII)
            or not least <= Decimal(number) <= most
        ):
            raise Wrong(
                _(
                    "'%(value)s' kan niet. In België ligt dit tussen %(least)s en %(most)s, bv. %(least)s,12345."
                )
                % {"value": _short(value), "least": least, "most": most}
            )
        return Decimal(number).quantize(Decimal("0.00001"))

    return understand


def hour(value):
    """9:00, 9.30, 9 uur, 9.30 uur, 9u, 9u30; 24 uur is midnight."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.u](\d{2}))?(?:\s*u(?:ur)?)?", value.lower(), re.ASCII)
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if (hours, minutes) == (24, 0):
        hours = 0
    if hours > 23 or minutes > 59:
        raise Wrong(_("'%(value)s' is geen uur. Schrijf bv. 9:00 of 9 uur.") % {"value": _short(value)})
    return datetime.time(hours, minutes)


def date(value):
    """2026-07-01 or 1 juli 2026."""
    year = month = day = 0
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value, re.ASCII):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) ([a-z]+) (\d{4})", value.lower(), re.ASCII):
        month = MONTHS.index(match[2]) + 1 if match[2] in MONTHS else 0
        day, year = int(match[1]), int(match[3])
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise Wrong(
            _("'%(value)s' is geen datum. Schrijf bv. 2026-07-01 of 1 juli 2026.") % {"value": _short(value)}
        ) from None
    if found.year not in YEARS:
        raise Wrong(_("het jaar %(year)s kan niet.") % {"year": found.year})
    return found
