"""One answer."""

from django import forms
from django.utils.translation import gettext_lazy

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut


class AnswerForm(LeavesOut, KitForm, forms.Form):
    """The text, and the number of the answer that its writer saw."""

    watched = ("text",)
    required_texts = {"text": gettext_lazy("Schrijf een antwoord.")}

    text = forms.CharField(label=gettext_lazy("Antwoord"), widget=forms.Textarea({"rows": 8}))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def show_seen(self, number):
        """The form comes back with the newest number: sending again is then a choice."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen": str(number)}

    def facts(self):
        """What `actions.answer` keeps: not the box that confirmed a doubtful number."""
        return {name: self.cleaned_data[name] for name in ("text", "seen")}
