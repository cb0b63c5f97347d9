"""Erasing: everything goes at once, nothing that repeats itself brings it back, only nameless counts stay."""

import datetime
import json
import uuid

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError

from klapkarre.foundation.duties import actions as duties
from klapkarre.foundation.people import actions, intake, ledger, subject
from klapkarre.foundation.people.actions import erasing
from klapkarre.foundation.people.models import Person, Receipt, RightsRequest
from klapkarre.foundation.people.tests.ask import make_request, posted
from klapkarre.foundation.people.tests.make import ALL, FACTS, make_person
from klapkarre.rooms.agenda.actions import sign_up
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.outreach import actions as outreach
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

NAME = "Kanarie Voorbeeld"


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, NAME, wants="Leren fietsen.")


def test_the_page_says_what_goes_and_stays_and_then_it_is_gone(client, worker, person, team, buurt):
    contact = make_contact(team, buurt, by=worker, note="Kanarie nota", person=person)
    about_other = make_contact(team, buurt, by=worker, note="Over de buur", person=person)
    found = make_request(person, worker)
    client.force_login(worker)
    address = f"/werk/personen/rechten/{found.pk}/"
    page = client.get(address + "wissen/")
    assert "Kanarie nota" in page.text
    assert "Toestemmingen: 1" in page.text
    assert "Vink aan dat je het zeker weet." in client.post(address + "wissen/").text
    client.post(address + "wissen/", {"sure": "on", "keep": [str(about_other.pk)]})
    assert not Person.objects.exists()
    contact, about_other = (ContactMoment.objects.get(pk=one.pk) for one in (contact, about_other))
    assert (contact.person_id, contact.note, about_other.person_id, about_other.note) == (
        None,
        None,
        None,
        "Over de buur",
    )
    after = client.get(address)
    assert "Wie het was, weten we niet meer" in after.text
    assert "contactmomenten: 2" in after.text
    assert RightsRequest.objects.get().checked is None


def test_a_double_that_was_merged_goes_along(worker, person, team):
    double = make_person(team, worker, "Kanarie Dubbel")
    texts = {name: getattr(person, name) for name in Person.TEXTS}
    actions.merge(person, double, texts, (1, 1), worker)
    actions.erase_person(make_request(person, worker), worker)
    assert not Person.objects.exists()


def test_a_restricted_person_can_be_erased(worker, person):
    actions.restrict(make_request(person, worker, "beperking"), "Betwist.", worker)
    actions.erase_person(make_request(person, worker), worker)
    assert not Person.objects.exists()


def test_what_is_sent_again_does_not_bring_the_person_back(team, worker):
    key, facts = uuid.uuid4(), FACTS | {"name": NAME}
    person, _new = actions.add_person(worker, team, facts, ALL, "gesproken", key)
    step = {"what": "Bellen", "doer": "wij", "who": None, "day": datetime.date(2026, 12, 1)}
    actions.add_step(person, step, key)
    actions.erase_person(make_request(person, worker), worker)
    with pytest.raises(actions.KeyTaken):
        actions.add_person(worker, team, facts, ALL, "gesproken", key)
    with pytest.raises(intake.Erased):
        actions.add_step(person, step, key)
    assert not Person.objects.exists()
    assert set(Receipt.objects.exclude(erased_at=None).values_list("answer", flat=True)) == {""}


def test_an_offline_note_that_arrives_again_does_not_come_back(team, buurt, worker, person):
    key = uuid.uuid4()
    facts = {"neighbourhood": buurt, "setting": "straat", "note": "Kanarie nota", "person": person}
    outreach.add_contact(worker, team, dict(facts), [], key)
    actions.erase_person(make_request(person, worker), worker)
    with pytest.raises(outreach.KeyTaken):
        outreach.add_contact(worker, team, dict(facts), [], key)
    assert [row.note for row in ContactMoment.objects.all()] == [None]


