"""Who has a role for one neighbourhood sees the persons of there, and hears of nobody else."""

import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, Opening, Reading, Role, User
from klapkarre.foundation.accounts.models.openings import OPEN_FOR
from klapkarre.foundation.people import actions
from klapkarre.foundation.people.models import Correction, Merge, Person, RightsRequest
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person, typed
from klapkarre.rooms.agenda.tests.make import fill, make_activity

pytestmark = pytest.mark.access
LIST, ADD, ASKED = "/werk/personen/", "/werk/personen/nieuw/", "/werk/personen/rechten/"


@pytest.fixture
def persons(team, worker, buurt, other_buurt, deelbuurt):
    """One in each neighbourhood of the team, and one of whom nobody knows where."""
    return [
        make_person(team, worker, f"Kanarie {place or 'nergens'}", neighbourhood=place)
        for place in (other_buurt, deelbuurt, buurt, None)
    ]


def named(page):
    return {person.name for person in page.context["page_obj"].object_list}


def test_only_those_of_there_are_found(client, worker_one_buurt, worker, persons):
    own = {"Kanarie Stationswijk", "Kanarie Sporen"}
    client.force_login(worker_one_buurt)
    assert named(client.get(LIST)) == named(client.post(LIST, {"wanted": "kanarie"})) == own
    read = {one for row in Reading.objects.all() for one in row.rows}
    assert read == {str(person.pk) for person in persons[:2]}
    assert [client.get(person.path).status_code for person in persons] == [200, 200, 404, 404]
    parts = ("wijzigen/", "toestemming/", "intrekken/", "stap/", "band/", "rechten/")
    assert {client.get(f"{persons[2].path}{part}").status_code for part in parts} == {404}
    assert set(Person.objects.visible_to(worker)) == set(persons)


def test_a_new_person_lives_there(client, worker_one_buurt, buurt, other_buurt):
    client.force_login(worker_one_buurt)
    form = client.get(ADD).context["form"]
    assert list(form.fields["neighbourhood"].queryset) == [other_buurt]
    assert form["neighbourhood"].value() == other_buurt.pk
    for wrong in ("", buurt.pk):
        page = client.post(ADD, typed(neighbourhood=wrong))
        assert set(page.context["form"].errors) == {"neighbourhood"}
    client.post(ADD, typed(neighbourhood=other_buurt.pk))
    assert Person.objects.get().neighbourhood == other_buurt


def test_of_a_buurt_and_its_parts_none_is_filled_in(client, worker_one_buurt, other_buurt, deelbuurt):
    client.force_login(worker_one_buurt)
    form = client.get(ADD).context["form"]
    assert set(form.fields["neighbourhood"].queryset) == {other_buurt, deelbuurt}
    assert form["neighbourhood"].value() is None
    assert form.fields["neighbourhood"].required


def test_a_whole_team_may_not_know(client, worker, worker_one_buurt, buurt):
    client.force_login(worker)
    page = client.get(ADD)
    assert "Weet ik niet" in page.text
    assert page.context["form"]["neighbourhood"].value() is None
    client.post(ADD, typed(neighbourhood=""))
    person = Person.objects.get()
    assert person.neighbourhood is None
    facts = {"version": 1, "name": "Fientje Voorbeeld", "neighbourhood": buurt.pk}
    client.post(f"{person.path}wijzigen/", facts)
    assert Person.objects.get().neighbourhood == buurt
    assert [(one.field, one.before) for one in Correction.objects.all()] == [("neighbourhood", None)]


def test_who_moves_is_seen_where_she_is_now(client, worker, worker_one_buurt, persons, buurt):
    person = persons[0]
    make_request(person, worker)
    actions.change_person(person, {"neighbourhood": buurt}, person.version, user=worker)
    client.force_login(worker_one_buurt)
    assert client.get(person.path).status_code == 404
    assert RightsRequest.objects.of_team(worker_one_buurt).count() == 0
    client.force_login(worker)
    page = client.get(f"{person.path}wijzigen/")
    assert "Stationswijk" in page.text
    put_back = f"{person.path}wijzigen/{Correction.objects.get().pk}/terug/"
    assert put_back not in page.text
    assert client.post(put_back).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Kanarie Molenwijk", "kanarie nergens"])
def test_nobody_hears_of_a_double_elsewhere(client, worker_one_buurt, persons, other_buurt, name):
    client.force_login(worker_one_buurt)
    answer = client.post(ADD, typed(name=name, neighbourhood=other_buurt.pk))
    assert answer.status_code == 302
    assert Person.objects.count() == 5
    assert client.get("/werk/personen/dubbel/").context["pairs"] == []


