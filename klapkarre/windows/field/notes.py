"""What a phone noted, read strictly: a value that does not fit is never guessed, it waits for a person."""

import datetime
import json
import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from klapkarre.foundation.accounts.sealing import NotOurs, open_note
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.cipher import KeyGone
from klapkarre.foundation.kit.forms import keepable
from klapkarre.foundation.kit.leave_out import found_in
from klapkarre.foundation.people.models import Quarantined
from klapkarre.rooms.outreach.models import Attempt, ContactMoment, FieldNote, Slot

Reason = Quarantined.Reason

OLDEST = datetime.timedelta(days=60)
YEAR = datetime.timedelta(days=366)
# A clock that is less wrong than this is left as it is: sending takes time too.
SLACK = datetime.timedelta(minutes=5)
MOMENTS = (
    datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC),
    datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC),
)
MOST_PEOPLE = 500
MOST_AT_ACTIVITY = 9999
LONGEST = 4000
LARGEST = 2**31 - 1


class Waits(Exception):
    """This note waits for a person, for this reason."""

    def __init__(self, reason):
        super().__init__(str(reason.value))
        self.reason = reason


@dataclass
class Note:
    """One opened note. With a `reason` nothing can be made of it but keeping its text."""

    text: str
    kind: str = ""
    facts: dict = field(default_factory=dict)
    at: datetime.datetime | None = None
    reason: Reason | None = None


def read(sealed, *, organisation, note, skew, now):
    """Open and read one note. Whatever stands in it, this gives a `Note`; only a key file that is away raises."""
    try:
        raw = open_note(sealed, organisation=organisation, note=note)
    except (NotOurs, KeyGone):
        return Note(_as_it_came(sealed), reason=Reason.SEALED)
    text = raw.decode(errors="replace")
    said = _json(raw)
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str):
        return Note(text, reason=Reason.FORM)
    facts = said.get("facts")
    made = Note(text, kind=said["kind"][:20], at=moment(said.get("when"), skew, now))
    made.facts = facts if isinstance(facts, dict) else {}
    if facts is not made.facts or said.keys() - {"kind", "when", "facts"}:
        made.reason = Reason.FORM
    elif made.at is None or made.at < now - OLDEST:
        made.reason = Reason.CLOCK
    return made


def _json(raw):
    try:
        return json.loads(raw.decode())
    except (ValueError, RecursionError):
        return None


def _as_it_came(sealed):
    try:
        return json.dumps(sealed)
    except (ValueError, RecursionError):
        return ""


def instant(milliseconds):
    """The moment that a device names, or None when no clock says that."""
    first, last = (1000 * one.timestamp() for one in MOMENTS)
    # Compared as numbers: before the year 1 there are no dates, and `nan` is between no two.
    if type(milliseconds) not in (int, float) or not first <= milliseconds <= last:
        return None
    return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(milliseconds=milliseconds)


def skew_of(milliseconds, now):
    """How far the clock of the device is behind ours; None when it says nothing that we understand."""
    there = instant(milliseconds)
    if there is None:
        return None
    skew = now - there
    return skew if abs(skew) > SLACK else datetime.timedelta(0)


def moment(milliseconds, skew, now):
    """When it was noted by our clock, at the latest now; None when that cannot be known."""
    there = instant(milliseconds)
    if there is None or skew is None:
        return None
    return min(there + skew, now)


class Facts:
    """The facts of one note, taken one by one. What nobody took is something we do not know: `all_taken`."""

    def __init__(self, facts):
        self.left = dict(facts)

    def _take(self, name, default=None):
        return self.left.pop(name, default)

    def all_taken(self):
        if self.left:
            raise Waits(Reason.VALUES)

    def one_of(self, name, values, default=None):
        value = self._take(name, default)
        if value in ("", None) and default is not None:  # nothing was chosen
            value = default
        if not isinstance(value, str) or value not in values:
            raise Waits(Reason.VALUES)
        return value

    def some_of(self, name, values):
        found = self._take(name, [])
        if not isinstance(found, list) or any(not isinstance(one, str) or one not in values for one in found):
            raise Waits(Reason.VALUES)
        return list(dict.fromkeys(found))

    def number(self, name, lowest, highest, default=None):
        value = self._take(name, default)
        if type(value) is not int or not lowest <= value <= highest:
            raise Waits(Reason.VALUES)
        return value

    def flag(self, name):
        value = self._take(name, False)
        if type(value) is not bool:
            raise Waits(Reason.VALUES)
        return value

    def text(self, name, longest=LONGEST, *, asked=False):
        value = self._take(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise Waits(Reason.VALUES)
        try:
            keepable(value)
        except ValidationError:
            raise Waits(Reason.VALUES) from None
        if not asked and found_in(value, phones=True):
            raise Waits(Reason.NUMBER)
        return value.replace("\r\n", "\n").strip()

    def name(self, name):
        try:
            return uuid.UUID(self._take(name))
        except (AttributeError, TypeError, ValueError):
            raise Waits(Reason.VALUES) from None

    def day(self, name, first, last):
        value = self._take(name, "")
        if value == "":
            return None
        try:
            day = datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise Waits(Reason.VALUES) from None
        if not first <= day <= last:
            raise Waits(Reason.VALUES)
        return day


def contact(note):
    """`(number of the neighbourhood, fields of the contact, themes)` of a note about a conversation."""
    facts = Facts(note.facts)
    buurt = facts.number("neighbourhood", 1, LARGEST)
    noted_on = timezone.localdate(note.at)
    Known, Bridge = ContactMoment.Known, ContactMoment.Bridge
    fields = {
        "setting": facts.one_of("setting", ContactMoment.Setting.values),
        "people": facts.number("people", 1, MOST_PEOPLE, 1),
        "language_bridge": facts.one_of("bridge", Bridge.values, Bridge.NONE.value),
        "age_group": facts.one_of("age", ["", *ContactMoment.Age.values], ""),
        # With a name only where the person agreed: never from a phone.
        "known": facts.one_of("known", [Known.UNKNOWN.value, Known.FAMILIAR.value], Known.UNKNOWN.value),
        "note": facts.text("note") or None,
        # It may have passed while there was no network: then it is late, and stands on top.
        "follow_up_on": facts.day("follow_up", noted_on, noted_on + YEAR),
        "to_refer": facts.flag("refer"),
        "is_signal": facts.flag("signal"),
        "when": note.at,
    }
    themes = facts.some_of("themes", Theme.values)
    facts.all_taken()
    return buurt, fields, themes


def attempt(note):
    """`(id of the door, outcome, times that suit)` of a note about ringing at a door."""
    facts = Facts(note.facts)
    found = (
        facts.name("door"),
        facts.one_of("outcome", Attempt.Outcome.values),
        facts.some_of("times", Slot.values),
    )
    facts.all_taken()
    return found


def headcount(note):
    """`(number of the activity, how many people there were)`."""
    facts = Facts(note.facts)
    found = facts.number("activity", 1, LARGEST), facts.number("people", 0, MOST_AT_ACTIVITY)
    facts.all_taken()
    return found


def todo(note, *, asked=False):
    """`(number of the neighbourhood, melding or signal, text)` of a note for the desk. `asked`: somebody read it, and
    leaves the numbers in it.
    """
    facts = Facts(note.facts)
    found = (
        facts.number("neighbourhood", 1, LARGEST),
        facts.one_of("word", FieldNote.Word.values),
        facts.text("text", asked=asked),
    )
    facts.all_taken()
    if not found[2]:
        raise Waits(Reason.VALUES)
    return found
