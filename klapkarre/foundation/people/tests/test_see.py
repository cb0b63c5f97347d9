"""Who sees persons: workers of the own team, and each reading stands in the log before anything shows."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Opening, Reading
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact, typed
from klapkarre.windows.workday import person_views

NAME = "Kanarie Voorbeeld"
OUTSIDERS = [
    ("worker_elsewhere", 404),
    ("worker_abroad", 404),
    ("coordinator", 403),
    ("city", 403),
    ("partner", 403),
    ("volunteer", 403),
    ("auditor", 403),
    ("admin", 403),
]


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, NAME, phone="0470 12 34 56", wants="Leren fietsen.")


def test_the_page_shows_what_they_want_and_logs_it(client, worker, person, team, buurt):
    make_contact(team, buurt, by=worker, note="Kwam langs met de fiets.", person=person)
    client.force_login(worker)
    page = client.get(person.path)
    assert page.status_code == 200
    for text in (NAME, "Leren fietsen.", "0470 12 34 56", "Kwam langs met de fiets."):
        assert text in page.text
    assert "no-store" in page.headers["cache-control"]
    logged = {row.kind: row.rows for row in Reading.objects.all()}
    assert logged == {
        "people.person": [str(person.pk)],
        "outreach.contactmoment": [str(ContactMoment.objects.get().pk)],
    }
    assert "worker" in page.text[page.text.index("Wie keek") :]


def test_the_log_stands_before_the_page(client, worker, person, monkeypatch):
    def fails(*_args, **_more):
        raise RuntimeError("the page broke")

    monkeypatch.setattr(person_views, "render", fails)
    client.force_login(worker)
    with pytest.raises(RuntimeError):
        client.get(person.path)
    assert Reading.objects.get().rows == [str(person.pk)]


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(("who", "status"), OUTSIDERS)
def test_nobody_else_finds_it(client, request, person, who, status):
    client.force_login(request.getfixturevalue(who))
    for part in ("", "wijzigen/", "toestemming/", "intrekken/", "stap/", "band/"):
        answer = client.get(person.path + part)
        assert answer.status_code == status
        assert NAME not in answer.text
    listed = client.get("/werk/personen/")
    assert NAME not in listed.text
    assert listed.status_code == (200 if status == 404 else 403)
    assert Reading.objects.count() == 0


def test_the_list_logs_the_ids_that_it_shows(client, worker, person, team):
    other = make_person(team, worker, "Omar Verzonnen")
    client.force_login(worker)
    page = client.get("/werk/personen/")
    assert [row.name for row in page.context["page_obj"]] == [NAME, "Omar Verzonnen"]
    assert Reading.objects.get().rows == [str(person.pk), str(other.pk)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("kanarie", [NAME]),
        ("VOORB kan", [NAME]),
        ("0470/12 34", [NAME]),
        ("+32 470 12 34 56", [NAME]),
        ("verzonnen", ["Ómar Verzonnen"]),
        ("omar", ["Ómar Verzonnen"]),
        ("niemand", []),
        ("999999", []),
    ],
)
def test_search_finds_name_and_number_and_logs_only_what_it_shows(
    client, worker, person, team, wanted, found
):
    make_person(team, worker, "Ómar Verzonnen")
    client.force_login(worker)
    page = client.post("/werk/personen/", {"wanted": wanted})
    assert [row.name for row in page.context["page_obj"]] == found
    assert sum(len(row.rows) for row in Reading.objects.all()) == len(found)
    assert ("Niemand gevonden." in page.text) is (not found)


def test_an_empty_list_says_what_to_do(client, worker):
    client.force_login(worker)
    assert "Een persoon bewaar je enkel met akkoord." in client.get("/werk/personen/").text


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_more_persons(client, worker, team, rows, django_assert_num_queries):
    for number in range(rows):
        make_person(team, worker, f"Proef {'abc'[number]}")
    client.force_login(worker)
    client.get("/werk/personen/")
    with django_assert_num_queries(10):
        client.get("/werk/personen/")


def test_a_talk_is_noted_from_the_page(client, worker, person, buurt):
    client.force_login(worker)
    form = client.get(f"/werk/contacten/nieuw/?persoon={person.pk}")
    assert NAME in form.text
    client.post("/werk/contacten/nieuw/", typed(buurt, person=str(person.pk)))
    contact = ContactMoment.objects.get()
    assert (contact.person, contact.known) == (person, "persoon")


@pytest.mark.access
def test_a_person_of_another_team_is_not_taken(client, worker_elsewhere, person, other_buurt):
    client.force_login(worker_elsewhere)
    assert NAME not in client.get(f"/werk/contacten/nieuw/?persoon={person.pk}").text
    page = client.post(
        "/werk/contacten/nieuw/", typed(other_buurt, person=str(person.pk), note="Blijft staan")
    )
    assert "Deze persoon staat niet meer op jullie lijst." in page.text
    assert "Blijft staan" in page.text
    assert ContactMoment.objects.count() == 0


@pytest.fixture
def opened(coordinator, team):
    return Opening.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        user=coordinator,
        reason="De collega is ziek.",
        until=timezone.now() + datetime.timedelta(hours=1),
    )


@pytest.mark.slow
def test_a_coordinator_is_told_that_she_reads_along_and_changes_nothing(client, coordinator, opened, person):
    client.force_login(coordinator)
    page = client.get(person.path).text
    assert "Je kan hier niets wijzigen: dat doet het team zelf." in page
    assert f"/organisatie/vasthouden/nieuw/?soort=people.person&amp;rij={person.pk}" in page
    assert [part for part in ("wijzigen/", "stap/", "intrekken/") if f"{person.path}{part}" in page] == []
    listed = client.get("/werk/personen/").text
    assert "Je leest mee met het team." in listed
    assert '<a href="/werk/personen/">Personen</a>' in client.get("/werk/").text


def test_a_worker_reads_no_such_thing(client, worker, person):
    client.force_login(worker)
    page = client.get(person.path).text
    assert [text for text in ("Je leest mee", "/organisatie/vasthouden/") if text in page] == []
