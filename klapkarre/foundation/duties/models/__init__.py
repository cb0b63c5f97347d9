"""What an organisation answers for: terms, holds, runs of retention, answers, versions, breaches."""

from klapkarre.foundation.duties.models.answers import Answer, Document, Version
from klapkarre.foundation.duties.models.breaches import Breach, BreachNote, Part
from klapkarre.foundation.duties.models.holds import Hold
from klapkarre.foundation.duties.models.runs import RetentionCount, RetentionRun
from klapkarre.foundation.duties.models.terms import WAITS, TermChoice

__all__ = [
    "WAITS",
    "Answer",
    "Breach",
    "BreachNote",
    "Document",
    "Hold",
    "Part",
    "RetentionCount",
    "RetentionRun",
    "TermChoice",
    "Version",
]
