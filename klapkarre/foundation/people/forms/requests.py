"""A request about the own data: register it, close it, restrict or lift with a reason, erase."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.people.forms.consents import capitals
from klapkarre.foundation.people.models import RightsRequest


class LooseForm(KitForm, forms.Form):
    """Someone who only left a name somewhere."""

    wanted = forms.CharField(label=_("Volledige naam, zoals opgegeven"), max_length=100)
    required_texts = {"wanted": _("Vul de naam in.")}
    autocomplete = {"wanted": "off"}


class AskForm(LeavesOut, KitForm, forms.Form):
    """What is asked, by whom, and how the worker knows who it is."""

    watched = ("checked",)
    required_texts = {
        "kind": _("Kies wat deze persoon vraagt."),
        "checked": _("Schrijf op hoe je weet wie het is."),
    }
    autocomplete = {"checked": "off"}

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Wat vraagt deze persoon?"),
        choices=capitals(RightsRequest.Kind.choices),
        widget=forms.RadioSelect,
    )
    asked_by = forms.ChoiceField(
        label=_("Wie vroeg het?"),
        choices=capitals(RightsRequest.AskedBy.choices),
        widget=forms.RadioSelect,
        initial=RightsRequest.AskedBy.PERSON,
    )
    checked = forms.CharField(
        label=_("Hoe weet je wie het is?"),
        help_text=_("Bijvoorbeeld: ik ken deze persoon al een jaar. Neem nooit een kopie van een kaart."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    asked_on = DayField(label=_("Wanneer was de vraag?"), near=(0, -1), past=True, future=False)

    def __init__(self, *args, loose=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("asked_on", timezone.localdate())
        if loose:  # a name on a list: there is nothing to restrict
            kept = (RightsRequest.Kind.ACCESS, RightsRequest.Kind.ERASE)
            self.fields["kind"].choices = capitals([(kind.value, kind.label) for kind in kept])

    def facts(self):
        return {name: self.cleaned_data[name] for name in ("kind", "asked_by", "checked", "asked_on")}


class ReasonForm(LeavesOut, KitForm, forms.Form):
    """Why, in words that stay with the request."""

    watched = ("reason",)
    required_texts = {"reason": _("Schrijf kort waarom.")}
    autocomplete = {"reason": "off"}

    reason = forms.CharField(label=_("Waarom?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class CloseForm(ReasonForm):
    """Done or refused, and what you tell the person."""

    outcome = forms.ChoiceField(
        label=_("Hoe loopt het af?"),
        choices=capitals(RightsRequest.Outcome.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
        error_messages={"required": _("Kies hoe het afloopt.")},
    )
    field_order = ("outcome", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Wat deed je, of waarom weiger je?")
        self.fields["reason"].help_text = _(
            "Weiger je? Zeg ook waarom, en dat klagen mag. Dat staat op de afdruk."
        )


class EraseForm(KitForm, forms.Form):
    """Which shared texts stay, and a last yes."""

    keep = forms.MultipleChoiceField(required=False)
    sure = forms.BooleanField(
        label=_("Ja, wis alles. Dit kan niet terug."),
        error_messages={"required": _("Vink aan dat je het zeker weet.")},
    )

    def __init__(self, *args, shared=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(str(pk), str(pk)) for pk in shared]
