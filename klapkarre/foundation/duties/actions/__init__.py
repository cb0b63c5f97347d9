"""What is done about duties, each in a transaction of its own."""

from klapkarre.foundation.duties.actions.answers import answer, freeze
from klapkarre.foundation.duties.actions.breaches import add_note, note_breach
from klapkarre.foundation.duties.actions.holds import hold, lift
from klapkarre.foundation.duties.actions.terms import choose_term

__all__ = ["add_note", "answer", "choose_term", "freeze", "hold", "lift", "note_breach"]
