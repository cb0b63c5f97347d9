"""The demo year: one clearly fictional year of work around the imported town, so that every page has something.

It is drawn from a source seeded by the day, always up to today, with the volumes of one team of three workers.
"""

import datetime
import random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

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
from klapkarre.foundation.places.holidays import public_holidays
from klapkarre.foundation.places.models import Neighbourhood, Place, content_changed
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.sample import words
from klapkarre.sample.demo_agenda import fill_agenda
from klapkarre.sample.demo_cards import fill_cards
from klapkarre.sample.demo_colleagues import fill_colleagues
from klapkarre.sample.demo_duties import fill_duties
from klapkarre.sample.demo_field import fill_field
from klapkarre.sample.demo_logins import fill_logins
from klapkarre.sample.demo_news import fill_news
from klapkarre.sample.demo_picture import fill_picture
from klapkarre.sample.demo_readings import fill_readings
from klapkarre.sample.demo_rounds import fill_rounds
from klapkarre.sample.demo_tour import fill_tour
from klapkarre.sample.demo_translations import fill_translations
from klapkarre.sample.demo_visits import fill_visits
from klapkarre.sample.persons import fill_persons, fill_requests
from klapkarre.sample.rows import at, contact, visit

ROLES = {
    "worker": Role.WORKER,
    "worker2": Role.WORKER,
    "worker3": Role.WORKER,
    "coordinator": Role.COORDINATOR,
    "city": Role.CITY,
    "partner": Role.PARTNER,
    "volunteer": Role.VOLUNTEER,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
}
OTHER_TEAM = "Team ondersteunde buurten (verzonnen)"
# Hours of work on the clocks of Flanders: nothing is noted before or after.
OPENS, CLOSES = 9, 18
# Colleagues of the worker: they cannot sign in.
COLLEAGUES = ("verzonnen-collega-1", "verzonnen-collega-2")


@transaction.atomic
def fill(today=None):
    """Add logins and a year of work to the imported town. A database that has the demo logins stays as it is."""
    if User.objects.filter(username="worker").exists():
        return
    now = timezone.now() if today is None else at(today, 15)
    today = timezone.localdate(now)
    rng = random.Random(f"klapkarre demo {today}")  # noqa: S311  (not a secret)
    organisation = Organisation.objects.order_by("name").first()
    if organisation is None:
        raise LookupError("Lees eerst een gemeente in: de demo heeft buurten en een organisatie nodig.")
    team, other = demo_teams(organisation)
    worker, worker2, *colleagues = demo_users(organisation, team, other)
    fill_colleagues(organisation, team, now)
    fill_duties(organisation, now)
    fill_picture()
    fill_cards(organisation, team)
    fill_news(team, now)
    continue_covenant(organisation, today)
    holidays = {day for year in range(today.year - 1, today.year + 2) for day in public_holidays(year)}
    spots = team_spots(team)
    fill_agenda(rng, team, spots, today, now, holidays)
    fill_translations(worker, now)
    fill_counter(rng, team, spots, [worker, *colleagues], now, holidays)
    fill_contacts(rng, team, [spot[0] for spot in spots], [worker, *colleagues], 1800, now, holidays)
    fill_contacts(rng, other, list(other.neighbourhoods.all()), [worker2], 160, now, holidays)
    fill_to_dos(rng, team, [spot[0] for spot in spots], worker, now)
    fill_persons(rng, team, [worker, *colleagues], 10, now)
    fill_persons(rng, other, [worker2], 2, now)
    fill_visits(team, worker, colleagues[0], now)
    fill_requests(team, worker, now)
    fill_rounds(rng, team, other, worker, now)
    fill_tour([(team, worker), (other, worker2)], today, now, holidays)
    fill_field(team, worker, now)
    fill_readings(rng, organisation, team, working_days(now, holidays), now)
    names = User.objects.in_bulk(ROLES, field_name="username")
    fill_logins(names, [day for day in working_days(now, holidays) if day < today])
    rebuild()
    content_changed()


