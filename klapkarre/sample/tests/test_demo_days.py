"""The demo year on unusual days and in unusual towns."""

import datetime

import pytest
from django.db.models import Count

from klapkarre.foundation.accounts.models import Covenant, Role, User
from klapkarre.rooms.agenda.models import Activity
from klapkarre.sample import demo
from klapkarre.sample.tests.make import make_town


def test_an_ended_covenant_gets_a_fictional_next_one(covenant, team, point):
    demo.continue_covenant(team.organisation, datetime.date(2031, 2, 1))
    following = Covenant.objects.exclude(pk=covenant.pk).get()
    assert following.starts_on == datetime.date(2031, 1, 1)
    assert [goal.short for goal in following.goals.all()] == [goal.short for goal in covenant.goals.all()]
    assert "verzonnen" in following.name


def test_without_a_town_it_says_what_to_do(db):
    with pytest.raises(LookupError, match="Lees eerst een gemeente in"):
        demo.fill()


@pytest.mark.slow
@pytest.mark.parametrize("day", [datetime.date(2027, 1, 1), datetime.date(2028, 2, 29)])
def test_any_day_fills(db, day):
    make_town()
    demo.fill(day)
    assert Activity.objects.values("team").annotate(rows=Count("pk")).get()["rows"] > 70
    assert User.objects.filter(memberships__role=Role.WORKER).distinct().count() == 7
