"""Two organisations: chosen knowingly, one at a time, and nothing of the other is visible meanwhile."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, Role
from klapkarre.foundation.accounts.tests.making import again, member
from klapkarre.rooms.outreach.models import ContactMoment

pytestmark = [pytest.mark.access, pytest.mark.django_db]
CHOOSE = "/organisatie/kiezen/"


@pytest.fixture
def abroad(worker_abroad):
    return worker_abroad.memberships.get()


@pytest.fixture
def both(worker, abroad):
    """The worker, with the same role in another organisation too."""
    member("worker", abroad.organisation, Role.WORKER, abroad.team)
    return worker


def met(team, buurt, by, note):
    return ContactMoment.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        by=by,
        setting="straat",
        note=note,
        when=timezone.now(),
    )


def test_without_a_choice_there_are_no_rights(client, both):
    user = again(both)
    assert (user.works_for, user.role_names, user.reach.team_ids) == (None, set(), set())
    client.force_login(both)
    answer = client.get("/werk/contacten/?toon=te-doen")
    assert answer["Location"] == f"{CHOOSE}?next=/werk/contacten/%3Ftoon%3Dte-doen"
    page = client.get(answer["Location"]).text
    assert ("Werk voor Buurtwerk Proef vzw" in page, "Werk voor Andere Stad vzw" in page) == (True, True)


def test_the_choice_leads_on_and_stands_in_the_header(client, both, team):
    client.force_login(both)
    answer = client.post(CHOOSE, {"organisation": str(team.organisation_id), "next": "/werk/contacten/"})
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/werk/contacten/", '"cache"')
    page = client.get("/werk/").text
    assert "<b>Buurtwerk Proef vzw</b>" in page
    assert 'href="/organisatie/kiezen/"' in page
    assert "Andere Stad" not in page


def test_nothing_of_the_other_organisation_is_visible_meanwhile(client, both, team, buurt, abroad):
    here, far = met(team, buurt, both, "nota hier"), met(abroad.team, buurt, both, "nota ver")
    client.force_login(both)
    for mine, other in ((here, far), (far, here)):
        client.post(CHOOSE, {"organisation": str(mine.organisation_id)})
        found = [client.get(f"/werk/contacten/{row.pk}/").status_code for row in (mine, other)]
        assert found == [200, 404]
        assert client.get(f"/werk/contacten/{other.pk}/aanpassen/").status_code == 404
        pages = [client.get(path).text for path in ("/werk/", "/werk/contacten/", "/werk/contacten/nieuw/")]
        assert [str(other.pk) in page for page in pages] == [False] * 3
        assert [other.organisation.name in page for page in pages] == [False] * 3
    user = again(both)
    user.chosen_id = str(team.organisation_id)
    assert list(ContactMoment.objects.visible_to(user)) == [here]
    assert user.reach.team_ids == {team.pk}


def test_what_pages_remembered_does_not_come_along(client, both, team, abroad):
    client.force_login(both)
    client.post(CHOOSE, {"organisation": str(team.organisation_id)})
    session = client.session
    session["outreach.last"] = {"setting": "straat"}
    session.save()
    client.post(CHOOSE, {"organisation": str(abroad.organisation_id)})
    assert ("outreach.last" in client.session, client.session["organisation"]) == (
        False,
        str(abroad.organisation_id),
    )


def test_only_an_organisation_with_a_running_role_can_be_chosen(client, worker, abroad):
    client.force_login(worker)
    answer = client.post(CHOOSE, {"organisation": str(abroad.organisation_id)})
    assert (answer.status_code, "Kies een organisatie waar je nu een rol hebt." in answer.text) == (409, True)
    assert client.session["organisation"] == str(worker.memberships.get().organisation_id)


@pytest.mark.parametrize("field", [{}, {"organisation": "x"}, {"organisation": "\0"}])
def test_nonsense_is_asked_again(client, both, field):
    client.force_login(both)
    assert client.post(CHOOSE, field).status_code in (400, 409)


def test_a_new_role_elsewhere_takes_nothing_over(client, worker, abroad):
    client.force_login(worker)
    member("worker", abroad.organisation, Role.WORKER, abroad.team)
    page = client.get("/werk/").text
    assert "<b>Buurtwerk Proef vzw</b>" in page


def test_when_the_chosen_role_ends_she_chooses_again(client, both, team, abroad):
    client.force_login(both)
    client.post(CHOOSE, {"organisation": str(team.organisation_id)})
    Membership.objects.filter(user=both, team=team).update(suspended_at=timezone.now())
    assert client.get("/werk/").status_code == 302
    page = client.get(CHOOSE).text
    assert ("Buurtwerk Proef" in page, "Werk voor Andere Stad vzw" in page) == (False, True)


def test_what_was_typed_before_the_choice_is_carried(client, both, team):
    client.force_login(both)
    page = client.post("/werk/contacten/nieuw/", {"note": "blijft staan"})
    assert page.status_code == 409
    assert client.get("/werk/vertalen/verouderd/", headers={"HX-Request": "true"}).status_code == 401
    sealed = page.context["typed"]
    after = client.post(CHOOSE, {"organisation": str(team.organisation_id), "typed": sealed})
    assert "blijft staan" in after.text
    assert client.post("/werk/contacten/nieuw/", {}, headers={"HX-Request": "true"}).status_code == 200


def test_a_form_of_another_tab_is_not_saved_for_the_other_organisation(both, team, buurt, abroad):
    abroad.team.neighbourhoods.add(buurt)
    client = Client(enforce_csrf_checks=True)
    client.force_login(both)

    def post(path, token, **fields):
        return client.post(path, fields | {"csrfmiddlewaretoken": token})

    def token_of(path):
        return client.get(path).context["csrf_token"]

    post(CHOOSE, str(token_of(CHOOSE)), organisation=str(team.organisation_id))
    typed = {
        "setting": "straat",
        "neighbourhood": str(buurt.pk),
        "note": "voor hier",
        "key": str(uuid.uuid4()),
    }
    first_tab = str(token_of("/werk/contacten/nieuw/"))
    post(CHOOSE, str(token_of(CHOOSE)), organisation=str(abroad.organisation_id))
    answer = post("/werk/contacten/nieuw/", first_tab, **typed)
    assert (answer.status_code, ContactMoment.objects.exists()) == (403, False)
    assert post("/werk/contacten/nieuw/", str(token_of("/werk/contacten/nieuw/")), **typed).status_code == 302


def test_who_has_one_organisation_never_chooses(client, worker):
    client.force_login(worker)
    page = client.get("/werk/").text
    assert ("<b>Buurtwerk Proef vzw</b>" in page, 'href="/organisatie/kiezen/"' in page) == (True, False)
