"""The activities themselves: one dense screen for workers."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.days import slots
from klapkarre.foundation.kit.forms import DayField, KitForm, SlotField
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.agenda.forms import folding
from klapkarre.rooms.agenda.forms.repeating import ONCE, RhythmForm
from klapkarre.rooms.agenda.forms.residents import KeyField
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import LONGEST
from klapkarre.rooms.agenda.traits import Access, Audience, Kind, Spoken

DEAREST = 99_999
CARRIED = [(one.value, capfirst(one.label)) for one in Activity.CarriedBy]
NAME = Activity.SignUpKind.NAME


class PriceField(forms.CharField):
    """A price in euro as people write it; cents in the form's data. Empty and "gratis" are nothing to pay."""

    def to_python(self, value):
        text = (super().to_python(value) or "").lower().replace("euro", "").strip(" €")
        if text in ("", "gratis", "-"):
            return 0
        found = re.fullmatch(r"(\d{1,9})(?:[.,](\d{1,2}|-))?", text, re.ASCII)
        if not found:
            raise ValidationError(_("Schrijf de prijs in cijfers. Bijvoorbeeld: 2,50."), code="invalid")
        whole, part = found[1], (found[2] or "0").replace("-", "0")
        cents = int(whole) * 100 + int(part.ljust(2, "0"))
        if cents > DEAREST:
            raise ValidationError(_("Dat is te duur. Kijk de prijs na."), code="dear")
        return cents

    def validate(self, value):
        """Nothing is required: empty is free."""

    def run_validators(self, value):
        """The number itself was checked above."""

    def prepare_value(self, value):
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02}" if value else ""
        return value


