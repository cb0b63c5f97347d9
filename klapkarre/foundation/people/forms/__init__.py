"""What a worker fills in about a person."""

from klapkarre.foundation.people.forms.consents import ConsentForm, WithdrawForm
from klapkarre.foundation.people.forms.merging import MergeForm
from klapkarre.foundation.people.forms.network import StepForm, TieForm
from klapkarre.foundation.people.forms.persons import AddPersonForm, PersonForm, SearchForm

__all__ = [
    "AddPersonForm",
    "ConsentForm",
    "MergeForm",
    "PersonForm",
    "SearchForm",
    "StepForm",
    "TieForm",
    "WithdrawForm",
]
