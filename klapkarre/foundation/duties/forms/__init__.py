"""Forms about duties."""

from klapkarre.foundation.duties.forms.answers import AnswerForm
from klapkarre.foundation.duties.forms.breaches import BreachForm, NoteForm
from klapkarre.foundation.duties.forms.holds import HoldForm
from klapkarre.foundation.duties.forms.terms import TermForm

__all__ = ["AnswerForm", "BreachForm", "HoldForm", "NoteForm", "TermForm"]
