"""A breach, and a line in its log."""

import datetime
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.duties.models import Part
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut

NO_NAMES = gettext_lazy("Schrijf geen namen.")
MOST_PEOPLE = 10_000_000
# For these a moment says when it was done.
WITH_A_MOMENT = frozenset({Part.TOLD, Part.TOLD_PEOPLE})


def _moment(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, hour))


class _Timed(LeavesOut, KitForm, forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            now = timezone.localtime()
            known = {"key": uuid.uuid4(), "day": now.date(), "hour": now.strftime("%H:%M")}
            self.initial = {**known, **self.initial}

    def moment_of(self, found):
        """Day and hour as one moment; never later than now."""
        if not (found.get("day") and found.get("hour")):
            return None
        moment = _moment(found["day"], found["hour"])
        if moment > timezone.now() + datetime.timedelta(minutes=1):
            self.add_error("hour", _("Dit moment moet nog komen. Kijk dag en uur na."))
        return moment


def _hour(label, **kwargs):
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **kwargs)


def _people(**kwargs):
    return forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=gettext_lazy("Een schatting is goed. Weet je het niet? Laat leeg."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        **kwargs,
    )


class BreachForm(_Timed):
    """What is known at once; the rest follows."""

    watched = ("what", "kinds", "measures")
    required_texts = {
        "what": gettext_lazy("Schrijf wat er gebeurde."),
        "hour": gettext_lazy("Vul het uur in waarop je het ontdekte."),
    }
    mark_optional = True

    day = DayField(label=gettext_lazy("Op welke dag ontdekte je het?"), near=(0, -1), past=True, future=False)
    hour = _hour(gettext_lazy("Hoe laat?"))
    what = forms.CharField(label=gettext_lazy("Wat gebeurde er?"), widget=forms.Textarea, help_text=NO_NAMES)
    kinds = forms.CharField(
        label=gettext_lazy("Over welke gegevens gaat het?"),
        widget=forms.Textarea({"rows": 2}),
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: namen en nummers op een lijst."),
    )
    people = _people()
    measures = forms.CharField(
        label=gettext_lazy("Wat deed je al?"), widget=forms.Textarea, required=False, help_text=NO_NAMES
    )

    def clean(self):
        found = super().clean() or self.cleaned_data
        found["discovered_at"] = self.moment_of(found)
        return found


class NoteForm(_Timed):
    """One line more. What is asked depends on the part."""

    watched = ("text",)
    required_texts = {"part": gettext_lazy("Kies waarover dit gaat.")}
    mark_optional = True

    part = forms.ChoiceField(label=gettext_lazy("Waarover gaat dit?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Wat noteer je?"), widget=forms.Textarea, required=False, help_text=NO_NAMES
    )
    people = _people()
    day = DayField(
        label=gettext_lazy("Op welke dag?"),
        near=(0, -1),
        past=True,
        future=False,
        required=False,
        help_text=gettext_lazy("Nodig als je iemand verwittigde."),
    )
    hour = _hour(gettext_lazy("Hoe laat?"), required=False)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(part.value, part.label) for part in parts]

    def clean(self):
        found = super().clean() or self.cleaned_data
        part = found.get("part")
        if part == Part.PEOPLE:
            if found.get("people") is None and "people" not in self.errors:
                self.add_error("people", _("Vul een aantal in. Een schatting is goed."))
        elif part and not found.get("text") and "text" not in self.errors:
            self.add_error("text", _("Schrijf wat je wil noteren."))
        found["happened_at"] = self.moment_of(found) if part in WITH_A_MOMENT else None
        if part in WITH_A_MOMENT and not found["happened_at"] and not self.errors:
            self.add_error("hour", _("Vul in op welke dag en hoe laat."))
        if part != Part.PEOPLE:
            found["people"] = None
        return found
