"""Agreed steps, and who is around a person."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.accounts.models import Membership, Role, User
from klapkarre.foundation.people import actions, likeness
from klapkarre.foundation.people.forms import StepForm, TieForm
from klapkarre.foundation.people.models import AgreedStep, Kind, Person, Tie, standing_kinds
from klapkarre.foundation.people.views.persons import EARLIER, person_or_404, with_key


@never_cache
@allowed_to(KEEP_NAMES)
def add_step(request, pk):
    person = person_or_404(request, pk)
    form = StepForm(with_key(request.POST) if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_step(person, form.facts(), form.cleaned_data["key"])
        except actions.Gone as gone:
            raise Http404 from gone
        messages.success(request, _("Afgesproken en bewaard."))
        return redirect(person.path)
    note_reading(request, [person])
    return render(request, "people/step.html", {"form": form, "person": person})


@never_cache
@allowed_to(KEEP_NAMES)
def change_step(request, pk, step):
    """The same form as for a new step, with what was agreed; what a colleague wrote meanwhile is never lost."""
    person = person_or_404(request, pk)
    found = AgreedStep.objects.visible_to(request.user).filter(pk=step, person=pk).first()
    if found is None and request.method != "POST":
        raise Http404
    note_reading(request, [person, *([found] if found else [])])
    typed = request.method == "POST"
    own = {"initial": _shown(found), "agreed_day": found.day} if found else {}
    form = StepForm(with_key(request.POST) if typed else None, **own)
    change = partial(actions.change_step, found)
    return _change(request, person, found, form, change, "people/step_change.html")


def _shown(row):
    """What the form of this step or tie begins with."""
    names = ("what", "doer", "who", "day") if isinstance(row, AgreedStep) else ("who", "does", "agreed_on")
    return {name: getattr(row, name) for name in (*names, "version")}


def _change(request, person, row, form, change, template):
    """Save the form about this row, or show it. `row` is None when a colleague erased it: then it can be a new one."""
    clash, status = [], 200
    if form.is_valid():
        try:
            if row is None:
                raise actions.Removed
            change(form.facts(), form.cleaned_data["version"] or 0, request.user)
        except actions.Changed as changed:
            clash, status = _side_by_side(request, form, changed), 409
        except actions.Removed:
            form.add_error(
                None, _("Een collega wiste dit intussen. Bewaar je het, dan staat het er als nieuw.")
            )
            row, status = None, 409
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Aangepast."))
            return redirect(person.path)
    earlier = list(row.earlier.select_related("by")[:EARLIER]) if row else []
    note_reading(request, earlier)
    context = {"form": form, "person": person, "row": row, "clash": clash, "earlier": earlier}
    return render(request, template, context, status=status)


def _side_by_side(request, form, changed):
    """What a colleague wrote beside what was typed; saving again is then a choice."""
    form.show_version(changed.row.version)
    form.add_error(None, changed)
    note_reading(request, [changed.row])
    theirs, yours = _words(request, changed.row), _words(request, type(changed.row)(**form.facts()))
    return [
        {"label": form.fields[name].label, "theirs": theirs[name] or "-", "yours": yours[name] or "-"}
        for name in theirs
        if theirs[name] != yours[name]
    ]


def _words(request, row):
    """What a step or tie says, for who may read it: with the name of who is meant."""
    words = actions.in_words(row)
    if isinstance(row, Tie):
        other = row.other_id and Person.objects.visible_to(request.user).filter(pk=row.other_id).first()
        note_reading(request, [other] if other else [])
        words["who"] = other.name if other else str(row.volunteer or words["who"] or "")
    return words


def _own_step(request, pk, step):
    return get_object_or_404(person_or_404(request, pk).steps.select_related("person"), pk=step)


@never_cache
@allowed_to(KEEP_NAMES)
def settle_step(request, pk, step):
    """Done, not done, or open again; back to the person."""
    found = _own_step(request, pk, step)
    state = request.POST.get("state", "")
    if request.method == "POST" and state in AgreedStep.State.values:
        actions.settle_step(found, state)
        words = {
            "gedaan": _("Gedaan."),
            "niet": _("Niet gedaan."),
            "open": _("Staat weer bij wat te doen is."),
        }
        messages.success(request, words[state])
    return redirect(found.person.path)


@never_cache
@allowed_to(KEEP_NAMES)
def remove_step(request, pk, step):
    found = _own_step(request, pk, step)
    if request.method == "POST":
        actions.remove_step(found)
        messages.success(request, _("De stap is gewist."))
    return redirect(found.person.path)


@never_cache
@allowed_to(KEEP_NAMES)
def add_tie(request, pk):
    person = person_or_404(request, pk)
    if Kind.NETWORK not in standing_kinds(person.consents.all()):
        messages.warning(request, _("Vraag eerst of je mag noteren wie belt of langskomt."))
        return redirect("people:consent", pk)
    form = _tie_form(request, person)
    if form.is_valid():
        try:
            actions.add_tie(person, form.facts(), form.cleaned_data["key"])
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Bewaard."))
            return redirect(person.path)
    note_reading(request, [person])
    return render(request, "people/tie.html", {"form": form, "person": person})


@never_cache
@allowed_to(KEEP_NAMES)
def change_tie(request, pk, tie):
    """The same form as for a new one, with who it is; what a colleague wrote meanwhile is never lost."""
    person = person_or_404(request, pk)
    rows = Tie.objects.visible_to(request.user).showable(request.user).select_related("other")
    found = rows.filter(pk=tie, person=pk).first()
    if found is None and request.method != "POST":
        raise Http404
    note_reading(request, [person, *([found] if found else [])])
    form = _tie_form(request, person, found)
    return _change(request, person, found, form, partial(actions.change_tie, found), "people/tie_change.html")


def _tie_form(request, person, tie=None):
    here = Q(neighbourhood=None) | request.user.own_reach.rows()
    roles = Membership.objects.current().filter(here, team=person.team_id, role=Role.VOLUNTEER)
    ours = Q(memberships__in=roles, is_active=True)
    if tie and tie.volunteer_id:
        ours |= Q(pk=tie.volunteer_id)
    volunteers = User.objects.filter(ours).distinct()
    if request.method != "POST":
        if tie is None:
            return TieForm(volunteers=volunteers)
        initial = _shown(tie) | {"volunteer": tie.volunteer_id}
        if tie.other:
            note_reading(request, [tie.other])
            initial |= {"who": tie.other.name, "meant": str(tie.other.pk)}
        return TieForm(
            volunteers=volunteers, initial=initial, alike=[tie.other] if tie.other else [], was=tie
        )
    others = [one for one in likeness.people_of(request.user) if one.pk != person.pk]
    alike = likeness.alike(
        [one for one in others if one.team_id == person.team_id], request.POST.get("who", "")
    )
    note_reading(request, alike)  # the form names them
    return TieForm(with_key(request.POST), volunteers=volunteers, alike=alike, was=tie)


@never_cache
@allowed_to(KEEP_NAMES)
def remove_tie(request, pk, tie):
    rows = person_or_404(request, pk).ties.showable(request.user).select_related("person")
    found = get_object_or_404(rows, pk=tie)
    if request.method == "POST":
        actions.remove_tie(found)
        messages.success(request, _("Bewaard. Dit staat er niet meer."))
    return redirect(found.person.path)
