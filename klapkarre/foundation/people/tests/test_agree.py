"""Agreed steps, and who is around a person: once, by agreement, and only for the own team."""

import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.people.models import AgreedStep, Tie
from klapkarre.foundation.people.tests.make import make_person


@pytest.fixture
def person(team, worker):
    return make_person(team, worker)


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


def step(**more):
    today = timezone.localdate().isoformat()
    return {"key": str(uuid.uuid4()), "what": "Samen bellen", "doer": "wij", "day": today} | more


def tie(**more):
    today = timezone.localdate().isoformat()
    return {
        "key": str(uuid.uuid4()),
        "who": "dochter",
        "does": "belt",
        "agreed_on": today,
        "agreed": "on",
    } | more


def test_a_step_is_agreed_once(signed_in, person):
    form = step(who="Jef van het team")
    for _ in range(2):
        assert signed_in.post(f"{person.path}stap/", form).headers["location"] == person.path
    row = AgreedStep.objects.get()
    assert (row.what, row.who, row.doer, row.day) == (
        "Samen bellen",
        "Jef van het team",
        "wij",
        timezone.localdate(),
    )
    assert "Samen bellen" in signed_in.get(person.path).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": ""}, "Wat spraken jullie af?"),
        ({"doer": ""}, "Kies wie dit doet."),
        ({"day": "2099-01-01"}, "Dat is meer dan een jaar ver."),
        ({"what": "Wachtwoord: tulp1"}, "Hier lijkt een wachtwoord of code te staan."),
    ],
)
def test_a_wrong_step_says_what_to_do(signed_in, person, wrong, sentence):
    assert sentence in signed_in.post(f"{person.path}stap/", step(**wrong)).text
    assert AgreedStep.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("state", ["gedaan", "niet"])
def test_a_step_is_settled_and_opened_again(signed_in, person, state):
    signed_in.post(f"{person.path}stap/", step())
    row = AgreedStep.objects.get()
    path = f"{person.path}stap/{row.pk}/"
    for _ in range(2):
        signed_in.post(path, {"state": state})
    row.refresh_from_db()
    assert (row.state, bool(row.settled_at)) == (state, True)
    signed_in.post(path, {"state": "onzin"})
    signed_in.post(path, {"state": "open"})
    row.refresh_from_db()
    assert (row.state, row.settled_at) == ("open", None)
    signed_in.post(f"{path}weg/")
    assert AgreedStep.objects.count() == 0


def test_a_role_in_words_is_noted(signed_in, person):
    form = tie()
    for _ in range(2):
        signed_in.post(f"{person.path}band/", form)
    row = Tie.objects.get()
    assert (row.who, row.other, row.volunteer) == ("dochter", None, None)
    signed_in.post(f"{person.path}band/{row.pk}/weg/")
    assert Tie.objects.count() == 0


def test_a_volunteer_of_the_team_is_chosen(signed_in, person, volunteer):
    signed_in.post(f"{person.path}band/", tie(who="", volunteer=str(volunteer.pk)))
    row = Tie.objects.get()
    assert (row.who, row.volunteer) == (None, volunteer)
    assert "Vrijwilliger" in signed_in.get(person.path).text


@pytest.mark.slow
def test_a_name_of_the_list_asks_whether_it_is_meant(signed_in, worker, team, person):
    other = make_person(team, worker, "Omar Verzonnen")
    page = signed_in.post(f"{person.path}band/", tie(who="omar verzonnen"))
    assert "Iemand op jullie lijst heet zo." in page.text
    signed_in.post(f"{person.path}band/", tie(who="omar verzonnen", meant=str(other.pk)))
    row = Tie.objects.get()
    assert (row.other, row.who) == (other, None)
    signed_in.post(f"{person.path}band/", tie(who="omar verzonnen", meant="niemand"))
    assert Tie.objects.filter(other=None).get().who == "omar verzonnen"


def test_both_must_have_agreed(signed_in, worker, team, person):
    other = make_person(team, worker, "Omar Verzonnen", kinds=["bewaren"])
    page = signed_in.post(f"{person.path}band/", tie(who="omar verzonnen", meant=str(other.pk)))
    assert "Er is geen akkoord om te noteren wie belt of langskomt." in page.text
    assert signed_in.get(f"{other.path}band/").headers["location"] == f"{other.path}toestemming/"
    assert Tie.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"who": ""}, "Een van de twee."),
        ({"does": ""}, "Kies wat deze persoon doet."),
        ({"agreed": ""}, "Vraag eerst of het mag."),
    ],
)
def test_a_wrong_tie_says_what_to_do(signed_in, person, wrong, sentence):
    assert sentence in signed_in.post(f"{person.path}band/", tie(**wrong)).text
    assert Tie.objects.count() == 0


@pytest.mark.slow
def test_a_tie_to_who_stopped_does_not_show(signed_in, worker, team, person):
    other = make_person(team, worker, "Kanarie Verzonnen")
    signed_in.post(f"{person.path}band/", tie(who="kanarie verzonnen", meant=str(other.pk)))
    assert "Kanarie Verzonnen" in signed_in.get(person.path).text
    signed_in.post(f"{other.path}intrekken/", {"kinds": ["bewaren"], "said_by": "persoon", "how": "papier"})
    assert "Kanarie Verzonnen" not in signed_in.get(person.path).text


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"), [("worker_elsewhere", 404), ("worker_abroad", 404), ("partner", 403)]
)
def test_nobody_else_agrees_settles_or_ties(client, request, worker, person, who, status):
    client.force_login(worker)
    client.post(f"{person.path}stap/", step())
    client.post(f"{person.path}band/", tie())
    row, bond = AgreedStep.objects.get(), Tie.objects.get()
    client.force_login(request.getfixturevalue(who))
    for part in ("stap/", f"stap/{row.pk}/", f"stap/{row.pk}/weg/", "band/", f"band/{bond.pk}/weg/"):
        assert client.post(person.path + part, {"state": "gedaan"}).status_code == status
    assert AgreedStep.objects.get().state == "open"
    assert Tie.objects.count() == 1
