import datetime
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, Role, User
from klapkarre.foundation.places.models import Neighbourhood, OpeningHours, Place
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.outreach.tests.make import make_contact
from klapkarre.windows.workday import today, views

DAY = datetime.timedelta(days=1)
# What the page fetches after it came, when nobody looked yet.
LATER = "/werk/vertalen/verouderd/"


def at(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def todos(page):
    return [todo.contact for _name, _words, shown, _count in page.context["groups"] for todo in shown]


def test_a_quiet_day_has_coffee(client, worker):
    client.force_login(worker)
    page = client.get("/werk/")
    assert "Niets te doen. Zet koffie." in page.text
    assert "Vandaag staat er niets op de agenda." in page.text


def test_a_worker_sees_the_steps_of_the_team(client, worker, team, buurt, other_team, other_buurt):
    local = timezone.localdate()
    late = make_contact(team, buurt, follow_up_on=local - DAY, themes=["wonen"], note="Geheim.")
    soon = make_contact(team, buurt, by=worker, to_refer=True)
    make_contact(other_team, other_buurt, is_signal=True)
    client.force_login(worker)
    page = client.get("/werk/")
    assert todos(page) == [late, soon]
    for words in ("Te doen (2)", "1 dag te laat", "Opvolgen: wonen", "Molenwijk, straat of plein", "van jou"):
        assert words in page.text
    assert "Geheim" not in page.text


def test_a_step_says_what_and_who_without_opening_the_note(client, worker, team, buurt):
    make_contact(
        team, buurt, to_refer=True, themes=["wonen", "financien"], people=3, known="bekend", note="Geheim."
    )
    client.force_login(worker)
    page = client.get("/werk/").text
    for words in ("Doorverwijzen: geld, wonen", "3 mensen, bekend gezicht", "Met nota"):
        assert words in page
    assert "Geheim" not in page


def test_a_step_without_a_note_says_nothing_of_one(client, worker, team, buurt):
    make_contact(team, buurt, to_refer=True)
    client.force_login(worker)
    assert "Met nota" not in client.get("/werk/").text


def test_a_tick_goes_and_can_be_taken_back_at_once(client, worker, team, buurt):
    contact = make_contact(team, buurt, to_refer=True, themes=["wonen"])
    client.force_login(worker)
    path = f"/werk/contacten/{contact.pk}/stap/"
    page = client.post(path, {"step": "doorverwijzen", "done": "1", "next": "/werk/"}, follow=True)
    assert todos(page) == []
    assert "Gedaan: doorverwijzen (wonen, Molenwijk)." in page.text
    page = client.post(path, {"step": "doorverwijzen", "next": "/werk/"}, follow=True)
    assert todos(page) == [contact]
    assert "Gedaan: doorverwijzen" not in page.text


def test_a_long_list_shows_the_first_twenty(client, worker, team, buurt):
    for _ in range(23):
        make_contact(team, buurt, is_signal=True)
    client.force_login(worker)
    page = client.get("/werk/")
    assert len(todos(page)) == 20
    assert "Te doen (23)" in page.text
    assert "Toon ook de andere 3" in page.text


def test_a_worker_sees_the_own_counts_only(client, worker, worker_elsewhere, team, buurt):
    make_contact(team, buurt, by=worker, people=3)
    make_contact(team, buurt, by=worker_elsewhere, people=40)
    client.force_login(worker)
    counts = client.get("/werk/").context["counts"]
    assert counts == {"today": 1, "people_today": 3, "week": 1, "people_week": 3}


def test_gatherings_of_today_and_whom_to_tell(worker, team, buurt, other_team, other_buurt):
    now = at(datetime.date(2026, 5, 20), 15)
    day = datetime.date(2026, 5, 20)

    def gathering(title, starts_at, its_team=team, its_buurt=buurt, **more):
        return make_activity(
            its_team, its_buurt, title=title, starts_at=starts_at, ends_at=starts_at + DAY / 12, **more
        )

    gathering("Voorbij", at(day, 9))
    gathering("Afgelast", at(day, 17), state=Activity.State.CANCELLED)
    gathering("Ontwerp", at(day, 18), state=Activity.State.DRAFT)
    gathering("Morgen", at(day + DAY, 9))
    gathering("Elders", at(day, 16), other_team, other_buurt)
    later = gathering("Uitstap", at(day + 5 * DAY, 9), sign_up_kind="name", capacity=1)
    for _ in range(2):
        SignUp.objects.create(
            organisation_id=team.organisation_id, activity=later, name="Fien", moved_up_at=now
        )
    found = today.gatherings(worker, now)
    assert [(one.activity.title, one.is_today, one.is_cancelled, one.to_tell) for one in found] == [
        ("Voorbij", True, False, 0),
        ("Afgelast", True, True, 0),
        ("Uitstap", False, False, 2),
    ]
    assert found[2].taken == 2


def test_points_that_open_today_come_first(worker, team, buurt, other_buurt, point):
    now = at(datetime.date(2026, 5, 20), 15)
    part = Neighbourhood.objects.create(
        municipality=buurt.municipality, parent=buurt, name="Molenhoek", slug="molenhoek"
    )
    open_now = Place.objects.create(neighbourhood=part, name="Zuidpunt", slug="zuidpunt")
    OpeningHours.objects.create(place=open_now, weekday=2, opens=datetime.time(14), closes=datetime.time(17))
    Place.objects.create(neighbourhood=other_buurt, name="Elders", slug="elders")
    found = today.points(worker, now)
    assert [(one.place, one.is_open, one.opens_today) for one in found] == [
        (open_now, True, True),
        (point, False, False),
    ]


def test_a_page_for_the_team_links_to_its_work(client, worker, team, buurt, point):
    activity = make_activity(team, buurt, starts_at=timezone.now(), ends_at=timezone.now() + DAY / 48)
    client.force_login(worker)
    page = client.get("/werk/").text
    for path in (
        "/werk/contacten/nieuw/",
        "/werk/onthaal/",
        f"/werk/onthaal/{point.slug}/",
        f"/werk/activiteiten/{activity.pk}/lijst/",
        "/werk/contacten/",
    ):
        assert f'href="{path}"' in page


@pytest.mark.access
def test_a_coordinator_sees_totals_of_teams_and_no_contact(
    client, coordinator, team, buurt, other_team, other_buurt
):
    local = timezone.localdate()
    make_contact(team, buurt, follow_up_on=local - DAY, note="Geheim.")
    make_contact(team, buurt, to_refer=True)
    make_contact(other_team, other_buurt, is_signal=True)
    client.force_login(coordinator)
    page = client.get("/werk/")
    assert page.context["teams"] == [
        {"team__name": "Team Molen", "total": 2, "late": 1},
        {"team__name": "Team Station", "total": 1, "late": 0},
    ]
    assert "Geheim" not in page.text
    assert "/werk/contacten/nieuw/" not in page.text
    assert 'href="/resultaten/"' in page.text


@pytest.mark.access
def test_another_organisation_has_its_own_day(client, worker_abroad, team, buurt, point):
    make_contact(team, buurt, is_signal=True)
    make_activity(team, buurt, starts_at=timezone.now(), ends_at=timezone.now() + DAY / 48)
    client.force_login(worker_abroad)
    page = client.get("/werk/")
    assert todos(page) == []
    assert page.context["gatherings"] == []
    assert page.context["points"] == []


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("city", "Je werkt voor de stad"),
        ("partner", "Je bent partner"),
        ("volunteer", "Je bent vrijwilliger"),
        ("auditor", "Je kijkt toe op de gegevens"),
        ("admin", "Je beheert de server"),
    ],
)
def test_every_other_role_learns_what_it_can_do(client, request, team, buurt, who, words):
    make_contact(team, buurt, is_signal=True, themes=["wonen"])
    client.force_login(request.getfixturevalue(who))
    page = client.get("/werk/")
    assert page.status_code == 200
    assert words in page.text
    assert "Dit kan je nu doen" in page.text
    assert ("Dit is er nog niet" in page.text) == (who != "auditor")
    assert "Molenwijk" not in page.text
    assert 'href="/werk/contacten/' not in page.text


