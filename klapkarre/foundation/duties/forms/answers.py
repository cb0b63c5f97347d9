"""One answer."""

from django import forms
from django.utils.translation import gettext_lazy

from klapkarre.foundation.kit.forms import KitForm


class AnswerForm(KitForm, forms.Form):
    """The text, and the number of the answer that its writer saw."""

    required_texts = {"text": gettext_lazy("Schrijf een antwoord.")}

    text = forms.CharField(label=gettext_lazy("Antwoord"), widget=forms.Textarea({"rows": 8}))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def show_seen(self, number):
        """The form comes back with the newest number: sending again is then a choice."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen": str(number)}
