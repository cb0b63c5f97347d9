"""The filled-in list comes back from the wall: names that may be on the list already, and all of it saved once."""

import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.people.intake import Erased, key_for, once
from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.agenda import slips
from klapkarre.rooms.agenda.actions.joining import TICK, State
from klapkarre.rooms.agenda.actions.seats import locked, tell_residents
from klapkarre.rooms.agenda.models import SignUp

# From here on two names look so much alike that a worker is asked: Fatima and Fatma, Jan P. and Jan P
ALIKE = 0.84
TWICE, NEW, AWAY = "twee", "nieuw", "weg"


class Doubt(NamedTuple):
    """A typed name that may be somebody who is known already."""

    number: int
    name: str
    rows: list  # sign-ups with the same name or one that looks like it
    is_same: bool  # exactly the same words
    twice: int  # how many times it stands higher on this sheet too

    @property
    def proposed(self):
        """Two lines are two people, until somebody says otherwise: nobody gets lost by pressing on."""
        return str(self.rows[self.twice].pk) if self.is_same and self.twice < len(self.rows) else NEW


class Outcome(NamedTuple):
    """What came of a sheet, in numbers."""

    new: int
    known: int
    waiting: int
    headcount: int | None


def plain(name):
    """A name without capitals, accents, dots and double spaces: what two spellings of it share."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = (
        " " if unicodedata.category(one)[0] in "PZ" else one
        for one in letters
        if not unicodedata.combining(one)
    )
    return " ".join("".join(kept).split())


def doubts(names, rows):
    """Which of these names are, or look like, somebody in `rows` (sign-ups with their name) or higher on the sheet."""
    known = [(plain(row.name), row) for row in rows if row.name]
    found, seen = [], Counter()
    for number, name in enumerate(names):
        mine = plain(name)
        same = [row for other, row in known if other == mine]
        near = same or [row for other, row in known if SequenceMatcher(None, mine, other).ratio() >= ALIKE]
        if near or seen[mine]:
            found.append(Doubt(number, name, near, bool(same), seen[mine]))
        seen[mine] += 1
    return found


def take_over(activity, names, *, came=(), shown=(), nameless=0, key, now=None):
    """Put a filled-in sheet on the list. `names`: pairs of a name and the sign-up that it is, or None for a new one.

    Once the activity began these people were there, and so were `came` of those `shown`, and `nameless` more; before
    that they take a seat or wait. The same `key` with the same sheet is saved once: then None. ValidationError when
    it was called off, or when so long ago that names are not kept any more.
    """
    now = now or timezone.now()
    made = []
    try:
        once(
            _key(key, activity, names, came, nameless),
            "agenda.paper",
            lambda: _take_over(activity.pk, names, (set(came), set(shown), nameless), now, made),
        )
    except Erased as erased:
        raise ValidationError(_("Dit blad is gewist. Open het formulier opnieuw."), code="erased") from erased
    return made[0] if made else None


def is_saved(activity, names, *, came, nameless, key):
    """Was exactly this sheet, all of it new names, saved already? Then a second click has nothing to ask."""
    key = _key(key, activity, [(name, None) for name in names], came, nameless)
    return Receipt.objects.filter(uuid=key).exists()


def _key(key, activity, names, came, nameless):
    return key_for(key, activity.pk, [(name, str(row)) for name, row in names], sorted(came), nameless)


def _take_over(pk, names, there, now, made):
    activity = locked(pk)
    if activity.is_cancelled:
        raise ValidationError(_("Deze activiteit gaat niet door."), code="closed")
    seen = activity.signups.aggregate(
        taken=Count("pk", filter=Q(state__in=SignUp.SEATED)), latest=Max("created_at")
    )
    began = activity.has_started(now)
    at = max(now, seen["latest"] + TICK) if seen["latest"] else now
    known = {row for _name, row in names if row}
    new = [name for name, row in names if not row]
    free = None if activity.capacity is None else max(0, activity.capacity - seen["taken"])
    for number, name in enumerate(new):
        row = SignUp(organisation_id=activity.organisation_id, activity=activity, name=name, by_worker=True)
        row.created_at = at + number * TICK
        if began:
            # No slip: there is nothing left to give back.
            row.state = State.ATTENDED
            row.save(force_insert=True)
        else:
            row.state = State.WAITING if free is not None and number >= free else State.SIGNED_UP
            slips.give(row)
    waiting = 0 if began or free is None else max(0, len(new) - free)
    tell_residents(activity, seen["taken"], seen["taken"] + len(new) - waiting)
    if began:
        _note_who_came(activity, known, *there)
    made.append(Outcome(len(new), len(known), waiting, activity.headcount if began else None))
    return activity


def _note_who_came(activity, known, came, shown, nameless):
    """Ticks, and who was recognised on the sheet; everyone else who was shown was not there."""
    here = came | {str(row) for row in known}
    rows = activity.signups.filter(state__in=(*SignUp.SEATED, State.WAITING))
    rows.filter(pk__in=here).update(state=State.ATTENDED)
    activity.signups.seated().filter(pk__in=shown).exclude(pk__in=here).update(state=State.MISSED)
    activity.headcount = activity.signups.filter(state=State.ATTENDED).count() + nameless
    activity.save(update_fields=["headcount"])
