"""What phones sent and waits for a worker: what could not be placed, and what is for the desk."""

import json

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, allowed_to, work_area
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit.onward import onward
from klapkarre.foundation.people.models import Quarantined, Receipt
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.outreach.actions import tick_field_note
from klapkarre.rooms.outreach.forms import ContactForm
from klapkarre.rooms.outreach.models import ContactMoment, FieldNote
from klapkarre.windows.field import actions
from klapkarre.windows.field.aside_words import KINDS, day_of, lines_of, texts_of
from klapkarre.windows.field.notes import LARGEST, Note, Waits

MOST = 50
# What stands open on the form; the rest is one tap away, filled in as well.
FIRST = ("setting", "neighbourhood", "people", "note", "day")


def _said(row):
    """The facts of a note that is kept aside, as far as it can be read: always a dictionary."""
    try:
        said = json.loads(row.content or "")
        facts = said.get("facts")
    except (AttributeError, ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


@never_cache
@allowed_to(REGISTER)
def aside(request):
    """Everything that waits, oldest first. Who opens this page reads it: that is logged."""
    waiting = Quarantined.objects.visible_to(request.user).select_related("by", "neighbourhood")
    all_todo = FieldNote.objects.visible_to(request.user).to_do().select_related("by", "neighbourhood")
    kept, todo = list(waiting[:MOST]), list(all_todo[:MOST])
    note_reading(request, [*kept, *todo])
    rows = []
    for row in kept:
        facts = _said(row)
        counts = _counts(request.user, row, facts)
        rows.append(
            {
                "row": row,
                "what": KINDS.get(row.kind, _("Een notitie")),
                "lines": lines_of(row, facts),
                "texts": texts_of(facts),
                "counts": counts,
                "opens": row.reason != Quarantined.Reason.SEALED,
                "places": row.kind in actions.PLACES and bool(facts) and not (counts and counts["waits"]),
            }
        )
    context = {
        "rows": rows,
        "todo": todo,
        "rows_in_all": waiting.count() if len(kept) == MOST else len(kept),
        "todo_in_all": all_todo.count() if len(todo) == MOST else len(todo),
        "most": MOST,
    }
    return render(request, "field/aside.html", context)


def _counts(user, row, facts):
    """Two headcounts of one activity, side by side; None for another note."""
    number, people = facts.get("activity"), facts.get("people")
    if row.kind != "headcount" or type(number) is not int or not 0 < number < LARGEST:
        return None
    activity = Activity.objects.visible_to(user).filter(pk=number).first()
    if activity is None:
        return None
    waits = activity.is_cancelled or not activity.has_started()
    return {"activity": activity, "here": activity.headcount, "there": people, "waits": waits}


def _row_or_none(request, pk):
    """The note; None when a colleague settled it a moment ago, or there never was one for this user."""
    return Quarantined.objects.visible_to(request.user).filter(pk=pk).first()


@never_cache
@allowed_to(REGISTER)
def make_contact(request, pk):
    """The contact form, filled in with what the phone sent."""
    row = _row_or_none(request, pk)
    if row is None:
        return _settled(request, pk)
    area = work_area(request.user)
    if request.method == "POST":
        form = ContactForm(request.POST, area=area)
    else:
        note_reading(request, [row])
        form = ContactForm(area=area, initial=_initial(row))
    if form.is_valid():
        facts = form.facts()
        if row.noted_at and timezone.localdate(facts["when"]) == timezone.localdate(row.noted_at):
            facts["when"] = row.noted_at
        made = actions.make_contact(request.user, form.team(), row.pk, facts, form.cleaned_data["themes"])
        if made is None:
            return _settled(request, pk)
        messages.success(request, _("Bewaard als contact."))
        return redirect("outreach:detail", made.pk)
    fields = [one for one in form.visible_fields() if not one.name.endswith("_checked")]
    more = [one for one in fields if one.name not in FIRST]
    context = {
        "form": form,
        "row": row,
        "fields": [one for one in fields if one.name in FIRST],
        "more": more,
        "more_is_open": any(one.errors for one in more),
    }
    return render(request, "field/make_contact.html", context)


def _settled(request, pk):
    """Twice the same button, or a colleague was first. For others there is nothing here."""
    was_here = Receipt.objects.filter(pk=pk, kind__startswith="field.").exists()
    if not was_here or Quarantined.objects.filter(pk=pk).exists():
        raise Http404
    messages.info(request, _("Deze notitie wacht niet meer. Misschien was een collega je voor."))
    return redirect("field_aside:list")


def _initial(row):
    """What of this note fits the contact form. What does not, the worker chooses."""
    facts = _said(row)

    def known(name, choices):
        return facts.get(name) if facts.get(name) in choices else None

    people = facts.get("people")
    themes = facts.get("themes")
    found = {
        "setting": known("setting", ContactMoment.Setting.values),
        "neighbourhood": facts.get("neighbourhood"),
        "language_bridge": known("bridge", ContactMoment.Bridge.values),
        "age_group": known("age", ContactMoment.Age.values),
        "people": people if type(people) is int and people > 0 else None,
        "themes": [one for one in themes if isinstance(one, str)] if isinstance(themes, list) else None,
        "known": facts.get("known") == ContactMoment.Known.FAMILIAR or None,
        "to_refer": facts.get("refer") is True or None,
        "is_signal": facts.get("signal") is True or None,
        "note": "\n".join(texts_of(facts)) or None,
        "follow_up": day_of(facts) is not None or None,
        "follow_up_on": day_of(facts),
        "day": timezone.localdate(row.noted_at) if row.noted_at else None,
        "key": row.pk,
    }
    return {name: value for name, value in found.items() if value is not None}


@never_cache
@allowed_to(REGISTER)
def throw_away(request, pk):
    """Ask once more, with the text beside it; then it goes, and no phone brings it back."""
    row = _row_or_none(request, pk)
    if row is None:
        return _settled(request, pk)
    if request.method == "POST" and request.POST.get("sure") == "ja":
        actions.throw_away(row.pk)
        messages.success(request, _("Weggegooid."))
        return redirect("field_aside:list")
    note_reading(request, [row])
    facts = _said(row)
    return render(
        request,
        "field/throw_away.html",
        {"row": row, "lines": lines_of(row, facts), "texts": texts_of(facts)},
    )


@never_cache
@allowed_to(REGISTER)
def place(request, pk):
    """Do after all what the note says: its door, count or melding. Who taps has read it, and vouches for it."""
    if request.method != "POST":
        return redirect("field_aside:list")
    row = _row_or_none(request, pk)
    if row is None:
        return _settled(request, pk)
    note_reading(request, [row])
    facts = Note(row.content, row.kind, _said(row), row.noted_at or row.received_at)
    try:
        if actions.place(request.user, row.pk, facts, timezone.now()):
            messages.success(request, _("Opgenomen."))
        else:
            messages.info(request, _("Deze notitie wacht niet meer. Misschien was een collega je voor."))
    except Waits as why:
        told = _("Dit kon niet opgenomen worden. %(why)s") % {"why": why.reason.label}
        messages.warning(request, told)
    return redirect("field_aside:list")


@never_cache
@allowed_to(REGISTER)
def done(request, pk):
    """A melding or signal from the street was carried on, or not after all."""
    if request.method != "POST":
        return redirect("field_aside:list")
    note = get_object_or_404(FieldNote.objects.visible_to(request.user).defer("text"), pk=pk)
    is_done = request.POST.get("done") == "1"
    tick_field_note(note, is_done)
    messages.success(request, _("Opgenomen.") if is_done else _("Dit wacht weer."))
    return onward(request, request.POST.get("next", ""), "field_aside:list")
