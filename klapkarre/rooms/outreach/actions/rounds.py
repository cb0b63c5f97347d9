"""Verbs of a round: draw it up, ring, take a tap back, change it, and end it so that nothing of a door is left.

The receipt comes first, then the round is held, then its doors: one order for all, so that no two verbs wait for each
other. What was erased at the end stays away: each door and each attempt leaves a tombstone without content.
"""

import hashlib
import uuid
from difflib import get_close_matches

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.duties import holds
from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import intake, ledger
from klapkarre.foundation.people.actions.erasing import leave_no_trace
from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.outreach import tallies
from klapkarre.rooms.outreach.addresses import MOST, plain_number
from klapkarre.rooms.outreach.models import (
    Attempt,
    Certificate,
    Door,
    LeftAlone,
    Round,
    Slot,
    Street,
    plain_street,
)

DREW = "outreach.round"
ADDED = "outreach.street"
RANG = "outreach.attempt"
DOOR = "outreach.door"


class NoDoor(LookupError):
    """There is no such door where this user works, and there never was one that we know of."""


class RoundChanged(Exception):
    """Someone else changed this round after the form was opened."""


class Ended(Exception):
    """This round ended: its doors are gone."""


class TooMany(Exception):
    """More doors than anybody walks in one round."""


class Rung(Exception):
    """Somebody rang at this door already."""


class StaysForNow(Exception):
    """A legal hold keeps this door, or the doors of this round."""


def address_of(street, where):
    """One address as it is compared: the town, the street and the number. Not for people."""
    return f"{street.neighbourhood.municipality_id} {street.plain} {plain_number(where)}"


def left_alone(organisation, street, wheres):
    """Which of these numbers of a street are to be left alone in an organisation (or its id).

    A number that was asked for counts for its boxes too.
    """
    asked = {}
    for where in wheres:
        for one in {where, where.partition(" bus ")[0]}:
            asked.setdefault(address_of(street, one), set()).add(where)
    found = LeftAlone.objects.among(organisation, list(asked))
    return set().union(*(asked[one] for one in found))


def street_of(organisation, neighbourhood, name):
    """The street with this name, made when it is new."""
    street, _new = Street.objects.get_or_create(
        organisation=organisation,
        neighbourhood=neighbourhood,
        plain=plain_street(name),
        defaults={"name": name},
    )
    return street


def street_named(organisation, neighbourhood, name):
    """A street to compare addresses with; it is not kept."""
    return Street(organisation=organisation, neighbourhood=neighbourhood, name=name, plain=plain_street(name))


def like(street):
    """The names in this town that this may be a slip of; None when the street is one that the organisation knows."""
    here = Street.objects.filter(
        organisation=street.organisation,
        neighbourhood__municipality=street.neighbourhood.municipality_id,
    )
    known = dict(here.values_list("plain", "name"))
    if street.plain in known:
        return None
    return [known[plain] for plain in get_close_matches(street.plain, known)]


def draw_up(team, facts, name, wheres, key):
    """Make a round with these doors of one street, once for this key; returns `(round, is_new)`.

    `facts` are title, neighbourhood and days. Doors to be left alone get no row. Raises ValueError for a key that
    another form used.
    """

    def make():
        made = Round.objects.create(id=key, organisation_id=team.organisation_id, team=team, **facts)
        _add_doors(made, name, wheres)
        return made

    answer, made = intake.once(key, DREW, make, key)
    return (made, True) if made else (Round.objects.filter(pk=answer).first(), False)


def add_doors(one, name, wheres, key):
    """More doors in a round, once for this key; those that it has already stay as they are.

    Returns how many came, None for a repetition. Raises `Ended`, `TooMany` when it has no room for them, and ValueError
    for a key that another form used.
    """
    came = []

    def add():
        came.append(_add_doors(_held(one.pk), name, wheres))
        return one

    intake.once(key, ADDED, add, one.pk)
    return came[0] if came else None


def _add_doors(one, name, wheres):
    street = street_of(one.organisation, one.neighbourhood, name)
    with cipher.comparing():
        there = {door.where for door in one.doors.filter(street=street)}
    new = [where for where in wheres if where not in there]
    away = left_alone(one.organisation, street, new)
    come = [where for where in new if where not in away]
    if one.doors.count() + len(come) > MOST:
        raise TooMany
    Door.objects.bulk_create(
        Door(organisation_id=one.organisation_id, round=one, street=street, where=where) for where in come
    )
    one.left_out += len(away)
    one.version += 1
    one.save(update_fields=["left_out", "version"])
    return len(come)


@transaction.atomic
def remove_door(door, now=None):
    """A door that is none: a shop, an empty house. Nothing of it comes back with a late phone.

    Raises `Ended`, `Rung` when something was noted there, also when that was taken back, and `StaysForNow`.
    """
    _held(door.round_id)
    if door.attempts.exists():
        raise Rung
    if holds.on_hold(door):
        raise StaysForNow
    row = Door.objects.filter(pk=door.pk)
    ledger.note(row)
    _bury(row, [], now or timezone.now())
    row.delete()
    transaction.on_commit(leave_no_trace)


@transaction.atomic
def change_round(one, facts, version):
    """Another title or other days. Raises `RoundChanged` when this is not the version that the form showed, `Ended`."""
    one = _held(one.pk)
    if one.version != version:
        raise RoundChanged
    for name, value in facts.items():
        setattr(one, name, value)
    one.version += 1
    one.save()
    return one


