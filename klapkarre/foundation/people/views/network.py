"""Agreed steps, and who is around a person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.accounts.models import Membership, Role, User
from klapkarre.foundation.people import actions, likeness
from klapkarre.foundation.people.forms import StepForm, TieForm
from klapkarre.foundation.people.models import AgreedStep, Kind, Tie, standing_kinds
from klapkarre.foundation.people.views.persons import person_or_404, with_key


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


def _own_step(request, pk, step):
    return get_object_or_404(
        AgreedStep.objects.visible_to(request.user).select_related("person"), pk=step, person=pk
    )


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


def _tie_form(request, person):
    roles = Membership.objects.current().filter(team=person.team_id, role=Role.VOLUNTEER)
    volunteers = User.objects.filter(memberships__in=roles, is_active=True).distinct()
    if request.method != "POST":
        return TieForm(volunteers=volunteers)
    others = [one for one in likeness.people_of(request.user) if one.pk != person.pk]
    alike = likeness.alike(
        [one for one in others if one.team_id == person.team_id], request.POST.get("who", "")
    )
    note_reading(request, alike)  # the form names them
    return TieForm(with_key(request.POST), volunteers=volunteers, alike=alike)


@never_cache
@allowed_to(KEEP_NAMES)
def remove_tie(request, pk, tie):
    found = get_object_or_404(
        Tie.objects.visible_to(request.user).select_related("person"), pk=tie, person=pk
    )
    if request.method == "POST":
        actions.remove_tie(found)
        messages.success(request, _("Bewaard. Dit staat er niet meer."))
    return redirect(found.person.path)
