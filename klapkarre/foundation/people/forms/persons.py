"""A person on one screen: first the consent, then who it is and what they want."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.people.actions.persons import NEEDS
from klapkarre.foundation.people.forms.consents import (
    NO_CONSENT,
    WHAT,
    LanguageField,
    how_field,
    kinds_field,
)
from klapkarre.foundation.people.forms.versions import Versioned
from klapkarre.foundation.people.models import Kind, Person
from klapkarre.foundation.places.models import Neighbourhood

NEEDED = {
    "phone": _("Er is geen akkoord om te bellen. Vraag het, of haal het nummer weg."),
    "where": _("Er is geen akkoord om langs te komen. Vraag het, of haal het adres weg."),
}


WHICH_BUURT = _("Kies in welke buurt.")
NOT_YOURS = _("Jouw rol geldt niet in die buurt. Kies een andere.")
# What people write between the digits of a number.
NOT_A_NUMBER = re.compile(r"[^\d\s.()/+-]")
FEWEST, MOST = 6, 15  # digits in a number that can be called [ITU-T E.164]


class BuurtChoice(forms.ModelChoiceField):
    """A deelbuurt stands behind its buurt."""

    def label_from_instance(self, buurt):
        return f"{buurt.parent.name}: {buurt.name}" if buurt.parent else buurt.name


class SearchForm(KitForm, forms.Form):
    wanted = forms.CharField(label=_("Naam of telefoon"), required=False, max_length=100)
    autocomplete = {"wanted": "off"}


class PersonForm(LeavesOut, Versioned, KitForm, forms.Form):
    """Who it is and what they want; `standing` says what may be kept, `reach` in which neighbourhoods."""

    watched = ("wants",)
    required_texts = {"name": _("Vul een naam in. Een roepnaam mag ook."), "neighbourhood": WHICH_BUURT}
    autocomplete = dict.fromkeys(Person.FACTS, "off")
    mark_optional = True

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Naam"), help_text=_("Zoals de persoon het wil. Een roepnaam mag."))
    phone = forms.CharField(
        label=_("Telefoon"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel"}),
        help_text=_("Een nummer van buiten België? Begin met + en de landcode."),
    )
    where = forms.CharField(
        label=_("Waar"), required=False, help_text=_("Adres, of waar je deze persoon vindt.")
    )
    neighbourhood = BuurtChoice(label=_("In welke buurt?"), queryset=Neighbourhood.objects.none())
    languages = forms.CharField(label=_("Talen"), required=False)
    wants = forms.CharField(
        label=_("Wat wil deze persoon?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In de eigen woorden van de persoon."),
    )

    def __init__(self, *args, reach, standing=frozenset(), person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing, self.reach, self.person = set(standing), reach, person
        self._offer_buurten()

    def _offer_buurten(self):
        """Those of the own roles, and the one that the person has; a single one is filled in."""
        field, buurten = self.fields["neighbourhood"], buurten_of(self.reach)
        if self.person:
            buurten = buurten | Neighbourhood.objects.filter(pk=self.person.neighbourhood_id)
        field.queryset = buurten.distinct().select_related("parent").order_by("parent__name", "name")
        field.required = not self.reach.whole
        field.empty_label = _("Weet ik niet") if self.reach.whole else _("Kies een buurt")
        if not self.person and not self.is_bound:
            offered = list(field.queryset)
            if len(offered) == 1:
                self.initial.setdefault("neighbourhood", offered[0].pk)

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        digits = sum(sign.isdigit() for sign in phone)
        if phone and (NOT_A_NUMBER.search(phone) or not FEWEST <= digits <= MOST):
            raise ValidationError(_("Schrijf enkel het nummer, zoals 0470 12 34 56."))
        return phone

    def clean(self):
        cleaned = super().clean()
        kinds = set(cleaned.get("kinds") or self.standing)
        for field, kind in NEEDS.items():
            if cleaned.get(field) and kind not in kinds and "kinds" not in self.errors:
                self.add_error(field, NEEDED[field])
        team, buurt = self.team_id(), cleaned.get("neighbourhood")
        if team and "neighbourhood" not in self.errors and not self.reach.covers(team, buurt and buurt.pk):
            self.add_error("neighbourhood", NOT_YOURS if buurt else WHICH_BUURT)
        return cleaned

    def team_id(self):
        """The team that keeps this person; None while it is not chosen."""
        return self.person and self.person.team_id

    def facts(self):
        """The facts of the person; what stays empty is None."""
        return {name: self.cleaned_data[name] or None for name in Person.FACTS}


class AddPersonForm(PersonForm):
    """With the consent that comes first. `alike` looks for someone with the same name or number."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kinds = kinds_field(WHAT)
    how = how_field()
    language = LanguageField()
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), widget=forms.RadioSelect)
    is_other = forms.BooleanField(label=_("Dit is iemand anders. Bewaar als nieuwe persoon."), required=False)
    # As they stand on the page, so that errors are listed in that order.
    field_order = ("kinds", "how", "language", "name", "neighbourhood", *Person.TEXTS)

    def __init__(self, *args, reach, **kwargs):
        super().__init__(*args, reach=reach, **kwargs)
        teams = reach.team_ids
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["team"].queryset = Team.objects.filter(pk__in=teams)
        self.only_team = len(teams) == 1
        if self.only_team:
            self.fields["team"].required = False
        self.teams = teams
        self.doubles = []

    def clean_kinds(self):
        kinds = self.cleaned_data["kinds"]
        if Kind.KEEP not in kinds:
            raise ValidationError(NO_CONSENT)
        return kinds

    def team_id(self):
        if self.only_team:
            return next(iter(self.teams))
        team = self.cleaned_data.get("team")
        return team and team.pk

    def chosen_team(self):
        return Team.objects.get(pk=next(iter(self.teams))) if self.only_team else self.cleaned_data["team"]

    def ask_whether_other(self, doubles):
        """Someone with this name or number is there already: look first, or say that it is someone else."""
        self.doubles = doubles
        if not doubles or self.cleaned_data["is_other"]:
            return False
        self.add_error(None, _("Er is al iemand met deze naam of dit nummer. Kijk eerst na."))
        return True
