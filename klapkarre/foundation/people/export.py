"""Everything about one person as plain values, for a page to print and for a file. Log the reading first."""

import datetime
import json

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.personal import declarations
from klapkarre.foundation.people import subject
from klapkarre.foundation.people.looks import all_looks


def rows_to_read(person):
    """Every row that the export opens: note the reading of these before it is made."""
    found = list(subject.family(person))
    for _pointer, rows in subject.parts(list(found)):
        for some in (rows, *subject.below(rows)):
            found += [row for row in some if subject.sealed_fields(type(row))]
    return found


def export_of(person, words=None, now=None):
    """Who it is, what is kept, why and how long, and who read it. `words` turns a value into text for people."""
    words = words or (lambda value: value)
    persons = subject.family(person)
    every = [row for row in rows_to_read(person) if hasattr(row, "organisation_id")]
    return {
        "made_at": now or timezone.now(),
        "organisation": person.organisation.name,
        "team": person.team.name,
        "person": [{"says": _says(one, words), "below": {}} for one in persons],
        "why": reasons(type(person)),
        "parts": [
            {
                "kind": str(pointer.model._meta.verbose_name_plural),
                "rows": [_with_below(row, pointer.said.hidden, words) for row in rows],
                "why": reasons(pointer.model, pointer.said.hidden),
            }
            for pointer, rows in subject.parts(persons)
        ],
        "looks": all_looks(every),
    }


def _with_below(row, hidden, words):
    below = {
        str(type(some[0])._meta.verbose_name_plural): [_says(one, words) for one in some]
        for some in subject.below([row])
    }
    return {"says": _says(row, words, hidden), "below": below}


def _says(row, words, hidden=()):
    return {label: words(value) for label, value in subject.told(row, hidden).items()}


def reasons(model, hidden=()):
    """Why each kind of fact is kept, on which ground, and how long: from the declarations, each line once."""
    lines = {}
    for name, said in declarations(model).items():
        field = model._meta.get_field(name)
        if name in hidden or getattr(field, "of", None):
            continue
        line = _("%(why)s (grond: %(ground)s; bewaard: %(term)s)") % {
            "why": said.purpose,
            "ground": said.basis.value,
            "term": said.term,
        }
        lines.setdefault(line, []).append(str(field.verbose_name))
    return [{"fields": ", ".join(names), "why": line} for line, names in lines.items()]


def in_words(value):
    """A value as people read it."""
    if value is True or value is False:
        return _("ja") if value else _("nee")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y, H.i") + " " + _("uur")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


def as_json(found):
    """The same as a file: moments in ISO 8601, Dutch keys."""
    plain = {
        "gemaakt_op": found["made_at"],
        "organisatie": found["organisation"],
        "team": found["team"],
        "persoon": [_plain(one) for one in found["person"]],
        "waarom": found["why"],
        "gegevens": [
            {"soort": part["kind"], "waarom": part["why"], "rijen": [_plain(one) for one in part["rows"]]}
            for part in found["parts"]
        ],
        "wie_las": found["looks"],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2, default=_iso)


def _plain(one):
    return one["says"] | ({"daarbij": one["below"]} if one["below"] else {})


def _iso(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
