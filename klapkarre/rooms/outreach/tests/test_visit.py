"""What was told at home: by consent, sealed, beside its person, and gone when somebody stops agreeing."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.html import escape

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people import export, retention, subject
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach import asked
from klapkarre.rooms.outreach.models import ContactMoment, HomeVisit
from klapkarre.rooms.outreach.tests.make import make_contact, make_visit_at_home

DAY = datetime.timedelta(days=1)
SAID = {"strength": "Kanarie naait", "wish": "Meer buren kennen", "need": "", "next_step": ""}


@pytest.fixture
def contact(worker, team, buurt):
    return make_contact(team, buurt, by=worker, setting="huisbezoek")


def path(contact, more=""):
    return f"/werk/contacten/{contact.pk}/huisbezoek/{more}"


def test_what_was_told_is_kept_with_the_consent_and_the_step_is_to_be_done(client, worker, contact):
    client.force_login(worker)
    tomorrow = timezone.localdate() + DAY
    form = SAID | {"version": "0", "agreed": "on", "next_step": "Samen bellen", "day": tomorrow.isoformat()}
    for _twice in range(2):
        assert client.post(path(contact), form).status_code == 302
    visit = HomeVisit.objects.get()
    assert (visit.strength, visit.need, visit.next_step) == ("Kanarie naait", None, "Samen bellen")
    assert (visit.consented_on, visit.text_version, visit.by) == (
        timezone.localdate(),
        "huisbezoek-2",
        worker,
    )
    assert ContactMoment.objects.get().open_steps == ["opvolgen"]
    page = client.get("/werk/")
    assert "Samen bellen" not in page.text
    assert "Samen bellen" in client.get(f"/werk/contacten/{contact.pk}/").text
    assert {one.kind for one in Reading.objects.all()} == {"outreach.homevisit"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT strength FROM outreach_homevisit")
        assert b"Kanarie" not in bytes(cursor.fetchone()[0])


@pytest.mark.slow
def test_the_consent_is_of_the_day_of_the_conversation_until_another_text_is_read(
    client, worker, team, buurt
):
    today = timezone.localdate()
    contact = make_contact(team, buurt, by=worker, setting="huisbezoek", when=timezone.now() - 3 * DAY)
    client.force_login(worker)

    def kept(version, **more):
        form = SAID | {"version": str(version), "agreed": "on"} | more
        assert client.post(path(contact), form).status_code == 302
        return HomeVisit.objects.get().consented_on

    assert kept(0) == timezone.localdate(contact.when)
    assert kept(1, wish="Meer buren leren kennen") == timezone.localdate(contact.when)
    assert kept(2, language="fr") == today


def test_without_a_yes_nothing_is_kept(client, worker, contact):
    client.force_login(worker)
    page = client.post(path(contact), SAID | {"version": "0"})
    assert "Vraag het eerst. Mag het niet, bewaar dan niets." in page.text
    assert page.context["form"]["strength"].value() == "Kanarie naait"
    assert HomeVisit.objects.count() == 0


def test_it_is_asked_in_the_language_of_the_resident_and_the_consent_keeps_which(client, worker, contact):
    client.force_login(worker)
    page = client.get(path(contact))
    for text in asked.TODAY.values():
        for line in text.lines:
            assert escape(line) in page.text
    assert page.text.count("nog na te lezen door een vertaler") == 5
    form = SAID | {"version": "0", "agreed": "on", "language": "ar"}
    client.post(path(contact), form)
    visit = HomeVisit.objects.get()
    assert (visit.text_version, visit.told_text_version) == (
        "huisbezoek-2-ar",
        list(asked.TEXTS["huisbezoek-2-ar"].lines),
    )
    # The next time it is asked in the same language, and that text stands open.
    page = client.get(path(contact))
    assert (page.context["form"]["language"].value(), page.context["opened"]) == ("ar", "ar")


def test_what_was_told_stays_within_reach_when_the_setting_is_corrected(client, worker, contact):
    make_visit_at_home(contact, worker, wish="Een tuin")
    ContactMoment.objects.update(setting="straat")
    client.force_login(worker)
    assert "Een tuin" in client.get(f"/werk/contacten/{contact.pk}/").text
    assert client.get(path(contact)).status_code == 200
    client.post(path(contact, "weg/"))
    assert HomeVisit.objects.count() == 0


@pytest.mark.slow
def test_a_new_step_opens_what_was_ticked_also_on_the_same_day(client, worker, contact):
    today = timezone.localdate()
    ContactMoment.objects.update(follow_up_on=today, followed_up_at=timezone.now())
    client.force_login(worker)
    form = SAID | {"version": "0", "agreed": "on", "next_step": "Samen bellen", "day": today.isoformat()}
    client.post(path(contact), form)
    assert ContactMoment.objects.get().open_steps == ["opvolgen"]
    # Ticked, and something else corrected: it stays done.
    ContactMoment.objects.update(followed_up_at=timezone.now())
    client.post(path(contact), form | {"version": "1", "wish": "Een tuin"})
    assert HomeVisit.objects.get().wish == "Een tuin"
    assert ContactMoment.objects.get().open_steps == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["xx", "nl'--", "x" * 5000])
def test_a_language_that_is_not_offered_is_refused(client, worker, contact, language):
    client.force_login(worker)
    page = client.post(path(contact), SAID | {"version": "0", "agreed": "on", "language": language})
    assert "Kies iets uit de lijst." in page.text
    assert HomeVisit.objects.count() == 0


def test_who_stops_agreeing_is_erased_at_once(client, worker, contact):
    make_visit_at_home(contact, worker, wish="Een tuin")
    client.force_login(worker)
    client.post(path(contact, "weg/"))
    assert HomeVisit.objects.count() == 0
    assert ContactMoment.objects.count() == 1


@pytest.mark.slow
def test_it_stands_with_the_person_in_the_export_and_goes_with_the_person(client, worker, team, buurt):
    person = make_person(team, worker)
    contact = make_contact(team, buurt, by=worker, setting="huisbezoek", person=person)
    make_visit_at_home(contact, worker, wish="Een tuin")
    client.force_login(worker)
    assert "Een tuin" in client.get(person.path).text
    assert "Een tuin" in export.as_json(export.export_of(person))
    assert HomeVisit in {pointer.model for pointer, _rows in subject.parts([person])}
    people.erase_person(make_request(person, worker), worker, keep=[str(contact.pk)])
    assert HomeVisit.objects.count() == 0


@pytest.mark.slow
@pytest.mark.access
def test_a_coordinator_and_another_team_see_nothing_of_it(
    client, coordinator, worker_elsewhere, worker, contact
):
    make_visit_at_home(contact, worker, wish="Een tuin")
    for user, status in ((coordinator, 403), (worker_elsewhere, 404)):
        client.force_login(user)
        assert client.get(path(contact)).status_code == status
    client.force_login(coordinator)
    assert "Een tuin" not in client.get(f"/werk/contacten/{contact.pk}/").text
    assert Reading.objects.count() == 0


@pytest.mark.slow
def test_of_a_person_who_withdrew_nothing_shows(client, worker, team, buurt):
    person = make_person(team, worker)
    contact = make_contact(team, buurt, by=worker, setting="huisbezoek", person=person)
    make_visit_at_home(contact, worker, wish="Een tuin")
    type(person).objects.update(withdrawn_at=timezone.now(), erase_on=timezone.localdate() + 30 * DAY)
    client.force_login(worker)
    assert "Een tuin" not in client.get(f"/werk/contacten/{contact.pk}/").text
    assert client.get(path(contact)).status_code == 404


@pytest.mark.slow
def test_two_who_change_it_see_both(client, worker, contact):
    make_visit_at_home(contact, worker, wish="Een tuin")
    client.force_login(worker)
    page = client.post(path(contact), SAID | {"version": "0", "agreed": "on"})
    assert page.status_code == 409
    assert "Een tuin" in page.text
    assert HomeVisit.objects.get().wish == "Een tuin"
    client.post(path(contact), SAID | {"version": page.context["form"]["version"].value(), "agreed": "on"})
    assert HomeVisit.objects.get().wish == "Meer buren kennen"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"next_step": "Bellen"}, "Kies een dag voor de volgende stap."),
        ({"next_step": "Bellen", "day": "2020-01-01"}, "Die dag is al voorbij."),
        ({"wish": "Bel 0470 12 34 56"}, "Hier lijkt een telefoonnummer te staan."),
        ({"wish": "x" * 1001}, "Deze tekst is te lang"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(client, worker, contact, given, words):
    client.force_login(worker)
    page = client.post(path(contact), SAID | {"version": "0", "agreed": "on"} | given)
    assert page.status_code == 200
    assert words in page.text
    assert HomeVisit.objects.count() == 0


@pytest.mark.slow
def test_it_is_for_visits_only_and_goes_after_two_years(client, worker, team, buurt, contact):
    client.force_login(worker)
    assert client.get(path(make_contact(team, buurt, by=worker))).status_code == 404
    make_visit_at_home(contact, worker, wish="Een tuin")
    retention.run(timezone.now() + 740 * DAY)
    assert HomeVisit.objects.count() == 0
    assert ContactMoment.objects.count() == 2


@pytest.mark.slow
def test_a_mistake_taken_back_takes_it_along(client, worker, contact):
    make_visit_at_home(contact, worker, wish="Een tuin")
    client.force_login(worker)
    client.post(f"/werk/contacten/{contact.pk}/ongedaan/")
    assert (HomeVisit.objects.count(), ContactMoment.objects.count()) == (0, 0)
