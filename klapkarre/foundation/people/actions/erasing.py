"""Erase a person, or a loose name, everywhere at once.

What each kind of row does is declared beside its foreign key (`of_person`). The ledger is written first, so that a
restored backup erases it again. After the commit nothing of it is left in the write-ahead log or a cache.
"""

import json
import time
from collections import Counter
from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.personal import Fate, declarations
from klapkarre.foundation.people import ledger, retention, subject
from klapkarre.foundation.people.actions.persons import Gone
from klapkarre.foundation.people.actions.requests import Act, held, note_event
from klapkarre.foundation.people.models import Person, Receipt, RightsRequest
from klapkarre.foundation.people.stays import must_stay

# Shorter words stand in every text by chance.
SHORTEST = 4


class Held(ValidationError):
    """Something of this person must stay for now."""

    def __init__(self):
        super().__init__(_("Dit moet nu bewaard blijven om een wettelijke reden."), code="held")


@transaction.atomic
def erase_person(request, user, keep=(), now=None):
    """Erase the person of this request. `keep` are ids of shared rows whose texts stay: they only lose the link.

    Returns how many rows of each kind went, lost what was personal, or lost the link. Raises `Gone` when the person
    is not there, `Held` when a row must stay.
    """
    now = now or timezone.now()
    request = held(request)
    person = Person.objects.select_for_update(of=("self",)).filter(pk=request.person_id).first()
    if person is None or person.merged_into_id:
        raise Gone
    persons = subject.family(person)
    found = list(subject.parts(persons))
    if must_stay([*persons, *(row for _pointer, rows in found for row in rows)]):
        raise Held
    words = _words([*persons, *(row for _pointer, rows in found for row in rows)])
    others = list(RightsRequest.objects.still_open(*persons).exclude(pk=request.pk).defer("checked"))
    # Who saw these requests until now, sees them still: that they were answered.
    RightsRequest.objects.filter(person__in=persons).update(neighbourhood=person.neighbourhood_id)
    counts: Counter = Counter()
    for pointer, rows in found:
        counts[_plural(pointer.model)] += len(rows)
        _apply(pointer, rows, {str(pk) for pk in keep}, now)
    counts[_plural(Person)] += len(persons)
    ledger.note(persons, now=now)
    Person.objects.filter(pk__in=[one.pk for one in persons]).delete()
    _bury(persons, now)
    _close(request, user, counts, now)
    for other in others:  # there is nothing left to do for these
        _close(other, user, {}, now)
    forget_in_sessions(words)
    transaction.on_commit(leave_no_trace)
    return dict(counts)


@transaction.atomic
def erase_loose(request, row, user, now=None):
    """Erase a loose name as retention would, but now; and other rows of that same person, if it has (`along`)."""
    now = now or timezone.now()
    request = held(request)
    along = row.along() if hasattr(row, "along") else []
    if must_stay([row, *along]):
        raise Held
    model = type(row)
    words = {str(row.pk), *(getattr(row, name) or "" for name in model.loose_names)}
    rows = model._base_manager.filter(pk__in=[row.pk, *(one.pk for one in along)])
    if any(said.fate == Fate.ERASE for said in declarations(model).values()):
        ledger.note(rows, now=now)
        rows.delete()
    else:
        ledger.note(rows, ledger.FORGOTTEN, now=now)
        retention.forget(model, rows)
    _bury([row, *along], now)
    asked = RightsRequest.objects.filter(loose_row=row.pk)
    _empty(RightsRequest, list(asked), now, loose_row=None)
    counts = {_plural(model): 1 + len(along)}
    _close(request, user, counts, now)
    forget_in_sessions(words)
    transaction.on_commit(leave_no_trace)
    return counts


def _plural(model):
    return str(model._meta.verbose_name_plural)


def _words(rows):
    """What may not be left in any session: the ids and the texts of these rows and of what hangs on them."""
    every = [
        *rows,
        *(
            one
            for row in rows
            if not isinstance(row, Person)
            for some in subject.below([row])
            for one in some
        ),
    ]
    texts = {getattr(row, name) or "" for row in every for name in subject.sealed_fields(type(row))}
    return {str(row.pk) for row in every} | texts


def _apply(pointer, rows, keep, now):
    """Do to these rows what they declare."""
    if pointer.said.fate == Fate.ERASE:
        for some in (*subject.below(rows), rows):
            ledger.note(some, now=now)
            _bury(some, now)
        pointer.model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
        return
    asks = pointer.said.fate == Fate.DETACH
    kept = [row for row in rows if asks and str(row.pk) in keep]
    _empty(pointer.model, [row for row in rows if row not in kept], now, **{pointer.name: None})
    pointer.model._base_manager.filter(pk__in=[row.pk for row in kept]).update(**{pointer.name: None})


def _empty(model, rows, now, **links):
    """Take the sealed texts out of these rows and of what hangs on them; the nameless rows stay."""
    for some in (*subject.below(rows), rows):
        if not some:
            continue
        of_this = type(some[0])
        texts = dict.fromkeys(
            field.name
            for field in of_this._meta.local_fields
            if field.name in subject.sealed_fields(of_this) or hasattr(field, "of")
        )
        if texts:
            ledger.note(some, ledger.FORGOTTEN, now=now)
            _bury(some, now)
        changes = texts | (links if of_this is model else {})
        if changes:
            of_this._base_manager.filter(pk__in=[row.pk for row in some]).update(**changes)


def _bury(rows, now):
    """Receipts of these rows become tombstones: a repetition of what was sent does not bring it back."""
    answers = [str(row.pk) for row in rows]
    Receipt.objects.filter(answer__in=answers).update(answer="", erased_at=now)


def _close(request, user, counts, now):
    RightsRequest.objects.filter(pk=request.pk).update(
        outcome=RightsRequest.Outcome.DONE, closed_at=now, person=None, loose_row=None, checked=None
    )
    note_event(request, Act.ERASED, user, counts=dict(counts), now=now)
    ledger.note_after([request], ledger.CLOSED, now, outcome=str(RightsRequest.Outcome.DONE))


def forget_in_sessions(words):
    """Take out of every session what holds one of these words: a remembered form, a message, an id."""
    words = {word for word in words if len(word) >= SHORTEST}
    engine = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(engine, "get_model_class"):
        return  # sessions that no server keeps
    for session in engine.get_model_class().objects.all():
        data = session.get_decoded()
        held_words = [
            key
            for key, value in data.items()
            if not key.startswith("_auth_")
            and _holds(json.dumps(value, default=str, ensure_ascii=False), words)
        ]
        if held_words:
            for key in held_words:
                del data[key]
            session.session_data = engine().encode(data)
            session.save(update_fields=["session_data"])


def _holds(text, words):
    return any(word in text or json.dumps(word, ensure_ascii=False)[1:-1] in text for word in words)


def leave_no_trace():
    """After the commit: no page in a cache, and on SQLite an empty write-ahead log (free pages are zero already)."""
    caches["default"].clear()
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for _try in range(20):
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                return
            time.sleep(0.05)  # a reader still needs the old pages
