"""Forms with one voice: Dutch errors that say what to do, safe text, and the right hints for browsers.

class SignUpForm(KitForm, forms.ModelForm):
    required_texts = {"name": _("Vul je naam in.")}
    autocomplete = {"name": "name"}
"""

import copy
import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import texts
from klapkarre.foundation.kit.days import DayField, SlotField

__all__ = ["DayField", "KeyField", "KitForm", "SlotField", "keepable"]

LONGEST_LINE = 200
LONGEST_TEXT = 5000
UNKEEPABLE = _("Deze tekst bevat tekens die we niet kunnen bewaren.")
TOO_LONG = _("Deze tekst is te lang: %(show_value)d tekens. Gebruik er hoogstens %(limit_value)d.")
TEXTS = {
    "required": _("Vul dit in."),
    "max_length": TOO_LONG,
    "min_length": _("Deze tekst is te kort. Gebruik minstens %(limit_value)d tekens."),
    "min_value": _("Vul een getal in van %(limit_value)s of meer."),
    "max_value": _("Vul een getal in van hoogstens %(limit_value)s."),
    "max_decimal_places": _("Gebruik hoogstens %(max)s cijfers na de komma."),
}
INVALID = {
    forms.IntegerField: _("Vul een getal in, zonder komma."),
    forms.DecimalField: _("Vul een getal in."),
    forms.EmailField: _("Dit e-mailadres klopt niet. Kijk het na."),
    forms.DateField: _("Deze dag klopt niet. Kijk hem na."),
    forms.TimeField: _("Dit uur klopt niet. Kijk het na."),
    forms.URLField: _("Dit webadres klopt niet. Kijk het na."),
}
CHOICES = {"required": _("Kies wat past."), "invalid_choice": _("Kies iets uit de lijst.")}


def keepable(text):
    """Refuse control characters and half characters. Emoji, every script and direction marks are fine."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t":
            raise ValidationError(UNKEEPABLE, code="unkeepable")


class KeyField(forms.UUIDField):
    """The key that makes a second click harmless. A broken one is replaced: the form works, once per click."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()


class KitForm:
    """Put before forms.Form or forms.ModelForm."""

    required_texts = {}
    autocomplete = {}
    mark_optional = False
    for_residents: tuple[str, ...] = ()  # texts that residents read: hints for plain words stand beside them
    sometimes_needed: tuple[str, ...] = ()  # may be empty, but not always: never marked as "hoeft niet"
    use_required_attribute = False
    base_fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        # A form that takes other fields each time has them on itself; all others are made ours once.
        fresh = vars(self).get("base_fields")
        self.base_fields = self._made_ours(fresh) if fresh else self._ours()
        super().__init__(*args, **kwargs)

    @classmethod
    def _ours(cls):
        if "_own_fields" not in vars(cls):
            cls._own_fields = cls._made_ours(cls.base_fields)
        return cls._own_fields

    @classmethod
    def _made_ours(cls, fields):
        """A copy of these fields with our voice and our guards; each form then makes its own copy, as forms do."""
        fields = copy.deepcopy(fields)
        for name, field in fields.items():
            _speak_dutch(field)
            if name in cls.required_texts:
                field.error_messages["required"] = cls.required_texts[name]
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                _guard_text(field)
                _clean_text(field)
            if field.widget.is_hidden:  # not valid there; say it on the form element
                field.widget.attrs.pop("autocomplete", None)
            if name in cls.autocomplete:
                field.widget.attrs.setdefault("autocomplete", cls.autocomplete[name])
        return fields


def _speak_dutch(field):
    """Replace the framework's sentences by ours; a sentence that the form itself chose stays."""
    texts = dict(TEXTS)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        texts |= CHOICES
    if invalid := INVALID.get(type(field)):
        texts["invalid"] = invalid
    standard = {}
    for layer in reversed(type(field).__mro__):
        standard.update(getattr(layer, "default_error_messages", {}))
    if type(field).__module__.startswith("django."):
        for code, text in texts.items():
            if field.error_messages.get(code) == standard.get(code):
                field.error_messages[code] = text


def _guard_text(field):
    long = isinstance(field.widget, forms.Textarea)
    field.validators = [v for v in field.validators if not isinstance(v, ProhibitNullCharactersValidator)]
    field.validators.insert(0, keepable)
    if field.max_length is None:
        field.validators.append(MaxLengthValidator(LONGEST_TEXT if long else LONGEST_LINE))
    # A browser that stops at the limit cuts a pasted text off without a word: let our sentence say it.
    field.widget.attrs.pop("maxlength", None)
    if long and field.widget.attrs.get("rows") == "10":
        field.widget.attrs["rows"] = "4"
    if isinstance(field.widget, forms.PasswordInput):
        field.widget.attrs.setdefault("autocomplete", "current-password")


def _clean_text(field):
    """Take the tricks out of a text before it is judged. A password stays what it is, to the letter."""
    if isinstance(field.widget, forms.PasswordInput):
        return
    clean = texts.many_lines if isinstance(field.widget, forms.Textarea) else texts.one_line
    plain = field.to_python
    field.to_python = lambda value: plain(clean(value) if isinstance(value, str) else value)
