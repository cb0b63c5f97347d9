"""The parts of a long form that stay folded: which fields, what they hold, and when they open by themselves."""

from typing import NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

LONGEST = 90

# (icon, title, fields), in the order in which a worker thinks of them.
PARTS = (
    ("ticket", _("Aanmelden en plaatsen"), ("sign_up_kind", "capacity")),
    ("users", _("Voor wie, en wat is er?"), ("audiences", "access")),
    ("coin", _("Prijs, en wat je meebrengt"), ("price_cents", "bring")),
    ("language", _("Talen en partners"), ("spoken", "partners")),
    ("heart-handshake", _("Soort, en wie het draagt"), ("kind", "carried_by")),
)
NAMES = tuple(name for _icon, _title, names in PARTS for name in names)


class Part(NamedTuple):
    """One folded part, as the template shows it."""

    icon: str
    title: str
    fields: list[BoundField]
    filled: str
    is_open: bool


def parts(form):
    """The folded parts of this form. One with something wrong, or something to confirm, is open."""
    for icon, title, names in PARTS:
        fields = [form[name] for name in names]
        said = [words for field in fields if (words := _said(field))]
        wrong = any(field.errors for field in fields)
        yield Part(icon, title, fields, _cut(" · ".join(said)), wrong)


def _said(field):
    """What the field holds, in words; nothing for what is empty."""
    value = field.value()
    if value in (None, "", [], ()):
        return ""
    if isinstance(field.field, forms.ChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in field.field.choices if str(key) in chosen)
    return f"{str(field.label).rstrip('?')}: {value}"


def _cut(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
