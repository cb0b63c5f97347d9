"""Drawing up a round: a street and its numbers, typed once, seen before they are kept. And what came of a door."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import DayField, KeyField, KitForm
from klapkarre.rooms.outreach import actions, addresses
from klapkarre.rooms.outreach.forms.contacts import YEAR, capitals
from klapkarre.rooms.outreach.models import Attempt, Slot, Support
from klapkarre.rooms.outreach.models.rounds import LONGEST

LAST_NUMBER = 9999
WITH_A_NUMBER = _("Schrijf enkel de straat. De nummers komen hieronder.")
SEVERAL = _("Met komma's ertussen: 12A, 12 bus 1-6, 40.")


def unknown_street(near):
    """What to say of a street that the organisation does not know yet."""
    if near:
        return _("Deze straat kennen we nog niet. Bedoel je %(streets)s?") % {
            "streets": gettext(" of ").join(near)
        }
    return _("Deze straat kennen we nog niet. Kijk na of de naam juist is.")


class _OneStreet(KitForm, forms.Form):
    """The name of a street, without a number."""

    def clean_street(self):
        street = self.cleaned_data["street"]
        if street[:1].isdigit() or street[-1:].isdigit():
            raise ValidationError(WITH_A_NUMBER)
        return street


class StreetForm(_OneStreet):
    """One street and the numbers at which we ring."""

    required_texts = {"street": _("Schrijf de naam van de straat.")}
    mark_optional = True
    sometimes_needed = ("first", "last", "side", "extra")

    key = KeyField(required=False)
    street = forms.CharField(label=_("Straat"), max_length=80)
    first = forms.IntegerField(label=_("Van nummer"), min_value=1, max_value=LAST_NUMBER, required=False)
    last = forms.IntegerField(
        label=_("Tot en met nummer"), min_value=1, max_value=LAST_NUMBER, required=False
    )
    side = forms.ChoiceField(
        label=_("Welke kant"),
        choices=[
            (addresses.EVERY, _("Beide kanten")),
            (addresses.ODD, _("Oneven nummers")),
            (addresses.EVEN, _("Even nummers")),
        ],
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=addresses.EVERY,
        required=False,
    )
    extra = forms.CharField(
        label=_("Ook deze nummers en bussen"),
        help_text=SEVERAL,
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": "2"}),
    )
    without = forms.CharField(
        label=_("Zonder deze nummers"),
        help_text=_("Met komma's ertussen, bijvoorbeeld de winkels: 14, 16."),
        max_length=1000,
        required=False,
    )

    def clean_side(self):
        return self.cleaned_data["side"] or addresses.EVERY

    def clean_extra(self):
        return addresses.several(self.cleaned_data["extra"])

    def clean_without(self):
        return addresses.several(self.cleaned_data["without"])

    def clean(self):
        """All numbers together: `wheres`, as one walks."""
        given = super().clean()
        if self.errors.keys() & {"first", "last", "extra", "without"}:
            return given
        first, last = given.get("first"), given.get("last")
        if (first is None) != (last is None):
            self.add_error("last" if last is None else "first", _("Vul beide nummers in, of geen van beide."))
            return given
        if first is not None and first > last:
            self.add_error("last", _("Dit nummer komt voor het eerste. Draai ze om."))
            return given
        row = addresses.row(first, last, given.get("side")) if first is not None else []
        found = dict.fromkeys([*row, *given["extra"]])
        wheres = sorted(set(found) - set(given["without"]), key=addresses.in_order)
        if not wheres:
            self.add_error("first", _("Welke deuren? Vul nummers in."))
        elif len(wheres) > addresses.MOST:
            self.add_error("last", _("Dat zijn te veel deuren. Maak er twee rondes van."))
        given["wheres"] = wheres
        return given


class RoundForm(StreetForm):
    """A whole round. `area` is `{neighbourhood: team}`."""

    required_texts = StreetForm.required_texts | {
        "title": _("Schrijf waarvoor je langsgaat."),
        "neighbourhood": _("Kies een buurt."),
        "starts_on": _("Kies de eerste dag."),
        "ends_on": _("Kies de laatste dag."),
    }
    field_order = ("title", "neighbourhood", "starts_on", "ends_on")

    title = forms.CharField(
        label=_("Waarvoor ga je langs?"),
        help_text=_("Kort, bijvoorbeeld: kennismaken. Geen namen."),
        max_length=80,
    )
    neighbourhood = forms.ChoiceField(label=_("Buurt"), widget=forms.RadioSelect({"data-row": "1"}))
    starts_on = DayField(label=_("Eerste dag"), near=(0, 1))
    ends_on = DayField(
        label=_("Laatste dag"),
        near=(),
        help_text=_("Een week later wist de ronde zich vanzelf."),
    )

    def __init__(self, *args, area, **kwargs):
        self.area = {str(buurt.pk): (buurt, team) for buurt, team in area.items()}
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].choices = [(pk, one.name) for pk, (one, _team) in self.area.items()]

    def clean(self):
        given = super().clean()
        _days_fit(self, given)
        return given

    def team(self):
        return self.area[self.cleaned_data["neighbourhood"]][1]

    def facts(self):
        """The fields of the round."""
        given = self.cleaned_data
        return {name: given[name] for name in ("title", "starts_on", "ends_on")} | {
            "neighbourhood": self.area[given["neighbourhood"]][0]
        }


class ChangeForm(KitForm, forms.Form):
    """Another title, or other days."""

    required_texts = {name: RoundForm.required_texts[name] for name in ("title", "starts_on", "ends_on")}

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Waarvoor ga je langs?"), help_text=_("Geen namen."), max_length=80)
    starts_on = DayField(label=_("Eerste dag"), near=(), past=True)
    ends_on = DayField(
        label=_("Laatste dag"),
        near=(),
        help_text=_("Een week later wist de ronde zich vanzelf."),
    )

    def clean(self):
        given = super().clean()
        _days_fit(self, given)
        return given

    def facts(self):
        return {name: self.cleaned_data[name] for name in ("title", "starts_on", "ends_on")}

    def show_version(self, version):
        """The same form once more, now knowing what a colleague wrote."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def _days_fit(form, given):
    starts, ends = given.get("starts_on"), given.get("ends_on")
    # A slip in the year would keep a list of addresses for all the time until then.
    if starts and starts > timezone.localdate() + YEAR:
        form.add_error("starts_on", _("Dat is meer dan een jaar ver. Kies een vroegere dag."))
        return
    if not starts or not ends:
        return
    if ends < starts:
        form.add_error("ends_on", _("De laatste dag komt voor de eerste. Kies een latere dag."))
    elif ends - starts > LONGEST:
        form.add_error("ends_on", _("Een ronde duurt hoogstens vier maanden. Kies een vroegere dag."))


