"""Data at scale: many teams, some years, all fictional. For measuring and for practice, never beside real work."""

import datetime
import random
import sys

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD
from klapkarre.foundation.accounts.models import (
    Covenant,
    CovenantGoal,
    Membership,
    Organisation,
    Role,
    Team,
    User,
)
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.finding.actions import rebuild
from klapkarre.foundation.places.models import (
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
    Welcome,
    content_changed,
)
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.repetition import Rule
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.sample import words
from klapkarre.sample.persons import fill_persons
from klapkarre.sample.quick import insert, quick_writes
from klapkarre.sample.rows import at, contact, sign_up, visit

MARK = "Proefwerk"
SLUG = "proefwerk"
TEAMS_PER_ORGANISATION = 5
WORKERS = 3
# Of each team: five teams hold a thousand.
PERSONS = 200
GOALS = {1: "Dichter bij hulp", 2: "Buren verbonden", 3: "Een fijne buurt"}
PARTS = ("Noord", "Midden", "Zuid")
DAYS_AHEAD = 42
# Kinds of activity: title, theme, weekday, hour, seats (None: gewoon binnenlopen), people.
KINDS = (
    ("Koffieklap", Theme.CHAT, 3, 9, None, 19),
    ("Samen koken", Theme.NEIGHBOURS, 4, 10, 16, 14),
    ("Computerinitiatie", Theme.DIGITAL, 1, 14, 12, 10),
    ("Creatief atelier", Theme.LEISURE, 0, 13, 25, 18),
    ("Samen in de moestuin", Theme.SURROUNDINGS, 2, 10, None, 12),
)


class RealData(Exception):
    """The database holds an organisation that is no sample."""


