"""What the team agrees with residents, and what residents change themselves."""

import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import DayField, KitForm, SlotField
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.kit.traps import TrappedForm
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.agenda.forms.residents import KeyField, cut

LONGEST = datetime.timedelta(days=366)
LINE = 200


class HandOverForm(LeavesOut, KitForm, forms.Form):
    """No names here: who they are stands on the paper that they get."""

    watched = ("takes_on", "kit", "opens", "tasks", "fallback")
    phones = ("takes_on", "kit", "opens", "tasks")
    mark_optional = True
    required_texts = {
        "takes_on": _("Schrijf wat de bewoners op zich nemen."),
        "fallback": _("Schrijf wie ze kunnen bellen."),
    }

    takes_on = forms.CharField(
        label=_("Wat nemen de bewoners op zich?"),
        help_text=_("Noem geen namen. Bijvoorbeeld: koffie zetten, ontvangen, opruimen."),
        max_length=1000,
        widget=forms.Textarea,
    )
    kit = forms.CharField(
        label=_("Materiaal en sleutel"),
        help_text=_("Eén ding per lijn. Schrijf erbij waar het ligt."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    opens = forms.CharField(label=_("Wie opent en sluit?"), max_length=200, required=False)
    tasks = forms.CharField(
        label=_("Kleine taken"),
        help_text=_("Eén per lijn. Bijvoorbeeld: oudere buren naar huis brengen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    fallback = forms.CharField(
        label=_("Wie helpt als het niet lukt?"),
        help_text=_("Een dienst en een nummer, dat altijd opneemt."),
        max_length=200,
    )
    until = DayField(label=_("Tot en met wanneer werkt hun code?"))
    key = KeyField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, data=None, **kwargs):
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(data, **kwargs)

    def clean_until(self):
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day and day > today + LONGEST:
            raise ValidationError(_("Kies een dag binnen het jaar."), code="far")
        return day

    def clean(self):
        values = super().clean() or self.cleaned_data
        for name in ("takes_on", "kit", "tasks"):
            if name in values:
                values[name] = values[name].replace("\r\n", "\n")
        return values


class RunForm(TrappedForm):
    """One change by who holds the code. What is far too long is refused, and does not come back whole."""

    has_clock = False

    def __init__(self, data=None, **kwargs):
        # More than a line may have: else what was cut would be saved as if it was whole.
        super().__init__(data and cut(data, *self.base_fields, kept=2 * LINE), **kwargs)


class HoursForm(RunForm):
    """Other hours on the same day."""

    starts = SlotField(label=_("Van"))
    ends = SlotField(label=_("Tot"))


class BringForm(PublicText, RunForm):
    watched = phones = ("bring",)
    bring = forms.CharField(label=_("Wat breng je mee?"), max_length=LINE, required=False)


class OffForm(PublicText, RunForm):
    watched = phones = ("reason",)
    required_texts = {"reason": _("Schrijf waarom het niet doorgaat.")}
    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        help_text=_("Iedereen leest dit. Noem geen namen."),
        max_length=LINE,
    )


class CountForm(RunForm):
    required_texts = {"headcount": _("Vul in hoeveel mensen er waren.")}
    headcount = forms.IntegerField(
        label=_("Hoeveel mensen waren er?"),
        help_text=_("Een getal is genoeg, zonder namen."),
        min_value=0,
        max_value=500,
    )
