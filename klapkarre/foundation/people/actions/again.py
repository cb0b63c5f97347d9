"""After a restore: the questions about own data, the restrictions and what lifted them, that the backup does not know.

The ledger holds ids, kinds and days of these, no text: who noted it or why is lost. The safe side is restricted. A
restriction stands in the ledger before it stands in the database; what lifts or closes comes after, and names the one
restriction that it lifts. Who was one person when it was restricted is restricted whole, also where the backup still
holds two rows.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.people import ledger, subject
from klapkarre.foundation.people.actions.requests import Act, buurt_of, note_event, restrictions, team_of
from klapkarre.foundation.people.models import Person, RequestEvent, RightsRequest


@dataclass
class Rights:
    """What came back: restrictions put again, lifted again, questions still open, and those about nobody here."""

    restricted: int = 0
    lifted: int = 0
    asked: int = 0
    lost: int = 0


def rights_again(since):
    """Do again what the ledger knows of rights since this moment. After `ledger.replay`; twice is once."""
    entries = [one for one in ledger.entries(since) if one["how"] in VERBS]
    found, asked, gone = Rights(), [], _gone(since)
    for entry in entries:
        with transaction.atomic():
            done = VERBS[entry["how"]](entry)
        if entry["how"] == ledger.RESTRICTED:
            found.restricted += done
        elif entry["how"] == ledger.LIFTED:
            found.lifted += done
        elif entry["how"] == ledger.ASKED:
            asked += entry["ids"] if done else []
            found.lost += done is None and not {entry["ids"][0], entry["about"]} & gone
    found.asked = RightsRequest.objects.filter(pk__in=asked, closed_at=None).count()
    return found


def _gone(since):
    """What was erased or closed since: nobody needs to look for a question about it."""
    done = (ledger.ERASED, ledger.FORGOTTEN, ledger.CLOSED)
    return {pk for entry in ledger.entries(since) if entry["how"] in done for pk in entry["ids"]}


def _at(entry):
    return datetime.datetime.fromisoformat(entry["at"])


def _now_in(keys):
    """These persons, locked, each where it is in this database when it went up in another."""
    found = {}
    for pk in keys:
        person = Person.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        while person is not None and person.merged_into_id:
            person = Person.objects.select_for_update(of=("self",)).get(pk=person.merged_into_id)
        if person is not None:
            found[person.pk] = person
    return list(found.values())


def _ask(entry):
    """The question without its text. True when it was made, None when nobody here is asked about."""
    pk = entry["ids"][0]
    if RightsRequest.objects.filter(pk=pk).exists():
        return False
    if entry["loose"]:
        models = {model._meta.label_lower: model for model in subject.loose_models()}
        model = models.get(entry["loose"])
        row = model and model._base_manager.filter(pk=entry["about"]).first()
        about = {"loose_kind": entry["loose"], "loose_row": row and row.pk}
    else:
        row = next(iter(_now_in([entry["about"]])), None)
        about = {"person": row}
    if row is None:
        return None
    said = {"kind": entry["kind"], "asked_by": entry["asked_by"]}
    _make(uuid.UUID(pk), row, _at(entry), datetime.date.fromisoformat(entry["asked_on"]), **said, **about)
    return True


def _make(pk, row, at, asked_on, **said):
    request = RightsRequest.objects.create(
        pk=pk,
        organisation_id=row.organisation_id,
        team_id=team_of(row),
        neighbourhood_id=buurt_of(row),
        at=at,
        asked_on=asked_on,
        **said,
    )
    note_event(request, Act.ASKED, None, now=at)
    return request


def _restrict(entry):
    """How many persons are restricted again."""
    count = 0
    for person in _now_in(entry["ids"]):
        request, pk = _behind(person, entry)
        if RequestEvent.objects.filter(pk=pk).exists():
            continue
        note_event(request, Act.RESTRICTED, None, now=_at(entry), pk=pk)
        if person.restricted_at is None:
            Person.objects.filter(pk=person.pk).update(restricted_at=_at(entry), version=person.version + 1)
            count += 1
    return count


def _behind(person, entry):
    """The question behind a restriction of this person, and the key of the event. A double gets its own of both."""
    request = RightsRequest.objects.filter(pk=entry["request"], person=person).first()
    if request:
        return request, uuid.UUID(entry["event"])
    pk = _own(entry["request"], person)
    request = RightsRequest.objects.filter(pk=pk).first() or _make(
        pk,
        person,
        _at(entry),
        timezone.localdate(_at(entry)),
        person=person,
        kind=RightsRequest.Kind.RESTRICT,
        asked_by=RightsRequest.AskedBy.PERSON,
    )
    return request, _own(entry["event"], person)


def _own(key, person):
    return uuid.uuid5(uuid.UUID(key), str(person.pk))


def _lift(entry):
    """How many persons may be read again: those whose last restriction is the one that was lifted."""
    count = 0
    for person in _now_in(entry["ids"]):
        last = restrictions(person).first()
        if last is None or person.restricted_at is None:
            continue
        first, lifting = uuid.UUID(entry["lifts"]), uuid.UUID(entry["event"])
        pk = lifting if last.pk == first else _own(entry["event"], person)
        known = RequestEvent.objects.filter(pk=pk).exists()
        if known or last.pk not in {first, _own(entry["lifts"], person)}:
            continue
        note_event(last.request, Act.LIFTED, None, now=_at(entry), pk=pk)
        Person.objects.filter(pk=person.pk).update(restricted_at=None, version=person.version + 1)
        count += 1
    return count


def _close(entry):
    """Close it as it was closed, when it is still open here."""
    request = RightsRequest.objects.select_for_update().filter(pk=entry["ids"][0], closed_at=None).first()
    if request is None:
        return 0
    RightsRequest.objects.filter(pk=request.pk).update(outcome=entry["outcome"], closed_at=_at(entry))
    note_event(request, Act(entry["outcome"]), None, now=_at(entry))
    return 1


VERBS = {ledger.ASKED: _ask, ledger.RESTRICTED: _restrict, ledger.LIFTED: _lift, ledger.CLOSED: _close}
