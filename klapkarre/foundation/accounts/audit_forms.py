"""The filters of the log of readings."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import LoginEvent, Membership, Reading, User
from klapkarre.foundation.accounts.readers import kind_words
from klapkarre.foundation.accounts.routes import path_of
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.kit.personal import personal_models

DAYS = 30


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PeriodForm(KitForm, forms.Form):
    """Whose readings, from which day until which day. Sent with GET."""

    wie = forms.ModelChoiceField(
        User.objects.none(), label=_("Wie"), required=False, empty_label=_("Iedereen"), blank=True
    )
    van = forms.DateField(label=_("Van"), required=False, widget=DateInput)
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DateInput)

    def __init__(self, data, *, user):
        super().__init__(data)
        known = Membership.objects.filter(organisation__in=user.audited_ids).values("user")
        self.fields["wie"].queryset = User.objects.filter(pk__in=known).order_by("username")

    def clean(self):
        found = super().clean() or self.cleaned_data
        if found.get("van") and found.get("tot") and found["tot"] < found["van"]:
            self.add_error("tot", _("De laatste dag valt voor de eerste. Kijk ze na."))
        return found

    def narrowed(self, readings):
        """These readings, limited to what was asked."""
        asked = self.cleaned_data
        if asked.get("wie"):
            readings = readings.filter(user=asked["wie"])
        if asked.get("van"):
            readings = readings.filter(at__gte=start_of(asked["van"]))
        if asked.get("tot"):
            readings = readings.filter(at__lt=start_of(asked["tot"] + datetime.timedelta(days=1)))
        return readings


class SummaryForm(PeriodForm):
    """The last thirty days, when nothing else is asked."""

    def __init__(self, data, *, user):
        today = timezone.localdate()
        first = {"van": (today - datetime.timedelta(days=DAYS - 1)).isoformat(), "tot": today.isoformat()}
        super().__init__(first | {name: data[name] for name in data if data[name]}, user=user)


class LoginsForm(PeriodForm):
    """What happened at the door, of one kind or of all."""

    soort = forms.ChoiceField(label=_("Wat"), required=False)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.fields["soort"].choices = [("", _("Alles")), *LoginEvent.Kind.choices]

    def narrowed(self, events):
        asked, events = self.cleaned_data, super().narrowed(events)
        return events.filter(kind=asked["soort"]) if asked.get("soort") else events

    def is_asked(self):
        """Was anything chosen?"""
        return any(self.cleaned_data.values()) if self.is_valid() else True


class LogForm(PeriodForm):
    """Everything that the log can be asked."""

    soort = forms.ChoiceField(label=_("Wat"), required=False)
    pagina_van = forms.ChoiceField(label=_("Langs welke pagina"), required=False)
    gegeven = forms.CharField(
        label=_("Nummer van een gegeven"),
        required=False,
        max_length=64,
        help_text=_("Zoals het in de lijst staat."),
    )
    met_reden = forms.BooleanField(label=_("Enkel met een reden"), required=False)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        kinds = [model._meta.label_lower for model in personal_models()]
        named = sorted((kind_words(kind), kind) for kind in kinds)
        self.fields["soort"].choices = [("", _("Alles")), *((kind, words) for words, kind in named)]
        met = Reading.objects.visible_to(user).order_by().values_list("route", flat=True).distinct()
        routes = sorted((path_of(route), route) for route in met if route)
        self.fields["pagina_van"].choices = [
            ("", _("Alle pagina's")),
            *((name, path) for path, name in routes),
        ]

    def narrowed(self, readings):
        asked, readings = self.cleaned_data, super().narrowed(readings)
        if asked.get("gegeven"):
            readings = readings.naming(asked.get("soort"), [asked["gegeven"]])
        elif asked.get("soort"):
            readings = readings.filter(kind=asked["soort"])
        if asked.get("pagina_van"):
            readings = readings.filter(route=asked["pagina_van"])
        if asked.get("met_reden"):
            readings = readings.with_reason()
        return readings

    def is_asked(self):
        """Was anything chosen?"""
        return any(self.cleaned_data.values()) if self.is_valid() else True
