from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.windows.results.periods import (
    LONGEST,
    first_day,
    month_of_day,
    month_words,
    of_covenant,
    this_month,
    until_now,
)

YEAR, TWELVE, MONTHS = "jaar", "12", "maanden"


class ResultsForm(KitForm, forms.Form):
    """Which team and which months. Sent with GET, so that an address can be kept and shared with a colleague."""

    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    periode = forms.ChoiceField(label=gettext_lazy("Periode"))
    van = forms.TypedChoiceField(
        label=gettext_lazy("Van maand"), coerce=int, empty_value=None, required=False
    )
    tot = forms.TypedChoiceField(
        label=gettext_lazy("Tot en met maand"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, data, *, teams, covenants):
        self.covenants = {str(covenant.pk): covenant for covenant in covenants}
        super().__init__({"periode": self.default_period(covenants)} | {k: data[k] for k in data})
        self.fields["periode"].choices = self.period_choices(covenants)
        self.fields["team"].choices = [("", _("Alle teams samen")), *((str(t.pk), t.name) for t in teams)]
        if len(teams) < 2:
            del self.fields["team"]
        months = [(month, month_words(month)) for month in reversed(self.month_range(covenants))]
        for name in ("van", "tot"):
            self.fields[name].choices = [("", _("Kies een maand")), *months]

    @staticmethod
    def default_period(covenants):
        """The covenant that runs now; without one the last twelve months."""
        running = (c for c in covenants if month_of_day(c.ends_on) >= this_month())
        return next((f"convenant-{covenant.pk}" for covenant in running), TWELVE)

    @staticmethod
    def period_choices(covenants):
        own = [(f"convenant-{c.pk}", f"{c.name} ({of_covenant(c)})") for c in covenants]
        year = _("Dit jaar (%(year)s)") % {"year": first_day(this_month()).year}
        return [*own, (YEAR, year), (TWELVE, _("Laatste 12 maanden")), (MONTHS, _("Kies zelf de maanden"))]

    @staticmethod
    def month_range(covenants):
        """Months to choose from: from the first covenant on, and at least five years back."""
        begins = [month_of_day(covenant.starts_on) for covenant in covenants]
        first = min([*begins, this_month() - 59])
        return range(max(first, this_month() - LONGEST + 1), this_month() + 1)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("periode") == MONTHS:
            missing = {"van": _("Kies de eerste maand."), "tot": _("Kies de laatste maand.")}
            for name, sentence in missing.items():
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, ValidationError(sentence, code="required"))
            if not self.errors and cleaned["van"] > cleaned["tot"]:
                self.add_error("tot", ValidationError(_("Kies een maand na de eerste maand."), code="order"))
        return cleaned

    def period(self):
        """The chosen months."""
        chosen, now = self.cleaned_data["periode"], this_month()
        if chosen == YEAR:
            return until_now(now - now % 12, now)
        if chosen == TWELVE:
            return until_now(now - 11, now)
        if chosen == MONTHS:
            return until_now(self.cleaned_data["van"], self.cleaned_data["tot"])
        return of_covenant(self.covenant())

    def covenant(self):
        """The chosen covenant, or None when the period is not one."""
        return self.covenants.get(self.cleaned_data["periode"].removeprefix("convenant-"))
