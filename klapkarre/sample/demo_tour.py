"""The tour of the klapkarre through the demo town: stops on the squares of the town file, eight weeks back and ahead.

Each place has its own fortnight, so that the cart stands on another square each time. What is over was tapped.
"""

import datetime
import random

from django.db.models import Q

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.repetition import Rule, days_of
from klapkarre.rooms.agenda.traits import Kind
from klapkarre.rooms.counter.models import Visit
from klapkarre.sample.rows import at, visit

WEEKS = 8
WEEK = datetime.timedelta(weeks=1)
# (weekday, hour): the tour of a town is on Wednesday and on Friday.
TIMES = ((2, 14), (4, 15))
TEXTS = {
    "title": "De klapkarre komt langs",
    "summary": "We staan buiten met koffie, thee en een bank. Kom erbij en vertel.",
}
FACTS = {"theme": Theme.CHAT, "kind": Kind.STOP, "access": ("rolstoel",)}


def fill_tour(teams, today, now, holidays):
    """`teams` are pairs of a team and the worker who stands there."""
    rng = random.Random(f"klapkarre tour {today}")  # noqa: S311  (not a secret)
    for team, worker in teams:
        here = team.neighbourhoods.all()
        squares = Place.objects.filter(kind__in=(Place.Kind.SQUARE, Place.Kind.STOP))
        squares = squares.filter(Q(neighbourhood__in=here) | Q(neighbourhood__parent__in=here))
        rows = []
        for number, place in enumerate(squares.select_related("neighbourhood").order_by("slug")):
            rows += stops_at(team, place, number, today, holidays)
        rows += today_there(team, rows, today)
        tapped = [one for row in rows for one in taps(rng, row, worker, now)]
        Activity.objects.bulk_create(rows)
        Visit.objects.bulk_create(tapped)


def stops_at(team, place, number, today, holidays):
    """Every second week at one place."""
    weekday, hour = TIMES[number % len(TIMES)]
    monday = today - today.weekday() * datetime.timedelta(days=1)
    first = monday - WEEKS * WEEK + weekday * datetime.timedelta(days=1) + number // 2 % 2 * WEEK
    rule, last = Rule(weeks=2, weekdays=(weekday,)).text, monday + WEEKS * WEEK
    series = Series.objects.create(
        team=team, rule=rule, first_day=first, last_day=last, skip_public=True, skip_school=False
    )
    days = days_of(rule, first, until=last)
    return [stop(team, place, day, hour, series) for day in days if day != today and day not in holidays]


def today_there(team, rows, today):
    """Whatever day the demo is looked at, the cart comes today: to the place where it was longest ago."""
    past = sorted((row for row in rows if row.day < today), key=lambda row: row.starts_at)
    return [stop(team, past[0].place, today, 14, None, hours=3)] if past else []


def stop(team, place, day, hour, series, hours=2):
    starts = at(day, hour)
    return Activity(
        organisation_id=team.organisation_id,
        team=team,
        neighbourhood=place.neighbourhood,
        place=place,
        series=series,
        series_day=day if series else None,
        starts_at=starts,
        ends_at=starts + datetime.timedelta(hours=hours),
        **TEXTS,
        **FACTS,
    )


def taps(rng, row, worker, now):
    """Who came to a stop of a day that is over, and the headcount that follows them."""
    if row.ends_at >= now or row.series_id is None:
        return []
    minutes = int((row.ends_at - row.starts_at).total_seconds() // 60)
    found = []
    for _ in range(rng.randrange(8, 20)):
        moment = row.starts_at + datetime.timedelta(minutes=rng.randrange(minutes))
        one = visit(rng, row.team, row.place, worker, moment)
        one.stop, one.spot = row.uid, row.spot
        found.append(one)
    row.headcount = sum(one.undone_at is None for one in found)
    return found
