"""An agreed step, and someone around a person."""

import datetime
import uuid
from difflib import SequenceMatcher

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.people.forms.consents import capitals
from klapkarre.foundation.people.forms.versions import Versioned
from klapkarre.foundation.people.models import AgreedStep, Tie

FURTHEST = datetime.timedelta(days=366)
# From here on two spellings are one name: Fatma and Fatima are, dochter and buurvrouw are not.
SAME_NAME = 0.7


class StepForm(LeavesOut, Versioned, KitForm, forms.Form):
    """What, who, by which day. `agreed_day` may be past: that a step is late is no reason to leave its text wrong."""

    watched = ("what", "who")
    mark_optional = True
    autocomplete = {"what": "off", "who": "off"}
    required_texts = {"what": _("Schrijf wat jullie afspraken."), "doer": _("Kies wie dit doet.")}

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(
        label=_("Wat spraken jullie af?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    doer = forms.ChoiceField(
        label=_("Wie doet het?"),
        choices=capitals(AgreedStep.Doer.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
        initial=AgreedStep.Doer.US,
    )
    who = forms.CharField(label=_("Wie precies?"), required=False)
    day = DayField(label=_("Tegen wanneer?"), near=(1, 7))

    def __init__(self, *args, agreed_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreed_day = agreed_day
        self.fields["day"].past = bool(agreed_day)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("day", timezone.localdate() + datetime.timedelta(days=7))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if self.agreed_day and day < timezone.localdate() and day != self.agreed_day:
            raise ValidationError(self.fields["day"].error_messages["past"], code="past")
        if day > timezone.localdate() + FURTHEST:
            raise ValidationError(_("Dat is meer dan een jaar ver. Kies een vroegere dag."))
        return day

    def facts(self):
        given = self.cleaned_data
        return {
            "what": given["what"],
            "doer": given["doer"],
            "who": given["who"] or None,
            "day": given["day"],
        }


class TieForm(LeavesOut, Versioned, KitForm, forms.Form):
    """Someone around a person: a role in words, a volunteer, or another person of the team.

    `alike` are persons whose name was typed: the worker says whether it is one of them. `was` is the tie that is
    changed: while it says the same about the same people, a name spelled better needs no new agreement.
    """

    watched = ("who",)
    autocomplete = {"who": "off"}
    required_texts = {
        "does": _("Kies wat deze persoon doet."),
        "agreed": _("Vraag eerst of het mag. Zonder akkoord noteren we dit niet."),
    }

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    who = forms.CharField(
        label=_("Wie?"), required=False, help_text=_("Een rol is genoeg: dochter, buurvrouw van de gang.")
    )
    meant = forms.ChoiceField(label=_("Bedoel je iemand van jullie lijst?"), required=False)
    volunteer = forms.ModelChoiceField(
        label=_("Of een vrijwilliger"), queryset=User.objects.none(), required=False, empty_label=_("Niemand")
    )
    does = forms.ChoiceField(
        label=_("Wat doet die?"),
        choices=capitals(Tie.Does.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
    )
    agreed_on = DayField(label=_("Wanneer spraken jullie dat af?"), near=(0, -1), past=True, future=False)
    agreed = forms.BooleanField(label=_("Beiden weten dat we dit noteren en vinden het goed."))

    def __init__(self, *args, alike=(), volunteers=None, was=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.was = was
        if was:
            self.fields["agreed"].required = False
            self.fields["agreed"].help_text = _(
                "Nodig als het iemand of iets anders wordt. Niet voor een tikfout."
            )
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("agreed_on", timezone.localdate())
        if volunteers is not None:
            self.fields["volunteer"].queryset = volunteers
        self.alike = {str(person.pk): person for person in alike}
        choices = [(pk, person.name) for pk, person in self.alike.items()]
        self.fields["meant"].widget = forms.RadioSelect()
        self.fields["meant"].choices = [*choices, ("niemand", _("Nee, iemand anders"))]

    def clean(self):
        cleaned = super().clean()
        if self.errors.keys() & {"who", "volunteer", "meant"}:
            return cleaned
        if bool(cleaned.get("who")) == bool(cleaned.get("volunteer")):
            self.add_error("who", _("Schrijf wie het is, of kies een vrijwilliger. Een van de twee."))
        elif self.alike and not cleaned.get("meant"):
            self.add_error("meant", _("Iemand op jullie lijst heet zo. Kies wie je bedoelt."))
        if not cleaned.get("agreed") and self.was and not self.errors and not self._says_the_same():
            self.add_error("agreed", self.required_texts["agreed"])
        return cleaned

    def _says_the_same(self):
        """The same people, doing the same since the same day; only the name may be written otherwise."""
        was, now = self.was, self.facts()
        people = (was.other_id, was.volunteer_id) == tuple(
            one and one.pk for one in (now["other"], now["volunteer"])
        )
        before, after = ((one or "").casefold() for one in (was.who, now["who"]))
        same = was.does == now["does"] and was.agreed_on == now["agreed_on"]
        return people and same and SequenceMatcher(None, before, after).ratio() >= SAME_NAME

    def facts(self):
        given = self.cleaned_data
        other = self.alike.get(given["meant"])
        return {
            "who": None if other else given["who"] or None,
            "other": other,
            "volunteer": given["volunteer"],
            "does": given["does"],
            "agreed_on": given["agreed_on"],
        }
