"""What was told at home, by consent: noted, changed, and erased when somebody stops agreeing."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.people import actions as people
from klapkarre.rooms.outreach import actions, asked
from klapkarre.rooms.outreach.forms import VisitForm
from klapkarre.rooms.outreach.models import ContactMoment, HomeVisit


def _contact_or_404(request, pk):
    """A conversation at home that this user may change, and what was told there (or None).

    What was told stays within reach when the setting is corrected afterwards: it can always be erased.
    """
    at_home = Q(setting=ContactMoment.Setting.HOME) | Q(pk__in=HomeVisit.objects.values("contact"))
    rows = ContactMoment.objects.workable_by(request.user).filter(at_home)
    contact = get_object_or_404(rows.defer("note").select_related("person"), pk=pk)
    if contact.person_id and not contact.person.is_readable:
        raise Http404
    found = HomeVisit.objects.workable_by(request.user).filter(contact=contact).select_related("contact")
    return contact, found.defer("contact__note").first()


@never_cache
@allowed_to(KEEP_NAMES)
def visit(request, pk):
    """First what to ask, then what was told."""
    contact, found = _contact_or_404(request, pk)
    note_reading(request, [found] if found else [])
    theirs = []
    if request.method == "POST":
        form = VisitForm(request.POST, kept_day=contact.follow_up_on)
    else:
        texts = {name: getattr(found, name) for name in HomeVisit.TEXTS} if found else {}
        known = {"version": found.version if found else 0, "day": contact.follow_up_on}
        if found:
            known["language"] = asked.language_of(found.text_version)
        form = VisitForm(initial=texts | known, kept_day=contact.follow_up_on)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.note_visit(
                contact,
                request.user,
                form.texts(),
                given["day"],
                given["version"] or 0,
                language=given["language"],
            )
        except people.Gone as gone:
            raise Http404 from gone
        except actions.ChangedMeanwhile:
            contact, found = _contact_or_404(request, pk)
            note_reading(request, [found] if found else [])
            theirs = _side_by_side(form, found)
        else:
            words = _("Bewaard.") if kept else _("Er staat niets meer. Alles is gewist.")
            messages.success(request, words)
            return redirect("outreach:detail", pk)
    chosen = form["language"].value()
    context = {
        "form": form,
        "contact": contact,
        "found": found,
        "aloud": asked.read_aloud(),
        "opened": chosen if chosen in asked.TODAY and chosen != asked.DUTCH else "",
        "clash": theirs,
    }
    return render(request, "outreach/visit.html", context, status=409 if theirs else 200)


def _side_by_side(form, found):
    """What a colleague wrote beside what was typed; saving again is then a choice."""
    form.show_version(found.version if found else 0)
    form.add_error(None, _("Een collega wijzigde dit ook. Kijk na en bewaar opnieuw."))
    return [
        {
            "label": form.fields[name].label,
            "theirs": (getattr(found, name) if found else None) or "-",
            "yours": form.data.get(name) or "-",
        }
        for name in form.TEXTS
    ]


@never_cache
@allowed_to(KEEP_NAMES)
def visit_away(request, pk):
    """Somebody stopped agreeing: erased at once."""
    if request.method != "POST":
        return redirect("outreach:list")
    contact, _found = _contact_or_404(request, pk)
    actions.erase_visit(contact)
    messages.success(request, _("Gewist. Dat er een gesprek was, blijft."))
    return redirect("outreach:detail", pk)
