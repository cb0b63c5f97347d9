"""What workers fill in: `contacts` in ten seconds; `steps` for another day, and for what was told at home."""

from klapkarre.rooms.outreach.forms.contacts import ContactForm, TickForm
from klapkarre.rooms.outreach.forms.steps import PlanForm, VisitForm

__all__ = ["ContactForm", "PlanForm", "TickForm", "VisitForm"]
