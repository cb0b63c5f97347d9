"""A person is kept by consent only, once, with what was agreed and nothing more."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people import actions, likeness
from klapkarre.foundation.people.models import Consent, Kind, Person
from klapkarre.foundation.people.tests.make import ALL, FACTS, make_person, typed

PATH = "/werk/personen/nieuw/"


def test_a_person_and_the_consent_are_kept_together(client, worker):
    client.force_login(worker)
    answer = client.post(PATH, typed(phone="0470 12 34 56", where="Molenstraat 3", wants="Leren fietsen."))
    person = Person.objects.get()
    assert answer.headers["location"] == f"/werk/personen/{person.pk}/"
    assert {name: getattr(person, name) for name in Person.TEXTS} == FACTS | {
        "phone": "0470 12 34 56",
        "where": "Molenstraat 3",
        "wants": "Leren fietsen.",
    }
    consent = Consent.objects.get()
    assert (consent.person, consent.by, consent.how, consent.act) == (person, worker, "gesproken", "gegeven")
    assert (consent.kinds, consent.text_version) == (sorted(ALL), "2026-2")


@pytest.mark.parametrize("kinds", [[], ["bellen"], ["bellen", "langskomen", "netwerk"]])
def test_without_consent_to_keep_nothing_is_stored(client, worker, kinds):
    client.force_login(worker)
    page = client.post(PATH, typed(kinds=kinds, wants="Leren fietsen."))
    assert "Zonder dit akkoord bewaren we niets. Help gerust verder, zonder naam." in page.text
    assert "Leren fietsen." in page.text
    assert Person.objects.count() == Consent.objects.count() == 0


def test_the_action_refuses_too(team, worker):
    with pytest.raises(ValidationError):
        actions.add_person(worker, team, FACTS, ["bellen"], "gesproken", uuid.uuid4())
    assert Person.objects.count() == 0


def test_the_database_refuses_a_person_without_the_day_of_consent(team):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(organisation_id=team.organisation_id, team=team, name="Zonder")


@pytest.mark.parametrize(
    ("field", "without", "sentence"),
    [
        ("phone", "bellen", "geen akkoord om te bellen"),
        ("where", "langskomen", "geen akkoord om langs te komen"),
    ],
)
def test_what_was_not_agreed_is_not_kept(client, worker, field, without, sentence):
    client.force_login(worker)
    page = client.post(
        PATH, typed(kinds=[kind for kind in ALL if kind != without], **{field: "0470 12 34 56"})
    )
    assert sentence in page.text
    assert Person.objects.count() == 0


def test_the_same_form_twice_is_one_person(client, worker):
    client.force_login(worker)
    form = typed()
    first, second = client.post(PATH, form), client.post(PATH, form)
    assert first.headers["location"] == second.headers["location"]
    assert Person.objects.count() == Consent.objects.count() == 1


def test_someone_with_that_name_is_shown_first(client, worker, team):
    there = make_person(team, worker, name="Voorbeeld FIENTJE")
    client.force_login(worker)
    page = client.post(PATH, typed(wants="Leren fietsen."))
    assert page.context["form"].doubles == [there]
    assert "Leren fietsen." in page.text
    assert Reading.objects.get().rows == [str(there.pk)]
    assert Person.objects.count() == 1
    client.post(PATH, typed(is_other="on"))
    assert Person.objects.count() == 2


def test_a_number_in_the_wish_asks_first(client, worker):
    client.force_login(worker)
    page = client.post(PATH, typed(wants="Rijksregister 85.07.30-033.28"))
    assert "Hier lijkt een rijksregisternummer te staan." in page.text
    assert "85.07.30-033.28</textarea>" in page.text
    assert 'name="wants_checked"' in page.text
    assert Person.objects.count() == 0


def test_a_missing_name_says_so(client, worker):
    client.force_login(worker)
    assert "Vul een naam in. Een roepnaam mag ook." in client.post(PATH, typed(name="")).text


def test_the_text_to_read_aloud_names_the_organisation(client, worker, organisation):
    client.force_login(worker)
    page = client.get(PATH)
    assert f"Ik werk voor {organisation.name}." in page.text
    assert all(str(kind.label) in page.text for kind in Kind)


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ["coordinator", "city", "partner", "volunteer", "auditor", "admin"])
def test_only_workers_add(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, typed()).status_code == 403
    assert Person.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("phone", ["abc", "0470", "0470 12 34 56 dochter", "1" * 16])
def test_what_is_no_number_is_asked_again(client, worker, phone):
    client.force_login(worker)
    page = client.post(PATH, typed(phone=phone))
    assert "Schrijf enkel het nummer, zoals 0470 12 34 56." in page.text
    assert f'value="{phone}"' in page.text
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+33 6 12 34 56 78", "0033 612345678", True),
        ("+33 (0)6 12 34 56 78", "+33612345678", True),
        ("+32 (0)470 12 34 56", "0470/12.34.56", True),
        ("06 12 34 56 78", "+33 6 12 34 56 78", False),  # which country is not said: the form asks for it
    ],
)
def test_a_number_from_abroad_is_the_same_with_its_country_in_front(one, other, same):
    assert (likeness.plain_phone(one) == likeness.plain_phone(other)) is same


def test_errors_are_listed_as_the_questions_stand_on_the_page(client, worker):
    client.force_login(worker)
    form = client.post(PATH, {}).context["form"]
    assert [name for name in form.fields if name in form.errors] == ["kinds", "how", "name"]