class RingForm(KitForm, forms.Form):
    """What came of one door: one tap."""

    key = forms.UUIDField()
    outcome = forms.ChoiceField(choices=Attempt.Outcome.choices)
    times = forms.MultipleChoiceField(choices=Slot.choices, required=False)
    seen = forms.IntegerField(min_value=0, required=False)


class AddressForm(_OneStreet):
    """One address to leave alone, or to visit again.

    A wish in a street that nobody knows would be found by no round: then it asks once more.
    """

    required_texts = {
        "street": _("Schrijf de naam van de straat."),
        "number": _("Schrijf het huisnummer."),
        "neighbourhood": _("Kies een buurt."),
        "wish": _("Kies wat deze mensen vragen."),
    }

    neighbourhood = forms.ChoiceField(label=_("Buurt"), widget=forms.RadioSelect({"data-row": "1"}))
    street = forms.CharField(label=_("Straat"), max_length=80)
    sure = forms.BooleanField(label=_("Ja, deze straat heet zo"), required=False)
    number = forms.CharField(label=_("Huisnummer"), help_text=_("12, 12A of 12 bus 3."), max_length=20)
    wish = forms.ChoiceField(
        label=_("Wat vragen deze mensen?"),
        choices=[("niet", _("Kom niet meer langs")), ("wel", _("Kom gerust weer langs"))],
        widget=forms.RadioSelect({"data-row": "1"}),
    )

    def __init__(self, *args, area, **kwargs):
        self.area = {str(buurt.pk): (buurt, team) for buurt, team in area.items()}
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].choices = [(pk, one.name) for pk, (one, _team) in self.area.items()]

    def clean_number(self):
        found = addresses.several(self.cleaned_data["number"])
        if len(found) != 1:
            raise ValidationError(_("Schrijf één nummer."))
        return found[0]

    def clean(self):
        """`place` and `team`: the street and who asks."""
        given = super().clean()
        if not {"neighbourhood", "street"} <= given.keys():
            return given
        buurt, team = self.area[given["neighbourhood"]]
        given["place"] = actions.street_named(team.organisation, buurt, given["street"])
        near = actions.like(given["place"])
        self.asks_sure = near is not None
        if self.asks_sure and not given.get("sure"):
            self.add_error("street", unknown_street(near))
        return given

    # Does the question show whether the street is really called so?
    asks_sure = False


