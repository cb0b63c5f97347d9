"""A step or a tie is adapted in its place: nobody overwrites a colleague unseen, and what was agreed first is kept."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.people import actions, export
from klapkarre.foundation.people.models import AgreedStep, Earlier, Person, Tie
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.foundation.people.tests.test_agree import step, tie

TODAY = timezone.localdate


@pytest.fixture
def person(team, worker):
    return make_person(team, worker)


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def agreed(person):
    facts = {"what": "Samen bellen", "doer": "wij", "who": "Jef", "day": TODAY()}
    actions.add_step(person, facts, uuid.uuid4())
    return AgreedStep.objects.get()


@pytest.fixture
def bond(person):
    return make_tie(person)


def make_tie(person, **more):
    facts = {"who": "dochter", "other": None, "volunteer": None, "does": "belt", "agreed_on": TODAY()}
    actions.add_tie(person, facts | more, uuid.uuid4())
    return Tie.objects.get()


def path_of(row):
    kind = "stap" if isinstance(row, AgreedStep) else "band"
    return f"{row.person.path}{kind}/{row.pk}/aanpassen/"


def kept():
    return sorted((one.field, one.before, one.by and one.by.username) for one in Earlier.objects.all())


@pytest.mark.slow
def test_a_step_is_adapted_and_says_what_it_was(signed_in, person, agreed):
    page = signed_in.get(path_of(agreed))
    assert "Samen bellen" in page.text
    assert f'href="{path_of(agreed)}"' in signed_in.get(person.path).text
    form = step(version=1, what="Langsgaan bij het OCMW", who="Jef")
    for _ in range(2):  # the same form twice
        assert signed_in.post(path_of(agreed), form).headers["location"] == person.path
    row = AgreedStep.objects.get()
    assert (row.what, row.who, row.version, row.state) == ("Langsgaan bij het OCMW", "Jef", 2, "open")
    assert kept() == [("what", "Samen bellen", "worker")]
    assert "Samen bellen" in signed_in.get(path_of(agreed)).text


def test_a_step_that_is_done_stays_done(signed_in, agreed):
    actions.settle_step(agreed, "gedaan")
    signed_in.post(path_of(agreed), step(version=1, what="Anders", who="Jef", doer="persoon"))
    row = AgreedStep.objects.get()
    assert (row.state, bool(row.settled_at)) == ("gedaan", True)
    assert kept() == [("doer", "wij", "worker"), ("what", "Samen bellen", "worker")]


def test_the_text_of_a_late_step_is_adapted_and_its_day_only_goes_forward(signed_in, agreed):
    agreed.day = TODAY() - datetime.timedelta(days=3)
    agreed.save()
    own = {"what": "Anders", "who": "Jef"}
    early = (TODAY() - datetime.timedelta(days=2)).isoformat()
    assert "Die dag is al voorbij." in signed_in.post(path_of(agreed), step(version=1, day=early, **own)).text
    form = step(version=1, day=agreed.day.isoformat(), **own)
    assert signed_in.post(path_of(agreed), form).status_code == 302
    assert kept() == [("what", "Samen bellen", "worker")]


def test_a_tie_is_adapted_and_says_what_it_was(signed_in, person, bond):
    assert "dochter" in signed_in.get(path_of(bond)).text
    form = tie(version=1, who="buurvrouw", does="bezoekt")
    for _ in range(2):
        assert signed_in.post(path_of(bond), form).headers["location"] == person.path
    row = Tie.objects.get()
    assert (row.who, row.does, row.version) == ("buurvrouw", "bezoekt", 2)
    assert kept() == [("does", "belt", "worker"), ("who", "dochter", "worker")]


def test_a_name_spelled_better_needs_no_new_agreement(signed_in, person, bond):
    page = signed_in.post(path_of(bond), tie(version=1, who="Dochter An", agreed=""))
    assert (page.status_code, Tie.objects.get().who) == (302, "Dochter An")


@pytest.mark.slow
def test_who_was_a_person_of_the_list_or_a_volunteer_is_kept_without_a_name(
    signed_in, worker, team, person, volunteer
):
    other = make_person(team, worker, "Omar Verzonnen")
    bond = make_tie(person, who=None, other=other)
    page = signed_in.get(path_of(bond))
    assert page.context["form"].initial["meant"] == str(other.pk)
    same = tie(version=1, who="Omar Verzonnen", meant=str(other.pk))
    signed_in.post(path_of(bond), same)
    assert kept() == []
    signed_in.post(path_of(bond), tie(version=1, who="", volunteer=str(volunteer.pk)))
    signed_in.post(path_of(bond), tie(version=2, who="zoon"))
    row = Tie.objects.get()
    assert (row.who, row.other, row.volunteer) == ("zoon", None, None)
    assert kept() == [("who", "een vrijwilliger", "worker"), ("who", "iemand die het team kent", "worker")]


@pytest.mark.parametrize(
    ("make", "form", "first", "second", "shown"),
    [
        ("agreed", step, {"what": "Mailen"}, {"what": "Schrijven"}, ("Mailen", "Schrijven")),
        ("bond", tie, {"who": "zoon"}, {"who": "buurvrouw"}, ("zoon", "buurvrouw")),
    ],
)
def test_two_at_once_see_both_and_choose(signed_in, request, make, form, first, second, shown):
    row = request.getfixturevalue(make)
    own = {"who": "Jef"} if make == "agreed" else {}
    signed_in.post(path_of(row), form(version=1, **own | first))
    page = signed_in.post(path_of(row), form(version=1, **own | second))
    assert page.status_code == 409
    assert "Iemand anders wijzigde dit intussen." in page.text
    assert [(one["theirs"], one["yours"]) for one in page.context["clash"]] == [shown]
    assert type(row).objects.get().version == 2
    again = signed_in.post(
        path_of(row), form(version=page.context["form"]["version"].value(), **own | second)
    )
    assert again.status_code == 302
    assert shown[1] in {getattr(type(row).objects.get(), name) for name in second}


@pytest.mark.slow
@pytest.mark.parametrize(("make", "form"), [("agreed", step), ("bond", tie)])
def test_what_a_colleague_erased_is_not_lost_to_who_was_typing(signed_in, request, person, make, form):
    row = request.getfixturevalue(make)
    path = path_of(row)
    row.delete()
    page = signed_in.post(path, form(version=1, who="Fatima"))
    assert page.status_code == 409
    assert "Een collega wiste dit intussen." in page.text
    assert "Fatima" in page.text
    new = f"{person.path}{'stap' if make == 'agreed' else 'band'}/"
    assert f'action="{new}"' in page.text
    assert signed_in.get(path).status_code == 404


@pytest.mark.parametrize(
    ("make", "form", "wrong", "sentence"),
    [
        ("agreed", step, {"what": ""}, "Wat spraken jullie af?"),
        ("agreed", step, {"what": "Wachtwoord: tulp1"}, "Hier lijkt een wachtwoord of code te staan."),
        ("bond", tie, {"who": ""}, "Een van de twee."),
        ("bond", tie, {"agreed": "", "does": "bezoekt"}, "Vraag eerst of het mag."),
        ("bond", tie, {"agreed": "", "who": "buurvrouw"}, "Vraag eerst of het mag."),
        ("bond", tie, {"who": "85.07.30-033.28"}, "rijksregisternummer"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_changes_nothing(signed_in, request, make, form, wrong, sentence):
    row = request.getfixturevalue(make)
    page = signed_in.post(path_of(row), form(version=1, **wrong))
    assert (page.status_code, sentence in page.text) == (200, True)
    assert type(row).objects.get().version == 1


def test_a_tie_is_adapted_only_while_both_agree(signed_in, worker, team, person, bond):
    other = make_person(team, worker, "Omar Verzonnen", kinds=["bewaren"])
    form = tie(version=1, who="omar verzonnen", meant=str(other.pk))
    assert "Er is geen akkoord" in signed_in.post(path_of(bond), form).text
    bond.refresh_from_db()
    assert (bond.other, bond.version) == (None, 1)


def test_a_tie_to_who_is_restricted_is_not_opened(signed_in, worker, team, person):
    other = make_person(team, worker, "Kanarie Verzonnen")
    bond = make_tie(person, who=None, other=other)
    actions.restrict(make_request(other, worker, "beperking"), "Betwist.", worker)
    assert signed_in.get(path_of(bond)).status_code == 404


def test_who_stopped_or_is_restricted_is_not_adapted(signed_in, worker, person, agreed, bond):
    actions.restrict(make_request(person, worker, "beperking"), "Betwist.", worker)
    for row, form in ((agreed, step), (bond, tie)):
        assert signed_in.get(path_of(row)).status_code == 404
        assert signed_in.post(path_of(row), form(version=1)).status_code == 404
        assert not list(Earlier.objects.visible_to(worker))


def test_the_export_says_what_was_agreed_first_and_to_its_own_person_only(worker, team, person, agreed):
    other = make_person(team, worker, "Omar Verzonnen")
    bond = make_tie(person)
    facts = {"what": "Mailen", "doer": "wij", "who": "Jef", "day": TODAY()}
    actions.change_step(agreed, facts, 1, worker)
    facts = {"who": None, "other": other, "volunteer": None, "does": "belt", "agreed_on": TODAY()}
    actions.change_tie(bond, facts, 1, worker)

    def says(one):
        one = Person.objects.get(pk=one.pk)
        return {
            row["says"].get("Wat") and below["Zoals het was"]
            for part in export.export_of(one, export.in_words)["parts"]
            for row in part["rows"]
            for below in row["below"].get("vroegere afspraken", ())
        }

    assert says(person) == {"Samen bellen", "dochter"}
    assert says(other) == set()


def test_the_history_goes_with_its_step(worker, agreed):
    facts = {"what": "Mailen", "doer": "wij", "who": "Jef", "day": TODAY() + datetime.timedelta(days=1)}
    actions.change_step(agreed, facts, 1, worker)
    assert [one.field for one in Earlier.objects.visible_to(worker).order_by("field")] == ["day", "what"]
    actions.remove_step(agreed)
    assert not Earlier.objects.exists()


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"), [("worker_elsewhere", 404), ("worker_abroad", 404), ("coordinator", 403)]
)
def test_nobody_else_adapts(client, request, agreed, bond, who, status):
    client.force_login(request.getfixturevalue(who))
    for row, form in ((agreed, step), (bond, tie)):
        assert client.get(path_of(row)).status_code == status
        assert client.post(path_of(row), form(version=1, what="X", who="X")).status_code == status
    assert (AgreedStep.objects.get().version, Tie.objects.get().version) == (1, 1)


@pytest.mark.access
def test_the_own_person_is_no_way_to_a_row_of_another(client, worker_elsewhere, agreed, bond):
    own = make_person(worker_elsewhere.memberships.get().team, worker_elsewhere, "Omar Verzonnen")
    client.force_login(worker_elsewhere)
    for row in (agreed, bond):
        assert client.get(path_of(row).replace(str(row.person_id), str(own.pk))).status_code == 404
