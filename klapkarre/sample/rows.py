"""Unsaved rows of one team's work, drawn from a seeded source. The demo year and the scale data share them."""

import datetime
import uuid

from django.utils import timezone

from klapkarre.foundation.accounts.themes import COUNTER_REASONS, Theme
from klapkarre.foundation.kit.months import month_of
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.sample import words

Setting, Known, Bridge, Age = (
    ContactMoment.Setting,
    ContactMoment.Known,
    ContactMoment.Bridge,
    ContactMoment.Age,
)

# Shares of one hundred [own choice]: most conversations are short, in the street or at the point, and anonymous.
SETTINGS = [Setting.POINT] * 34 + [Setting.STREET] * 31 + [Setting.HOME] * 17 + [Setting.PHONE] * 10
SETTINGS += [Setting.ELSEWHERE] * 8
THEMES = [Theme.CHAT] * 24 + [Theme.PAPERWORK] * 13 + [Theme.DIGITAL] * 12 + [Theme.NEIGHBOURS] * 9
THEMES += [Theme.RIGHTS] * 8 + [Theme.HOUSING] * 6 + [Theme.MONEY] * 5 + [Theme.SURROUNDINGS] * 5
THEMES += (
    [Theme.IDEA] * 4 + [Theme.HEALTH] * 3 + [Theme.ENERGY] * 3 + [Theme.LEISURE] * 3 + [Theme.MENTAL] * 2
)
THEMES += [Theme.LIVING_TOGETHER, Theme.SAFETY, Theme.MOBILITY]
HOW_MANY_THEMES = [0] + [1] * 13 + [2] * 5 + [3]
PEOPLE = [1] * 13 + [2] * 4 + [3, 4, 6]
REASONS = [*COUNTER_REASONS[:1] * 9, *COUNTER_REASONS[1:3] * 4, COUNTER_REASONS[3], *COUNTER_REASONS[4:5] * 3]
REASONS += [COUNTER_REASONS[5], *COUNTER_REASONS[6:] * 4]
BRIDGES = [Bridge.NONE] * 15 + [Bridge.SHARED] * 2 + [Bridge.APP, Bridge.FAMILY, Bridge.COLLEAGUE]
AGES = [""] * 12 + [Age.ADULTS] * 4 + [Age.OLD] * 3 + [Age.YOUNG, Age.CHILDREN]


def new_id(rng):
    """A version-4 UUID from the seeded source."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def at(day, hour, minute=0):
    """That hour of that day on the clocks of Flanders."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def contact(rng, team, neighbourhood, by, when, **given):
    """One conversation and the rows of its themes."""
    themes = given.pop("themes", None) or {rng.choice(THEMES) for _ in range(rng.choice(HOW_MANY_THEMES))}
    row = ContactMoment(
        id=new_id(rng),
        organisation_id=team.organisation_id,
        team_id=team.pk,
        neighbourhood_id=neighbourhood.pk,
        by_id=by and by.pk,
        when=when,
        created_at=when,
        month=month_of(when),
        setting=given.pop("setting", None) or rng.choice(SETTINGS),
        people=given.pop("people", None) or rng.choice(PEOPLE),
        language_bridge=rng.choice(BRIDGES),
        age_group=rng.choice(AGES),
        known=Known.FAMILIAR if rng.random() < 0.36 else Known.UNKNOWN,
        **given,
    )
    return row, [ContactTheme(contact_id=row.id, theme=theme) for theme in sorted(themes)]


def visit(rng, team, place, by, at_):
    """One tap at the counter; now and then one was taken back."""
    undone = at_ + datetime.timedelta(seconds=20) if rng.random() < 0.01 else None
    return Visit(
        id=new_id(rng),
        organisation_id=team.organisation_id,
        team_id=team.pk,
        neighbourhood_id=place.neighbourhood_id,
        place_id=place.pk,
        by_id=by and by.pk,
        reason=rng.choice(REASONS),
        at=at_,
        month=month_of(at_),
        undone_at=undone,
    )


def sign_up(rng, activity, state, created_at, now, **given):
    """One seat. A month after the activity the name is gone, as retention would have it."""
    forgotten = activity.ends_at < now - datetime.timedelta(days=31)
    return SignUp(
        id=new_id(rng),
        organisation_id=activity.organisation_id,
        activity_id=activity.pk,
        name=None if forgotten else given.pop("name", None) or words.full_name(rng),
        state=state,
        created_at=created_at,
        forgotten_at=activity.ends_at + datetime.timedelta(days=31) if forgotten else None,
        **given,
    )