class StreetsForm(KitForm, forms.Form):
    """The streets of a neighbourhood, one on each line."""

    required_texts = {"names": _("Schrijf minstens één straat."), "neighbourhood": _("Kies een buurt.")}
    MOST = 300

    neighbourhood = forms.ChoiceField(label=_("Buurt"), widget=forms.RadioSelect({"data-row": "1"}))
    names = forms.CharField(
        label=_("Straten"),
        help_text=_("Eén straat per regel, zonder nummers. Wat er al staat, blijft."),
        widget=forms.Textarea({"rows": "8"}),
    )

    def __init__(self, *args, area, **kwargs):
        self.area = {str(buurt.pk): (buurt, team) for buurt, team in area.items()}
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].choices = [(pk, one.name) for pk, (one, _team) in self.area.items()]

    def clean_names(self):
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > self.MOST:
            raise ValidationError(_("Dat zijn te veel straten. Bewaar ze in delen."))
        for name in names:
            if len(name) > 80 or any(one.isdigit() for one in name[-3:]) or not any(map(str.isalpha, name)):
                raise ValidationError(
                    _("“%(name)s” lijkt geen straat. Schrijf enkel namen van straten.") % {"name": name[:30]}
                )
        return list(dict.fromkeys(names))


class SupportForm(KitForm, forms.ModelForm):
    """Support that we gave to an initiative of others."""

    required_texts = {
        "initiative": _("Schrijf welk initiatief het was."),
        "kind": _("Kies wat je deed."),
        "neighbourhood": _("Kies een buurt."),
        "hours": _("Schrijf hoelang het duurde."),
    }

    key = KeyField(required=False)
    neighbourhood = forms.ChoiceField(label=_("Buurt"), widget=forms.RadioSelect({"data-row": "1"}))
    day = DayField(label=_("Dag"), near=(0, -1), past=True, future=False)
    hours = forms.DecimalField(
        label=_("Hoeveel uren"),
        help_text=_("In kwartieren: 1,5 is anderhalf uur."),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        localize=True,
    )

    class Meta:
        model = Support
        fields = ("initiative", "kind")
        widgets = {"kind": forms.RadioSelect()}
        help_texts = {"initiative": _("De naam van de groep of het initiatief. Geen namen van mensen.")}

    field_order = ("neighbourhood", "day", "initiative", "kind", "hours")

    def __init__(self, *args, area, **kwargs):
        self.area = {str(buurt.pk): (buurt, team) for buurt, team in area.items()}
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].choices = [(pk, one.name) for pk, (one, _team) in self.area.items()]
        self.fields["kind"].choices = capitals(Support.Kind.choices)

    def clean_hours(self):
        hours = self.cleaned_data["hours"]
        if hours <= 0 or hours * 4 % 1:
            raise ValidationError(_("Schrijf de tijd in kwartieren: 0,25 of 1,5."))
        return hours

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate() - datetime.timedelta(days=366):
            raise ValidationError(_("Dat is langer dan een jaar geleden. Kies een latere dag."))
        return day

    def facts(self):
        """The fields of the row."""
        given = self.cleaned_data
        buurt, team = self.area[given["neighbourhood"]]
        return {
            "organisation_id": team.organisation_id,
            "team": team,
            "neighbourhood": buurt,
            "day": given["day"],
            "initiative": given["initiative"],
            "kind": given["kind"],
            "quarters": int(given["hours"] * 4),
        }
