"""Forms of who is invited: the code of the letter, and a user name."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.traps import TrappedForm

PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
SHORTEST, LONGEST = 2, 30


class LetterForm(TrappedForm):
    """The code of a letter, as someone types it from paper."""

    required_texts = {"code": _("Vul de code van je brief in.")}
    autocomplete = {"code": "off"}

    code = forms.CharField(
        label=_("De code in je brief"),
        help_text=_("Drie woorden en een getal. Bijvoorbeeld: appel fiets molen 42."),
        max_length=100,
        widget=forms.TextInput(PLAIN),
    )


class NewNameForm(KitForm, forms.Form):
    """The name with which someone new will sign in."""

    required_texts = {"username": _("Kies een gebruikersnaam.")}
    autocomplete = {"username": "username"}

    username = forms.CharField(
        label=_("Gebruikersnaam"),
        help_text=_("Kleine letters en cijfers, bijvoorbeeld je voornaam. Collega's zien hem."),
        max_length=100,
        widget=forms.TextInput(PLAIN),
    )

    def clean_username(self):
        name = self.cleaned_data["username"].lower()
        if not SHORTEST <= len(name) <= LONGEST:
            raise ValidationError(_("Gebruik 2 tot 30 tekens."), code="length")
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
            raise ValidationError(
                _("Gebruik enkel letters zonder accent, cijfers, punten en streepjes."), code="letters"
            )
        return name
