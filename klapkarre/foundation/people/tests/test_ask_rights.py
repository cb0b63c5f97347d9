"""A request about the own data: noted once, with a clock, answered with an export, closed with a reason."""

import datetime
import json
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people import actions, consent_text, export, subject
from klapkarre.foundation.people.models import Correction, Person, RequestEvent, RightsRequest
from klapkarre.foundation.people.models.requests import month_later
from klapkarre.foundation.people.tests.ask import make_request, posted
from klapkarre.foundation.people.tests.make import FACTS, make_person
from klapkarre.rooms.agenda.actions import sign_up
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.outreach.tests.make import make_contact

DAY = datetime.date


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, "Kanarie Voorbeeld", phone="0470 12 34 56", wants="Leren fietsen.")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (DAY(2026, 1, 31), DAY(2026, 2, 28)),
        (DAY(2028, 1, 30), DAY(2028, 2, 29)),
        (DAY(2026, 12, 5), DAY(2027, 1, 5)),
        (DAY(2026, 3, 31), DAY(2026, 4, 30)),
    ],
)
def test_the_clock_is_one_month(asked, due):
    assert month_later(asked) == due


@pytest.mark.slow
def test_a_worker_notes_a_request_once(client, worker, person):
    client.force_login(worker)
    form = posted()
    answers = [client.post(f"/werk/personen/{person.pk}/rechten/", form) for _ in range(2)]
    found = RightsRequest.objects.get()
    assert {answer.url for answer in answers} == {f"/werk/personen/rechten/{found.pk}/"}
    assert (found.person, found.kind, found.checked, found.by) == (person, "inzage", "Ik ken haar.", worker)
    page = client.get(answers[0].url)
    assert "Kanarie Voorbeeld" in page.text
    assert "Ik ken haar." in page.text
    assert "Nog 3" in page.text
    assert "Kanarie Voorbeeld" in client.get("/werk/personen/rechten/").text


def test_nothing_typed_is_lost(client, worker, person):
    client.force_login(worker)
    page = client.post(f"/werk/personen/{person.pk}/rechten/", posted(kind="", checked="Buurvrouw."))
    assert "Kies wat deze persoon vraagt." in page.text
    assert "Buurvrouw." in page.text
    assert not RightsRequest.objects.exists()


def test_the_history_is_only_added_to(person, worker):
    found = make_request(person, worker)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        RequestEvent.objects.filter(request=found).update(act="gewist")


