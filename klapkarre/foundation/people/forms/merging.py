"""Which of two values stays, field by field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.people.forms.persons import PersonForm
from klapkarre.foundation.people.models import Person

MINE, THEIRS, BOTH = "eerste", "tweede", "beide"
# Texts that may stand below each other.
JOINS = ("languages", "wants")
EMPTY = _("(leeg)")


def label_of(name):
    """What the form calls this fact."""
    return PersonForm.base_fields[name].label


class MergeForm(KitForm, forms.Form):
    """For each field that differs a choice; where one is empty the other is proposed."""

    first_version = forms.IntegerField(widget=forms.HiddenInput)
    second_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, first, second, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairs = {name: (getattr(first, name), getattr(second, name)) for name in Person.FACTS}
        self.initial = {**self.initial, "first_version": first.version, "second_version": second.version}
        for name, (one, two) in self.pairs.items():
            if (one or "") == (two or ""):
                continue
            choices = [(MINE, str(one or EMPTY)), (THEIRS, str(two or EMPTY))]
            if name in JOINS and one and two:
                choices.append((BOTH, str(_("Beide, onder elkaar") if name == "wants" else _("Beide"))))
            self.fields[name] = forms.ChoiceField(
                label=label_of(name),
                choices=choices,
                widget=forms.RadioSelect,
                initial=MINE if one else THEIRS,
                error_messages={"required": _("Kies wat blijft.")},
            )

    def choices(self):
        """The bound fields to choose in."""
        return [self[name] for name in Person.FACTS if name in self.fields]

    def same(self):
        """What is equal in both, to show: `(label, value)`."""
        return [
            (label_of(name), one)
            for name, (one, _two) in self.pairs.items()
            if name not in self.fields and one
        ]

    def values(self):
        """The facts of the merged person."""
        return {name: self._value(name, one, two) for name, (one, two) in self.pairs.items()}

    def _value(self, name, one, two):
        chosen = self.cleaned_data.get(name, MINE)
        if chosen == BOTH:
            return f"{one}\n{two}" if name == "wants" else f"{one}, {two}"
        return two if chosen == THEIRS else one

    def versions(self):
        return self.cleaned_data["first_version"], self.cleaned_data["second_version"]
