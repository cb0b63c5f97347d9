"""The figures of one or more teams over a period. Totals of teams: nothing here groups or filters by worker.

Everything is counted per month, neighbourhood and set of goals. A contact with themes of two goals counts once for
each of these goals, and once in the total.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, Sum, Value, When
from django.utils import timezone

from klapkarre.foundation.kit.courtesy import by_turns
from klapkarre.foundation.kit.months import month_of
from klapkarre.foundation.people.models import Person
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach import tallies
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme, Round, Support
from klapkarre.windows.results.goals import reach_of
from klapkarre.windows.results.periods import first_day

CONTACT, VISIT, ACTIVITY = "contact", "visit", "activity"
# Stands where a goal number stands, for what has no theme.
NO_GOAL = 0
ITS_FACTS = (
    *("team_id", "neighbourhood_id", "theme", "title", "state", "headcount"),
    *("starts_at", "ends_at", "carried_by", "alone_since", "uid"),
)
# Carried by residents, without the team.
ALONE = "alone"
AT_ONCE = 500  # rows that are read at a time


@dataclass
class Figures:
    """All counts of a period; every table, the chart and the CSV are made from this."""

    met: Counter = field(default_factory=Counter)
    happened: Counter = field(default_factory=Counter)
    known: Counter = field(default_factory=Counter)
    goal_numbers: set = field(default_factory=set)
    neighbourhoods: dict = field(default_factory=dict)
    settings: list = field(default_factory=list)  # (setting, contacts, people)
    reasons: Counter = field(default_factory=Counter)
    # Taps by (is a stop, name of the point or stop), and by stop, as calendars know it.
    stands: Counter = field(default_factory=Counter)
    tapped: Counter = field(default_factory=Counter)
    hours: float = 0
    uncounted: list = field(default_factory=list)
    # Activities and attendances by who carried them; ALONE is a part of those by residents.
    carried: Counter = field(default_factory=Counter)
    called_off: int = 0
    # Doors of rounds by how far we came, each door once.
    doors: Counter = field(default_factory=Counter)
    # (kind, times, quarters of an hour) of support to what others do.
    support: list = field(default_factory=list)
    persons: int = 0
    to_do: dict = field(default_factory=dict)

    def add(self, kind, month, neighbourhood, goals, times, people, familiar=0):
        """Count what happened `times` times with `people` people, once in each total that it belongs to."""
        self.goal_numbers.update(goals)
        self.neighbourhoods.setdefault(neighbourhood, "")
        for goal in (None, *(goals or (NO_GOAL,))):
            for where in ((goal, None, None), (goal, month, None), (goal, None, neighbourhood)):
                self.met[where] += people
                self.known[where] += familiar
                self.happened[kind, where] += times

    def people(self, goal=None, month=None, neighbourhood=None):
        """Attendances (deelnames): of a goal or all, in a month, in a neighbourhood, or in the whole period."""
        return self.met[goal, month, neighbourhood]

    def times(self, kind, goal=None):
        return self.happened[kind, (goal, None, None)]

    def familiar(self, month=None, neighbourhood=None):
        """Contacts that were ticked as a familiar face."""
        return self.known[None, month, neighbourhood]

    @property
    def without_theme(self):
        return any((kind, (NO_GOAL, None, None)) in self.happened for kind in (CONTACT, VISIT, ACTIVITY))

    @property
    def first_month(self):
        """The first month in which something was counted, or None."""
        months = (month for _kind, (_goal, month, _where) in self.happened if month is not None)
        return min(months, default=None)

    @property
    def is_empty(self):
        return not self.neighbourhoods and not self.called_off and not self.doors.total() and not self.support


def figures_of(teams, period, now=None):
    """Count everything of these `TeamLine`s in ten queries, whatever the number of rows."""
    now = now or timezone.now()
    found = Figures()
    add_contacts(found, teams, period)
    add_visits(found, teams, period)
    add_activities(found, teams, period, now)
    found.settings = contact_settings(teams, period)
    rounds = Round.objects.filter(reach_of(teams).rows())
    found.doors = tallies.doors_by_outcome(rounds, period.first, period.last)
    found.support = support_given(teams, period)
    found.persons = persons_kept(teams, period)
    found.to_do = open_steps(teams, timezone.localdate(now))
    found.neighbourhoods = neighbourhood_names(found.neighbourhoods)
    return found


def neighbourhood_names(keys):
    """Names by key, in order; a part goes behind its buurt."""
    rows = Neighbourhood.objects.filter(pk__in=keys).order_by("name")
    rows = rows.values_list("pk", "name", "parent__name")
    named = [(f"{parent}: {name}" if parent else name, pk) for pk, name, parent in rows]
    return {pk: words for words, pk in sorted(named)}


def _of(queryset, teams, period, buurt="neighbourhood"):
    own = reach_of(teams).rows(buurt=buurt)
    return queryset.filter(own, month__gte=period.first, month__lte=period.last)


def _themes_of(number, teams):
    """Groups of teams with the same map, and the themes that count for this goal in each group."""
    groups = {}
    for team in teams:
        themes = tuple(sorted(theme for theme, goal in team.goal_of.items() if goal == number))
        groups.setdefault(themes, []).append(team.pk)
    return groups


def counts_for(number, teams):
    """True for a contact with at least one theme of this goal."""
    groups = _themes_of(number, teams)
    whens = [
        When(team__in=ids, then=Exists(ContactTheme.objects.filter(contact=OuterRef("pk"), theme__in=themes)))
        for themes, ids in groups.items()
        if themes
    ]
    if len(groups) == 1:
        return whens[0].result
    return Case(*whens, default=Value(False), output_field=BooleanField())


def add_contacts(found, teams, period):
    numbers = sorted({goal for team in teams for goal in team.goal_of.values()})
    goals = {f"goal_{number}": counts_for(number, teams) for number in numbers}
    rows = (
        _of(ContactMoment.objects.order_by(), teams, period)
        .annotate(**goals)
        .values_list("month", "neighbourhood", *goals)
        .annotate(
            times=Count("pk"),
            met=Sum("people"),
            familiar=Count("pk", filter=Q(known=ContactMoment.Known.FAMILIAR)),
        )
    )
    for month, neighbourhood, *hits, times, people, familiar in by_turns(rows.iterator(AT_ONCE)):
        its_goals = {number for number, hit in zip(numbers, hits, strict=True) if hit}
        found.add(CONTACT, month, neighbourhood, its_goals, times, people, familiar)


def contact_settings(teams, period):
    rows = _of(ContactMoment.objects.order_by(), teams, period).values_list("setting")
    return sorted(rows.annotate(times=Count("pk"), met=Sum("people")), key=lambda row: (-row[1], row[0]))


def support_given(teams, period):
    """What was done for initiatives of others, the kind that took the most time first."""
    rows = Support.objects.filter(
        reach_of(teams).rows(), day__gte=first_day(period.first), day__lt=first_day(period.last + 1)
    )
    rows = rows.order_by().values_list("kind").annotate(times=Count("pk"), quarters=Sum("quarters"))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def persons_kept(teams, period):
    """Persons who agreed by the end of the period and are still kept; who stopped or was erased counts no more."""
    rows = Person.objects.filter(reach_of(teams).rows(), consented_on__lt=timezone.localdate(period.end))
    return rows.filter(withdrawn_at=None, merged_into=None).count()


def open_steps(teams, today):
    """Steps that are still to be taken, now; a contact with two kinds of step counts once in the total."""
    rows = ContactMoment.objects.filter(reach_of(teams).rows()).to_do().order_by()
    follow_up = Q(follow_up_on__isnull=False, followed_up_at=None)
    return rows.aggregate(
        total=Count("pk"),
        late=Count("pk", filter=follow_up & Q(follow_up_on__lt=today)),
        follow_up=Count("pk", filter=follow_up),
        refer=Count("pk", filter=Q(to_refer=True, referred_at=None)),
        signal=Count("pk", filter=Q(is_signal=True, passed_on_at=None)),
    )


def _goal(goal_of, theme):
    """The goal of a visit or activity as a set; empty for a theme that no list knows any more."""
    return {goal_of[theme]} if theme in goal_of else set()


def add_visits(found, teams, period):
    goal_of = {team.pk: team.goal_of for team in teams}
    rows = _of(Visit.objects.counted().order_by(), teams, period)
    facts = ("team", "month", "neighbourhood", "reason", "stop", "spot", "place__name")
    rows = rows.values_list(*facts).annotate(times=Count("pk"))
    for team, month, neighbourhood, reason, stop, spot, point, times in by_turns(rows.iterator(AT_ONCE)):
        found.add(VISIT, month, neighbourhood, _goal(goal_of[team], reason), times, times)
        found.reasons[reason] += times
        found.stands[bool(stop), spot or point] += times
        if stop:
            found.tapped[stop] += times


def add_activities(found, teams, period, now):
    """Activities that are over. One without a headcount counts as an activity, and is listed as not counted yet.

    Who was tapped at a stop is a visit already: of its headcount only those count here who were not.
    """
    goal_of = {team.pk: team.goal_of for team in teams}
    rows = Activity.objects.filter(
        reach_of(teams).rows(), starts_at__gte=period.begin, starts_at__lt=period.end, ends_at__lt=now
    ).exclude(state=Activity.State.DRAFT)
    rows = rows.order_by("starts_at", "pk").only(*ITS_FACTS)
    for row in by_turns(rows.iterator(AT_ONCE)):
        if row.is_cancelled:
            found.called_off += 1
            continue
        goals = _goal(goal_of[row.team_id], row.theme)
        taps = found.tapped[row.uid]
        people = max(0, (row.headcount or 0) - taps)
        found.add(ACTIVITY, month_of(row.starts_at), row.neighbourhood_id, goals, 1, people)
        found.hours += (row.ends_at - row.starts_at).total_seconds() / 3600
        for part in (row.carried_by, *([ALONE] if row.lives_alone and row.day >= row.alone_since else [])):
            found.carried[part, ACTIVITY] += 1
            found.carried[part, "people"] += people
        if row.headcount is None and not taps:
            found.uncounted.append(row)
