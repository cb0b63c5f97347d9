"""Afterwards: two questions, and one tap when the neighbours took it over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.forms import AfterForm
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.views.own import own_or_404


@never_cache
@allowed_to(PLAN)
def after(request, pk):
    """What did we learn, when do we come back, and who carried it."""
    activity = own_or_404(request, pk)
    if request.method != "POST":
        initial = {name: getattr(activity, name) for name in actions.ASKED}
        form = AfterForm(initial=initial | {"version": activity.version}, activity=activity)
        return _page(request, activity, form)
    data = request.POST.copy()
    if "geweest" in data:
        for name in [name for name in data if name.startswith("back_on")]:
            del data[name]
    form = AfterForm(data, activity=activity)
    if not form.is_valid():
        return _page(request, activity, form)
    try:
        actions.note_after(activity, form.cleaned_data, form.cleaned_data["version"])
    except actions.Changed as clash:
        form.add_error(None, clash)
        # Saving again is then a choice: the form carries the new version.
        form.data = form.data.copy()
        form.data["version"] = str(clash.activity.version)
        return _page(request, clash.activity, form, status=409)
    messages.success(request, _("Bewaard. Bewoners zien dit niet."))
    return redirect("agenda_staff:after", pk)


@never_cache
@allowed_to(PLAN)
def let_go(request, pk):
    """The neighbours took it over, with all later ones of the series; `terug` takes that back."""
    activity = own_or_404(request, pk)
    if request.method != "POST":
        return redirect("agenda_staff:after", pk)
    along = Activity.objects.visible_to(request.user)
    back = "terug" in request.POST
    try:
        count = (actions.take_back if back else actions.let_go)(activity, along)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("agenda_staff:after", pk)
    messages.success(request, _words(count, back))
    return redirect("agenda_staff:after", pk)


def _words(count, back):
    if back:
        return _("Genoteerd: jullie dragen het weer samen.")
    if count < 2:
        return _("Genoteerd: de buren namen het over.")
    text = ngettext(
        "Genoteerd voor %(count)s keer: de buren namen het over.",
        "Genoteerd voor %(count)s keren: de buren namen het over.",
        count,
    )
    return text % {"count": count}


def _page(request, activity, form, status=200):
    # An answer to a day that was put later meanwhile still shows what was typed.
    is_to_come = not (form.is_bound or activity.has_started())
    context = {"activity": activity, "form": form, "is_over": activity.is_over(), "is_to_come": is_to_come}
    return render(request, "agenda/staff/after.html", context, status=status)
