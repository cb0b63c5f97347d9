"""What people fill in: `residents` one field, `planning` one dense screen for workers, `lists` who comes and came."""

from klapkarre.rooms.agenda.forms.lists import AttendanceForm, ParticipantForm
from klapkarre.rooms.agenda.forms.planning import CallOffForm, ChangeActivityForm, NewActivityForm
from klapkarre.rooms.agenda.forms.residents import CodeForm, GiveBackForm, KeyField, SignUpForm

__all__ = [
    "AttendanceForm",
    "CallOffForm",
    "ChangeActivityForm",
    "CodeForm",
    "GiveBackForm",
    "KeyField",
    "NewActivityForm",
    "ParticipantForm",
    "SignUpForm",
]
