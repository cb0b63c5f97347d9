"""What residents fill in: one field."""

import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.traps import TrappedForm

LONGEST_NAME = 80
KEPT = 200  # characters that come back in the field when far too much was sent
# Characters that turn the reading direction of what stands beside them, or that nobody sees.
TURNERS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b"))


class KeyField(forms.UUIDField):
    """The key that makes a second click harmless. A broken one is replaced: the form works, once per click."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()


class NameForm(KitForm, forms.Form):
    """One name, and the key that makes a second click harmless."""

    required_texts = {"name": _("Vul je naam in.")}
    autocomplete = {"name": "given-name"}

    name = forms.CharField(label=_("Je naam"), help_text=_("Je voornaam is genoeg."), max_length=LONGEST_NAME)
    key = KeyField(required=False)

    def __init__(self, data=None, **kwargs):
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(data and _kept(data, "name"), **kwargs)

    def clean_name(self):
        name = unicodedata.normalize("NFC", self.cleaned_data["name"].translate(TURNERS))
        name = " ".join(name.split())
        if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name


def _kept(data, name):
    """The data with an absurdly long text cut, so that the page that comes back stays light."""
    text = data.get(name, "")
    if len(text) <= KEPT:
        return data
    data = data.copy()
    data[name] = text[:KEPT]
    return data


class SignUpForm(TrappedForm, NameForm):
    """A resident, who needs no login."""


class GiveBackForm(TrappedForm):
    """One button. Who holds the link of the slip may press it as fast as she likes."""

    has_clock = False


class CodeForm(TrappedForm):
    """The code of a slip, as someone types it from paper."""

    required_texts = {"code": _("Vul de code van je briefje in.")}

    code = forms.CharField(
        label=_("De code op je briefje"),
        help_text=_("Twee woorden en een getal. Bijvoorbeeld: appel fiets 42."),
        max_length=100,
        widget=forms.TextInput({"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}),
    )
    autocomplete = {"code": "off"}

    def __init__(self, data=None, **kwargs):
        super().__init__(data and _kept(data, "code"), **kwargs)