class EndField(SlotField):
    """The end: a quarter of this day, or of the first hours after midnight."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        day = self.choices
        self.choices = lambda: [
            *day,
            *((value, f"{words} 's nachts") for value, words in slots(datetime.time(0), datetime.time(2))),
        ]


class SeveralChoice(forms.MultipleChoiceField):
    """Check-box cards, none of them required; a tuple in the order of the list, as the model keeps it."""

    default_error_messages = dict.fromkeys(("invalid_choice", "invalid_list"), _("Kies iets uit de lijst."))

    def __init__(self, choices, **kwargs):
        widget = forms.CheckboxSelectMultiple({"data-row": "1"})
        pairs = [(one.value, capfirst(one.label)) for one in choices]
        super().__init__(choices=pairs, required=False, widget=widget, **kwargs)

    def clean(self, value):
        chosen = set(super().clean(value))
        return tuple(key for key, _word in self.choices if key in chosen)


class PlaceChoice(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": _("Kies iets uit de lijst.")}

    def label_from_instance(self, place):
        return f"{place.name}, {place.street}" if place.street else place.name


class ActivityForm(PublicText, KitForm, forms.Form):
    """One activity; `reach` is what the roles of this user cover. Residents read what is typed here."""

    watched = phones = ("title", "summary", "where", "bring", "partners")
    for_residents = ("title", "summary", "where", "bring")
    required_texts = {
        "title": _("Geef de activiteit een naam."),
        "starts": _("Kies een uur om te beginnen."),
        "ends": _("Kies een uur om te stoppen."),
    }
    mark_optional = True
    sometimes_needed = ("place", "where", "neighbourhood", "kind")
    # As on the page: what, when, where, and then what is folded.
    field_order = ("title", "summary", "theme", "team", "day", "starts", "ends", *RhythmForm.base_fields)
    field_order += ("place", "where", "neighbourhood", *folding.NAMES, "state")

    title = forms.CharField(label=_("Wat doen we?"), max_length=100)
    summary = forms.CharField(
        label=_("Uitleg"),
        help_text=_("Korte zinnen. Wat doen jullie, en wie is welkom?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    kind = forms.ChoiceField(
        label=_("Soort"),
        choices=[(one.value, capfirst(one.label)) for one in Kind],
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=Kind.ACTIVITY,
        required=False,
    )
    audiences = SeveralChoice(
        Audience, label=_("Voor wie?"), help_text=_("Niets aangevinkt? Dan is het voor iedereen.")
    )
    spoken = SeveralChoice(
        Spoken,
        label=_("Welke talen spreken jullie?"),
        help_text=_("Niets aangevinkt? Dan is het Nederlands."),
    )
    access = SeveralChoice(Access, label=_("Wat is er?"), help_text=_("Zo weet iedereen of die kan komen."))
    partners = forms.CharField(
        label=_("Welke organisaties doen mee?"),
        help_text=_("Namen van organisaties, met een komma ertussen. Geen namen van mensen."),
        max_length=200,
        required=False,
    )
    theme = forms.ChoiceField(label=_("Thema"), choices=[(one.value, capfirst(one.label)) for one in Theme])
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    place = PlaceChoice(
        label=_("Plaats"),
        help_text=_("Ergens anders? Schrijf dan bij 'Waar precies?' waar het is."),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("Ergens anders"),
    )
    where = forms.CharField(
        label=_("Waar precies?"),
        help_text=_("Nodig zonder plaats. Bijvoorbeeld: speelplein achter nummer 12."),
        max_length=150,
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Buurt"),
        help_text=_("Nodig zonder plaats."),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("De buurt van de plaats"),
    )
    day = DayField(label=_("Dag"), near=(0, 1), past=True)
    starts = SlotField(label=_("Van"))
    ends = EndField(label=_("Tot"))
    price_cents = PriceField(
        label=_("Prijs in euro"), help_text=_("Leeg is gratis. Bijvoorbeeld: 2,50."), required=False
    )
    bring = forms.CharField(label=_("Wat breng je mee?"), max_length=200, required=False)
    sign_up_kind = forms.ChoiceField(
        label=_("Moet je je aanmelden?"),
        choices=[
            (Activity.SignUpKind.NONE, _("Nee, gewoon komen")),
            (Activity.SignUpKind.NAME, _("Ja, met een naam")),
            (Activity.SignUpKind.CONTACT, _("Ja, en wie wil geeft een nummer of mail")),
        ],
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=Activity.SignUpKind.NONE,
    )
    capacity = forms.IntegerField(
        label=_("Aantal plaatsen"),
        help_text=_("Leeg is geen limiet. Wie te laat is, kan op de wachtlijst."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    carried_by = forms.ChoiceField(
        label=_("Wie draagt dit?"),
        choices=CARRIED,
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=Activity.CarriedBy.FOR,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("Wie ziet dit?"),
        choices=[
            (Activity.State.PUBLISHED, _("Iedereen: zet het op de agenda")),
            (Activity.State.DRAFT, _("Enkel het team: dit is een ontwerp")),
        ],
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=Activity.State.PUBLISHED,
    )

    def __init__(self, *args, reach, activity=None, **kwargs):
        self.activity, self.reach = activity, reach
        super().__init__(*args, **kwargs)
        buurten = buurten_of(reach)
        places = Place.objects.filter(neighbourhood__in=buurten)
        if activity:  # what it has now stays possible
            buurten = buurten | Neighbourhood.objects.filter(pk=activity.neighbourhood_id)
            places = places | Place.objects.filter(pk=activity.place_id)
        self.fields["neighbourhood"].queryset = buurten.distinct()
        self.fields["place"].queryset = places.distinct().select_related("neighbourhood__municipality")
        self._offer_teams(reach.team_ids)
        self._offer_present_times()

    def stood_there(self, name):
        return getattr(self.activity, name, "")

    @property
    def folded(self):
        """What comes after what, when and where."""
        return folding.parts(self)

    @property
    def opens_rhythm(self):
        """Does the part about coming back stand open: something is filled in there, or wrong?"""
        wrong = any(name in self.errors for name in RhythmForm.base_fields)
        return self.is_bound and (wrong or self["every"].value() != ONCE)

    def _offer_teams(self, teams):
        """A question only for who plans for more than one team, and only at the start."""
        if self.activity or len(teams) < 2:
            del self.fields["team"]
        else:
            self.fields["team"].queryset = Team.objects.filter(pk__in=teams)

    def _offer_present_times(self):
        """An hour outside the list that is there already may stay."""
        if not self.activity:
            return
        for name, moment in (("starts", self.activity.starts_at), ("ends", self.activity.ends_at)):
            time = timezone.localtime(moment).time()
            field = self.fields[name]
            value = f"{time:%H:%M}"
            if value not in dict(field.choices):
                field.choices = [*field.choices, (value, f"{time.hour}.{time:%M} uur")]

    def _is_within(self, buurt):
        """Does the role for this team cover that neighbourhood?"""
        if self.activity:
            team = self.activity.team_id
        elif "team" in self.fields:
            team = self.cleaned_data.get("team") and self.cleaned_data["team"].pk
        else:
            team = next(iter(self.reach.team_ids), None)
        return team is None or self.reach.covers(team, buurt.pk)

    def clean_kind(self):
        return self.cleaned_data["kind"] or Kind.ACTIVITY

    def clean_carried_by(self):
        was = self.activity.carried_by if self.activity else Activity.CarriedBy.FOR
        return self.cleaned_data["carried_by"] or was

    def clean_summary(self):
        return self.cleaned_data["summary"].replace("\r\n", "\n")

    def clean_day(self):
        day = self.cleaned_data["day"]
        was = self.activity.day if self.activity else None
        if day < timezone.localdate() and day != was:
            raise ValidationError(DayField.default_error_messages["past"], code="past")
        return day

    def clean(self):
        super().clean()
        values = self.cleaned_data
        place = values.get("place")
        if not place and not values.get("where") and not self.has_error("where"):
            self.add_error("place", _("Kies een plaats, of schrijf waar het is."))
        if place and not values.get("neighbourhood"):
            values["neighbourhood"] = place.neighbourhood
        if (
            not values.get("neighbourhood")
            and not self.has_error("neighbourhood")
            and not self.has_error("place")
        ):
            self.add_error("neighbourhood", _("Kies een buurt."))
        if values.get("neighbourhood") and not self._is_within(values["neighbourhood"]):
            self.add_error("neighbourhood", _("Jouw rol geldt niet in die buurt. Kies een andere."))
        if values.get("kind") in (Kind.STOP, Kind.ROUND) and values.get("sign_up_kind") == NAME:
            self.add_error(
                "sign_up_kind", _("Bij de klapkarre en een ronde hoeft niemand zich aan te melden.")
            )
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and datetime.time(2) < ends <= starts:
            self.add_error("ends", _("Het einde valt voor het begin. Kies een later uur."))
        return values


class NewActivityForm(RhythmForm, ActivityForm):
    """A new one can come back by a rule; the days are shown and chosen on the next screen."""

    required_texts = ActivityForm.required_texts

    key = KeyField(required=False)

    def clean_day(self):
        day = super().clean_day()
        if day > timezone.localdate() + 2 * LONGEST:
            raise ValidationError(_("Die dag is wel heel ver weg. Kijk het jaar na."), code="far")
        self.fields["until"].after = day
        return day


class ChangeActivityForm(ActivityForm):
    """A change; `version` tells whether someone else was here in between."""

    required_texts = ActivityForm.required_texts

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    later = forms.TypedChoiceField(
        label=_("Wat wijzig je?"),
        choices=[("nee", _("Enkel deze keer")), ("ja", _("Deze en alle volgende"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect({"data-row": "1"}),
        initial="nee",
    )

    def __init__(self, *args, in_series=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["later"]


class CallOffForm(PublicText, KitForm, forms.Form):
    """Why it does not take place, for residents to read."""

    watched = phones = for_residents = ("reason",)
    required_texts = {"reason": _("Schrijf waarom het niet doorgaat.")}

    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        help_text=_("Bewoners lezen dit. Noem geen namen."),
        max_length=200,
    )
    later = forms.TypedChoiceField(
        label=_("Wat zeg je af?"),
        choices=[("nee", _("Enkel deze keer")), ("ja", _("Deze en alle volgende"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect({"data-row": "1"}),
        initial="nee",
    )

    def __init__(self, *args, in_series=False, is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["later"]
        if is_draft:
            self.fields["reason"].required = False
