"""A round ends: its counts stay, its doors go, a certificate says so, and no late phone brings one back."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.duties import actions as duties
from klapkarre.foundation.people import intake, ledger, retention
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.models import (
    Attempt,
    Certificate,
    Door,
    LeftAlone,
    Round,
    RoundCount,
    StreetCount,
    StreetVisit,
)
from klapkarre.rooms.outreach.tests.make import door_of, make_round, ring

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
BUTTON = Certificate.Rule.BUTTON


@pytest.fixture
def walked(team, buurt, worker):
    """Four doors: nobody home twice, inside, left alone, and one at which nobody rang."""
    one = make_round(team, buurt, doors=("1", "2", "3", "4"))
    for where, outcome in (("1", "niet_thuis"), ("1", "niet_thuis"), ("2", "niet_thuis"), ("2", "binnen")):
        ring(worker, door_of(one, where), outcome)
    ring(worker, door_of(one, "3"), "niet_meer")
    return one


def counts():
    return sorted(RoundCount.objects.values_list("outcome", "doors"))


OUTCOMES = [("binnen", 1), ("gepland", 1), ("niet_meer", 1), ("niet_thuis", 1)]


def test_the_doors_go_and_the_counts_stay(walked):
    certificate = actions.end_round(walked, BUTTON)
    assert (Door.objects.count(), Attempt.objects.count()) == (0, 0)
    assert (certificate.doors, certificate.attempts, certificate.rule) == (4, 5, "knop")
    assert counts() == OUTCOMES
    assert list(StreetCount.objects.values_list("doors", "visited", "never_opened")) == [(4, 3, 1)]
    assert list(StreetVisit.objects.values_list("day", "rings", "nobody")) == [(timezone.localdate(), 5, 3)]
    # The wish of door 3 holds longer than the round.
    assert LeftAlone.objects.count() == 1


def test_a_late_phone_brings_nothing_back(walked, worker):
    door, attempt = door_of(walked, "2"), Attempt.objects.first()
    actions.end_round(walked, BUTTON)
    for key in (attempt.pk, uuid.uuid4(), None):
        with pytest.raises(intake.Erased):
            actions.add_attempt(worker, door.pk, "binnen", (), key, timezone.now())
    assert not Attempt.objects.exists()


@pytest.mark.slow
def test_ending_twice_gives_the_first_certificate(walked):
    first = actions.end_round(walked, BUTTON)
    assert actions.end_round(walked, Certificate.Rule.TERM) == first
    assert (Certificate.objects.count(), counts()) == (1, OUTCOMES)


@pytest.mark.slow
def test_a_round_ends_by_itself_a_week_after_its_last_day(walked, team, buurt):
    make_round(team, buurt, doors=("9",), days=8)
    noon = timezone.now()
    last = noon + 14 * DAY
    assert retention.run(last, dry_run=True)["rondes"] == 0
    assert retention.run(last + DAY, dry_run=True)["rondes"] == 1
    found = retention.run(last + DAY)
    assert (found["rondes"], found["deuren"], found["pogingen aan deuren"]) == (1, 4, 5)
    assert Certificate.objects.get().rule == "termijn"
    assert list(Round.objects.filter(ended_at=None).values_list("doors", flat=True).order_by()) == [
        Door.objects.get().pk
    ]


@pytest.mark.slow
def test_what_is_held_stays(walked, coordinator, organisation):
    duties.hold(
        coordinator,
        organisation,
        kind="outreach.round",
        row=str(walked.pk),
        reason="klacht",
        review_on=timezone.localdate() + 9 * DAY,
    )
    with pytest.raises(actions.StaysForNow):
        actions.end_round(walked, BUTTON)
    retention.run(timezone.now() + 99 * DAY)
    assert Door.objects.count() == 4


@pytest.mark.slow
def test_a_restore_ends_the_round_again(walked):
    """The backup is of before the end: the ledger knows which round to end, and the counts come back with it."""
    kept = {model: list(model.objects.all()) for model in (Door, Attempt)}
    before = timezone.now()
    first = actions.end_round(walked, BUTTON)
    for model in (RoundCount, StreetCount, StreetVisit, Certificate):
        model.objects.all().delete()
    Round.objects.update(ended_at=None)
    for model, rows in kept.items():
        model.objects.bulk_create(rows)
    assert ledger.replay(before)[1] == 0
    assert (Door.objects.count(), Attempt.objects.count()) == (0, 0)
    assert Certificate.objects.get().digest == first.digest
    assert counts() == OUTCOMES


@pytest.mark.slow
def test_who_asked_to_be_left_alone_is_forgotten_after_three_years(walked):
    for years, left in ((2, 1), (4, 0)):
        retention.run(timezone.now() + years * 366 * DAY)
        assert LeftAlone.objects.count() == left
