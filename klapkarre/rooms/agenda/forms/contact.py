"""How somebody wants to hear of a change: a number and an address that may both stay empty."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import phones
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.rooms.agenda.actions.joining import Contact
from klapkarre.rooms.agenda.models import How

BY_PHONE = (How.CALL, How.SMS, How.WHATSAPP)
TO_A_MOBILE = (How.SMS, How.WHATSAPP)
NAMES = ("how", "phone", "mail", "remind")
NO_NUMBER = _("Vul je nummer in, of kies “Ik kom zelf kijken”.")


def clean_phone(form):
    """The field `phone` of a form, in one form for all numbers (E.164)."""
    text = form.cleaned_data["phone"]
    try:
        return phones.read(text) if text else ""
    except phones.Unreadable:
        raise ValidationError(
            _("Dit nummer klopt niet. Kijk het na. Bijvoorbeeld: 0470 12 34 56."), code="phone"
        ) from None


class ContactFields(KitForm, forms.Form):
    """The fields and the rules; `contact` is what they say together."""

    how = forms.ChoiceField(
        label=_("Hoe verwittigen we je?"),
        help_text=_("Als er een plaats vrijkomt, of als er iets verandert."),
        choices=How,
        initial=How.SELF,
        required=False,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Je telefoonnummer (hoeft niet)"),
        help_text=_("Bijvoorbeeld: 0470 12 34 56."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    mail = forms.EmailField(
        label=_("Je e-mailadres (hoeft niet)"),
        max_length=150,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    remind = forms.BooleanField(label=_("Herinner me de dag ervoor"), required=False)

    def leave_contact_out(self):
        """For a list that asks names only."""
        for name in NAMES:
            del self.fields[name]

    @property
    def contact(self):
        """What was filled in, after `is_valid`."""
        values = self.cleaned_data
        return Contact(
            *(values.get(name) or "" for name in ("phone", "mail")), self._how(values), self._reminds(values)
        )

    @staticmethod
    def _how(values):
        return values.get("how") or How.SELF

    def _reminds(self, values):
        return bool(values.get("remind")) and self._how(values) != How.SELF

    clean_phone = clean_phone

    def clean(self):
        """A way of telling needs what it takes, and what was given needs a way: no number is kept for nothing."""
        values = super().clean() or self.cleaned_data
        if "how" not in self.fields:
            return values
        how, phone, mail = self._how(values), self.number(values), self.address(values)
        if how in BY_PHONE and not phone and not self.has_error("phone"):
            self.add_error("phone", NO_NUMBER)
        elif how in TO_A_MOBILE and phone and not phones.is_mobile(phone):
            self.add_error("phone", _("Dit is geen gsm-nummer. Kies “Bel mij”, of vul een gsm-nummer in."))
        elif how == How.MAIL and not mail and not self.has_error("mail"):
            self.add_error("mail", _("Vul je e-mailadres in, of kies “Ik kom zelf kijken”."))
        elif how == How.SELF and (phone or mail):
            self.add_error("how", _("Je gaf een nummer of een e-mailadres. Kies hoe we je verwittigen."))
        elif how == How.SELF and values.get("remind"):
            self.add_error("how", _("Kies hoe we je herinneren."))
        return values

    def number(self, values):
        """The number to use: what was typed."""
        return values.get("phone")

    def address(self, values):
        """The address to use: what was typed."""
        return values.get("mail")
