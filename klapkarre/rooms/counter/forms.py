from django import forms
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.themes import COUNTER_REASONS
from klapkarre.foundation.kit.forms import KitForm


class TapForm(KitForm, forms.Form):
    """One tap: the key is made at the moment of the tap, so that sending it again does not count again."""

    key = forms.UUIDField()
    reason = forms.ChoiceField(choices=[(reason.value, reason.label) for reason in COUNTER_REASONS])

    required_texts = {"reason": _("Kies waarvoor iemand kwam.")}


class UndoForm(KitForm, forms.Form):
    visit = forms.UUIDField()