def test_the_export_holds_everything_and_who_read_it(client, worker, person, team, buurt):
    make_contact(team, buurt, by=worker, note="Kwam met de fiets.", person=person)
    facts = FACTS | {"name": "Kanarie Nieuw", "wants": "Zwemmen."}
    actions.change_person(person, facts, 1, user=worker)
    found = make_request(person, worker, "inzage")
    client.force_login(worker)
    client.get(person.path)
    page = client.get(f"/werk/personen/rechten/{found.pk}/inzage/")
    for text in (
        "Kanarie Nieuw",
        "Kanarie Voorbeeld",
        "Leren fietsen.",
        "Kwam met de fiets.",
        "Jullie mogen mijn naam en buurt bewaren, en wat ik wil. Jullie mogen mijn nummer bewaren en mij bellen.",
        "Wat jij wil",
        "Dat mag omdat jij het goed vond.",
        "Je mag altijd stoppen.",
    ):
        assert text in page.text
    assert page.headers["cache-control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    file = client.get(f"/werk/personen/rechten/{found.pk}/inzage.json")
    assert "no-store" in file.headers["cache-control"]
    kept = json.loads(file.text)
    assert kept["persoon"][0]["Naam"] == "Kanarie Nieuw"
    kinds = {part["soort"] for part in kept["gegevens"]}
    assert kinds == {"toestemmingen", "wijzigingen", "contactmomenten", "vragen over eigen gegevens"}
    assert "Person" not in file.text
    assert [(look["wie"], look["waarom"]) for look in kept["wie_las"]] == [
        ("worker", "export voor de persoon zelf"),
        ("worker", "werk van het team"),
    ]
    assert "wie je bent" in kept["wie_las"][1]["wat"]
    logged = Reading.objects.filter(reason="export voor de persoon zelf", kind="people.person")
    assert [row.rows for row in logged] == [[str(person.pk)]] * 2


def test_the_export_says_nothing_of_others(worker, person, team):
    other = make_person(team, worker, "Geheime Buur")
    facts = {"who": None, "other": other, "volunteer": None, "does": "belt", "agreed_on": DAY(2026, 1, 2)}
    actions.add_tie(person, facts, uuid.uuid4())
    facts = {
        "who": "Geheime dochter",
        "other": None,
        "volunteer": None,
        "does": "belt",
        "agreed_on": DAY(2026, 1, 2),
    }
    actions.add_tie(other, facts, uuid.uuid4())
    actions.add_tie(other, facts | {"who": None, "other": person}, uuid.uuid4())
    text = export.as_json(export.export_of(person))
    assert text.count('"banden"') == 2
    assert "Geheime" not in text


def test_the_sealed_copies_of_a_merge_stay_out_of_the_export(worker, person, team):
    double = make_person(team, worker, "Kanarie V.")
    values = {name: getattr(person, name) for name in Person.TEXTS}
    actions.merge(person, double, values, (person.version, double.version), worker)
    found = json.loads(export.as_json(export.export_of(person)))
    assert [one["Naam"] for one in found["persoon"]] == [person.name, "Kanarie V."]
    merges = [part["rijen"] for part in found["gegevens"] if part["soort"] == "samenvoegingen"]
    assert [[sorted(row) for row in rows] for rows in merges] == [[["Door", "Samengevoegd op"]]]


def test_every_foreign_key_to_a_person_is_declared():
    assert {(one.model._meta.label, one.name) for one in subject.pointers()} == {
        (model._meta.label, name) for model, name in subject.links()
    }
    assert len(subject.links()) >= 8


def test_every_declared_field_has_a_name_in_words():
    """What goes in an export is read by people: no name of the program."""
    nameless = [
        f"{pointer.model._meta.label}.{field.name}"
        for pointer in subject.pointers()
        for field in subject.shown_fields(pointer.model)
        if not subject.has_words(field)
    ]
    assert nameless == []


def test_what_is_corrected_is_kept_and_can_be_put_back(client, worker, person):
    client.force_login(worker)
    facts = {"name": "Kanarie Nieuw", "phone": "0470 12 34 56", "wants": "Leren fietsen.", "version": 1}
    client.post(f"/werk/personen/{person.pk}/wijzigen/", facts)
    kept = Correction.objects.get()
    assert (kept.field, kept.before, kept.by) == ("name", "Kanarie Voorbeeld", worker)
    page = client.get(f"/werk/personen/{person.pk}/wijzigen/")
    assert "Kanarie Voorbeeld" in page.text
    client.post(f"/werk/personen/{person.pk}/wijzigen/{kept.pk}/terug/")
    person.refresh_from_db()
    assert person.name == "Kanarie Voorbeeld"
    assert [row.before for row in Correction.objects.order_by("at")] == ["Kanarie Voorbeeld", "Kanarie Nieuw"]


def test_a_text_of_somebody_else_is_not_put_back(client, worker, person, team):
    other = make_person(team, worker, "Buur Voorbeeld")
    facts = FACTS | {"name": "Buur Nieuw"}
    actions.change_person(other, facts, 1, user=worker)
    client.force_login(worker)
    earlier = Correction.objects.get()
    assert client.post(f"{person.path}wijzigen/{earlier.pk}/terug/").status_code == 404
    assert sorted(row.name for row in Person.objects.all()) == ["Buur Nieuw", "Kanarie Voorbeeld"]


def test_an_earlier_number_goes_with_its_consent(worker, person):
    facts = FACTS | {"name": "Kanarie Voorbeeld", "phone": "0470 99"}
    actions.change_person(person, facts, 1, user=worker)
    actions.withdraw_consent(person, ["bellen"], "gesproken", "persoon", worker)
    assert set(Correction.objects.values_list("field", flat=True)) == {"wants"}


@pytest.mark.slow
def test_a_loose_name_is_found_exactly_and_erased_at_once(client, worker, team, buurt):
    row = sign_up(make_activity(team, buurt, sign_up_kind="name"), "Fientje Losnaam", key=uuid.uuid4())
    client.force_login(worker)
    assert "Niets gevonden" in client.post("/werk/personen/rechten/", {"wanted": "Fientje"}).text
    page = client.post("/werk/personen/rechten/", {"wanted": "fientje  LOSNAAM"})
    address = f"/werk/personen/rechten/los/agenda.signup/{row.pk}/"
    assert address in page.text
    asked = client.post(address, posted(kind="wissen")).url
    assert "Fientje Losnaam" in client.get(asked).text
    assert "Fientje Losnaam" in client.get(asked + "wissen/").text
    client.post(asked + "wissen/", {"sure": "on"})
    row.refresh_from_db()
    assert (row.name, row.name_index, row.token_hash) == (None, None, None)
    found = RightsRequest.objects.get()
    assert (found.outcome, found.checked, found.loose_row) == ("gedaan", None, None)


def test_refusing_needs_a_reason(client, worker, person):
    found = make_request(person, worker, "bezwaar")
    client.force_login(worker)
    address = f"/werk/personen/rechten/{found.pk}/"
    assert "Schrijf kort waarom." in client.post(address + "afsluiten/", {"outcome": "geweigerd"}).text
    client.post(address + "afsluiten/", {"outcome": "geweigerd", "reason": "Dit staat in de wet."})
    assert "Dit staat in de wet." in client.get(address).text
    found.refresh_from_db()
    assert found.outcome == "geweigerd"


def test_the_same_question_is_not_noted_twice(client, worker, person):
    first = make_request(person, worker, "bezwaar")
    client.force_login(worker)
    answer = client.post(f"{person.path}rechten/", posted(kind="bezwaar"))
    assert (answer.status_code, answer.url) == (302, f"/werk/personen/rechten/{first.pk}/")
    assert RightsRequest.objects.count() == 1
    client.post(f"{person.path}rechten/", posted(kind="inzage"))
    assert RightsRequest.objects.count() == 2


def test_an_open_question_stands_on_the_page_of_the_person(client, worker, person):
    found = make_request(person, worker, "bezwaar")
    client.force_login(worker)
    assert f"/werk/personen/rechten/{found.pk}/" in client.get(person.path).text
    actions.close_request(found, "gedaan", "Uitgelegd.", worker)
    assert f"/werk/personen/rechten/{found.pk}/" not in client.get(person.path).text


def test_each_version_of_the_text_that_was_read_aloud_is_still_there(person):
    assert consent_text.VERSION in consent_text.TEXTS
    (aloud,) = export.export_of(person)["aloud"]
    assert aloud["lines"] == consent_text.sentences(person.organisation)


@pytest.mark.slow
def test_who_read_is_one_line_for_a_reader_a_day_and_a_reason(client, worker, person):
    client.force_login(worker)
    for _time in range(3):
        client.get(person.path)
        client.get(f"{person.path}wijzigen/")
    looks = export.export_of(person)["looks"]
    assert [(look["who"], look["why"], look["what"]) for look in looks] == [
        ("worker", "werk van het team", ["wie je bent"])
    ]


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [("worker_elsewhere", 404), ("worker_abroad", 404), ("coordinator", 403), ("admin", 403)],
)
def test_nobody_else_finds_a_request(client, request, worker, person, who, status):
    found = make_request(person, worker, "inzage")
    client.force_login(request.getfixturevalue(who))
    for part in ("", "inzage/", "inzage.json", "beperken/", "wissen/", "afsluiten/"):
        assert client.get(f"/werk/personen/rechten/{found.pk}/{part}").status_code == status
    assert client.post(f"/werk/personen/rechten/{found.pk}/wissen/", {"sure": "on"}).status_code == status
    assert Person.objects.filter(pk=person.pk).exists()
