"""Take in what a phone sends: each note once, in the room where it belongs, or aside for a person. Never refused."""

import json
import logging
import uuid

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction

from klapkarre.foundation.accounts.access import REGISTER, may, team_in, work_area
from klapkarre.foundation.accounts.keyfile import Shredded
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.foundation.people import intake, ledger
from klapkarre.foundation.people.models import Quarantined, Receipt
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.agenda import actions as agenda
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.outreach import actions as outreach
from klapkarre.windows.field import notes
from klapkarre.windows.field.notes import Reason, Waits

logger = logging.getLogger(__name__)

# The database is busy or away, the disk is full, or the key file cannot be read: all of it may pass.
PASSES = (OperationalError, InterfaceError, CannotOpen)
# What the phone hears of one note. It may forget the note after the first three.
STORED, KEPT, GONE, AGAIN = "stored", "kept", "gone", "again"


def worker_of(phone):
    """The user of this phone as she works for its organisation; None when she may note nothing there today."""
    user = phone.user
    user.chosen_id = phone.organisation_id
    return user if user.is_active and may(user, REGISTER) else None


def take_in(phone, worker, items, clock, now):
    """The answers to these notes, in their order. `clock` is what the phone says that it is now.

    Each note is committed by itself. When the database is busy, or the key file is away, the phone tries again later.
    """
    skew, answers, busy = notes.skew_of(clock, now), [], False
    for item in items:
        status = AGAIN
        if not busy:
            try:
                status = _take_in(phone, worker, item, skew, now)
            except Shredded:  # this organisation was erased on purpose: nobody ever reads it
                status = GONE
            except PASSES as fault:
                logger.warning("a note could not be kept now: %s", type(fault).__name__)
                busy = True
        answers.append({"uuid": _name(item), "status": status})
    return answers


def _name(item):
    """What the phone calls this note."""
    name = item.get("uuid") if isinstance(item, dict) else None
    return name[:64] if isinstance(name, str) else ""


def _key(phone, item):
    """The key of the receipt: of this note in this organisation, so that no note answers for one of others."""
    try:
        given = uuid.UUID(_name(item))
    except ValueError:
        # No phone of ours sends this; what it holds is kept once all the same.
        given = uuid.uuid5(phone.pk, json.dumps(item, sort_keys=True))
    return intake.key_for(given, "field", str(phone.organisation_id))


def _first_answer(key):
    """What this note was answered the first time; None when it never came in."""
    receipt = Receipt.objects.filter(uuid=key).first()
    if receipt is None:
        return None
    if receipt.erased_at:
        return GONE
    # What is kept aside has the key of its receipt for its own.
    return KEPT if receipt.answer == str(key) else STORED


def _take_in(phone, worker, item, skew, now):
    key = _key(phone, item)
    answer = _first_answer(key)
    if answer:
        return answer
    sealed = item.get("sealed") if isinstance(item, dict) else item
    note = notes.read(sealed, organisation=phone.organisation_id, note=_name(item), skew=skew, now=now)
    kind = note.kind if note.kind in ROOMS else "unknown"
    try:
        # The receipt is written first: of two that come in together one waits for the other.
        intake.once(key, f"field.{kind}", lambda: _place(phone, worker, key, note, now))
    except intake.Erased:
        # Also when it never came in before: whatever happens to phone or role later, it does not come back.
        tombstone = Receipt(uuid=key, kind=f"field.{kind}", at=now, erased_at=now)
        Receipt.objects.bulk_create([tombstone], ignore_conflicts=True)
        return GONE
    except ValueError:
        logger.warning("a note came in twice as two kinds")
    return _first_answer(key) or AGAIN


def _place(phone, worker, key, note, now):
    """The row that comes of this note."""
    if _is_of_an_erased_door(note):
        raise intake.Erased
    reason = _stopped(phone, worker) or note.reason
    if not reason:
        try:
            with transaction.atomic():
                return _in_its_room(worker, key, note, now)
        except Waits as why:
            reason = why.reason
        except (*PASSES, intake.Erased):
            raise
        except Exception as fault:
            # Whatever a room stumbles over: what somebody wrote on the street is kept. No text goes into the log.
            logger.error("a note of kind %s stays aside: %s", note.kind, type(fault).__name__)
            reason = Reason.PROGRAM
    buurt, team = _who_looks(phone, worker, note)
    return Quarantined.objects.create(
        id=key,
        organisation_id=phone.organisation_id,
        team=team,
        neighbourhood=buurt,
        by_id=phone.user_id,
        kind=note.kind if note.kind in ROOMS else "",
        reason=reason,
        content=note.text,
        noted_at=note.at,
        received_at=now,
    )


