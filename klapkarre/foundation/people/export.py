"""Everything about one person as plain values, for a page to print and for a file. Log the reading first."""

import datetime
import json

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.duties.register import field_words
from klapkarre.foundation.kit.personal import Basis, declarations
from klapkarre.foundation.people import consent_text, subject
from klapkarre.foundation.people.looks import all_looks

# The export speaks to the person; the pages of a worker speak about the person.
YOURS = {"Wat deze persoon wil": _("Wat jij wil")}


def rows_to_read(person):
    """Every row that the export opens: note the reading of these before it is made."""
    found = list(subject.family(person))
    for pointer, rows in subject.parts(list(found)):
        for some in (rows, *([] if pointer.said.alone else subject.below(rows))):
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
        "person": [{"says": _says(one, words, more=YOURS), "below": {}} for one in persons],
        "why": reasons(type(person)),
        "parts": [
            {
                "kind": str(pointer.model._meta.verbose_name_plural),
                "rows": [_with_below(row, pointer.said, words) for row in rows],
                "why": reasons(pointer.model, pointer.said.hidden),
            }
            for pointer, rows in subject.parts(persons)
        ],
        "aloud": [
            {
                "version": version,
                "lines": consent_text.sentences(person.organisation, version),
                "text": consent_text.TEXTS.get(version),
            }
            for version in sorted({row.text_version for one in persons for row in one.consents.all()})
        ],
        "looks": all_looks(every),
    }


def _with_below(row, said, words):
    below = {
        str(type(some[0])._meta.verbose_name_plural): [_says(one, words) for one in some]
        for some in ([] if said.alone else subject.below([row]))
    }
    return {"says": _says(row, words, said.hidden), "below": below}


def _says(row, words, hidden=(), more=None):
    return {
        str((more or {}).get(label, label)): words(value)
        for label, value in subject.told(row, hidden).items()
    }


# On which ground, said to the person.
GROUNDS = {
    Basis.CONSENT: _("Dat mag omdat jij het goed vond."),
    Basis.PUBLIC_TASK: _("Dat hoort bij ons werk in de buurt."),
    Basis.CONTRACT: _("Dat hoort bij een afspraak met jou."),
    Basis.LEGITIMATE: _("Dat is nodig voor ons werk."),
    Basis.DUTY: _("Dat moet van de wet."),
}


def reasons(model, hidden=()):
    """Why a kind of fact is kept, on which ground, how long: from the declarations, one line per ground and term."""
    lines: dict[tuple, dict] = {}
    for name, said in declarations(model).items():
        field = model._meta.get_field(name)
        if name in hidden or getattr(field, "of", None):
            continue
        line = lines.setdefault(
            (said.basis, str(said.term)),
            {"fields": [], "why": [], "ground": said.basis, "term": str(said.term)},
        )
        line["fields"].append(field_words(field, said))
        if said.purpose not in line["why"]:
            line["why"].append(str(said.purpose))
    return [line | {"because": str(GROUNDS[line["ground"]])} for line in lines.values()]


def in_words(value):
    """A value as people read it."""
    if value is True or value is False:
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y, H.i") + " " + gettext("uur")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        texts = [str(one) for one in value]
        return (" " if all(text.endswith(".") for text in texts) else ", ").join(texts)
    return str(value)


def as_json(found):
    """The same as a file: moments in ISO 8601, Dutch keys."""
    plain = {
        "gemaakt_op": found["made_at"],
        "organisatie": found["organisation"],
        "team": found["team"],
        "persoon": [_plain(one) for one in found["person"]],
        "waarom": _whys(found["why"]),
        "gegevens": [
            {
                "soort": part["kind"],
                "waarom": _whys(part["why"]),
                "rijen": [_plain(one) for one in part["rows"]],
            }
            for part in found["parts"]
        ],
        "voorgelezen": {one["version"]: one["lines"] for one in found["aloud"]},
        "wie_las": [
            {"dag": look["day"], "wie": look["who"], "waarom": look["why"], "wat": look["what"]}
            for look in found["looks"]
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2, default=_iso)


def _whys(lines):
    return [
        {"velden": one["fields"], "waarom": one["why"], "grond": one["ground"], "bewaard_tot": one["term"]}
        for one in lines
    ]


def _plain(one):
    return one["says"] | ({"daarbij": one["below"]} if one["below"] else {})


def _iso(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