def generate(teams, years, seed=1, progress=None, today=None):
    """Add `teams` teams with `years` years of work each; the same seed on the same day gives the same rows.

    `progress(done, all)` is called after each team; without it a bar stands on the terminal. Raises `RealData`
    when the database holds real work, and `ValueError` for numbers below one.
    """
    if teams < 1 or years < 1:
        raise ValueError("minstens één team en één jaar")
    if Organisation.objects.exclude(slug__startswith=SLUG).exists():
        raise RealData("Deze databank bevat echt werk. Kies een lege datamap voor proefgegevens.")
    if Organisation.objects.exists():
        raise RealData("Deze databank bevat al proefgegevens. Kies een lege datamap.")
    progress = progress or terminal_bar()
    now = timezone.now() if today is None else at(today, 15)
    hashed = make_password(DEMO_PASSWORD)
    with quick_writes():
        organisation = None
        for number in range(1, teams + 1):
            rng = random.Random(f"{seed}/{number}")  # noqa: S311  (not a secret)
            with transaction.atomic():
                if (number - 1) % TEAMS_PER_ORGANISATION == 0:
                    organisation = new_organisation(number // TEAMS_PER_ORGANISATION + 1, hashed)
                TeamYears(rng, number, organisation, years, now, hashed).fill()
            progress(number, teams)
        rebuild()
        content_changed()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def terminal_bar():
    """A bar on standard error when that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        return lambda done, everything: None

    def draw(done, everything):
        filled = 40 * done // everything
        end = "\n" if done == everything else ""
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{everything} teams{end}")
        sys.stderr.flush()

    return draw


def new_organisation(number, hashed):
    """A fictional vzw with its own key and a coordinator."""
    organisation = actions.start_organisation(f"{MARK} {number} vzw (verzonnen)", f"{SLUG}-{number}")
    coordinator = User.objects.create(username=f"proef-coordinator-{number}", password=hashed)
    started = timezone.localdate() - datetime.timedelta(days=3650)
    Membership.objects.create(
        user=coordinator, organisation=organisation, role=Role.COORDINATOR, starts_on=started
    )
    return organisation


class TeamYears:
    """One team in one town of its own, with three neighbourhoods and three points, and its years of work."""

    def __init__(self, rng, number, organisation, years, now, hashed):
        self.rng, self.number, self.organisation, self.now = rng, number, organisation, now
        self.years, self.hashed = years, hashed
        self.today = timezone.localdate(now)
        self.first = self.today - datetime.timedelta(days=365 * years)
        days = (self.first + datetime.timedelta(days=n) for n in range(365 * years))
        self.days = [day for day in days if day.weekday() < 5]

    def fill(self):
        self.add_town()
        self.add_team()
        for year in range(self.years):
            days = self.days[year * len(self.days) // self.years : (year + 1) * len(self.days) // self.years]
            self.add_contacts(days)
            self.add_visits(days)
        self.add_activities()
        fill_persons(self.rng, self.team, self.workers, PERSONS, self.now)

    def add_town(self):
        number = self.number
        town = Municipality.objects.create(
            name=f"Proefstad {number}", slug=f"proefstad-{number}", desk="Sociaal Huis", phone="02 000 00 00"
        )
        self.town = town
        self.buurten = Neighbourhood.objects.bulk_create(
            Neighbourhood(
                municipality=town,
                name=f"{part} {number}",
                slug=f"proef-{part.lower()}-{number}",
                summary="Een verzonnen buurt, om te meten en te oefenen.",
            )
            for part in PARTS
        )
        self.points = Place.objects.bulk_create(
            Place(
                neighbourhood=buurt,
                name=f"Buurtpunt {buurt.name}",
                slug=f"buurtpunt-{buurt.slug}",
                street=f"Verzonnenstraat {place}",
                postcode="0000",
                town=town.name,
                phone="02 000 00 00",
                phone_of="het team",
                phone_is_example=True,
            )
            for place, buurt in enumerate(self.buurten, 1)
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(place=point, weekday=day, opens=datetime.time(9), closes=datetime.time(12))
            for place, point in enumerate(self.points)
            for day in (place, place + 2)
        )
        Welcome.objects.bulk_create(
            Welcome(place=point, position=place, text=text, theme=theme)
            for point in self.points
            for place, (theme, text) in enumerate(
                ((Theme.CHAT, "een babbel met koffie of thee"), (Theme.DIGITAL, "kleine digitale vragen"))
            )
        )

    def add_team(self):
        number = self.number
        self.team = Team.objects.create(organisation=self.organisation, name=f"Team Proefstad {number}")
        self.team.neighbourhoods.set(self.buurten)
        covenant = Covenant.objects.create(
            organisation=self.organisation,
            municipality=self.town,
            name=f"Proefconvenant {number}",
            starts_on=self.first,
            ends_on=self.today + datetime.timedelta(days=365),
        )
        CovenantGoal.objects.bulk_create(
            CovenantGoal(covenant=covenant, number=goal, short=short, text=short)
            for goal, short in GOALS.items()
        )
        self.workers = User.objects.bulk_create(
            User(username=f"proef-werker-{number}-{worker}", password=self.hashed)
            for worker in range(1, WORKERS + 1)
        )
        Membership.objects.bulk_create(
            Membership(
                user=worker,
                organisation=self.organisation,
                team=self.team,
                role=Role.WORKER,
                starts_on=self.first,
            )
            for worker in self.workers
        )

    def by(self, when):
        """Who noted it; after two years that is gone, as retention would have it."""
        return self.rng.choice(self.workers) if (self.now - when).days < 2 * 365 else None

    def add_contacts(self, days):
        rng, rows, themes = self.rng, [], []
        for _ in range(rng.randrange(1600, 2201)):
            when = at(rng.choice(days), rng.randrange(9, 19), rng.randrange(60))
            by = self.by(when)
            note = words.NOTES[rng.randrange(len(words.NOTES))] if by and rng.random() < 0.2 else None
            row, its_themes = contact(rng, self.team, rng.choice(self.buurten), by, when, note=note)
            if (self.now - when).days < 30 and rng.random() < 0.1:
                row.follow_up_on = self.today + datetime.timedelta(days=rng.randrange(-5, 15))
            rows.append(row)
            themes += its_themes
        insert(ContactMoment, rows)
        insert(ContactTheme, themes)

    def add_visits(self, days):
        rng, rows = self.rng, []
        for session in range(130):
            day = days[session * len(days) // 130]
            point = self.points[session % len(self.points)]
            by = self.by(at(day, 9))
            for _ in range(rng.randrange(10, 21)):
                rows.append(
                    visit(rng, self.team, point, by, at(day, 9 + rng.randrange(3), rng.randrange(60)))
                )
        insert(Visit, rows)

    def add_activities(self):
        """Weekly from the first day until six weeks ahead: about eighty a year, more than half with a list."""
        rng, rows = self.rng, []
        weeks = (365 * self.years + DAYS_AHEAD) // 7
        last_day = self.first + datetime.timedelta(weeks=weeks)
        share = rng.uniform(0.45, 0.6)
        for place, (title, theme, weekday, hour, seats, people) in enumerate(KINDS):
            rule = Rule(weeks=1, weekdays=(weekday,)).text
            series = Series.objects.create(team=self.team, rule=rule, first_day=self.first, last_day=last_day)
            for week in range(weeks):
                if (week + place) % 3 == 0 or rng.random() < share:
                    continue
                day = self.first + datetime.timedelta(days=7 * week - self.first.weekday() + weekday)
                rows.append(self.activity(series, title, theme, day, hour, seats, people))
        Activity.objects.bulk_create(rows)
        insert(SignUp, self.lists(rows))

    def activity(self, series, title, theme, day, hour, seats, people):
        rng, starts = self.rng, at(day, hour)
        spot = rng.randrange(len(self.buurten))
        over = starts + datetime.timedelta(hours=2) < self.now
        return Activity(
            organisation=self.organisation,
            team=self.team,
            neighbourhood=self.buurten[spot],
            place=self.points[spot],
            series=series,
            series_day=day,
            title=f"{title} (verzonnen)",
            summary="Iedereen is welkom. Er is koffie en thee.",
            starts_at=starts,
            ends_at=starts + datetime.timedelta(hours=2),
            theme=theme,
            sign_up_kind=Activity.SignUpKind.NAME if seats else Activity.SignUpKind.NONE,
            capacity=seats,
            headcount=max(2, round(rng.gauss(people, people / 5))) if over else None,
        )

    def lists(self, rows):
        rng, state = self.rng, SignUp.State
        for row in rows:
            if not row.capacity:
                continue
            over = row.headcount is not None
            for place in range(rng.randrange(8, row.capacity + 1)):
                came = state.ATTENDED if rng.random() < 0.85 else state.MISSED
                created = min(row.starts_at, self.now) - datetime.timedelta(days=2, minutes=13 * place)
                yield sign_up(rng, row, came if over else state.SIGNED_UP, created, self.now)
