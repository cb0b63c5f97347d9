"""What the team fills in about the list of one activity: someone more, and who was there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.rooms.agenda.actions.joining import Contact
from klapkarre.rooms.agenda.forms.contact import clean_phone
from klapkarre.rooms.agenda.forms.residents import NameForm
from klapkarre.rooms.agenda.models import How


class ParticipantForm(LeavesOut, NameForm):
    """Someone whom a worker puts on the list."""

    # A phone has a field of its own, with a term of its own.
    watched = phones = ("name",)

    required_texts = {"name": _("Vul een naam in.")}
    autocomplete = {"name": "off"}

    phone = forms.CharField(
        label=_("Telefoonnummer (hoeft niet)"),
        help_text=_("Enkel als die mens dat wil. Dan bellen we als er iets verandert."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["name"].label = _("Naam")
        self.fields["name"].help_text = ""

    clean_phone = clean_phone

    @property
    def contact(self):
        """Who leaves a number is called, after `is_valid`."""
        phone = self.cleaned_data["phone"]
        return Contact(phone, how=How.CALL) if phone else Contact()


class AttendanceForm(KitForm, forms.Form):
    """Who of the list came, and how many people there were in all."""

    required_texts = {"headcount": _("Vul in hoeveel mensen er waren.")}

    came = forms.MultipleChoiceField(
        label=_("Vink aan wie er was"), required=False, widget=forms.CheckboxSelectMultiple
    )
    headcount = forms.IntegerField(
        label=_("Hoeveel mensen waren er in totaal?"),
        help_text=_("Tel iedereen: ook wie niet op de lijst staat."),
        min_value=0,
        max_value=5000,
        required=False,
    )

    def __init__(self, *args, participants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(str(one.pk), one.name or _("naam gewist")) for one in participants]
        if participants:
            self.fields["headcount"].help_text = _("Leeg is: enkel wie je aanvinkt. Tel anders iedereen mee.")
        else:
            del self.fields["came"]

    def clean(self):
        """An empty total is who was ticked; with nobody ticked either it was forgotten."""
        values = super().clean() or self.cleaned_data
        if (
            values.get("headcount") is None
            and not values.get("came")
            and not (self.has_error("headcount") or self.has_error("came"))
        ):
            self.add_error("headcount", self.required_texts["headcount"])
        return values
