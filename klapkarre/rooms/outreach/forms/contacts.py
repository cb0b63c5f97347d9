"""The contact form: one screen, few taps, nothing required but where it was."""

import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.kit.months import start_of
from klapkarre.rooms.outreach.models import ContactMoment, Step

YEAR = datetime.timedelta(days=366)
NOON = datetime.timedelta(hours=12)
# As many themes stand on the screen at once; the others are one tap away.
AT_HAND = 8


def capitals(choices):
    """Choices with a capital, as they stand on a card."""
    return [(value, capfirst(label)) for value, label in choices]


class ContactForm(LeavesOut, KitForm, forms.Form):
    """One conversation. `area` is `{neighbourhood: team}`; `contact` is the row that changes."""

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    setting = forms.ChoiceField(
        label=_("Waar"),
        choices=capitals(ContactMoment.Setting.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
    )
    neighbourhood = forms.ChoiceField(label=_("Buurt"), widget=forms.RadioSelect(attrs={"data-row": True}))
    themes = forms.MultipleChoiceField(
        label=_("Waarover"), required=False, choices=Theme.choices, widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_("Hoeveel mensen"),
        min_value=1,
        max_value=500,
        initial=1,
        required=False,
        error_messages={
            "invalid": _("Met hoeveel mensen sprak je? Vul een getal in."),
            "min_value": _("Met hoeveel mensen sprak je? Vul 1 of meer in."),
            "max_value": _("Met hoeveel mensen sprak je? Vul hoogstens 500 in."),
        },
    )
    follow_up = forms.BooleanField(label=_("Opvolgen"), required=False)
    follow_up_on = DayField(label=_("Wanneer opvolgen"), near=(1, 7), required=False)
    to_refer = forms.BooleanField(label=_("Doorverwijzen"), required=False)
    is_signal = forms.BooleanField(label=_("Signaal doorgeven"), required=False)
    note = forms.CharField(
        label=_("Nota"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zonder namen, adressen of nummers. Je team leest dit, en met een reden je coördinator."),
    )
    day = DayField(label=_("Wanneer"), near=(0, -1), past=True, future=False, required=False)
    known = forms.BooleanField(
        label=_("Bekend gezicht"), required=False, help_text=_("Je sprak elkaar al eerder. Zonder naam.")
    )
    language_bridge = forms.ChoiceField(
        label=_("Taalbrug"),
        choices=capitals(ContactMoment.Bridge.choices),
        widget=forms.RadioSelect(attrs={"data-row": True}),
        initial=ContactMoment.Bridge.NONE,
        required=False,
    )
    age_group = forms.ChoiceField(
        label=_("Leeftijd"),
        choices=[("", _("Niet gevraagd")), *capitals(ContactMoment.Age.choices)],
        widget=forms.RadioSelect(attrs={"data-row": True}),
        required=False,
        help_text=_("Enkel als het helpt en je het weet. Schat niet."),
    )

    watched = phones = ("note",)
    required_texts = {
        "setting": _("Kies waar het gesprek was."),
        "neighbourhood": _("Kies een buurt."),
    }
    MORE = ("day", "known", "language_bridge", "age_group")

    def __init__(self, *args, area, contact=None, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.with_person = person
        self.initial["person"] = person and person.pk
        self.area = {str(buurt.pk): (buurt, team) for buurt, team in area.items()}
        self.contact = contact
        self.fields["neighbourhood"].choices = [(pk, buurt.name) for pk, (buurt, _team) in self.area.items()]
        if len(self.area) == 1:
            self.initial["neighbourhood"] = next(iter(self.area))
        self.initial.setdefault("key", uuid.uuid4())
        today = timezone.localdate()
        self.initial.setdefault("day", today)
        if not self.initial.get("follow_up_on"):
            self.initial["follow_up_on"] = today + datetime.timedelta(days=1)
        # Looked at in `clean_follow_up_on`: a day that went by may stay when someone changes the rest.
        self.fields["follow_up_on"].past = True
        self.fields["day"].error_messages["future"] = _("Die dag moet nog komen. Kies vandaag of vroeger.")

    def themes_at_hand(self, used):
        """The themes on the screen, those the team uses most first, and those behind *Meer thema's*."""
        chosen = set(self["themes"].value() or ())
        order = list(dict.fromkeys([*used, *Theme]))
        rows = [
            {"value": theme.value, "word": theme.label, "chosen": theme.value in chosen}
            for theme in map(Theme, order)
        ]
        return rows[:AT_HAND], rows[AT_HAND:]

    def where_words(self):
        """Setting and neighbourhood as one line, when both are known."""
        setting = dict(ContactMoment.Setting.choices).get(self["setting"].value())
        buurt, _team = self.area.get(str(self["neighbourhood"].value()), (None, None))
        return f"{buurt.name}, {setting}" if setting and buurt else ""

    def where_is_open(self):
        """Remembered from the last time: closed, so that the themes stand on the first screen."""
        return not self.where_words() or "setting" in self.errors or "neighbourhood" in self.errors

    def more_is_open(self):
        """Show the second block when it holds a mistake or something that was filled in."""
        told = self.contact and (self.contact.age_group or self.contact.language_bridge != "geen")
        return bool(told or any(name in self.errors for name in self.MORE) if self.is_bound else told)

    def clean_day(self):
        day = self.cleaned_data["day"] or timezone.localdate()
        if day < timezone.localdate() - YEAR and not self._is_day_of_contact(day):
            raise ValidationError(_("Dat is langer dan een jaar geleden. Kies een latere dag."))
        return day

    def clean_people(self):
        return self.cleaned_data["people"] or 1

    def clean_language_bridge(self):
        return self.cleaned_data["language_bridge"] or ContactMoment.Bridge.NONE

    def clean_follow_up_on(self):
        """Only looked at when *opvolgen* is ticked."""
        if not self.cleaned_data.get("follow_up"):
            return None
        day, today = self.cleaned_data["follow_up_on"], timezone.localdate()
        if day is None:
            raise ValidationError(_("Kies een dag om op te volgen."))
        if day < today and not (self.contact and self.contact.follow_up_on == day):
            raise ValidationError(_("Die dag is al voorbij. Kies een latere dag."))
        if day > today + YEAR:
            raise ValidationError(_("Dat is meer dan een jaar ver. Kies een vroegere dag."))
        return day

    def leave_person_out(self):
        """The consent stopped while this was typed: the same form once more, without a name."""
        self.data = self.data.copy()
        self.data["person"] = ""
        self.with_person = None
        self.add_error(None, _("Deze persoon staat niet meer op jullie lijst. Bewaar zonder naam."))

    def renew_key(self):
        """The same form once more, under a key that is free."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid.uuid4())

    def show_version(self, version):
        """The same form once more, now knowing what a colleague wrote."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def team(self):
        return self.area[self.cleaned_data["neighbourhood"]][1]

    def facts(self, now=None):
        """The fields of the contact."""
        given = self.cleaned_data
        names = ("setting", "people", "language_bridge", "age_group", "follow_up_on", "to_refer", "is_signal")
        return {
            **{name: given[name] for name in names},
            "neighbourhood": self.area[given["neighbourhood"]][0],
            "when": self._moment(given["day"], now or timezone.now()),
            "known": self._known(),
            # Who it was with is chosen when the contact is noted; a change leaves that as it is.
            **({} if self.contact else {"person": self.with_person}),
            "note": given["note"] or None,
        }

    def _known(self):
        if self.with_person or (self.contact and self.contact.known == ContactMoment.Known.PERSON):
            return ContactMoment.Known.PERSON
        known = self.cleaned_data["known"]
        return ContactMoment.Known.FAMILIAR if known else ContactMoment.Known.UNKNOWN

    def _is_day_of_contact(self, day):
        return self.contact is not None and timezone.localdate(self.contact.when) == day

    def _moment(self, day, now):
        """Today is now, another day is noon; the hour of a contact stays when its day does."""
        if self._is_day_of_contact(day):
            return self.contact.when
        return now if day == timezone.localdate(now) else start_of(day) + NOON


class TickForm(KitForm, forms.Form):
    step = forms.ChoiceField(choices=Step.choices)
    done = forms.BooleanField(required=False)
    next = forms.CharField(required=False)
