"""What must stay for now, for a complaint or a court."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_TERMS, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.duties import actions, terms
from klapkarre.foundation.duties.forms import HoldForm
from klapkarre.foundation.duties.models import Hold


def _mine(request):
    return Hold.objects.visible_to(request.user).filter(organisation=request.user.works_for)


@never_cache
@allowed_to(KEEP_TERMS)
def list_page(request):
    """All holds. The reason is for the coordinator: an administrator sees no names."""
    shows_reasons = Role.COORDINATOR in request.user.role_names
    found = _mine(request).select_related("by", "lifted_by")
    rows = list(found if shows_reasons else found.defer("reason"))
    note_reading(request, rows)
    for row in rows:
        model = terms.kind_of(row.kind)
        row.words = str(model._meta.verbose_name_plural).capitalize() if model else row.kind
    context = {
        "standing": [row for row in rows if row.is_standing],
        "lifted": [row for row in rows if not row.is_standing],
        "shows_reasons": shows_reasons,
    }
    return render(request, "duties/holds.html", context)


@never_cache
@allowed_to(KEEP_TERMS)
def add(request):
    """Hold all of a kind or one row; a link from elsewhere may say which (`?soort=...&rij=...`)."""
    organisation = request.user.works_for
    initial = {"kind": request.GET.get("soort", ""), "row": request.GET.get("rij", "")}
    form = HoldForm(request.POST or None, initial=initial, organisation=organisation)
    if form.is_valid():
        names = ("kind", "row", "reason", "review_on")
        actions.hold(request.user, organisation, **{name: form.cleaned_data[name] for name in names})
        messages.success(request, _("Dit blijft bewaard tot iemand het opheft."))
        return redirect("duties:holds")
    return render(request, "duties/hold.html", {"form": form})


@never_cache
@allowed_to(KEEP_TERMS)
def lift(request, pk):
    """Let go; the next round erases what is past its term."""
    row = get_object_or_404(_mine(request).defer("reason"), pk=pk)
    if request.method == "POST":
        actions.lift(request.user, row.pk, request.user.works_for)
        messages.success(request, _("Opgeheven. De gewone termijn geldt weer."))
    return redirect("duties:holds")
