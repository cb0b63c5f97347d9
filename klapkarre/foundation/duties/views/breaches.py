"""The breach log: the clock, what is known, and what was done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import NOTE_BREACHES, READ_DUTIES, allowed_to, may
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.duties import actions, sheet
from klapkarre.foundation.duties.forms import BreachForm, NoteForm
from klapkarre.foundation.duties.models import Breach, Part
from klapkarre.foundation.duties.models.breaches import STOPS, TECHNICAL

HEADINGS = ("Nummer", "Ontdekt", "Wanneer", "Waarover", "Tekst", "Aantal", "Gebeurd op", "Door")


def _mine(request):
    found = Breach.objects.visible_to(request.user).filter(organisation=request.user.works_for)
    return found.select_related("by", "organisation").prefetch_related("notes__by")


def _note(request, breaches):
    note_reading(request, [*breaches, *(note for breach in breaches for note in breach.notes.all())])


def _facts(breach, now):
    """What the pages show of one breach: the newest of each part, and the clock."""
    notes = list(breach.notes.all())
    newest = {note.part: note for note in notes}
    return {
        "breach": breach,
        "today": timezone.localdate(now),
        "notes": notes,
        "parts": [(part, newest.get(part)) for part in Part if part is not Part.CLOSED],
        "what": newest.get(Part.WHAT),
        "closed": newest.get(Part.CLOSED),
        "runs": STOPS.isdisjoint(newest),
        "hours": breach.hours_left(now),
        "late": breach.is_late(now),
    }


def _parts_for(user):
    """What this user may note: an administrator without the coordinator's role only what is technical."""
    everything = Role.COORDINATOR in user.role_names
    return [part for part in Part if everything or part in TECHNICAL]


@never_cache
@allowed_to(READ_DUTIES)
def list_page(request):
    breaches = list(_mine(request))
    _note(request, breaches)
    now = timezone.now()
    context = {
        "rows": [_facts(breach, now) for breach in breaches],
        "may_note": may(request.user, NOTE_BREACHES),
    }
    return render(request, "duties/breaches.html", context)


@never_cache
@allowed_to(NOTE_BREACHES)
def add(request):
    """Note a breach with what is known at once."""
    form = BreachForm(request.POST or None)
    if form.is_valid():
        names = ("discovered_at", "what", "kinds", "people", "measures", "key")
        facts = {name: form.cleaned_data[name] for name in names}
        found = actions.note_breach(request.user, request.user.works_for, **facts)
        messages.success(request, _("Genoteerd. De klok loopt."))
        return redirect("duties:breach", found.pk)
    return render(request, "duties/breach_new.html", {"form": form})


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def detail(request, pk):
    """One breach with its whole log; who may, finds a form to add a line."""
    breach = get_object_or_404(_mine(request), pk=pk)
    may_note = may(request.user, NOTE_BREACHES)
    return _page(request, breach, NoteForm(parts=_parts_for(request.user)) if may_note else None)


@never_cache
@allowed_to(NOTE_BREACHES)
def add_line(request, pk):
    """One line more in the log of a breach."""
    breach = get_object_or_404(_mine(request), pk=pk)
    if request.method != "POST":
        return redirect("duties:breach", pk)
    form = NoteForm(request.POST, parts=_parts_for(request.user))
    if not form.is_valid():
        return _page(request, breach, form)
    names = ("part", "text", "people", "happened_at", "key")
    actions.add_note(request.user, breach, **{name: form.cleaned_data[name] for name in names})
    messages.success(request, _("Genoteerd."))
    return redirect("duties:breach", pk)


def _page(request, breach, form):
    _note(request, [breach])
    return render(request, "duties/breach.html", {**_facts(breach, timezone.now()), "form": form})


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def as_csv(request):
    """All lines of all breaches."""
    breaches = list(_mine(request))
    _note(request, breaches)
    rows = [
        [
            breach.number,
            _when(breach.discovered_at),
            _when(note.at),
            note.get_part_display(),
            note.text or "",
            "" if note.people is None else note.people,
            _when(note.happened_at),
            note.by or "",
        ]
        for breach in breaches
        for note in breach.notes.all()
    ]
    return sheet.answer([HEADINGS, *rows], "datalekken", request.user.works_for)


def _when(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
