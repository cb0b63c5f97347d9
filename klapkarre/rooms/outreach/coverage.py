"""Where we were and where not: per street and neighbourhood, of teams and never of one worker.

Rounds that run are counted from their attempts, rounds that ended from what stayed of them. No address is opened.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Max
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.kit.months import years_before
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.outreach import tallies
from klapkarre.rooms.outreach.models import (
    ContactMoment,
    Door,
    Part,
    Round,
    Street,
    StreetCount,
    StreetVisit,
    Support,
)

SHOWN = 3  # moments in one line of the table
# Of fewer doors, how many never opened would tell of one household (decision 0032).
ENOUGH = 5
OUT = (ContactMoment.Setting.HOME, ContactMoment.Setting.STREET)


@dataclass
class Line:
    """One street, or a whole neighbourhood: the last twelve months."""

    name: str
    last: datetime.date | None = None
    # `(weekday, part)`: how often we rang, and how often nobody opened.
    rings: Counter = field(default_factory=Counter)
    nobody: Counter = field(default_factory=Counter)
    doors: int = 0
    visited: int = 0
    never: int = 0

    @property
    def may_tell(self):
        """Did we ring at so many doors that how many stayed shut tells of no household?"""
        return self.visited >= ENOUGH

    @property
    def never_words(self):
        """At how many doors nobody ever opened: 3 van 12. Of too few doors only that."""
        if not self.visited:
            return ""
        if not self.may_tell:
            return _("minder dan %(n)s") % {"n": ENOUGH}
        return _("%(never)s van %(doors)s") % {"never": self.never, "doors": self.visited}

    @property
    def moments(self):
        """When we mostly rang, and how often nobody opened: dinsdag namiddag (14 keer, 9 keer niemand), ..."""
        most = sorted(self.rings.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
        return ", ".join(f"{moment_words(*moment)} ({self._times(moment)})" for moment, _times in most)

    def _times(self, moment):
        rings = _("%(n)s keer") % {"n": self.rings[moment]}
        if not self.may_tell:
            return rings
        return rings + ", " + _("%(n)s keer niemand") % {"n": self.nobody[moment]}

    def add(self, other):
        """The same of one street more."""
        self.last = max((day for day in (self.last, other.last) if day), default=None)
        self.rings.update(other.rings)
        self.doors += other.doors
        # What a street does not show by itself, no sum gives away.
        if other.may_tell:
            self.nobody.update(other.nobody)
            self.visited += other.visited
            self.never += other.never


@dataclass
class Buurt:
    """One neighbourhood with its streets."""

    place: Neighbourhood
    streets: list
    total: Line
    # The last conversation on a street or square, or at home.
    talked: datetime.date | None
    support: list = field(default_factory=list)

    @property
    def unseen(self):
        """The streets in which we never were."""
        return [line for line in self.streets if line.last is None]

    @property
    def is_supported(self):
        """Do others lead here, with our support?"""
        return self.place.status == Neighbourhood.Status.SUPPORTED

    @property
    def hours(self):
        """Hours of support, together."""
        return hours_words(sum(one.quarters for one in self.support))


def hours_words(quarters):
    """Five quarters of an hour are 1,25 hours, as it is written here."""
    return f"{quarters / 4:g}".replace(".", ",")


def moment_words(weekday, part):
    """dinsdag namiddag"""
    return f"{WEEKDAYS[weekday]} {Part(part).label}"


def buurten(user, now=None):
    """A `Buurt` for each neighbourhood within reach of this user. Eleven queries, however many streets."""
    since = timezone.localdate(years_before(now or timezone.now(), 1))
    places = buurten_of(user.reach).distinct().order_by("name")
    streets = Street.objects.filter(
        organisation__in={m.organisation_id for m in user.current_memberships}, neighbourhood__in=places
    )
    lines = {street.pk: (street.neighbourhood_id, Line(street.name)) for street in streets}
    rounds = Round.objects.visible_to(user)
    _from_ended(lines, rounds, since)
    _from_running(lines, rounds, since)
    talks = ContactMoment.objects.visible_to(user).filter(setting__in=OUT).order_by()
    talked = dict(talks.values_list("neighbourhood").annotate(Max("when")))
    support = defaultdict(list)
    for one in Support.objects.visible_to(user).filter(day__gte=since):
        one.hours = hours_words(one.quarters)
        support[one.neighbourhood_id].append(one)
    return [_buurt(place, lines, talked.get(place.pk), support[place.pk]) for place in places]


def _buurt(place, lines, talked, support):
    streets = [line for buurt, line in lines.values() if buurt == place.pk]
    total = Line(place.name)
    for line in streets:
        total.add(line)
    return Buurt(place, streets, total, talked and timezone.localdate(talked), support)


def _from_ended(lines, rounds, since):
    visits = StreetVisit.objects.filter(round__in=rounds, street__in=list(lines))
    for street, day in visits.order_by().values_list("street").annotate(Max("day")):
        lines[street][1].last = day
    for one in visits.filter(day__gte=since):
        line = lines[one.street_id][1]
        line.rings[one.day.weekday(), one.part] += one.rings
        line.nobody[one.day.weekday(), one.part] += one.nobody
    counts = StreetCount.objects.filter(round__in=rounds.filter(ended_at__date__gte=since))
    for one in counts.filter(street__in=list(lines)):
        _count(lines[one.street_id][1], one.doors, one.visited, one.never_opened)


def _from_running(lines, rounds, since):
    pairs = tallies.pairs_of(Door.objects.filter(round__in=rounds.open(), street__in=list(lines)))
    for (street, day, part), (rings, nobody) in tallies.by_visit(pairs).items():
        line = lines[street][1]
        line.last = max(filter(None, (line.last, day)))
        if day >= since:
            line.rings[day.weekday(), part] += rings
            line.nobody[day.weekday(), part] += nobody
    for street, counts in tallies.by_street(pairs).items():
        _count(lines[street][1], *counts)


def _count(line, doors, visited, never):
    line.doors += doors
    line.visited += visited
    line.never += never
