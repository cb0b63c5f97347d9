"""The map of themes to goals, as one form."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.themes import DEFAULT_GOAL, Theme, seen_as
from klapkarre.foundation.kit.forms import KitForm


class GoalsForm(KitForm, forms.Form):
    """One choice for each theme. `now` is `{theme: number}`, `goals` is `{number: words}`."""

    # The map that the form showed, so that two who change it never overwrite each other unseen.
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)

    def __init__(self, *args, now, goals, **kwargs):
        self.base_fields = dict(self.base_fields)
        for theme in Theme:
            words = dict(goals)
            for number in (now[theme], DEFAULT_GOAL[theme]):
                words.setdefault(number, _("Doel %(number)d (niet in dit convenant)") % {"number": number})
            self.base_fields[theme.value] = forms.ChoiceField(
                label=capfirst(theme.label),
                choices=[
                    (str(number), _standard(text, number, theme)) for number, text in sorted(words.items())
                ],
            )
        super().__init__(*args, **kwargs)
        self.initial = {theme.value: str(number) for theme, number in now.items()} | {"seen": seen_as(now)}

    def rows(self):
        """The fields of the themes, in their own order."""
        return [self[theme.value] for theme in Theme]

    def chosen(self):
        return {theme: int(self.cleaned_data[theme.value]) for theme in Theme}

    def show(self, now):
        """The same form once more, now knowing what a colleague chose."""
        self.data = {**self.data.dict(), "seen": seen_as(now)}


def _standard(text, number, theme):
    return _("%(goal)s (gewoonlijk)") % {"goal": text} if number == DEFAULT_GOAL[theme] else text
