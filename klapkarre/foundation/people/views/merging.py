"""Likely doubles, two persons side by side, merge and take apart."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.people import actions, likeness
from klapkarre.foundation.people.forms import MergeForm
from klapkarre.foundation.people.models import Merge
from klapkarre.foundation.people.views.persons import person_or_404

SHOWN = 30


@never_cache
@allowed_to(SEE_NAMES)
def doubles(request):
    """Pairs with the same name or number, to compare."""
    pairs = likeness.doubles(likeness.people_of(request.user))[:SHOWN]
    note_reading(request, list({person.pk: person for pair in pairs for person in pair}.values()))
    return render(request, "people/doubles.html", {"pairs": pairs})


@never_cache
@allowed_to(KEEP_NAMES)
def merge(request, pk, other):
    """Choose field by field what stays; everything that points at the second goes to the first."""
    first, second = person_or_404(request, pk), person_or_404(request, other)
    if first == second or first.team_id != second.team_id:
        raise Http404
    note_reading(request, [first, second])
    form = MergeForm(request.POST if request.method == "POST" else None, first=first, second=second)
    if form.is_valid():
        try:
            actions.merge(first, second, form.values(), form.versions(), request.user)
        except actions.Changed:
            messages.warning(request, _("Iemand anders wijzigde dit intussen. Kijk het na en kies opnieuw."))
            return redirect("people:merge", pk, other)
        except actions.Gone as gone:
            raise Http404 from gone
        messages.success(request, _("Samengevoegd. Je kan dit 30 dagen ongedaan maken."))
        return redirect(first.path)
    return render(request, "people/merge.html", {"form": form, "first": first, "second": second})


@never_cache
@allowed_to(KEEP_NAMES)
def undo(request, pk, merge):
    """Two persons again, each with its own."""
    person = person_or_404(request, pk)
    found = get_object_or_404(Merge.objects.visible_to(request.user), pk=merge, keeper=person)
    if request.method == "POST":
        try:
            actions.undo_merge(found)
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Het zijn weer twee personen."))
    return redirect(person.path)
