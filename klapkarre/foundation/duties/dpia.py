"""The DPIA: what the program knows by itself, and what people answered, as one document."""

from django.utils import timezone

from klapkarre.foundation.duties import measures, questions, register, sheet, terms
from klapkarre.foundation.duties.models import Document
from klapkarre.foundation.duties.risks import RISKS


def content(organisation, request=None):
    """The whole document as plain data: what a version keeps, what the files hold and the pages show."""
    return {
        "organisation": organisation.name,
        "answers": sheet.told(questions.answers_of(organisation, Document.DPIA, request)),
        "controller": sheet.told(questions.answers_of(organisation, Document.REGISTER, request)),
        "processing": register.as_data(register.lines(terms.choices_of(organisation))),
        "risks": [
            {
                "name": str(risk.name),
                "harm": str(risk.harm),
                "measures": [str(one) for one in risk.measures],
                "proof": list(risk.proof),
                "chapters": list(risk.chapters),
                "state": measures.counted(risk.chapters),
            }
            for risk in RISKS
        ],
        "standard": measures.STANDARD,
        "state": measures.counted(),
        "measures": [str(one) for one in register.MEASURES],
    }


def dated(data, day=None):
    """The same with the day on which it was taken along."""
    return {"day": (day or timezone.localdate()).isoformat(), **data}


def kinds_in(data):
    """The processing of a document, per kind, for a table."""
    found: dict[str, list] = {}
    for line in data["processing"]:
        found.setdefault(line["kind_words"], []).append(line)
    return list(found.items())
