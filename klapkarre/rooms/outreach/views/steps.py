"""What is to be done on another day or by a colleague; and what a conversation said before it was corrected."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit.onward import onward, own_path
from klapkarre.foundation.kit.templatetags.kit import day
from klapkarre.rooms.outreach import actions, figures
from klapkarre.rooms.outreach.forms import PlanForm
from klapkarre.rooms.outreach.models import ContactChange, ContactMoment, Step


@never_cache
@allowed_to(REGISTER)
def plan(request, pk):
    """Another day, or a colleague. A tap on the page of today posts the day alone."""
    rows = ContactMoment.objects.workable_by(request.user).for_list().select_related("neighbourhood")
    contact = get_object_or_404(rows, pk=pk)
    if not contact.open_steps:
        messages.warning(request, _("Hier is niets meer te doen."))
        return redirect("outreach:detail", pk)
    given = {"user": request.user, "kept_day": contact.follow_up_on}
    given["colleagues"] = actions.colleagues_for(contact)
    if request.method == "POST":
        form = PlanForm(request.POST, **given)
    else:
        initial = {
            "follow_up_on": contact.follow_up_on,
            "who": contact.to_do_by_id or contact.by_id,
            "next": own_path(request, request.GET.get("terug", "")),
        }
        form = PlanForm(initial=initial, **given)
    if form.is_valid():
        taker = form.colleague()
        after = actions.plan(contact, request.user, form.cleaned_data["follow_up_on"], taker)
        messages.success(request, _planned(after, contact, request.user))
        return onward(request, form.cleaned_data["next"], "outreach:detail", pk)
    context = {
        "form": form,
        "contact": contact,
        "about": figures.about(contact),
        "has_day": Step.FOLLOW_UP in contact.open_steps,
    }
    return render(request, "outreach/plan.html", context)


def _planned(after, before, user):
    """What changed, in a sentence."""
    if after.to_do_by_id != before.to_do_by_id:
        if user.pk in (after.to_do_by_id, after.to_do_by_id or after.by_id):
            return _("Dit staat nu bij jou.")
        return _("Dit staat nu bij je collega.")
    if after.follow_up_on != before.follow_up_on:
        return _("Verplaatst naar %(day)s.") % {"day": day(after.follow_up_on)}
    return _("Er is niets veranderd.")


@never_cache
@allowed_to(SEE_NAMES)
def history(request, pk):
    """What this conversation said before, for who may read its note; logged before it is opened."""
    rows = ContactMoment.objects.readable_by(request.user).for_list()
    contact = get_object_or_404(rows, pk=pk)
    changes = list(
        ContactChange.objects.visible_to(request.user)
        .filter(contact=contact)
        .select_related("by", "contact")
        .defer("contact__note")
    )
    note_reading(request, changes)
    context = {"contact": contact, "changes": changes, "now": timezone.now()}
    return render(request, "outreach/history.html", context)
