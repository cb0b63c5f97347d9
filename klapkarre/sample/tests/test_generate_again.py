"""Data at scale: the same by seed, within its terms, and never beside other work."""

import pytest
from django.db import transaction

from klapkarre.foundation.accounts.keyring import forget_opened_keys
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.people import retention
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.sample import scale
from klapkarre.sample.tests.make import TODAY, generate

pytestmark = pytest.mark.slow

BIG = (ContactMoment, ContactTheme, Visit, Activity, SignUp)


def marks_of_the_rows():
    """What a seed decides, without what is sealed with a new nonce each time."""
    return [
        list(ContactMoment.objects.order_by("pk").values_list("pk", "when", "people", "setting")[:50]),
        list(ContactTheme.objects.order_by("contact", "theme").values_list("contact", "theme")[:50]),
        list(Visit.objects.order_by("pk").values_list("pk", "at", "reason")[:50]),
        list(
            Activity.objects.order_by("starts_at", "title").values_list("title", "starts_at", "headcount")[
                :50
            ]
        ),
        [model.objects.count() for model in BIG],
    ]


def marks_of(seed):
    """The marks of one seed; the rows are taken back, so that the next seed finds an empty database."""
    with transaction.atomic():
        generate(seed=seed)
        marks = marks_of_the_rows()
        transaction.set_rollback(True)
    forget_opened_keys()
    return marks


def test_the_same_seed_gives_the_same_rows(db):
    first, again, other = (marks_of(seed) for seed in (1, 1, 2))
    assert first == again
    assert first[0] != other[0]


def test_nothing_is_past_its_term(db):
    generate(years=3)
    assert set(retention.run(now=scale.at(TODAY, 15), dry_run=True).values()) == {0}


def test_it_never_stands_beside_real_work(organisation):
    with pytest.raises(scale.RealData, match="bevat echt werk"):
        generate()
    assert Team.objects.count() == 0


def test_it_is_not_added_twice(db):
    generate()
    with pytest.raises(scale.RealData, match="al proefgegevens"):
        generate()


@pytest.mark.parametrize(("teams", "years"), [(0, 1), (1, 0), (-1, 1)])
def test_at_least_one_team_and_year(db, teams, years):
    with pytest.raises(ValueError, match="minstens"):
        generate(teams, years)
