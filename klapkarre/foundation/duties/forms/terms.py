"""A shorter term, and the rule for selection."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.duties.models import TermChoice
from klapkarre.foundation.kit.forms import KitForm


class TermForm(KitForm, forms.Form):
    """How long one kind is kept here: never longer than the declared term."""

    number = forms.IntegerField(
        label=gettext_lazy("Hoe lang"),
        required=False,
        min_value=1,
        max_value=4000,
        help_text=gettext_lazy("Leeg: de langste termijn die mag."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Geteld in"),
        choices=TermChoice.Unit.choices,
        widget=forms.RadioSelect({"data-row": "ja"}),
        initial=TermChoice.Unit.MONTHS,
    )
    rule = forms.CharField(
        label=gettext_lazy("Selectieregel"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Enkel voor een openbaar bestuur: de regel uit de selectielijst."),
    )

    def __init__(self, *args, cap, adjustable, **kwargs):
        super().__init__(*args, **kwargs)
        self.cap = cap
        if not adjustable:
            del self.fields["number"], self.fields["unit"]

    def clean_number(self):
        return self.cleaned_data["number"] or None

    def clean(self):
        found = super().clean() or self.cleaned_data
        number, unit = found.get("number"), found.get("unit")
        if number and unit and not self.cap.as_long_as(**{unit: number}).within(self.cap):
            said = _("Dat is te lang. Hoogstens %(cap)s.") % {"cap": self.cap.length}
            self.add_error("number", ValidationError(said))
        return found
