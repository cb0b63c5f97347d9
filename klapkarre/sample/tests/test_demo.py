"""The demo year: alive on any day, fictional, sealed, and filled once."""

import datetime
import random

import pytest
from django.contrib.auth import authenticate
from django.db.models import Sum
from django.utils import timezone

from klapkarre.foundation.accounts.demo import DEMO_PASSWORD, DEMO_ROLES, IN_TWO
from klapkarre.foundation.accounts.models import Invitation, Membership, Team, User
from klapkarre.foundation.people import retention
from klapkarre.foundation.people.models import Person
from klapkarre.rooms.agenda import slips
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.sample import demo, words
from klapkarre.sample.tests.kept import kept_rows
from klapkarre.sample.tests.make import make_town

SATURDAY = datetime.date(2026, 11, 21)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filled_once(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_rows(django_db_blocker, tmp_path_factory.mktemp("demo") / "keys") as keys:
        make_town()
        demo.fill(SATURDAY)
        yield keys


@pytest.fixture
def filled(filled_once, db, settings):
    """The moment that the demo year was filled at."""
    settings.KEY_FILE = filled_once
    return demo.at(SATURDAY, 15)


def test_every_demo_login_has_its_role(filled):
    for username, _label in DEMO_ROLES:
        user = authenticate(None, username=username, password=DEMO_PASSWORD)
        assert user.role_names == ({demo.ROLES[username]} if username != IN_TWO else set())
    assert authenticate(None, username=demo.COLLEAGUES[0], password=DEMO_PASSWORD) is None


def test_every_kind_of_colleague_is_there(filled):
    coordinator = User.objects.get(username="coordinator")
    states = {row.user.username: row.state for row in Membership.objects.visible_to(coordinator)}
    assert set(states.values()) == {"running", "suspended", "ended"}
    assert Invitation.objects.visible_to(coordinator).open(filled).count() == 1
    both = User.objects.get(username=IN_TWO)
    assert [one.slug for one in both.organisations_today][1] == "verzonnen-buurthuis"


def test_the_two_workers_stand_in_two_teams(filled):
    teams = [User.objects.get(username=name).names_reach.team_ids for name in ("worker", "worker2")]
    assert teams[0].isdisjoint(teams[1])
    assert {len(ids) for ids in teams} == {1}
    assert Team.objects.get(pk=next(iter(teams[1]))).name == demo.OTHER_TEAM


def test_the_third_worker_stands_in_one_neighbourhood(filled):
    one = User.objects.get(username="worker3")
    buurt = one.memberships.get().neighbourhood
    assert one.own_reach.buurten == {buurt.pk}
    assert not one.own_reach.whole
    for model in (ContactMoment, Activity, Person):
        assert {row.neighbourhood for row in model.objects.visible_to(one)} == {buurt}, model


def test_a_second_fill_adds_nothing(filled):
    before = [model.objects.count() for model in (User, ContactMoment, Visit, Activity, SignUp)]
    demo.fill(SATURDAY + datetime.timedelta(days=3))
    assert [model.objects.count() for model in (User, ContactMoment, Visit, Activity, SignUp)] == before


def test_the_volumes_are_those_of_one_team_year(filled):
    team = Team.objects.get(name="Team Molen")
    past = Activity.objects.filter(team=team, ends_at__lt=filled)
    assert 1500 <= ContactMoment.objects.filter(team=team).count() <= 2200
    assert 60 <= past.count() <= 110
    assert 1200 <= past.aggregate(total=Sum("headcount"))["total"] <= 2500
    anonymous = ContactMoment.objects.filter(known=ContactMoment.Known.UNKNOWN).count()
    assert anonymous > ContactMoment.objects.count() / 2


def test_the_coming_weeks_hold_every_situation(filled):
    coming = Activity.objects.upcoming(filled).with_seats().order_by("starts_at")
    assert coming.filter(series__rule="FREQ=MONTHLY;BYDAY=1WE", series_day__week_day=4).exists()
    meal = coming.filter(title="Samen koken").first()
    assert (meal.taken, meal.waiting, meal.price_cents) == (12, 3, 200)
    assert [row.to_tell for row in meal.signups.seated() if row.to_tell] == [True]
    nearly = coming.filter(title="Computerinitiatie").first()
    assert nearly.seats_left() == 1
    assert coming.get(state=Activity.State.CANCELLED).cancelled_because == words.CANCELLED_BECAUSE
    assert timezone.localdate(coming.first().starts_at) == SATURDAY + datetime.timedelta(days=1)
    assert Activity.objects.filter(ends_at__lt=filled, headcount=None).count() == 2


def test_no_list_holds_more_than_its_seats(filled):
    taken = Activity.objects.with_seats().filter(capacity__isnull=False)
    assert [row.title for row in taken if row.taken > row.capacity] == []


def test_to_dos_are_overdue_today_and_later(filled):
    steps = ContactMoment.objects.to_do().exclude(follow_up_on=None).values_list("follow_up_on", flat=True)
    assert sorted({(day > SATURDAY) - (day < SATURDAY) for day in steps}) == [-1, 0, 1]
    assert ContactMoment.objects.to_do().count() == 13


def test_taps_of_today_are_there(filled):
    midnight = demo.at(SATURDAY, 0)
    assert Visit.objects.filter(at__gte=midnight, at__lte=filled).count() == 6


@pytest.mark.parametrize(
    ("hour", "minute", "taps"), [(0, 40, 0), (8, 59, 0), (9, 15, 2), (15, 0, 6), (23, 30, 6)]
)
def test_nothing_is_noted_outside_the_hours_of_work(filled, hour, minute, taps):
    now = demo.at(SATURDAY, hour, minute)
    team, worker = Team.objects.get(name="Team Molen"), User.objects.get(username="worker")
    spots = demo.team_spots(team)
    before = set(Visit.objects.values_list("pk", flat=True))
    demo.fill_counter(random.Random(3), team, spots, [worker], now, set())
    demo.fill_to_dos(random.Random(3), team, [spots[0][0]], worker, now)
    added = Visit.objects.exclude(pk__in=before)
    today = [row for row in added if timezone.localdate(row.at) == SATURDAY]
    assert (len(today), [row for row in today if row.at > now]) == (taps, [])
    moments = [row.at for row in Visit.objects.all()] + [row.when for row in ContactMoment.objects.all()]
    assert {timezone.localtime(moment).hour for moment in moments} <= set(range(9, 18))


def test_notes_fit_what_the_contact_was_about(filled):
    about = {note: str(theme) for theme, notes in words.NOTES_ABOUT.items() for note in notes}
    rows = [row for row in ContactMoment.objects.prefetch_related("themes") if row.note]
    assert len(rows) > 200
    wrong = [row.note for row in rows if about[row.note] not in {its.theme for its in row.themes.all()}]
    assert wrong == []


def test_every_coming_seat_has_its_slip(filled):
    rows = list(SignUp.objects.live(filled))
    assert len(rows) >= 20
    for row in rows:
        assert row.token_hash == slips.hash_token(slips.token_of(row))
        assert row.code_hash == slips.hash_code(slips.code_of(row).split("-"))
    forgotten = SignUp.objects.exclude(forgotten_at=None)
    assert set(forgotten.values_list("token_hash", "code_hash")) == {(None, None)}


def test_names_are_fictional_and_what_is_past_its_term_is_gone(filled):
    names = [row.name for row in SignUp.objects.all() if row.name]
    assert names != []
    assert [name for name in names if not name.endswith(words.SURNAMES)] == []
    assert set(retention.run(now=filled, dry_run=True).values()) == {0}


def test_nothing_happens_in_the_future(filled):
    assert ContactMoment.objects.filter(when__gt=filled).count() == 0
    assert Visit.objects.filter(at__gt=filled).count() == 0
    assert Activity.objects.filter(starts_at__gt=filled, headcount__isnull=False).count() == 0
