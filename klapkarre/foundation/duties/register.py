"""The register of processing, made from what the models declare, with what only people know of it."""

from dataclasses import asdict, dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts import foreign
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.blind import BlindIndexField
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import Fate, declarations

FATES = {
    Fate.ERASE: _("Alles hiervan wordt gewist."),
    Fate.DETACH: _("De band met de persoon wordt gewist."),
    Fate.COUNT: _("De inhoud wordt gewist. Een telling zonder naam blijft."),
}
SEALED = _("Versleuteld met de sleutel van de organisatie. Enkel wie het mag, leest het.")
KEYED = _("Enkel een code, met de sleutel van de organisatie. Er valt niets uit te lezen.")
SCOPED = _("Enkel wie het mag, leest het.")
# What protects all of it, and exists in the program.
MEASURES = (
    _("Elke pagina is dicht, behalve voor wie een rol heeft die ze mag zien."),
    _("Namen en nota's zijn versleuteld. Elke organisatie heeft een eigen sleutel."),
    _("De sleutels staan apart van de gegevens en in geen enkele kopie ervan."),
    _("Wie namen leest, komt eerst in een logboek dat niemand kan wijzigen."),
    _("Een rol kan voor één buurt gelden. Dan leest iemand enkel wat van daar is."),
    _("Een coördinator opent een team enkel met een reden, voor een uur. De auditor kijkt na."),
    _("Wat over zijn termijn is, wist het programma elke dag zelf."),
    _("Wat gewist is, komt ook met een oude kopie niet terug."),
    _(
        "Er is geen veld voor een rijksregisternummer. Staat er toch een in een tekst? Je krijgt een waarschuwing."
    ),
)


@dataclass(frozen=True)
class Line:
    """One personal field, in words."""

    kind: str
    kind_words: str
    field: str
    field_words: str
    purpose: str
    basis: str
    special: str
    about: str
    readers: str
    term: str
    rule: str
    fate: str
    security: str


HEADINGS = {
    "kind_words": _("Soort"),
    "field_words": _("Gegeven"),
    "purpose": _("Doel"),
    "basis": _("Rechtsgrond (artikel 6)"),
    "special": _("Bijzondere gegevens (artikel 9)"),
    "about": _("Over wie"),
    "readers": _("Wie leest het"),
    "term": _("Bewaartermijn"),
    "rule": _("Selectieregel"),
    "fate": _("Wat daarna gebeurt"),
    "security": _("Beveiliging"),
}


def lines(choices=None):
    """One line for each declared field of each kind; `choices` are the terms that an organisation chose."""
    choices = choices or {}
    return [
        _line(model, words, name, declared, choices)
        for model, fields, words in kinds()
        for name, declared in fields.items()
    ]


def kinds():
    """Every kind with personal fields, by name, also in the tables of libraries: `(model, its fields, in words)`."""
    own = [(model, declarations(model), str(model._meta.verbose_name_plural)) for model in terms.kinds()]
    return sorted([*own, *foreign.kinds()], key=lambda kind: kind[2])


def groups(choices=None):
    """The same lines, per kind."""
    found: dict[str, list[Line]] = {}
    for line in lines(choices):
        found.setdefault(line.kind, []).append(line)
    return list(found.values())


def _line(model, words, name, declared, choices):
    field, kind = model._meta.get_field(name), model._meta.label_lower
    return Line(
        kind=kind,
        kind_words=words.capitalize(),
        field=name,
        field_words=field_words(field, declared),
        purpose=str(declared.purpose),
        basis=str(declared.basis),
        special=str(declared.special),
        about=str(declared.about),
        readers=str(declared.readers),
        term=str(terms.term_in(choices, model) if declarations(model) else declared.term),
        rule=choices[kind].rule if kind in choices else "",
        fate=str(FATES[declared.fate]),
        security=str(_security(field)),
    )


def _security(field):
    if isinstance(field, EncryptedTextField):
        return SEALED
    return KEYED if isinstance(field, BlindIndexField) else SCOPED


def field_words(field, declared):
    """What a field holds, in Dutch."""
    if isinstance(field, BlindIndexField):
        return f"zoekcode van {field_words(field.model._meta.get_field(field.of), declared)}"
    if declared.words:
        return declared.words
    if field.related_model is get_user_model():
        return "medewerker"
    if field.related_model is not None:
        return str(field.related_model._meta.verbose_name)
    return str(field.verbose_name)


def as_data(found):
    """Lines as plain data, for JSON."""
    return [asdict(line) for line in found]
