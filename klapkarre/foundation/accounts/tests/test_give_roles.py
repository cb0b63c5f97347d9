"""Who gives, stops and ends which role: never a higher one, never the own one, never the last administrator."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from klapkarre.foundation.accounts import access, memberships
from klapkarre.foundation.accounts.colleague_forms import IN_A_TEAM
from klapkarre.foundation.accounts.memberships import Clash, Refused
from klapkarre.foundation.accounts.models import Invitation, Membership, Role
from klapkarre.foundation.accounts.tests.making import DAY, again, member

pytestmark = [pytest.mark.access, pytest.mark.django_db]
VERBS = (memberships.suspend, memberships.take_back, memberships.end, memberships.come_back)


def form(**fields):
    today = timezone.localdate()
    return {"role": "worker", "starts_on": today.isoformat()} | fields


@pytest.mark.parametrize("role", Role)
def test_nobody_gives_a_role_above_the_own_one(coordinator, admin, worker, organisation, role):
    terms = {"role": role, "starts_on": timezone.localdate()}
    may = role not in (Role.ADMINISTRATOR, Role.AUDITOR)
    if may:
        memberships.give(coordinator, worker, organisation, **terms)
    else:
        with pytest.raises(Refused, match="kan jij niet geven"):
            memberships.give(coordinator, worker, organisation, **terms)
        memberships.give(admin, worker, organisation, **terms)
    assert role in again(worker).role_names


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "volunteer", "partner", "city", "auditor"])
def test_who_does_not_run_the_organisation_gives_nothing(request, client, organisation, coordinator, who):
    user = request.getfixturevalue(who)
    with pytest.raises(Refused):
        memberships.give(user, coordinator, organisation, role=Role.VOLUNTEER)
    client.force_login(user)
    pages = ("/organisatie/medewerkers/", "/organisatie/medewerkers/rol/")
    assert [client.get(page).status_code for page in pages] == [403, 403]


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_changes_the_own_role(coordinator, verb):
    with pytest.raises(Refused, match="eigen rol"):
        verb(coordinator, coordinator.memberships.get(), 1)


def test_nobody_gives_herself_a_role(admin, organisation):
    with pytest.raises(Refused, match="jezelf"):
        memberships.give(admin, admin, organisation, role=Role.WORKER)


@pytest.mark.parametrize("verb", VERBS)
def test_a_coordinator_does_not_touch_an_administrator(coordinator, admin, verb):
    with pytest.raises(Refused, match="beheerder"):
        verb(coordinator, admin.memberships.get(), 1)


def test_the_last_administrator_stays(admin, organisation):
    other = member("beheer2", organisation, Role.ADMINISTRATOR, ends_on=timezone.localdate() + 30 * DAY)
    mine = admin.memberships.get()
    for verb in (memberships.suspend, memberships.end):
        with pytest.raises(Refused, match="moet een beheerder blijven"):
            verb(other.user, mine, 1)
    with pytest.raises(Refused, match="moet een beheerder blijven"):
        memberships.change_end(other.user, mine, 1, timezone.localdate() + DAY)
    memberships.end(admin, other, 1)
    assert Membership.objects.current().filter(role=Role.ADMINISTRATOR).get() == mine


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one(admin, organisation):
    other = member("beheer2", organisation, Role.ADMINISTRATOR)
    pairs = [(admin, other), (other.user, admin.memberships.get())]
    gate, found = threading.Barrier(2), []

    def run(by, role):
        gate.wait()
        try:
            memberships.end(by, role, 1)
            found.append("ended")
        except Refused:
            found.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["ended", "refused"]
    assert Membership.objects.current().filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.slow
def test_who_saw_an_older_version_is_told_and_nothing_is_lost(client, coordinator, worker):
    role = worker.memberships.get()
    memberships.change_end(coordinator, role, 1, timezone.localdate() + 60 * DAY)
    with pytest.raises(Clash):
        memberships.suspend(coordinator, role, 1)
    client.force_login(coordinator)
    late = {"version": 1, "ends_on_day": "7", "ends_on_month": "3", "ends_on_year": "2030"}
    page = client.post(f"/organisatie/medewerkers/{role.pk}/laatste-dag/", late)
    assert page.status_code == 409
    assert "Een collega wijzigde deze rol net." in page.text
    assert 'value="2030"' in page.text
    assert 'name="version" value="2"' in page.text
    stop = client.post(f"/organisatie/medewerkers/{role.pk}/schors/", {"version": 1}, follow=True)
    assert "Een collega wijzigde deze rol net." in stop.text
    assert again(worker).role_names == {"worker"}


def test_the_same_role_is_not_given_twice(coordinator, worker, team, organisation):
    with pytest.raises(Refused, match="heeft deze rol al"):
        memberships.give(coordinator, worker, organisation, role=Role.WORKER, team=team)
    assert worker.memberships.count() == 1


def test_a_role_for_a_buurt_beside_one_for_the_whole_team_is_refused(
    client, coordinator, worker, team, buurt
):
    client.force_login(coordinator)
    page = client.post(
        "/organisatie/medewerkers/rol/", form(user=worker.pk, team=team.pk, neighbourhood=buurt.pk)
    )
    assert "worker heeft deze rol al voor heel het team. Die moet eerst eindigen." in page.text
    assert page.context["form"]["neighbourhood"].value() == str(buurt.pk)
    assert (worker.memberships.count(), again(worker).own_reach.whole) == (1, {team.pk})


@pytest.mark.parametrize("last", [0, 29, 30])
def test_a_role_for_a_buurt_may_follow_one_for_the_whole_team(
    coordinator, worker, team, buurt, organisation, last
):
    start = timezone.localdate() + 30 * DAY
    memberships.change_end(coordinator, worker.memberships.get(), 1, timezone.localdate() + last * DAY)
    terms = {"role": Role.WORKER, "team": team, "neighbourhood": buurt, "starts_on": start}
    if last < 30:
        memberships.give(coordinator, worker, organisation, **terms)
    else:
        with pytest.raises(Refused, match="heel het team"):
            memberships.give(coordinator, worker, organisation, **terms)
    assert worker.memberships.count() == (2 if last < 30 else 1)


def test_a_role_for_a_buurt_may_end_before_the_one_for_the_whole_team(
    coordinator, worker, team, buurt, organisation
):
    worker.memberships.update(starts_on=timezone.localdate() + 10 * DAY)
    terms = {"role": Role.WORKER, "team": team, "neighbourhood": buurt}
    with pytest.raises(Refused, match="heel het team"):
        memberships.give(coordinator, worker, organisation, **terms)
    memberships.give(coordinator, worker, organisation, **terms, ends_on=timezone.localdate() + 9 * DAY)
    assert again(worker).own_reach.buurten == {buurt.pk}


@pytest.mark.slow
@pytest.mark.parametrize("role", [one for one in Role if one not in IN_A_TEAM])
@pytest.mark.parametrize("where", ["medewerkers/rol/", "uitnodigingen/nieuw/"])
def test_a_buurt_is_not_dropped_unsaid(client, admin, worker, team, buurt, role, where):
    client.force_login(admin)
    typed = form(user=worker.pk, role=role, team=team.pk, neighbourhood=buurt.pk)
    page = client.post(f"/organisatie/{where}", typed)
    assert page.context["form"].errors == {
        "neighbourhood": ["Deze rol geldt voor heel de organisatie. Kies hier geen buurt."]
    }
    assert page.context["form"]["neighbourhood"].value() == str(buurt.pk)
    assert (worker.memberships.count(), Invitation.objects.count()) == (1, 0)


def test_a_coordinator_gives_a_role_in_the_browser(client, coordinator, worker, other_team):
    client.force_login(coordinator)
    page = client.post("/organisatie/medewerkers/rol/", form(user=worker.pk, team=other_team.pk), follow=True)
    assert "De rol is gegeven." in page.text
    assert again(worker).names_reach.team_ids == {other_team.pk, worker.memberships.first().team_id}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"team": ""}, "Kies het team. Zonder team ziet deze rol niets."),
        ({"role": "administrator"}, "Kies iets uit de lijst."),
        ({"role": ""}, "Kies een rol."),
        ({"user": ""}, "Kies een collega."),
        ({"starts_on": "", "starts_on_day": "31", "starts_on_month": "2"}, "Vul ook het jaar in."),
        (
            {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2020"},
            "Die dag is al voorbij. Kies een latere dag.",
        ),
    ],
)
def test_a_mistake_gets_a_sentence(client, coordinator, worker, other_team, fields, sentence):
    client.force_login(coordinator)
    page = client.post("/organisatie/medewerkers/rol/", form(user=worker.pk, team=other_team.pk) | fields)
    assert (page.status_code, sentence in page.text) == (200, True)
    assert Membership.objects.filter(user=worker).count() == 1


def test_teams_and_people_of_elsewhere_are_not_offered(client, coordinator, worker_abroad):
    client.force_login(coordinator)
    abroad = worker_abroad.memberships.get()
    page = client.post("/organisatie/medewerkers/rol/", form(user=worker_abroad.pk, team=abroad.team_id))
    assert page.text.count("Kies iets uit de lijst.") >= 2
    assert "abroad" not in client.get("/organisatie/medewerkers/").text
    assert worker_abroad.memberships.count() == 1


def test_the_list_is_grouped(client, coordinator, organisation, team):
    today = timezone.localdate()
    member("loopt", organisation, Role.WORKER, team)
    member("komt", organisation, Role.WORKER, team, starts_on=today + DAY)
    member("rust", organisation, Role.WORKER, team, suspended_at=timezone.now())
    member("weg", organisation, Role.WORKER, team, ends_on=today - DAY)
    client.force_login(coordinator)
    groups = client.get("/organisatie/medewerkers/").context["groups"]
    assert [(str(state), [row.user.username for row in rows]) for state, rows in groups] == [
        ("running", ["coordinator", "loopt"]),
        ("to_come", ["komt"]),
        ("suspended", ["rust"]),
        ("ended", ["weg"]),
    ]


@pytest.mark.slow
def test_each_button_does_what_it_says(client, coordinator, worker):
    role = worker.memberships.get()
    client.force_login(coordinator)
    path = f"/organisatie/medewerkers/{role.pk}/"
    roles = []
    for version, deed in enumerate(("schors", "hef-op", "beeindig"), 1):
        client.post(f"{path}{deed}/", {"version": version, "sure": "ja"})
        roles.append(again(worker).role_names)
    client.post(f"{path}laatste-dag/", {"version": 4, "doe": "terug"})
    roles.append(again(worker).role_names)
    assert roles == [set(), {"worker"}, set(), {"worker"}]


def test_ending_asks_first(client, coordinator, worker):
    role = worker.memberships.get()
    client.force_login(coordinator)
    path = f"/organisatie/medewerkers/{role.pk}/beeindig/"
    page = client.post(path, {"version": 1})
    assert ("Wil je deze rol beëindigen?" in page.text, again(worker).role_names) == (True, {"worker"})
    client.post(path, {"version": 1, "sure": "ja"})
    assert again(worker).role_names == set()


def test_an_administrator_sees_no_name_or_note(admin):
    assert not {access.SEE_NAMES, access.REGISTER, access.PLAN} & set(access.RIGHTS_OF[Role.ADMINISTRATOR])
    assert (admin.reach.team_ids, admin.names_reach.team_ids) == (set(), set())