def demo_teams(organisation):
    """The team of the town file, and a small second one in the neighbourhoods that are only supported."""
    team = Team.objects.filter(organisation=organisation).order_by("pk").first()
    if team is None:
        team = Team.objects.create(organisation=organisation, name="Team buurtopbouwwerk")
    if not team.neighbourhoods.exists():
        team.neighbourhoods.set(Neighbourhood.objects.filter(status=Neighbourhood.Status.ACTIVE))
    other = Team.objects.filter(organisation=organisation).exclude(pk=team.pk).order_by("pk").first()
    if other is None:
        other = Team.objects.create(organisation=organisation, name=OTHER_TEAM)
    if not other.neighbourhoods.exists():
        supported = Neighbourhood.objects.filter(status=Neighbourhood.Status.SUPPORTED)
        other.neighbourhoods.set(supported or Neighbourhood.objects.all()[:1])
    return team, other


def demo_users(organisation, team, other):
    """The logins of `DEMO_ROLES`, with one hash for all, and two colleagues who cannot sign in."""
    hashed = make_password(DEMO_PASSWORD)
    users = [User(username=name, password=hashed) for name in ROLES]
    nobody_knows = make_password(None)
    users += [User(username=name, password=nobody_knows) for name in COLLEAGUES]
    users = {user.username: user for user in User.objects.bulk_create(users)}
    teams = {"worker": team, "worker2": other, "worker3": team, "volunteer": team} | dict.fromkeys(
        COLLEAGUES, team
    )
    started = timezone.localdate() - datetime.timedelta(days=2 * 365)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=organisation,
            team=teams.get(name),
            # One worker has a role for one neighbourhood of the team.
            neighbourhood=team.neighbourhoods.order_by("pk").first() if name == "worker3" else None,
            role=ROLES.get(name, Role.WORKER),
            starts_on=started,
        )
        for name, user in users.items()
    )
    return [users[name] for name in ("worker", "worker2", *COLLEAGUES)]


def continue_covenant(organisation, today):
    """When the covenant of the sources is over, a fictional next one with the same goals runs on."""
    last = Covenant.objects.filter(organisation=organisation).order_by("-ends_on").first()
    if last is None or last.ends_on >= today:
        return
    following = Covenant.objects.create(
        organisation=organisation,
        municipality=last.municipality,
        name="Vervolgconvenant (verzonnen voorbeeld)",
        starts_on=last.ends_on + datetime.timedelta(days=1),
        ends_on=max(last.ends_on, today) + datetime.timedelta(days=730),
    )
    CovenantGoal.objects.bulk_create(
        CovenantGoal(covenant=following, number=goal.number, short=goal.short, text=goal.text)
        for goal in last.goals.all()
    )


def team_spots(team):
    """Pairs of neighbourhood and point; a neighbourhood without a point stands with `None`."""
    areas = list(team.neighbourhoods.order_by("pk"))
    points = Place.objects.points().filter(neighbourhood__in=_with_parts(areas)).order_by("pk")
    spots = [(place.neighbourhood, place) for place in points.select_related("neighbourhood")]
    return spots or [(area, None) for area in areas]


def _with_parts(areas):
    return [*areas, *Neighbourhood.objects.filter(parent__in=areas)]


def working_days(now, holidays):
    """Weekdays of the past year, today last when it is one."""
    today = timezone.localdate(now)
    days = (today - datetime.timedelta(days=back) for back in range(365, -1, -1))
    return [day for day in days if day.weekday() < 5 and day not in holidays]


def sessions(place, position, days):
    """The sessions of a point: its weekly hours where the sources know them, else one afternoon a week."""
    slots = [(slot.weekday, slot.opens.hour) for slot in place.hours.all()]
    slots = slots or [((2 + position) % 5, 13)]
    # A session takes three hours, within the hours of work.
    return [
        (day, min(max(hour, OPENS), CLOSES - 3))
        for day in days
        for weekday, hour in slots
        if day.weekday() == weekday
    ]