def _who_looks(phone, worker, note):
    """`(neighbourhood or None, team)` of what is kept aside: where it was noted, else where its owner works."""
    area = work_area(worker) if worker else {}
    number = note.facts.get("neighbourhood")
    there = [buurt for buurt in area if buurt.pk == number] or list(area)
    return (there[0], area[there[0]]) if there else (None, phone.team)


def _is_of_an_erased_door(note):
    """A round that erased itself left a tombstone for each door: nothing about it is kept aside either."""
    try:
        door = uuid.UUID(note.facts.get("door"))
    except (AttributeError, TypeError, ValueError):
        return False
    return Receipt.objects.filter(pk=door).exclude(erased_at=None).exists()


def _stopped(phone, worker):
    if not phone.is_live:
        return Reason.WITHDRAWN
    return None if worker else Reason.LEFT


def _in_its_room(worker, key, note, now):
    room = ROOMS.get(note.kind)
    if room is None:
        raise Waits(Reason.FORM)
    return room(worker, intake.key_for(key, note.kind), note, now)


def _where(worker, number):
    """`(neighbourhood, team)` with which this worker registers there."""
    buurt = Neighbourhood.objects.filter(pk=number).first()
    team = buurt and team_in(worker, buurt)
    if not team:
        raise Waits(Reason.PLACE)
    return buurt, team


def _contact(worker, key, note, now):
    number, fields, themes = notes.contact(note)
    buurt, team = _where(worker, number)
    row, _is_new = outreach.add_contact(worker, team, fields | {"neighbourhood": buurt}, themes, key, now)
    if row is None:
        raise intake.Erased
    return row


def _attempt(worker, key, note, now, *, asked=False):
    door, outcome, times = notes.attempt(note)
    try:
        # Our receipt is the receipt: what it answers goes when the round erases itself.
        row, _is_new = outreach.add_attempt(worker, door, outcome, times, None, note.at, now)
    except outreach.NoDoor:
        raise Waits(Reason.PLACE) from None
    return row


def _headcount(worker, key, note, now, *, asked=False):
    number, people = notes.headcount(note)
    mine = Activity.objects.filter(worker.own_reach.rows())
    activity = mine.select_for_update(of=("self",)).filter(pk=number).first()
    if activity is None:
        raise Waits(Reason.PLACE)
    if activity.is_cancelled:
        raise Waits(Reason.OFF)
    if not activity.has_started(now):
        raise Waits(Reason.EARLY)
    if activity.headcount not in (None, people) and not asked:
        raise Waits(Reason.TWO)
    try:
        return agenda.note_attendance(activity, (), (), people, now)
    except ValidationError:
        raise Waits(Reason.FEWER) from None


def _todo(worker, key, note, now, *, asked=False):
    number, word, text = notes.todo(note, asked=asked)
    buurt, team = _where(worker, number)
    return outreach.add_field_note(worker, team, buurt, word, text, note.at)


# The kinds that a phone notes, and what is done with each.
ROOMS = {"contact": _contact, "attempt": _attempt, "headcount": _headcount, "todo": _todo}
# Those that a worker can still let happen as they are. A contact she looks over first: `make_contact`.
PLACES = {name: room for name, room in ROOMS.items() if room is not _contact}


@transaction.atomic
def make_contact(user, team, pk, facts, themes):
    """Make a contact of what was kept aside; None when a colleague settled it meanwhile."""
    row = Quarantined.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return None
    contact, _is_new = outreach.add_contact(user, team, facts, themes, intake.key_for(pk, "contact"))
    _away(row)
    return contact


@transaction.atomic
def place(user, pk, note, now):
    """Do in its room what this note says, in the name of who looked after it. False: a colleague settled it meanwhile,
    or its round erased itself. Raises `Waits` when it still does not fit.
    """
    row = Quarantined.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or _is_of_an_erased_door(note):
        return False
    if row.kind not in PLACES:
        raise Waits(Reason.FORM)
    try:
        made = PLACES[row.kind](user, pk, note, now, asked=True)
    except intake.Erased:
        return False
    # What is erased later leaves a tombstone under this receipt: a phone that sends it once more brings nothing back.
    Receipt.objects.filter(pk=pk).update(answer=str(made.pk))
    _away(row)
    return True


@transaction.atomic
def throw_away(pk):
    """Nothing can be made of this. Its receipt stays, so that no phone brings it back. False: it was gone already."""
    row = Quarantined.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row:
        _away(row)
    return row is not None


def _away(row):
    ledger.note([row])
    row.delete()