def test_every_role_has_its_first_page():
    found = {Role.WORKER, Role.COORDINATOR, *views.OTHER_ROLES}
    assert found == set(Role), "say in workday what this role sees first"


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ["city", "partner", "volunteer", "auditor", "admin"])
def test_no_way_on_a_welcome_page_is_a_dead_end(client, request, team, buurt, point, who):
    client.force_login(request.getfixturevalue(who))
    page = client.get("/werk/").text
    ways = set(re.findall(r'href="(/[^"#?]*)"', page.partition("<main")[2].partition("</main>")[0]))
    assert len(ways) > 1
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_with_a_role_that_starts_later_the_page_says_whom_to_ask(client, worker):
    worker.memberships.update(starts_on=timezone.localdate() + datetime.timedelta(days=1))
    client.force_login(worker)
    assert "Je hebt hier nog geen rol" in client.get("/werk/").text


@pytest.mark.access
def test_without_login_the_page_is_closed(client):
    assert client.get("/werk/").headers["location"] == "/login/?next=/werk/"


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "first", "queries"), [("worker", 12, 10), ("coordinator", 9, 9), ("city", 3, 3)]
)
def test_the_day_costs_the_same_for_more_rows(
    client, request, team, buurt, town, who, first, queries, rows, django_assert_num_queries
):
    """Twelve queries at most, also when nothing of it was kept; after that a worker's points ask nothing."""
    now = timezone.now()
    for number in range(rows):
        make_contact(team, buurt, follow_up_on=timezone.localdate(), is_signal=True, themes=["werk", "wonen"])
        activity = make_activity(
            team, buurt, starts_at=now, ends_at=now + DAY / 24, sign_up_kind="name", capacity=9
        )
        SignUp.objects.create(organisation_id=team.organisation_id, activity=activity, moved_up_at=now)
        place = Place.objects.create(neighbourhood=buurt, name=f"Punt {number}", slug=f"punt-{number}")
        OpeningHours.objects.create(place=place, weekday=2, opens=datetime.time(9), closes=datetime.time(12))
    client.force_login(request.getfixturevalue(who))
    with django_assert_num_queries(first):
        client.get("/werk/")
    with django_assert_num_queries(queries):
        client.get("/werk/")


