"""What the program cannot know: the questions that people answer, for the register and for the DPIA."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.duties.models import Answer, Document

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Question:
    """One question, with a hint that helps to answer it."""

    name: str
    title: "StrOrPromise"
    hint: "StrOrPromise"


QUESTIONS = {
    Document.REGISTER: (
        Question(
            "verantwoordelijke",
            _("Verwerkingsverantwoordelijke"),
            _("Naam, adres en ondernemingsnummer van de organisatie."),
        ),
        Question(
            "dpo", _("Functionaris voor gegevensbescherming"), _("Hoe bereik je die? Geen? Schrijf waarom.")
        ),
        Question(
            "verwerkers",
            _("Verwerkers"),
            _("Wie draait de server? Wie verstuurt de mails? Met welk contract?"),
        ),
        Question(
            "buiten", _("Ontvangers buiten de organisatie"), _("Wie krijgt gegevens, en op welke grond?")
        ),
        Question(
            "doorgifte",
            _("Doorgifte buiten Europa"),
            _("Staat de server in Europa? Zo niet: waar, en hoe mag het?"),
        ),
        Question(
            "extra",
            _("Andere maatregelen"),
            _("Wat doe je zelf: vorming, sloten, een kopie op een andere plek."),
        ),
    ),
    Document.DPIA: (
        Question(
            "doel", _("Wat wil je bereiken?"), _("Beschrijf het werk in de buurt en wie het ten goede komt.")
        ),
        Question("nodig", _("Waarom zijn deze gegevens nodig?"), _("Kan het met minder? Of zonder namen?")),
        Question("meningen", _("Wat vinden bewoners ervan?"), _("Wie vroeg je het, en wat zeiden ze?")),
        Question("advies", _("Advies van de functionaris"), _("Wat raadde die aan? Wat deed je ermee?")),
        Question(
            "rest",
            _("Welk risico blijft over?"),
            _("Is dat klein genoeg? Zo niet: vraag de toezichthouder om raad."),
        ),
        Question("besluit", _("Besluit"), _("Wie beslist, op welke dag? Wanneer kijk je opnieuw?")),
    ),
}


def question_of(document, name):
    """The question with this name; None when there is none."""
    return next((one for one in QUESTIONS[document] if one.name == name), None)


def answers_of(organisation, document, request=None):
    """Pairs of question and newest answer (None while there is none); for a request it is logged who reads them."""
    newest: dict[str, Answer] = {}
    for row in Answer.objects.filter(organisation=organisation, document=document).select_related("by"):
        newest.setdefault(row.question, row)
    if request:
        note_reading(request, newest.values())
    return [(question, newest.get(question.name)) for question in QUESTIONS[document]]
