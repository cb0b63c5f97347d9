"""Forms about colleagues: a role for someone, and another last day."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Membership, Role, Team, User
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.places.models import Neighbourhood

# They work in a team: without one they would see nothing.
IN_A_TEAM = frozenset({Role.WORKER, Role.VOLUNTEER})
AT_MOST_YEARS = 10


def last_day(**kwargs):
    """The field for a last day that may stay empty."""
    return DayField(
        label=_("Laatste dag"), required=False, near=(), help_text=_("Leeg: zonder einddag."), **kwargs
    )


class TermsForm(KitForm, forms.Form):
    """Which role, where, from when until when. Offers only what this user may give in this organisation."""

    mark_optional = True
    sometimes_needed = ("team",)
    required_texts = {"role": _("Kies een rol.")}

    role = forms.ChoiceField(label=_("Rol"), widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        help_text=_("Nodig voor wie in de buurt werkt."),
        required=False,
        empty_label=_("Geen team"),
        blank=True,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Enkel voor deze buurt"),
        help_text=_("Kies je er een? Dan ziet en wijzigt een werker enkel wat van daar is."),
        required=False,
        empty_label=_("Alle buurten van het team"),
        blank=True,
    )
    starts_on = DayField(label=_("Eerste dag"), near=(0, 1))
    ends_on = last_day()

    def __init__(self, *args, organisation, givable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, role.label) for role in Role if role in givable]
        teams = Team.objects.filter(organisation=organisation)
        self.fields["team"].queryset = teams
        named = Team.neighbourhoods.through.objects.filter(team__in=teams).values("neighbourhood")
        self.fields["neighbourhood"].queryset = Neighbourhood.objects.filter(pk__in=named).order_by("name")
        if not self.is_bound:
            self.initial.setdefault("starts_on", timezone.localdate())
            only = list(teams[:2])
            if len(only) == 1:
                self.initial.setdefault("team", only[0])

    def clean(self):
        found = super().clean() or self.cleaned_data
        role, team, buurt = (found.get(name) for name in ("role", "team", "neighbourhood"))
        if role in IN_A_TEAM and not team and "team" not in self.errors:
            self.add_error("team", _("Kies het team. Zonder team ziet deze rol niets."))
        if role and role not in IN_A_TEAM:
            found["team"] = None
            if buurt:
                self.add_error(
                    "neighbourhood", _("Deze rol geldt voor heel de organisatie. Kies hier geen buurt.")
                )
        elif buurt and team and not team.neighbourhoods.filter(pk=buurt.pk).exists():
            self.add_error("neighbourhood", _("Dit team werkt niet in die buurt. Kies een andere."))
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De laatste dag valt voor de eerste. Kijk ze na."))
        return found

    def terms(self):
        """What `memberships.give` takes."""
        names = ("role", "team", "neighbourhood", "starts_on", "ends_on")
        return {name: self.cleaned_data[name] for name in names}


class RoleForm(TermsForm):
    """One more role for someone who already has, or had, one here."""

    required_texts = TermsForm.required_texts | {"user": _("Kies een collega.")}
    field_order = ("user",)

    user = forms.ModelChoiceField(User.objects.none(), label=_("Collega"), empty_label=_("Kies een collega"))

    def __init__(self, *args, organisation, by, **kwargs):
        super().__init__(*args, organisation=organisation, **kwargs)
        known = Membership.objects.filter(organisation=organisation).exclude(user=by).values("user")
        self.fields["user"].queryset = User.objects.filter(pk__in=known).order_by("username")


class VersionForm(KitForm, forms.Form):
    """Which version of the role its sender saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def show_version(self, version):
        """The page comes back with the newest version: sending again is then a choice."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}


class EndForm(VersionForm):
    """Another last day, or none."""

    ends_on = last_day()

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day.year > timezone.localdate().year + AT_MOST_YEARS:
            raise ValidationError(_("Dat is te ver weg. Kies een dag binnen tien jaar."))
        return day