def fill_counter(rng, team, spots, workers, now, holidays):
    """About 130 sessions of some fifteen visitors, and what was tapped today."""
    days = working_days(now, holidays)
    rows = []
    for position, (_neighbourhood, place) in enumerate(spots):
        if place is None:
            continue
        for day, hour in sessions(place, position, days):
            by = rng.choice(workers)
            for _ in range(rng.randrange(9, 20)):
                moment = at(day, hour + rng.randrange(3), rng.randrange(60))
                if moment < now:
                    rows.append(visit(rng, team, place, by, moment))
    if spots[0][1] is not None:
        today = timezone.localdate(now)
        latest = min(now, at(today, CLOSES))
        moments = [latest - datetime.timedelta(minutes=9 * number + 4) for number in range(6)]
        moments = [moment for moment in moments if moment >= at(today, OPENS)]
        rows += [visit(rng, team, spots[0][1], workers[0], moment) for moment in moments]
    Visit.objects.bulk_create(rows)


def fill_contacts(rng, team, neighbourhoods, workers, count, now, holidays):
    """Conversations on working days, some with a note; what had to be done is done."""
    days = [day for day in working_days(now, holidays) if at(day, 19) < now]
    rows, themes = [], []
    for _ in range(count):
        when = at(rng.choice(days), rng.choice((9, 10, 11, 13, 14, 15, 16, 17)), rng.randrange(60))
        given = {}
        if rng.random() < 0.08:
            week = datetime.timedelta(days=7)
            given = {
                "follow_up_on": timezone.localdate(when) + week,
                "followed_up_at": min(now, when + week),
            }
        row, its_themes = contact(rng, team, rng.choice(neighbourhoods), rng.choice(workers), when, **given)
        if rng.random() < 0.22:
            row.note = words.note_about(rng, [its.theme for its in its_themes])
        rows.append(row)
        themes += its_themes
    ContactMoment.objects.bulk_create(rows)
    ContactTheme.objects.bulk_create(themes)


# Days from today on which to follow up, or another step; then what it is about.
TO_DOS = (
    ({"days": -6}, Theme.ENERGY, "Vraagt hulp bij een brief van de energieleverancier."),
    ({"days": -2}, Theme.CHAT, "Wil graag mee naar de koffieklap, maar durft niet alleen."),
    ({"days": 0}, Theme.MENTAL, "Voelt zich alleen sinds de verhuis. Nog eens langsgaan."),
    ({"days": 0}, Theme.MOBILITY, "Zoekt een tweedehands fiets voor de kinderen."),
    ({"days": 1}, Theme.DIGITAL, "Wil leren mailen. De computerles voorgesteld."),
    ({"days": 4}, Theme.IDEA, "Stelt voor om een ruilkast te zetten."),
    ({"days": 9}, Theme.SURROUNDINGS, "Wil meehelpen met de moestuin in de lente."),
    ({"to_refer": True}, Theme.RIGHTS, "Heeft vragen over de schooltoeslag."),
    ({"to_refer": True, "days": 2}, Theme.HEALTH, "Zoekt een huisarts die nog mensen aanneemt."),
    ({"is_signal": True}, Theme.HOUSING, "De lift in het gebouw is al twee weken stuk."),
    ({"is_signal": True}, Theme.SAFETY, "Vindt het plein 's avonds te donker."),
)


def fill_to_dos(rng, team, neighbourhoods, worker, now):
    """What the worker sees first: overdue, today and later, to refer, and two signals."""
    today = timezone.localdate(now)
    rows, themes = [], []
    for number, (step, theme, note) in enumerate(TO_DOS):
        given = {name: value for name, value in step.items() if name != "days"}
        if "days" in step:
            given["follow_up_on"] = today + datetime.timedelta(days=step["days"])
        day = today - datetime.timedelta(days=8 - number // 2)
        # What would fall in the weekend was on Friday.
        day -= datetime.timedelta(days=max(0, day.weekday() - 4))
        when = at(day, OPENS + number % 8, 7 * number % 60)
        buurt = rng.choice(neighbourhoods)
        row, its_themes = contact(rng, team, buurt, worker, when, themes={theme}, note=note, **given)
        rows.append(row)
        themes += its_themes
    ContactMoment.objects.bulk_create(rows)
    ContactTheme.objects.bulk_create(themes)
