"""What a worker fills in about a person."""

from klapkarre.foundation.people.forms.cards import CardForm
from klapkarre.foundation.people.forms.consents import ConsentForm, LanguageField, WithdrawForm
from klapkarre.foundation.people.forms.merging import MergeForm
from klapkarre.foundation.people.forms.network import StepForm, TieForm
from klapkarre.foundation.people.forms.persons import AddPersonForm, PersonForm, SearchForm
from klapkarre.foundation.people.forms.requests import AskForm, CloseForm, EraseForm, LooseForm, ReasonForm

__all__ = [
    "AddPersonForm",
    "AskForm",
    "CardForm",
    "CloseForm",
    "ConsentForm",
    "EraseForm",
    "LanguageField",
    "LooseForm",
    "MergeForm",
    "PersonForm",
    "ReasonForm",
    "SearchForm",
    "StepForm",
    "TieForm",
    "WithdrawForm",
]