def _held(pk):
    """The round, locked until the transaction ends. Raises `Ended`."""
    one = Round.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=pk)
    if one.ended_at:
        raise Ended
    return one


def add_attempt(user, door, outcome, times, key, when, now=None):
    """Note what came of ringing at a door (its id), once for this key; returns `(attempt, is_new)`.

    `outcome` is an `Attempt.Outcome`, `times` are values of `Slot`, `when` an aware moment; one in the future becomes
    now. Raises `intake.Erased` when the round of this door ended and erased itself (also for a key that came before),
    `NoDoor` when this user works at no such door, and ValueError for an outcome or time that does not exist, or a key
    that another form used. Who keeps a receipt already gives None as key. A repetition returns the first attempt, or
    None as attempt when it is not in sight of this user.
    """
    outcome = Attempt.Outcome(outcome)
    times = " ".join(slot.value for slot in Slot if slot in {Slot(one) for one in times})
    now = now or timezone.now()
    pk = key or uuid.uuid4()

    def ring():
        found = _door_to_ring(user, door)
        made = Attempt.objects.create(
            id=pk,
            organisation_id=found.organisation_id,
            door=found,
            outcome=outcome,
            times=times,
            when=min(when, now),
            by=user,
            created_at=now,
        )
        if outcome == Attempt.Outcome.STAY_AWAY:
            _leave_alone(found, made.pk)
        return made

    if key is None:
        with transaction.atomic():
            return ring(), True
    answer, made = intake.once(key, RANG, ring, pk)
    if made:
        return made, True
    return Attempt.objects.filter(pk=answer, door__in=Door.objects.workable_by(user)).first(), False


def _door_to_ring(user, pk):
    door = Door.objects.workable_by(user).filter(pk=pk).select_related("street__neighbourhood").first()
    if door is None:
        if Receipt.objects.filter(pk=pk, kind=DOOR).exclude(erased_at=None).exists():
            raise intake.Erased
        raise NoDoor
    try:
        _held(door.round_id)
    except Ended:
        raise intake.Erased from None
    if not Door.objects.filter(pk=pk).exists():  # taken out while we waited for the round
        raise intake.Erased
    return door


def _leave_alone(door, pk):
    with cipher.comparing():
        where = address_of(door.street, door.where)
    LeftAlone.objects.create(id=pk, organisation_id=door.organisation_id, where=where)


@transaction.atomic
def take_back(attempt, now=None):
    """A tap that was wrong no longer counts. Doing it twice changes nothing; the row stays against repetitions."""
    Attempt.objects.filter(pk=attempt.pk, undone_at=None).update(undone_at=now or timezone.now())
    gone = LeftAlone.objects.filter(pk=attempt.pk)
    ledger.note(gone)
    gone.delete()


@transaction.atomic
def leave_address_alone(organisation, street, where):
    """Someone asked not to be visited, at a counter or by phone. Nothing twice."""
    if not left_alone(organisation, street, [where]):
        LeftAlone.objects.create(organisation=organisation, where=address_of(street, where))


@transaction.atomic
def welcome_again(organisation, street, where):
    """People changed their mind, or others live there now. Returns whether the address was on the list."""
    found = LeftAlone.objects.among(organisation, [address_of(street, where)])
    rows = LeftAlone.objects.matching(organisation, where=address_of(street, where))
    ledger.note(rows)
    rows.delete()
    return bool(found)


@transaction.atomic
def end_round(one, rule, now=None):
    """Count what stays, erase doors and attempts, and write the certificate. Returns it, the first one ever.

    Raises `StaysForNow` when a legal hold keeps the doors.
    """
    try:
        one = _held(one.pk)
    except Ended:
        return Certificate.objects.get(pk=one.pk)
    if holds.on_hold(one):
        raise StaysForNow
    now = now or timezone.now()
    tallies.keep(one)
    attempts = Attempt.objects.filter(door__round=one)
    doors = one.doors.all()
    gone = [str(pk) for rows in (attempts, doors) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    # After a restore the round ends once more, with what the backup brought back.
    ledger.note([one], ledger.FORGOTTEN)
    certificate = Certificate.objects.create(
        round=one,
        at=now,
        rule=rule,
        doors=doors.count(),
        attempts=attempts.count(),
        digest=hashlib.sha256("\n".join(gone).encode()).hexdigest(),
    )
    _bury(doors, gone, now)
    attempts.delete()
    doors.delete()
    one.ended_at = now
    one.save(update_fields=["ended_at"])
    transaction.on_commit(leave_no_trace)
    return certificate


def _bury(doors, gone, now):
    """Nothing of this comes back with a late phone: neither what it repeats nor what it never sent before."""
    Receipt.objects.bulk_create(
        (Receipt(pk=pk, kind=DOOR, at=now, erased_at=now) for pk in doors.values_list("pk", flat=True)),
        ignore_conflicts=True,
    )
    Receipt.objects.filter(answer__in=gone).update(answer="", erased_at=now)


def end_rounds(rows, now=None):
    """Rounds whose term is over, for the retention; returns how many rows of each kind went."""
    counts = {"outreach.round": 0, "outreach.door": 0, "outreach.attempt": 0}
    for one in rows:
        try:
            certificate = end_round(one, Certificate.Rule.TERM, now)
        except StaysForNow:  # held since the rows were asked
            continue
        counts["outreach.round"] += 1
        counts["outreach.door"] += certificate.doors
        counts["outreach.attempt"] += certificate.attempts
    return counts
