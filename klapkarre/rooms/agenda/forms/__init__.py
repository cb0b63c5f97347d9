"""What people fill in: `residents` a name and `contact` how to tell them, `planning` one dense screen for workers,
`repeating` when it comes back, `lists` who comes and came, `paper` a sheet that comes
back, `afterwards` what was learned.
"""

from klapkarre.rooms.agenda.forms.afterwards import AfterForm
from klapkarre.rooms.agenda.forms.handovers import BringForm, CountForm, HandOverForm, HoursForm, OffForm
from klapkarre.rooms.agenda.forms.lists import AttendanceForm, ParticipantForm
from klapkarre.rooms.agenda.forms.paper import PaperForm
from klapkarre.rooms.agenda.forms.planning import CallOffForm, ChangeActivityForm, NewActivityForm
from klapkarre.rooms.agenda.forms.repeating import DaysForm, RepeatForm, choice_of
from klapkarre.rooms.agenda.forms.residents import (
    CodeForm,
    GiveBackForm,
    KeyField,
    SeriesSignUpForm,
    SignUpForm,
    SlipForm,
)

__all__ = [
    "AfterForm",
    "AttendanceForm",
    "BringForm",
    "CallOffForm",
    "ChangeActivityForm",
    "CodeForm",
    "CountForm",
    "DaysForm",
    "GiveBackForm",
    "HandOverForm",
    "HoursForm",
    "KeyField",
    "NewActivityForm",
    "OffForm",
    "PaperForm",
    "ParticipantForm",
    "RepeatForm",
    "SeriesSignUpForm",
    "SignUpForm",
    "SlipForm",
    "choice_of",
]
