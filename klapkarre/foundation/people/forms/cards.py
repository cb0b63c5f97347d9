"""The own card: what residents may know of a worker, and the tick without which nothing is shown."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.places.models import Neighbourhood

ONLY_PHONE = re.compile(r"\+?[\d ./()-]{8,29}")


class CardForm(KitForm, forms.Form):
    required_texts = {
        "first_name": _("Vul je voornaam in."),
        "neighbourhoods": _("Kies minstens één buurt."),
        "agreed": _("Vink aan dat dit op de site mag. Zonder jouw ja tonen we niets."),
    }
    autocomplete = {"first_name": "given-name", "phone": "tel"}
    mark_optional = True
    field_order = ("first_name", "phone", "neighbourhoods", "photo", "without_photo", "agreed")

    first_name = forms.CharField(label=_("Je voornaam"), max_length=40)
    phone = forms.CharField(
        label=_("Je nummer voor bewoners"),
        help_text=_("Je werknummer. Bewoners kunnen je dan rechtstreeks bellen."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("In welke buurten kom je bewoners tegen?"),
        queryset=Neighbourhood.objects.none(),
        widget=forms.CheckboxSelectMultiple({"data-row": "1"}),
        error_messages={
            "invalid_choice": _("Kies iets uit de lijst."),
            "invalid_list": _("Kies uit de lijst."),
        },
    )
    photo = forms.FileField(
        label=_("Foto van jou"),
        help_text=_("Enkel als je dat wil. Hoogstens 10 MB. Plaats en tijd halen we eruit."),
        required=False,
        error_messages=dict.fromkeys(("empty", "invalid", "missing"), _("Kies een foto.")),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    without_photo = forms.BooleanField(label=_("Haal mijn foto weg"), required=False)
    agreed = forms.BooleanField(
        label=_("Ja, dit mag op de site. Iedereen kan het lezen."),
        help_text=_("Je mag nee zeggen. Je kan het op elk moment weghalen."),
    )

    def __init__(self, *args, reach, card=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbourhoods"].queryset = buurten_of(reach).distinct()
        if not (card and card.small):
            del self.fields["without_photo"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not ONLY_PHONE.fullmatch(phone):
            raise ValidationError(
                _("Dit nummer klopt niet. Schrijf het in cijfers: 0470 12 34 56."), code="phone"
            )
        return phone

    def clean_photo(self):
        file = self.cleaned_data["photo"]
        return pictures.draw(file) if file else None

    def clean(self):
        super().clean()
        if self.errors and self.files and not self.has_error("photo"):
            self.add_error("photo", _("Kies de foto nog een keer: je browser onthoudt ze niet."))
        return self.cleaned_data
