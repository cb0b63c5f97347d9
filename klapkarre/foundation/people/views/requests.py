"""Requests about the own data: the list with its clock, a new one, what it leads to, and how it ends."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.people import actions, export, subject
from klapkarre.foundation.people.forms import AskForm, CloseForm, LooseForm, ReasonForm
from klapkarre.foundation.people.models import Correction, Person, RightsRequest
from klapkarre.foundation.people.views.persons import person_or_404, with_key

SHOWN = 50
Kind = RightsRequest.Kind
# What to do first, for each kind of question.
ADVICE = {
    Kind.ACCESS: _("Druk alles af en lees het samen. Geef de afdruk mee."),
    Kind.CORRECT: _("Verbeter wat niet klopt. Kom dan terug en sluit de vraag af."),
    Kind.RESTRICT: _("Beperk deze persoon. Hef het later samen weer op."),
    Kind.ERASE: _("Wil de persoon eerst een afdruk? Doe dat nu. Wis dan alles."),
    Kind.OBJECT: _("Vraag wat stoort. Trek dat akkoord in, beperk, of wis alles."),
}


def request_or_404(request, pk):
    """A request of the own team, its texts not opened yet."""
    rows = RightsRequest.objects.of_team(request.user).select_related("team", "person__team", "by")
    return get_object_or_404(rows, pk=pk)


def person_of(found):
    """The person of this request when somebody may work with it; else None."""
    return found.person if found.person and found.person.is_readable else None


@never_cache
@allowed_to(SEE_NAMES)
def requests_page(request):
    """Every request of the team with its clock, and the search for a name without a person behind it."""
    form = LooseForm(request.POST if request.method == "POST" else None)
    rows = None
    if form.is_valid():
        rows = subject.loose_rows(request.user, form.cleaned_data["wanted"])[:SHOWN]
        note_reading(request, rows, gettext("vraag over eigen gegevens"))
        rows = [{"row": row, "kind": row._meta.label_lower, "says": subject.told(row)} for row in rows]
    asked = list(
        RightsRequest.objects.of_team(request.user).defer("checked").select_related("person")[:SHOWN]
    )
    note_reading(request, [found.person for found in asked if person_of(found)])
    context = {
        "form": form,
        "rows": rows,
        "open": [found for found in asked if not found.closed_at],
        "closed": [found for found in asked if found.closed_at],
    }
    return render(request, "people/requests.html", context)


@never_cache
@allowed_to(SEE_NAMES)
def ask(request, pk):
    """Register what a person asks; of who is restricted or withdrew no name shows."""
    rows = Person.objects.of_team(request.user).filter(merged_into=None)
    return _ask(request, get_object_or_404(rows, pk=pk))


@never_cache
@allowed_to(SEE_NAMES)
def ask_loose(request, kind, pk):
    """Register what someone asks who only left a name."""
    row = subject.loose_row(request.user, kind, pk)
    if row is None:
        raise Http404
    return _ask(request, row)


def _ask(request, row):
    loose = not isinstance(row, Person)
    form = AskForm(with_key(request.POST) if request.method == "POST" else None, loose=loose)
    if form.is_valid():
        try:
            found = actions.open_request(request.user, row, form.facts(), form.cleaned_data["key"])
        except actions.StillOpen as same:
            messages.warning(request, gettext("Deze vraag stond al open. Hier is ze."))
            return redirect("people:request", same.pk)
        except ValueError:
            form.add_error(None, gettext("Dit formulier was al gebruikt. Open het opnieuw."))
        else:
            messages.success(request, gettext("De vraag is genoteerd. Je hebt een maand."))
            return redirect("people:request", found.pk)
    shown = not loose and row.is_readable
    if shown:
        note_reading(request, [row], gettext("vraag over eigen gegevens"))
    return render(request, "people/ask.html", {"form": form, "person": row if shown else None})


@never_cache
@allowed_to(SEE_NAMES)
def request_page(request, pk):
    """One request: the clock, who it is about, what can be done, what was done."""
    found = request_or_404(request, pk)
    person = person_of(found)
    loose = subject.loose_row(request.user, found.loose_kind, found.loose_row) if found.is_loose else None
    events = list(found.events.select_related("by"))
    readable = person or loose
    # Of who is restricted, withdrawn or erased no text is opened: only what happened and when.
    note_reading(request, [found, *events, readable] if readable else [])
    context = {
        "asked": found,
        "person": person,
        # Empty in the database: nothing is opened to know that.
        "came_back": RightsRequest.objects.open().filter(pk=found.pk, checked__isnull=True).exists(),
        "restricted": found.person if found.person and found.person.restricted_at else None,
        "loose": loose and subject.told(loose),
        "advice": ADVICE[found.kind],
        "leads": Role.COORDINATOR in request.user.role_names,
        "events": events,
        "readable": readable,
        "keeps": found.is_within(request.user.own_reach),
        "may_export": person
        or (found.person and found.person.withdrawn_at and not found.person.merged_into_id),
        "form": CloseForm(),
    }
    return render(request, "people/request.html", context)


@never_cache
@allowed_to(SEE_NAMES)
def close(request, pk):
    """Done, or refused with a reason."""
    found = request_or_404(request, pk)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.close_request(found, given["outcome"], given["reason"], request.user)
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))
        else:
            messages.success(request, gettext("De vraag is afgesloten."))
        return redirect("people:request", pk)
    return render(request, "people/close.html", {"form": form, "asked": found})


def _to_export(request, pk):
    """The person of this request, everything about it logged as read; else 404."""
    found = request_or_404(request, pk)
    person = found.person
    if person is None or person.merged_into_id:
        raise Http404
    if person.restricted_at and Role.COORDINATOR not in request.user.role_names:
        raise Http404
    note_reading(request, export.rows_to_read(person), gettext("export voor de persoon zelf"))
    return found, person


@never_cache
@allowed_to(SEE_NAMES)
def export_page(request, pk):
    """Everything about one person on paper: the browser prints it, or saves it as PDF."""
    found, person = _to_export(request, pk)
    context = {"asked": found, "found": export.export_of(person, export.in_words)}
    return render(request, "people/export.html", context)


@never_cache
@allowed_to(SEE_NAMES)
def export_json(request, pk):
    """The same as a file that a program can read."""
    _found, person = _to_export(request, pk)
    answer = HttpResponse(export.as_json(export.export_of(person)), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return answer


@never_cache
@allowed_to(SEE_NAMES)
def restrict(request, pk):
    """Lock a person for work, with a reason."""
    found = request_or_404(request, pk)
    person = person_of(found)
    if person is None or found.closed_at:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.restrict(found, form.cleaned_data["reason"], request.user)
        except actions.Gone as gone:
            raise Http404 from gone
        messages.success(request, gettext("Beperkt. Niemand leest of wijzigt deze persoon nog."))
        return redirect("people:request", pk)
    note_reading(request, [person])
    return render(request, "people/restrict.html", {"form": form, "asked": found, "person": person})


@never_cache
@allowed_to(SEE_NAMES)
def restricted(request, pk):
    """What stands at the address of a restricted person: that it is so, how to lift it, and the legal look."""
    rows = Person.objects.of_team(request.user).filter(merged_into=None).exclude(restricted_at=None)
    person = get_object_or_404(rows, pk=pk)
    may_look = Role.COORDINATOR in request.user.role_names
    form = ReasonForm(request.POST if request.method == "POST" else None)
    shown = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if "lift" in request.POST:
            actions.lift(person, reason, request.user)
            messages.success(request, gettext("De beperking is weg. Het team werkt weer verder."))
            return redirect(person.path)
        if may_look:
            actions.note_look(person, reason, request.user)
            note_reading(request, [person], gettext("beperkte persoon, om een wettelijke reden"))
            shown = {label: export.in_words(value) for label, value in subject.told(person).items()}
    asked = actions.request_behind(person)
    context = {"form": form, "person": person, "asked": asked, "may_look": may_look, "shown": shown}
    return render(request, "people/restricted.html", context)


@never_cache
@allowed_to(KEEP_NAMES)
def put_back(request, pk, correction):
    """A text as it was before; that is a change of its own."""
    person = person_or_404(request, pk)
    found = get_object_or_404(
        Correction.objects.visible_to(request.user).texts(), pk=correction, person=person
    )
    if request.method == "POST":
        note_reading(request, [person, found])
        try:
            actions.put_back(found, request.user)
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))
        else:
            messages.success(request, gettext("Dit staat weer zoals het was."))
    return redirect("people:change", pk)
