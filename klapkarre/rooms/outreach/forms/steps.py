"""What is to be done: another day, another colleague. And what was told at home."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.people.forms import LanguageField

YEAR = datetime.timedelta(days=366)


def _to_plan(day, kept):
    """A day between now and a year; one that went by may stay when someone changes the rest."""
    today = timezone.localdate()
    if day and day > today + YEAR:
        raise ValidationError(_("Dat is meer dan een jaar ver. Kies een vroegere dag."), code="far")
    if day and day < today and day != kept:
        raise ValidationError(_("Die dag is al voorbij. Kies een latere dag."), code="past")
    return day


class PlanForm(KitForm, forms.Form):
    """`colleagues` are the users that may take it over; one tap on the page of today sends a day only."""

    follow_up_on = DayField(label=_("Wanneer opvolgen"), near=(1, 7), required=False)
    who = forms.ChoiceField(label=_("Wie volgt op"), required=False, widget=forms.RadioSelect)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, colleagues, user, kept_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept_day = kept_day
        self.fields["follow_up_on"].past = True
        # Oneself first: taking it over is what most come for.
        self.colleagues = {str(one.pk): one for one in sorted(colleagues, key=lambda one: one != user)}
        self.fields["who"].choices = [
            (pk, _("Ik") if one == user else str(one)) for pk, one in self.colleagues.items()
        ]

    def clean_follow_up_on(self):
        return _to_plan(self.cleaned_data["follow_up_on"], self.kept_day)

    def colleague(self):
        """Who takes it over; None when that was not asked."""
        return self.colleagues.get(self.cleaned_data["who"])


class VisitForm(LeavesOut, KitForm, forms.Form):
    """What somebody agreed to tell: texts, the next step and its day. Nothing is required but the agreement."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    agreed = forms.BooleanField(
        label=_("Ja, dit mag"), help_text=_("Vink aan wat je hoorde, niet wat je denkt.")
    )
    language = LanguageField()
    strength = forms.CharField(
        label=_("Sterkte"),
        help_text=_("Wat deze persoon goed kan of graag doet."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    wish = forms.CharField(
        label=_("Wens"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    need = forms.CharField(
        label=_("Nood"),
        help_text=_("Wat nu ontbreekt."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    next_step = forms.CharField(
        label=_("Volgende stap"),
        help_text=_("Wie doet wat?"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    day = DayField(
        label=_("Tegen wanneer"),
        help_text=_("Komt bij wat te doen is, zonder de tekst."),
        near=(1, 7),
        required=False,
    )

    watched = phones = TEXTS = ("strength", "wish", "need", "next_step")
    required_texts = {"agreed": _("Vraag het eerst. Mag het niet, bewaar dan niets.")}
    autocomplete = dict.fromkeys(TEXTS, "off")

    def __init__(self, *args, kept_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept_day = kept_day
        self.fields["day"].past = True

    def clean_day(self):
        return _to_plan(self.cleaned_data["day"], self.kept_day)

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if values.get("next_step") and not values.get("day") and "day" not in self.errors:
            self.add_error("day", _("Kies een dag voor de volgende stap."))
        return values

    def show_version(self, version):
        """The same form once more, now knowing what a colleague wrote."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def texts(self):
        """The four texts; None for what stayed empty."""
        return {name: self.cleaned_data[name] or None for name in self.TEXTS}
