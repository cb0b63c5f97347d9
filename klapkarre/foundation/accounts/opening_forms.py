"""Forms to open a team with a reason, and to look back on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import OpeningReview, Team
from klapkarre.foundation.kit.forms import KitForm

FEW_WORDS = 3


class OpenTeamForm(KitForm, forms.Form):
    """Which team, and why."""

    required_texts = {
        "team": _("Kies een team."),
        "reason": _("Schrijf waarom je dit nu moet zien."),
    }

    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Welk team?"), widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(
        label=_("Waarom moet je dit nu zien?"),
        help_text=_("De auditor leest dit. Noem liefst geen namen."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        teams = Team.objects.filter(pk__in=user.reach.team_ids - user.own_reach.whole)
        self.fields["team"].queryset = teams
        if not self.is_bound and len(teams) == 1:
            self.initial["team"] = teams[0].pk

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if len(reason.split()) < FEW_WORDS:
            raise ValidationError(_("Schrijf de reden in enkele woorden, minstens drie."))
        return reason


class ReviewForm(KitForm, forms.Form):
    """The auditor's judgement. Who questions an opening says what is wrong."""

    required_texts = {"verdict": _("Kies wat je vindt.")}
    mark_optional = True

    verdict = forms.ChoiceField(
        label=_("Wat vind je ervan?"),
        choices=[
            (OpeningReview.Verdict.ACCEPTED, _("Aanvaard: dit was nodig")),
            (OpeningReview.Verdict.QUESTIONED, _("In vraag gesteld: dit bespreken we")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Opmerking"),
        help_text=_("Noem geen namen van bewoners."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
    )

    def clean(self):
        found = super().clean() or self.cleaned_data
        if found.get("verdict") == OpeningReview.Verdict.QUESTIONED and not found.get("note"):
            self.add_error("note", _("Schrijf wat je in vraag stelt."))
        return found
