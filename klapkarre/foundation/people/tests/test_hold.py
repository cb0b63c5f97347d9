"""A held row outlives its term, with what hangs on it; a chosen term is honoured, and never longer than the cap."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from klapkarre.foundation.duties import actions, terms
from klapkarre.foundation.duties.holds import on_hold
from klapkarre.foundation.duties.models import RetentionRun, TermChoice
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people import retention
from klapkarre.foundation.people.models import Consent, Earlier, Person
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

DAY = datetime.timedelta(days=1)


def later(years):
    return timezone.now() + years * 366 * DAY


@pytest.fixture
def keep(coordinator, organisation):
    def keep(kind, row=""):
        soon = timezone.localdate() + 30 * DAY
        return actions.hold(
            coordinator, organisation, kind=kind, row=str(row), reason="klacht", review_on=soon
        )

    return keep


def test_a_held_person_stays_with_all_that_hangs_on_it(team, worker, coordinator, keep):
    held, free = make_person(team, worker, "Fientje"), make_person(team, worker, "Jef")
    hold = keep("people.person", held.pk)
    found = {count.kind: count for count in retention.carry_out(later(3))}
    assert list(Person.objects.all()) == [held]
    assert set(Consent.objects.values_list("person", flat=True)) == {held.pk}
    assert (found["people.person"].erased, found["people.person"].held) == (1, 1)
    assert found["people.person"].until == hold.review_on
    assert on_hold(held)
    assert on_hold(held.consents.first())
    assert not on_hold(free)
    actions.lift(coordinator, hold.pk, hold.organisation)
    retention.run(later(3))
    assert not Person.objects.exists()


@pytest.mark.slow
def test_what_a_step_of_a_held_person_said_stays(team, worker, keep):
    """It hangs on the step, and the step on the person."""
    person = make_person(team, worker, "Fientje")
    facts = {"what": "Bellen", "doer": "wij", "who": None, "day": timezone.localdate()}
    people.add_step(person, facts, uuid.uuid4())
    people.change_step(person.steps.get(), facts | {"what": "Langsgaan"}, 1, worker)
    keep("people.person", person.pk)
    retention.run(later(3))
    assert Earlier.objects.get().before == "Bellen"


@pytest.mark.slow
def test_what_would_take_a_held_row_along_stays(team, worker, keep):
    person = make_person(team, worker, "Fientje")
    keep("people.consent", person.consents.first().pk)
    retention.run(later(3))
    assert Person.objects.exists()
    assert Consent.objects.exists()


@pytest.mark.slow
def test_a_held_person_is_not_erased_on_request_and_is_told_why(client, team, worker, coordinator, keep):
    person = make_person(team, worker, "Fientje")
    hold, found = keep("people.person", person.pk), make_request(person, worker)
    client.force_login(worker)
    page = client.post(f"/werk/personen/rechten/{found.pk}/wissen/", {"sure": "on"})
    assert page.status_code == 200
    assert "Dit moet nu bewaard blijven om een wettelijke reden." in page.text
    assert Person.objects.get().name == "Fientje"
    actions.lift(coordinator, hold.pk, hold.organisation)
    client.post(f"/werk/personen/rechten/{found.pk}/wissen/", {"sure": "on"})
    assert not Person.objects.exists()


def test_what_hangs_on_a_person_and_is_held_keeps_the_person(team, buurt, worker, keep):
    person = make_person(team, worker, "Fientje")
    row = make_contact(team, buurt, by=worker, note="Klacht over de buur", person=person)
    keep("outreach.contactmoment", row.pk)
    with pytest.raises(ValidationError):
        people.erase_person(make_request(person, worker), worker)
    assert ContactMoment.objects.get().person == person


def test_a_whole_kind_is_held_in_one_organisation_only(team, buurt, worker, worker_abroad, keep):
    here = make_contact(team, buurt, by=worker, note="hier")
    far = worker_abroad.memberships.get().team
    there = make_contact(far, buurt, by=worker_abroad, note="daar")
    keep("outreach.contactmoment")
    retention.run(later(3))
    assert ContactMoment.objects.get(pk=here.pk).note == "hier"
    assert ContactMoment.objects.get(pk=there.pk).note is None


@pytest.mark.slow
def test_a_review_day_that_passed_lifts_nothing(team, worker, keep):
    person = make_person(team, worker, "Fientje")
    keep("people.person", person.pk)
    retention.run(later(30))
    assert Person.objects.exists()


@pytest.mark.slow
def test_a_shorter_term_holds_here_and_not_elsewhere(organisation, team, buurt, worker, worker_abroad):
    here = make_contact(team, buurt, by=worker, note="hier")
    there = make_contact(worker_abroad.memberships.get().team, buurt, by=worker_abroad, note="daar")
    actions.choose_term(organisation, "outreach.contactmoment", number=10, unit="days")
    TermChoice.objects.update(changed_at=timezone.now() - 7 * DAY)
    retention.run(timezone.now() + 9 * DAY)
    assert ContactMoment.objects.get(pk=here.pk).note == "hier"
    retention.run(timezone.now() + 12 * DAY)
    assert ContactMoment.objects.get(pk=here.pk).note is None
    assert ContactMoment.objects.get(pk=there.pk).note == "daar"


@pytest.mark.slow
def test_another_term_erases_nothing_in_the_first_week(organisation, team, buurt, worker):
    row, now = make_contact(team, buurt, by=worker, note="hier"), timezone.now()
    for day in range(7):  # the same choice again does not begin the week anew
        choice = {"number": 1, "unit": "days", "now": now + day * DAY}
        actions.choose_term(organisation, "outreach.contactmoment", **choice)
    retention.run(now + 6 * DAY)
    assert ContactMoment.objects.get(pk=row.pk).note == "hier"
    retention.run(now + 8 * DAY)
    assert ContactMoment.objects.get(pk=row.pk).note is None


def test_a_longer_term_in_the_database_changes_nothing(organisation, team, buurt, worker):
    TermChoice.objects.create(
        organisation=organisation, kind="outreach.contactmoment", number=90, unit="years"
    )
    row = make_contact(team, buurt, by=worker, note="hier")
    retention.run(later(3))
    assert ContactMoment.objects.get(pk=row.pk).note is None
    assert terms.term_in(terms.choices_of(organisation), ContactMoment) == terms.cap_of(ContactMoment)


@pytest.mark.parametrize("model", [one for one in terms.kinds() if terms.is_adjustable(one)])
def test_every_kind_that_may_be_shorter_asks_for_it(model, organisation):
    plain = str(model._default_manager.all().past_term(timezone.now()).query)
    actions.choose_term(organisation, model._meta.label_lower, number=1, unit="days", now=later(-1))
    assert str(model._default_manager.all().past_term(timezone.now()).query) != plain


@pytest.mark.slow
def test_a_round_that_was_cut_off_is_finished_by_the_next(team, worker, monkeypatch):
    for name in ("Fientje", "Jef", "Mia"):
        make_person(team, worker, name)
    monkeypatch.setattr(retention, "BATCH", 1)
    rounds = retention._in_batches(Person, Person.objects.all().past_term(later(3)))
    next(rounds)
    rounds.close()  # killed here: what went is gone, the rest is whole
    assert Person.objects.count() == 2
    retention.run(later(3))
    assert (Person.objects.count(), Consent.objects.count()) == (0, 0)
    assert RetentionRun.objects.get().ended_at


@pytest.mark.slow
def test_the_log_of_rounds_counts_and_a_dry_run_leaves_nothing(team, worker, organisation):
    make_person(team, worker, "Fientje")
    retention.run(later(3), dry_run=True)
    assert not RetentionRun.objects.exists()
    retention.run(later(3))
    counts = {row.kind: (row.organisation, row.erased) for row in RetentionRun.objects.get().counts.all()}
    assert counts["people.person"] == (organisation, 1)