def test_a_loose_name_that_is_sent_again_stays_away(client, team, buurt, worker):
    activity, key = make_activity(team, buurt, sign_up_kind="name"), uuid.uuid4()
    row = sign_up(activity, NAME, key=key)
    actions.erase_loose(make_request(row, worker), row, worker)
    with pytest.raises(ValidationError):
        sign_up(activity, NAME, key=key)
    page = client.post(f"/activiteiten/{activity.pk}/aanmelden/", {"name": NAME, "key": str(key)})
    assert page.status_code == 200
    row.refresh_from_db()
    assert row.name is None


def test_the_ledger_knows_it_without_a_name(worker, person, team, buurt):
    make_contact(team, buurt, by=worker, note="Kanarie nota", person=person)
    actions.erase_person(make_request(person, worker), worker)
    lines = [json.loads(line) for line in ledger.path().read_text().splitlines()]
    assert {(line["model"], line["how"]) for line in lines} == {
        ("people.rightsrequest", "asked"),
        ("people.person", "erased"),
        ("people.consent", "erased"),
        ("outreach.contactmoment", "forgotten"),
        ("people.rightsrequest", "forgotten"),
        ("people.requestevent", "forgotten"),
    }
    assert "Kanarie" not in ledger.path().read_text()


def test_what_is_on_hold_stays(worker, person, monkeypatch):
    monkeypatch.setattr(erasing, "must_stay", lambda rows: person in rows)
    with pytest.raises(actions.Held):
        actions.erase_person(make_request(person, worker), worker)
    assert Person.objects.get().name == NAME


def test_after_an_erasure_no_page_is_left_in_the_cache(worker, person, django_capture_on_commit_callbacks):
    caches["default"].set("bladzijde", NAME)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(make_request(person, worker), worker)
    assert caches["default"].get("bladzijde") is None


def test_a_loose_name_on_hold_stays(team, buurt, worker, coordinator):
    row = sign_up(make_activity(team, buurt, sign_up_kind="name"), NAME, key=uuid.uuid4())
    duties.hold(
        coordinator,
        team.organisation,
        kind="agenda.signup",
        row=str(row.pk),
        reason="Klacht.",
        review_on=datetime.date(2099, 1, 1),
    )
    with pytest.raises(actions.Held):
        actions.erase_loose(make_request(row, worker), row, worker)
    row.refresh_from_db()
    assert row.name == NAME


def test_a_closed_request_erases_nothing(worker, person):
    found = make_request(person, worker)
    actions.close_request(found, "geweigerd", "Nee.", worker)
    with pytest.raises(ValidationError):
        actions.erase_person(found, worker)
    assert subject.family(person) == [person]


def test_a_session_forgets_it(client, worker, person):
    client.force_login(worker)
    session = client.session
    session["draft"] = {"name": NAME}
    session["other"] = "blijft"
    session.save()
    actions.erase_person(make_request(person, worker), worker)
    assert "draft" not in client.session
    assert client.session["other"] == "blijft"
    assert client.get("/werk/").status_code == 200


@pytest.mark.slow
def test_who_withdrew_can_be_erased_before_the_month_is_over(client, worker, person):
    actions.withdraw_consent(person, ["bewaren"], "gesproken", "persoon", worker)
    client.force_login(worker)
    assert f"{person.path}rechten/" in client.get(person.path).text
    page = client.get(f"{person.path}rechten/")
    assert page.status_code == 200
    assert NAME not in page.text
    asked = client.post(f"{person.path}rechten/", posted(kind="wissen")).url
    assert NAME not in client.get(asked).text
    client.post(asked + "wissen/", {"sure": "on"})
    assert not Person.objects.exists()


def test_other_questions_of_who_is_erased_are_closed_too(worker, person):
    request, other = make_request(person, worker), make_request(person, worker, "inzage")
    actions.erase_person(request, worker)
    other.refresh_from_db()
    assert (other.outcome, other.person, other.checked) == ("gedaan", None, None)
    assert [event.act for event in other.events.all()][-1] == "gewist"
