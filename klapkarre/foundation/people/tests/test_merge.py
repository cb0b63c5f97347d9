"""Doubles are found, compared and merged with all that points at them; undoing restores every stored value."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.kit.months import start_of
from klapkarre.foundation.people import actions, likeness
from klapkarre.foundation.people.models import AgreedStep, Consent, Merge, Person, Tie
from klapkarre.foundation.people.tests.make import FACTS, make_person
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

MODELS = (Person, Consent, AgreedStep, Tie, ContactMoment)
# These say when and how often a row was written, not what stands in it.
COUNTERS = {"version", "changed_at", "touched_at"}


def everything():
    """Every stored value of every row that may move, opened."""
    return {
        (model._meta.label, str(row.pk)): {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.name not in COUNTERS and not field.name.endswith("_index")
        }
        for model in MODELS
        for row in model.objects.all()
    }


def step_of(person, what):
    return AgreedStep.objects.create(
        organisation_id=person.organisation_id, person=person, what=what, doer="wij", day=timezone.localdate()
    )


def tie_of(person, **to):
    return Tie.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        does="belt",
        agreed_on=timezone.localdate(),
        **to,
    )


@pytest.fixture
def pair(team, worker, buurt):
    """Two rows of one person, with all that may point at a person, and a third who is someone else."""
    first = make_person(team, worker, "Fientje Voorbeeld", phone="0470 12 34 56", wants="Leren fietsen.")
    second = make_person(team, worker, "voorbeeld fientje", where="Molenstraat 3", wants="Nederlands leren.")
    third = make_person(team, worker, "Omar Verzonnen")
    for person in (first, second):
        make_contact(team, buurt, by=worker, person=person, note=f"Nota van {person.name}")
        step_of(person, f"Stap van {person.name}")
        tie_of(person, who="dochter")
        tie_of(person, other=third)
        tie_of(third, other=person)
    tie_of(first, other=second)
    tie_of(second, other=first)
    actions.withdraw_consent(second, ["bellen"], "gesproken", "persoon", worker)
    return Person.objects.get(pk=first.pk), Person.objects.get(pk=second.pk)


VALUES = FACTS | {"name": "Fien", "where": "Molenstraat 3", "wants": "Beide."}


def merged(pair, user, values=VALUES, **more):
    first, second = pair
    return actions.merge(first, second, values, (first.version, second.version), user, **more)


def test_all_that_points_at_the_second_goes_to_the_first(pair, worker):
    merged(pair, worker)
    first = Person.objects.get(pk=pair[0].pk)
    assert {name: getattr(first, name) for name in Person.TEXTS} == VALUES
    assert ContactMoment.objects.filter(person=first).count() == 2
    assert [model.objects.filter(person=first).count() for model in (AgreedStep, Consent)] == [2, 3]
    assert list(Person.objects.visible_to(worker).filter(pk=pair[1].pk)) == []
    # The ties between the two stay with the second: nobody is tied to themselves.
    assert [tie for tie in Tie.objects.all() if tie.person_id == tie.other_id] == []
    assert first.ties.showable(worker).count() == 4


def test_every_pointer_is_found_through_the_registry():
    found = {f"{model._meta.label}.{name}" for model, name in actions.merging.pointers()}
    assert found == {
        "people.Consent.person",
        "people.AgreedStep.person",
        "people.Tie.person",
        "people.Tie.other",
        "people.Correction.person",
        "people.RightsRequest.person",
        "outreach.ContactMoment.person",
        "outreach.HomeVisit.person",
    }


def test_undoing_restores_every_stored_value(pair, worker):
    before = everything()
    merge = merged(pair, worker)
    assert everything() != before
    actions.undo_merge(merge)
    assert everything() == before
    assert Merge.objects.get().kept is None


def test_what_came_after_the_merge_stays(pair, worker):
    merge = merged(pair, worker)
    first = Person.objects.get(pk=pair[0].pk)
    new = step_of(first, "Nieuwe stap")
    actions.change_person(first, VALUES | {"languages": "Turks", "name": "Fientje B."}, first.version)
    actions.undo_merge(merge)
    first = Person.objects.get(pk=first.pk)
    assert (first.name, first.languages) == ("Fientje B.", "Turks")
    assert (first.phone, first.wants) == ("0470 12 34 56", "Leren fietsen.")
    assert AgreedStep.objects.get(pk=new.pk).person == first


def test_undo_ends_after_thirty_days_and_the_second_goes(pair, worker):
    now = timezone.now()
    merge = merged(pair, worker, now=now)
    late = start_of(merge.until + datetime.timedelta(days=1))
    assert list(Merge.objects.can_be_undone(late - datetime.timedelta(minutes=1))) == [merge]
    assert not Merge.objects.past_term(late - datetime.timedelta(minutes=1)).exists()
    with pytest.raises(ValidationError):
        actions.undo_merge(merge, late)
    assert [person.pk for person in Person.objects.past_term(late)] == [pair[1].pk]
    assert list(Merge.objects.past_term(late)) == [merge]


def test_the_latest_merge_is_undone_first(pair, worker, team):
    earlier = merged(pair, worker)
    third = make_person(team, worker, "Fien")
    first = Person.objects.get(pk=pair[0].pk)
    later = merged((first, third), worker)
    with pytest.raises(ValidationError, match="latere"):
        actions.undo_merge(earlier)
    actions.undo_merge(later)
    actions.undo_merge(earlier)
    assert Person.objects.visible_to(worker).count() == 4


def test_a_version_that_was_not_compared_is_refused(pair, worker):
    second = pair[1]
    actions.change_person(second, VALUES, second.version)
    with pytest.raises(actions.Changed):
        merged(pair, worker)
    assert Merge.objects.count() == 0


def test_what_arrives_at_the_second_lands_at_the_first(pair, worker):
    merged(pair, worker)
    facts = {"what": "Samen bellen", "doer": "wij", "who": None, "day": timezone.localdate()}
    actions.add_step(pair[1], facts, pair[1].pk)
    assert {step.what for step in AgreedStep.objects.filter(person=pair[0])} >= {"Samen bellen"}


def test_a_number_that_may_not_be_kept_does_not_come_along(pair, worker):
    """The second row says that calling was taken back, later than the first agreed to it."""
    merged(pair, worker, VALUES | {"phone": "0470 12 34 56"})
    assert Person.objects.get(pk=pair[0].pk).phone is None


def test_erasing_the_person_erases_what_the_undo_kept(pair, worker):
    merged(pair, worker)
    Person.objects.get(pk=pair[0].pk).delete()
    assert Merge.objects.count() == 0
    assert not Person.objects.filter(pk=pair[1].pk).exists()


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Fatima El-Amrani", "El Amrani Fatima", True),
        ("Ayşe Bedacht", "ayse  bedacht", True),
        ("Jef Bedacht", "Jan Bedacht", False),
    ],
)
def test_the_same_name_in_another_spelling(team, worker, one, two, same):
    for name in (one, two):
        make_person(team, worker, name)
    assert bool(likeness.doubles(likeness.people_of(worker))) is same


def test_the_same_number_in_another_spelling(team, worker):
    make_person(team, worker, "Jef", phone="0470/12.34.56")
    make_person(team, worker, "Wout", phone="+32 (0)470 12 34 56")
    assert len(likeness.doubles(likeness.people_of(worker))) == 1


def test_the_pages_walk_from_double_to_merge_to_undo(client, worker, pair):
    first, second = pair
    client.force_login(worker)
    path = f"{first.path}samenvoegen/{second.pk}/"
    assert path in client.get("/werk/personen/dubbel/").text
    page = client.get(path)
    assert "Molenstraat 3" in page.text
    assert Reading.objects.first().rows == [str(first.pk), str(second.pk)]
    form = {"first_version": first.version, "second_version": second.version}
    form |= {"name": "eerste", "phone": "eerste", "where": "tweede", "wants": "beide"}
    assert client.post(path, form).headers["location"] == first.path
    kept = Person.objects.get(pk=first.pk)
    assert (kept.where, kept.wants) == ("Molenstraat 3", "Leren fietsen.\nNederlands leren.")
    assert client.get(second.path).headers["location"] == first.path
    undo = f"{first.path}losmaken/{Merge.objects.get().pk}/"
    assert undo in client.get(first.path).text
    client.post(undo)
    client.post(undo)
    assert Person.objects.visible_to(worker).count() == 3


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [("worker_elsewhere", 404), ("worker_abroad", 404), ("coordinator", 403), ("admin", 403)],
)
def test_nobody_else_merges_or_undoes(client, request, worker, pair, who, status):
    first, second = pair
    merge = merged(pair, worker)
    client.force_login(request.getfixturevalue(who))
    assert client.post(f"{first.path}losmaken/{merge.pk}/").status_code == status
    actions.undo_merge(merge)
    assert client.post(f"{first.path}samenvoegen/{second.pk}/", {}).status_code == status
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_persons_of_two_teams_are_never_merged(client, worker, worker_elsewhere, team, other_team):
    first, far = make_person(team, worker), make_person(other_team, worker_elsewhere)
    client.force_login(worker)
    assert client.get(f"{first.path}samenvoegen/{far.pk}/").status_code == 404
    assert client.get(f"{first.path}samenvoegen/{first.pk}/").status_code == 404
    with pytest.raises(actions.Gone):
        merged((first, far), worker)
