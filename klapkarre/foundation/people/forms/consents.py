"""Consent: what was agreed, how, and what is taken back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.people import consent_text
from klapkarre.foundation.people.models import Consent, Kind

WHAT = _("Waarmee gaat deze persoon akkoord?")
NO_CONSENT = _("Zonder dit akkoord bewaren we niets. Help gerust verder, zonder naam.")


def capitals(choices):
    """Choices with a capital, as they stand on a card."""
    return [(value, capfirst(label)) for value, label in choices]


def kinds_field(label):
    """The sentences that someone may agree to, one box each."""
    return forms.MultipleChoiceField(
        label=label,
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_CONSENT},
    )


HOW, WHICH_WAY = _("Hoe vroeg je het?"), _("Kies hoe je het vroeg.")


def how_field(label=HOW, missing=WHICH_WAY):
    return forms.ChoiceField(
        label=label,
        choices=capitals(Consent.How.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
        error_messages={"required": missing},
    )


class LanguageField(forms.ChoiceField):
    """The language of the text that was read aloud: each has a version of its own, which the consent keeps."""

    def __init__(self):
        super().__init__(
            label=_("In welke taal las je het voor?"),
            choices=[
                (code, format_html('<span lang="{}">{}</span>', code, name))
                for code, name in consent_text.LANGUAGES
            ],
            widget=forms.RadioSelect(attrs={"data-row": True}),
            initial=consent_text.DUTCH,
            error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
        )

    def clean(self, value):
        """Dutch when nothing was said."""
        return super().clean(value or consent_text.DUTCH)


class ConsentForm(KitForm, forms.Form):
    """The person agrees to more, or agrees again after stopping."""

    kinds = kinds_field(WHAT)
    how = how_field()
    language = LanguageField()

    def __init__(self, *args, standing=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = set(standing)

    def clean_kinds(self):
        kinds = self.cleaned_data["kinds"]
        if Kind.KEEP not in {*kinds, *self.standing}:
            raise ValidationError(NO_CONSENT)
        return kinds


class WithdrawForm(KitForm, forms.Form):
    """What the person takes back. Only what stands can be taken back."""

    kinds = kinds_field(_("Wat trekt deze persoon in?"))
    said_by = forms.ChoiceField(
        label=_("Wie zei het?"),
        choices=capitals(Consent.SaidBy.choices),
        widget=forms.RadioSelect,
        initial=Consent.SaidBy.PERSON,
    )
    how = how_field(_("Hoe zei die het?"), _("Kies hoe die het zei."))

    required_texts = {"kinds": _("Kies wat deze persoon intrekt.")}

    def __init__(self, *args, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.value, kind.label) for kind in Kind if kind in standing]
