"""What is past its term goes, by the fate its model declares; dry runs only count."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading, User
from klapkarre.foundation.accounts.tests.make import make_reading
from klapkarre.foundation.kit.months import years_before
from klapkarre.foundation.kit.personal import Fate, declarations, personal_models
from klapkarre.foundation.people import retention
from klapkarre.foundation.people.models import Receipt
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.outreach.models import ContactMoment

DAY = datetime.timedelta(days=1)


@pytest.fixture
def make_sign_up(team, buurt):
    def make(days_ago):
        ended = timezone.now() - days_ago * DAY
        activity = make_activity(team, buurt, starts_at=ended - datetime.timedelta(hours=2))
        return SignUp.objects.create(
            organisation=team.organisation,
            activity=activity,
            name="Fientje Voorbeeld",
            state=SignUp.State.ATTENDED,
            token_hash=f"t{days_ago}",
            code_hash=f"c{days_ago}",
        )

    return make


def facts(row):
    row = type(row).objects.get(pk=row.pk)
    return row.name, row.token_hash, row.code_hash, row.state


def test_a_name_goes_a_month_after_the_activity_and_the_count_stays(make_sign_up):
    old, recent = make_sign_up(33), make_sign_up(27)
    counts = retention.run()
    assert counts["aanmeldingen"] == 1
    assert facts(old) == (None, None, None, "attended")
    assert facts(recent) == ("Fientje Voorbeeld", "t27", "c27", "attended")


@pytest.mark.slow
def test_a_second_run_finds_nothing(make_sign_up):
    make_sign_up(33)
    retention.run()
    assert set(retention.run().values()) == {0}


def test_a_dry_run_counts_and_changes_nothing(make_sign_up):
    row = make_sign_up(33)
    assert retention.run(dry_run=True)["aanmeldingen"] == 1
    assert facts(row)[0] == "Fientje Voorbeeld"


def test_a_note_and_its_worker_go_after_two_years_and_the_count_stays(team, buurt, worker):
    def contact(when):
        return ContactMoment.objects.create(
            organisation=team.organisation,
            team=team,
            neighbourhood=buurt,
            by=worker,
            setting="straat",
            people=3,
            note="komt morgen terug",
            when=when,
        )

    two_years = years_before(timezone.now(), 2)
    old, recent = contact(two_years - DAY), contact(two_years + DAY)
    assert retention.run()["contactmomenten"] == 1
    old, recent = (ContactMoment.objects.get(pk=row.pk) for row in (old, recent))
    assert (old.note, old.by, old.people) == (None, None, 3)
    assert (recent.note, recent.by, recent.people) == ("komt morgen terug", worker, 3)


def test_the_reading_log_goes_after_five_years(organisation, worker):
    for years in (6, 4):
        make_reading(worker, organisation, now=years_before(timezone.now(), years))
    assert retention.run()["inzagen"] == 1
    assert Reading.objects.count() == 1


def test_receipts_go_when_nothing_can_repeat_itself_any_more(db):
    for days in (399, 402):
        Receipt.objects.create(uuid=uuid.uuid4(), kind="x", at=timezone.now() - days * DAY)
    assert retention.run()["ontvangstbewijzen"] == 1


def test_a_term_of_years_ends_on_a_day_that_exists():
    leap = datetime.datetime(2028, 2, 29, 12, tzinfo=datetime.UTC)
    assert years_before(leap, 2) == datetime.datetime(2026, 2, 28, 12, tzinfo=datetime.UTC)


@pytest.mark.slow
def test_a_role_and_then_its_user_go_ten_years_after_the_end(organisation, worker, coordinator):
    ten_years = years_before(timezone.localtime(), 10).date()
    worker.memberships.update(starts_on=ten_years - DAY, ends_on=ten_years - DAY)
    coordinator.memberships.update(starts_on=ten_years, ends_on=ten_years)
    counts = retention.run()
    assert (counts["gebruikers"], counts["rollen"]) == (1, 1)
    assert list(User.objects.values_list("username", flat=True)) == ["coordinator"]


def test_who_stands_in_the_reading_log_stays_as_long_as_the_log(organisation, worker):
    worker.memberships.update(starts_on=datetime.date(2000, 1, 1), ends_on=datetime.date(2001, 1, 1))
    make_reading(worker, organisation)
    retention.run()
    assert list(User.objects.all()) == [worker]


@pytest.mark.parametrize("model", personal_models(), ids=lambda model: model._meta.label)
def test_every_declared_fate_can_be_carried_out(model):
    assert hasattr(model._default_manager.all(), "past_term"), "give its queryset past_term(now)"
    fields = declarations(model)
    if all(declared.fate != Fate.ERASE for declared in fields.values()):
        assert {name for name in fields if not model._meta.get_field(name).null} == set()
