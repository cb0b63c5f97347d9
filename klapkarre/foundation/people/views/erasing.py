"""Erase everything about someone: first what goes and what stays, then the deed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit.personal import Fate
from klapkarre.foundation.people import actions, export, subject
from klapkarre.foundation.people.forms import EraseForm
from klapkarre.foundation.people.views.requests import request_or_404


@never_cache
@allowed_to(SEE_NAMES)
def erase(request, pk):
    """What goes, what stays and why; a choice per shared text; and a last yes."""
    found = request_or_404(request, pk)
    loose = subject.loose_row(request.user, found.loose_kind, found.loose_row) if found.is_loose else None
    person = found.person
    if found.closed_at or not (loose or (person and not person.merged_into_id)):
        raise Http404
    parts = list(subject.parts(subject.family(person))) if person else []
    shared = [row for pointer, rows in parts if pointer.said.fate == Fate.DETACH for row in rows]
    form = EraseForm(request.POST if request.method == "POST" else None, shared=[row.pk for row in shared])
    if form.is_valid():
        try:
            if person:
                note_reading(request, export.rows_to_read(person), _("wissen op vraag"))
                actions.erase_person(found, request.user, form.cleaned_data["keep"])
            else:
                note_reading(request, [loose], _("wissen op vraag"))
                actions.erase_loose(found, loose, request.user)
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Gewist. Er is geen weg terug."))
            return redirect("people:request", pk)
    return render(request, "people/erase.html", _context(request, found, loose, parts, shared, form))


def _context(request, found, loose, parts, shared, form):
    """Counts of all; the texts of what is shared only when this person is not restricted."""
    open_texts = found.person is None or found.person.restricted_at is None
    with_text = [
        row for row in shared if any(row.__dict__[name] for name in subject.sealed_fields(type(row)))
    ]
    if open_texts:
        note_reading(request, [*with_text, *([loose] if loose else [])], _("wissen op vraag"))
    kept = set(request.POST.getlist("keep"))
    return {
        "asked": found,
        "form": form,
        "goes": _counted(parts, Fate.ERASE),
        "detached": _counted(parts, Fate.DETACH),
        "emptied": _counted(parts, Fate.COUNT),
        "loose": loose and {label: export.in_words(value) for label, value in subject.told(loose).items()},
        "shared": [
            {
                "pk": str(row.pk),
                "kind": row._meta.verbose_name,
                "kept": str(row.pk) in kept,
                "says": _told(row) if open_texts else {},
            }
            for row in with_text
        ],
    }


def _told(row):
    return {label: export.in_words(value) for label, value in subject.told(row).items()}


def _counted(parts, fate):
    return [
        (pointer.model._meta.verbose_name_plural, len(rows))
        for pointer, rows in parts
        if pointer.said.fate == fate
    ]
