"""Two workers who change one person never lose what either typed."""

import pytest

from klapkarre.foundation.people.models import Correction, Person
from klapkarre.foundation.people.tests.make import make_person


@pytest.fixture
def person(team, worker):
    return make_person(team, worker, wants="Leren fietsen.")


def form(person, **more):
    return {"version": person.version, "name": person.name, "wants": person.wants} | more


def test_a_change_is_kept(client, worker, person):
    client.force_login(worker)
    assert "Leren fietsen." in client.get(f"{person.path}wijzigen/").text
    answer = client.post(
        f"{person.path}wijzigen/", form(person, wants="Leren zwemmen.", phone="0470 12 34 56")
    )
    assert answer.headers["location"] == person.path
    person = Person.objects.get()
    assert (person.wants, person.phone, person.version) == ("Leren zwemmen.", "0470 12 34 56", 2)


def test_every_text_of_a_person_stands_on_the_form_the_page_and_in_the_history(client, worker, team, buurt):
    """A new fact in `Person.FACTS` comes with a place on each of them."""
    assert set(Correction.Field.values) == set(Person.FACTS), "give Correction.Field a word for each fact"
    facts = {name: f"Woord{number}" for number, name in enumerate(Person.TEXTS)}
    facts["neighbourhood"] = buurt
    person = make_person(team, worker, **facts)
    client.force_login(worker)
    pages = {path: client.get(path).text for path in (person.path, f"{person.path}wijzigen/")}
    missing = [(path, name) for path, text in pages.items() for name in facts if str(facts[name]) not in text]
    assert missing == []


def test_two_at_once_see_both_texts_and_choose(client, worker, person):
    client.force_login(worker)
    client.post(f"{person.path}wijzigen/", form(person, wants="Leren zwemmen."))
    page = client.post(f"{person.path}wijzigen/", form(person, wants="Leren koken."))
    assert page.status_code == 409
    assert "Iemand anders wijzigde dit intussen. Kijk het na en bewaar opnieuw." in page.text
    assert page.context["clash"] == [
        {"label": "Wat wil deze persoon?", "theirs": "Leren zwemmen.", "yours": "Leren koken."}
    ]
    assert Person.objects.get().wants == "Leren zwemmen."
    again = client.post(f"{person.path}wijzigen/", form(person, version=2, wants="Leren koken."))
    assert again.status_code == 302
    assert Person.objects.get().wants == "Leren koken."


def test_the_same_form_twice_is_no_clash(client, worker, person):
    client.force_login(worker)
    for _ in range(2):
        answer = client.post(f"{person.path}wijzigen/", form(person, wants="Leren zwemmen."))
        assert answer.status_code == 302
    assert Person.objects.get().version == 2


def test_what_was_not_agreed_is_refused_here_too(client, worker, team):
    person = make_person(team, worker, kinds=["bewaren"])
    client.force_login(worker)
    page = client.post(f"{person.path}wijzigen/", form(person, wants="", phone="0470 12 34 56"))
    assert "Er is geen akkoord om te bellen." in page.text
    assert Person.objects.get().phone is None


@pytest.mark.access
@pytest.mark.parametrize(("who", "status"), [("worker_elsewhere", 404), ("coordinator", 403)])
def test_nobody_else_changes(client, request, person, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.post(f"{person.path}wijzigen/", form(person, wants="X")).status_code == status
    assert Person.objects.get().wants == "Leren fietsen."