@pytest.mark.slow
def test_nobody_is_merged_or_tied_across(
    client, worker, worker_one_buurt, persons, organisation, team, buurt
):
    here, _part, away, _nowhere = persons
    facts = {"who": None, "other": away, "volunteer": None, "does": "belt", "agreed_on": timezone.localdate()}
    actions.add_tie(here, facts, uuid.uuid4())
    helper = User.objects.create_user("helper-daar")
    Membership.objects.create(
        user=helper, organisation=organisation, team=team, role=Role.VOLUNTEER, neighbourhood=buurt
    )
    client.force_login(worker_one_buurt)
    assert client.get(f"{here.path}samenvoegen/{away.pk}/").status_code == 404
    assert away.name not in client.get(here.path).text
    page = client.get(f"{here.path}band/")
    assert "helper-daar" not in page.text
    page = client.post(f"{here.path}band/", {"who": away.name})
    assert [
        label for value, label in page.context["form"].fields["meant"].choices if value != "niemand"
    ] == []
    client.force_login(worker)
    assert away.name in client.get(here.path).text
    assert "helper-daar" in client.get(f"{here.path}band/").text


def test_a_merge_is_taken_apart_by_who_sees_both(client, worker, worker_one_buurt, persons):
    here, _part, away, _nowhere = persons
    values = {name: getattr(here, name) for name in Person.FACTS}
    merge = actions.merge(here, away, values, (here.version, away.version), worker)
    assert list(Merge.objects.visible_to(worker_one_buurt)) == []
    client.force_login(worker_one_buurt)
    assert client.get(away.path).status_code == 404
    actions.undo_merge(merge)
    assert Person.objects.get(pk=away.pk).neighbourhood == away.neighbourhood


def test_a_merge_keeps_the_neighbourhood_that_was_chosen(client, worker, persons, buurt, other_buurt):
    here, _part, away, _nowhere = persons
    client.force_login(worker)
    path = f"{here.path}samenvoegen/{away.pk}/"
    form = client.get(path).context["form"]
    assert [label for _value, label in form.fields["neighbourhood"].choices] == ["Stationswijk", "Molenwijk"]
    chosen = {"first_version": 1, "second_version": 1, "name": "eerste", "neighbourhood": "tweede"}
    client.post(path, chosen)
    assert Person.objects.get(pk=here.pk).neighbourhood == buurt
    actions.undo_merge(Merge.objects.get())
    assert Person.objects.get(pk=here.pk).neighbourhood == other_buurt


@pytest.mark.slow
def test_requests_and_loose_names_of_there(
    client, worker, worker_one_buurt, persons, team, buurt, other_buurt
):
    seats = [fill(make_activity(team, place), 1)[0] for place in (other_buurt, buurt)]
    asked = [make_request(person, worker) for person in persons]
    client.force_login(worker_one_buurt)
    found = client.post(ASKED, {"wanted": "Buur 0"})
    assert [row["row"] for row in found.context["rows"]] == seats[:1]
    assert set(found.context["open"]) == set(asked[:2])
    for part in ("", "afsluiten/", "inzage/", "wissen/"):
        codes = [client.get(f"{ASKED}{one.pk}/{part}").status_code for one in asked[::2]]
        assert codes == [200, 404], part


@pytest.mark.slow
def test_what_was_erased_stays_on_the_list_of_there(worker, worker_one_buurt, persons):
    asked = [make_request(person, worker, "wissen") for person in persons]
    for one in asked:
        actions.erase_person(one, worker)
    assert set(RightsRequest.objects.of_team(worker_one_buurt)) == set(asked[:2])
    assert set(RightsRequest.objects.of_team(worker)) == set(asked)


@pytest.mark.slow
def test_an_export_says_the_neighbourhood(client, worker, persons):
    asked = make_request(persons[0], worker)
    client.force_login(worker)
    assert "Stationswijk" in client.get(f"{ASKED}{asked.pk}/inzage/").text


@pytest.mark.slow
def test_who_opened_her_own_team_reads_it_and_changes_what_is_hers(
    client, worker, worker_one_buurt, persons, organisation, team, buurt, other_buurt
):
    """A worker for one neighbourhood who also coordinates: the rest of her team is read only."""
    user = worker_one_buurt
    Membership.objects.create(user=user, organisation=organisation, role=Role.COORDINATOR)
    until = timezone.now() + OPEN_FOR
    Opening.objects.create(
        organisation=organisation, team=team, user=user, reason="Collega ziek.", until=until
    )
    here, _part, away, _nowhere = persons
    facts = {"what": "Bellen", "doer": "wij", "who": None, "day": timezone.localdate()}
    actions.add_step(away, facts, uuid.uuid4())
    soups = [make_activity(team, place) for place in (other_buurt, buurt)]
    client.force_login(user)
    assert [client.get(one.path).status_code for one in (here, away)] == [200, 200]
    codes = [client.get(f"{one.path}wijzigen/").status_code for one in (here, away)]
    assert codes == [200, 404]
    assert client.get(f"{away.path}toestemming/").status_code == 404
    assert client.post(f"{away.path}stap/{away.steps.get().pk}/", {"state": "gedaan"}).status_code == 404
    lists = [f"/werk/activiteiten/{one.pk}/lijst/" for one in soups]
    assert [client.get(path).status_code for path in lists] == [200, 200]
    assert [client.post(f"{path}toevoegen/", {"name": "Nour"}).status_code for path in lists] == [302, 403]
