"""Consent is a history to which rows are only added; what falls is erased, and who stops is closed at once."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.people import actions, consent_text, retention
from klapkarre.foundation.people.models import AgreedStep, Consent, Kind, Person, Tie, standing_kinds
from klapkarre.foundation.people.tests.make import ALL, make_person

NAME = "Kanarie Voorbeeld"


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, NAME, phone="0470 12 34 56", where="Molenstraat 3")


def withdraw(person, user, kinds, **more):
    return actions.withdraw_consent(person, kinds, "gesproken", "persoon", user, **more)


def tie_of(person):
    return Tie.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        who="dochter",
        does="belt",
        agreed_on=timezone.localdate(),
    )


def test_the_sheet_says_what_is_read_aloud_and_names_nobody(client, worker, person):
    client.force_login(worker)
    page = client.get("/werk/personen/toestemmingsblad/").text
    for text in (*consent_text.sentences(person.organisation), *Kind.labels):
        assert str(text) in page
    assert NAME not in page
    assert "/werk/personen/toestemmingsblad/" in client.get("/werk/personen/nieuw/").text


def test_a_consent_never_changes(person):
    consent = Consent.objects.get()
    consent.kinds = []
    with pytest.raises(TypeError):
        consent.save()


def test_what_stands_is_what_was_given_less_what_was_taken_back():
    rows = [
        Consent(act="gegeven", kinds=["bewaren", "bellen"]),
        Consent(act="ingetrokken", kinds=["bellen"]),
        Consent(act="gegeven", kinds=["netwerk"]),
    ]
    assert standing_kinds(rows) == {"bewaren", "netwerk"}


def test_taking_back_one_thing_erases_what_hangs_on_it(client, worker, person):
    tie_of(person)
    client.force_login(worker)
    form = {"kinds": ["bellen", "netwerk"], "said_by": "persoon", "how": "papier"}
    assert client.post(f"{person.path}intrekken/", form).status_code == 302
    person = Person.objects.get()
    assert (person.phone, person.where, person.name) == (None, "Molenstraat 3", NAME)
    assert Tie.objects.count() == 0
    assert person.is_readable
    row = Consent.objects.get(act="ingetrokken")
    assert (row.kinds, row.how, row.said_by, row.by) == (["bellen", "netwerk"], "papier", "persoon", worker)


def test_who_stops_is_closed_at_once_and_the_page_says_when_all_goes(client, worker, person):
    client.force_login(worker)
    client.post(
        f"{person.path}intrekken/", {"kinds": ["bewaren"], "said_by": "vertrouwenspersoon", "how": "tolk"}
    )
    person = Person.objects.get()
    assert person.erase_on == timezone.localdate() + datetime.timedelta(days=30)
    assert not Person.objects.visible_to(worker).exists()
    page = client.get(person.path)
    assert page.status_code == 200
    assert "wissen we alles" in page.text
    assert NAME not in page.text
    assert NAME not in client.get("/werk/personen/").text
    for part in ("wijzigen/", "stap/", "band/", "intrekken/"):
        assert client.get(person.path + part).status_code == 404


def test_after_the_term_all_of_it_is_erased(worker, person):
    tie_of(person)
    AgreedStep.objects.create(
        organisation_id=person.organisation_id, person=person, what="x", doer="wij", day=timezone.localdate()
    )
    now = timezone.now()
    withdraw(person, worker, ["bewaren"], now=now)
    # Thirty days on the calendar; where the clock changes, a day more or less of hours.
    retention.run(now + datetime.timedelta(days=28))
    assert Person.objects.count() == 1
    retention.run(now + datetime.timedelta(days=31))
    assert [model.objects.count() for model in (Person, Consent, Tie, AgreedStep)] == [0, 0, 0, 0]


def test_within_the_term_a_new_consent_opens_it_again(client, worker, person):
    withdraw(person, worker, ["bewaren"])
    client.force_login(worker)
    page = client.get(f"{person.path}toestemming/")
    assert page.status_code == 200
    assert NAME not in page.text
    client.post(f"{person.path}toestemming/", {"kinds": ["bewaren"], "how": "gesproken"})
    person = Person.objects.get()
    assert (person.is_readable, person.name, person.phone, person.erase_on) == (True, NAME, None, None)
    assert [row.act for row in person.consents.all()] == ["gegeven", "ingetrokken", "gegeven"]


def test_more_can_be_agreed_later(client, worker, team):
    person = make_person(team, worker, kinds=["bewaren"])
    client.force_login(worker)
    client.post(f"{person.path}toestemming/", {"kinds": ["bewaren", "netwerk"], "how": "gesproken"})
    assert standing_kinds(person.consents.all()) == {Kind.KEEP, Kind.NETWORK}


def test_saying_it_twice_is_once(worker, person):
    withdraw(person, worker, ["bellen"])
    withdraw(person, worker, ["bellen"])
    actions.give_consent(person, ["langskomen"], "gesproken", worker)
    assert Consent.objects.count() == 2


def test_a_person_without_a_consent_is_past_its_term(person):
    Consent.objects.all().delete()
    assert list(Person.objects.past_term(timezone.now())) == [person]


def test_two_years_without_news_is_the_end(person):
    now = timezone.now()
    assert not Person.objects.past_term(now + datetime.timedelta(days=729)).exists()
    assert Person.objects.past_term(now + datetime.timedelta(days=732)).exists()


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [("worker_elsewhere", 404), ("worker_abroad", 404), ("coordinator", 403), ("admin", 403)],
)
def test_nobody_else_gives_or_withdraws(client, request, person, who, status):
    client.force_login(request.getfixturevalue(who))
    for part in ("toestemming/", "intrekken/"):
        form = {"kinds": ALL, "said_by": "persoon", "how": "gesproken"}
        assert client.post(person.path + part, form).status_code == status
    assert Consent.objects.count() == 1
