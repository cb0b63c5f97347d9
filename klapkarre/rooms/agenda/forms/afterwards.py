"""Two questions afterwards, and who carried it."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.rooms.agenda.forms.planning import CARRIED

# Further ahead nobody remembers why.
LATEST = datetime.timedelta(days=2 * 366)


class AfterForm(LeavesOut, KitForm, forms.Form):
    """The team reads these answers; residents never do."""

    watched = phones = ("learned",)
    mark_optional = True

    carried_by = forms.ChoiceField(
        label=_("Wie droeg dit?"), choices=CARRIED, widget=forms.RadioSelect({"data-row": "1"})
    )
    learned = forms.CharField(
        label=_("Wat leerden we?"),
        help_text=_("Twee zinnen zijn genoeg. Noem geen namen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    back_on = DayField(label=_("Wanneer komen we terug?"), near=(1, 7), past=True, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity

    def clean_learned(self):
        return self.cleaned_data["learned"].replace("\r\n", "\n")

    def clean_back_on(self):
        day, today = self.cleaned_data["back_on"], timezone.localdate()
        if day and day != self.activity.back_on and day < today:
            raise ValidationError(DayField.default_error_messages["past"], code="past")
        if day and day > today + LATEST:
            raise ValidationError(DayField.default_error_messages["far"], code="far")
        return day
