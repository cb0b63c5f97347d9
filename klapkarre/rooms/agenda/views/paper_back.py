"""The filled-in list comes back: typed over in one field, checked against the list, saved once."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, allowed_to
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.forms import PaperForm
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.views.lists import kept_list_or_403, named

State = SignUp.State
# Names go a month after the activity: what is typed over later would be gone by tomorrow.
TOO_LATE = datetime.timedelta(days=28)


@never_cache
@allowed_to(KEEP_NAMES)
def paper_back(request, pk):
    """One screen. Who may be on the list already is asked once; then all is saved together."""
    activity = kept_list_or_403(request, pk)
    now = timezone.now()
    if activity.is_cancelled:
        return redirect("agenda_staff:participants", pk)
    if activity.ends_at < now - TOO_LATE:
        messages.warning(
            request, _("Namen van zo lang geleden bewaren we niet meer. Vul enkel het aantal in.")
        )
        return redirect("agenda_staff:attendance", pk)
    rows = named(request, activity, (*SignUp.SEATED, State.WAITING))
    began = activity.has_started(now)
    options = {"participants": rows, "began": began}
    if request.method != "POST":
        initial = {"came": [str(row.pk) for row in rows if row.state == State.ATTENDED]}
        return _page(request, activity, PaperForm(initial=initial, **options), rows)
    form = PaperForm(request.POST, **options)
    if not form.is_valid():
        return _page(request, activity, form, rows)
    names = form.cleaned_data["names"]
    asked = actions.doubts(names, rows)
    answers = _answers(request.POST, asked)
    if answers is None and actions.is_saved(activity, names, **_beside(form)):
        messages.success(request, _words(None))
        return redirect("agenda_staff:participants", pk)
    if answers is None:
        return _page(request, activity, form, rows, asked)
    try:
        outcome = _saved(request, activity, form, rows, answers)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, activity, form, rows)
    messages.success(request, _words(outcome))
    return redirect("agenda_staff:participants", pk)


def _answers(data, asked):
    """For each doubtful name who it is, by its number; None as long as one of them was not asked or not answered."""
    answers = {}
    for doubt in asked:
        answer = data.get(f"wie-{doubt.number}", "")
        possible = {actions.NEW, actions.AWAY, *(str(row.pk) for row in doubt.rows)}
        # The text may have changed since: then the number stands for another name.
        if data.get(f"naam-{doubt.number}") != doubt.name or answer not in possible:
            return None
        answers[doubt.number] = answer
    return answers


def _beside(form):
    """What goes with the names."""
    values = form.cleaned_data
    came = values.get("came", ())
    return {"came": came, "nameless": values.get("nameless") or 0, "key": values["key"]}


def _saved(request, activity, form, rows, answers):
    pairs, known = [], {str(row.pk): row.pk for row in rows}
    for number, name in enumerate(form.cleaned_data["names"]):
        answer = answers.get(number, actions.NEW)
        if answer != actions.AWAY:
            pairs.append((name, known.get(answer)))
    # Who came on the list after this page was opened stays as they are.
    shown = known.keys() & set(request.POST.getlist("shown"))
    return actions.take_over(activity, pairs, shown=shown, **_beside(form))


def _words(outcome):
    """What happened, in numbers."""
    if outcome is None:
        return _("Dit blad was al bewaard.")
    said = []
    for number, one, more in (
        (outcome.new, "%(count)s naam erbij.", "%(count)s namen erbij."),
        (outcome.known, "%(count)s naam stond er al.", "%(count)s namen stonden er al."),
        (
            outcome.waiting,
            "%(count)s mens staat op de wachtlijst.",
            "%(count)s mensen staan op de wachtlijst.",
        ),
        (outcome.headcount, "Samen was er %(count)s mens.", "Samen waren er %(count)s mensen."),
    ):
        if number:
            said.append(ngettext(one, more, number) % {"count": number})
    return " ".join(said) or _("Bewaard.")


def _page(request, activity, form, rows, asked=()):
    context = {
        "activity": activity,
        "form": form,
        "rows": rows,
        "asked": asked,
        "began": activity.has_started(),
        "new": actions.NEW,
        "away": actions.AWAY,
    }
    return render(request, "agenda/staff/paper_back.html", context)