def test_what_a_colleague_just_asked_is_asked_once(client, organisation, team, other_team, worker, point):
    """Hours of the points and what is out of date: the same for all who cover the same, and for them only."""
    users = {}
    for name, of in (("collega", team), ("elders", other_team)):
        users[name] = User.objects.create_user(name)
        Membership.objects.create(user=users[name], organisation=organisation, team=of, role="worker")
    ContentType.objects.get_for_models(Activity, Place, Neighbourhood)
    asked = []
    for user in (worker, users["collega"], users["elders"]):
        client.force_login(user)
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/werk/")
        with CaptureQueriesContext(connection) as seen_later:
            assert client.get(LATER, headers={"HX-Request": "true"}).status_code == 200
        asked.append((len(seen), LATER in page.text, len(seen_later), point.name in page.text))
    assert asked == [(12, True, 8, True), (10, False, 4, True), (11, True, 7, False)]


def test_a_point_without_known_hours_says_who_sets_them(client, worker, point):
    client.force_login(worker)
    page = client.get(f"/werk/buurtpunten/{point.slug}/").text
    assert "De vaste uren zijn niet bekend. De beheerder zet ze in het gemeentebestand." in page
    assert "Elke week is gelijk" not in page
    OpeningHours.objects.create(place=point, weekday=2, opens=datetime.time(9), closes=datetime.time(12))
    assert "De vaste uren zijn niet bekend" not in client.get(f"/werk/buurtpunten/{point.slug}/").text
