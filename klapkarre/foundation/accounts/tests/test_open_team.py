"""A coordinator sees the names of one team for an hour: for a reason, and the auditor is told."""

import datetime
import uuid
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klapkarre.foundation.accounts import sessions
from klapkarre.foundation.accounts.models import Opening, OpeningReview, Reading, Role, User
from klapkarre.foundation.accounts.tests.making import again, member
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.agenda.tests.make import fill, make_activity
from klapkarre.rooms.outreach.models import ContactMoment

OPEN = "/organisatie/inzagen/open/"
REASON = "Klacht over de lijst nagaan"


@pytest.fixture
def soup(team, buurt):
    soup = make_activity(team, buurt, capacity=5, title="Soep")
    fill(soup, 2)
    return soup


@pytest.fixture
def names(soup):
    return f"/werk/activiteiten/{soup.pk}/lijst/"


@pytest.fixture
def lead(client, coordinator):
    client.force_login(coordinator)
    return client


def open_it(client, team, reason=REASON):
    return client.post(OPEN, {"team": team.pk, "reason": reason})


def test_without_an_opening_there_are_no_names(lead, names):
    assert lead.get(names).status_code == 403


def test_an_opened_team_shows_its_names_and_says_so_on_every_page(lead, team, names, coordinator):
    answer = open_it(lead, team)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/werk/")
    page = lead.get(names)
    assert (page.status_code, "Buur" in page.text or "<bdi" in page.text) == (200, True)
    for path in ("/werk/", names, "/resultaten/", "/organisatie/rechten/"):
        assert "Team Molen is open voor jou</b>, nog 60 min" in lead.get(path).text, path


def test_only_that_team_opens(lead, team, other_team, other_buurt, soup, names):
    elsewhere = make_activity(other_team, other_buurt, capacity=5)
    open_it(lead, team)
    assert lead.get(names).status_code == 200
    assert lead.get(f"/werk/activiteiten/{elsewhere.pk}/lijst/").status_code == 403


def test_each_reading_carries_the_opening(lead, team, names, coordinator):
    open_it(lead, team)
    lead.get(names)
    opening = Opening.objects.get()
    assert opening.reason == REASON
    kinds = list(
        Reading.objects.filter(user=coordinator).order_by("number").values_list("kind", "opening", "size")
    )
    assert kinds == [("accounts.opening", opening.pk, 1), ("agenda.signup", opening.pk, 2)]


def test_what_hangs_on_a_person_carries_it_too(lead, team, worker, coordinator):
    person = make_person(team, worker)
    facts = {
        "who": "zus",
        "other": None,
        "volunteer": None,
        "does": "belt",
        "agreed_on": timezone.localdate(),
    }
    people.add_tie(person, facts, uuid.uuid4())
    open_it(lead, team)
    assert "zus" in lead.get(person.path).text
    read = dict(Reading.objects.filter(user=coordinator).values_list("kind", "opening"))
    assert ("people.tie" in read, set(read.values())) == (True, {Opening.objects.get().pk})


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Schrijf waarom je dit nu moet zien."),
        ("zomaar", "Schrijf de reden in enkele woorden, minstens drie."),
    ],
)
def test_no_reason_opens_nothing(lead, team, names, reason, sentence):
    answer = open_it(lead, team, reason)
    assert (answer.status_code, sentence in answer.text, reason in answer.text) == (200, True, True)
    assert Opening.objects.count() == 0
    assert lead.get(names).status_code == 403


@pytest.mark.parametrize(("minutes", "opens"), [(9, 1), (11, 0)])
def test_who_sat_there_too_long_shows_again_who_they_are(lead, team, names, minutes, opens):
    session = lead.session
    session[sessions.CONFIRMED] -= minutes * 60
    session.save()
    assert lead.get(OPEN).headers["Location"] == f"/login/opnieuw/?{urlencode({'next': OPEN})}"
    open_it(lead, team)
    assert Opening.objects.count() == opens


def test_who_opened_a_team_looks_and_changes_nothing(lead, team, names, soup):
    open_it(lead, team)
    assert "Zet iemand op de lijst" not in lead.get(names).text
    seat = soup.signups.order_by("created_at").first()
    for path in (f"{names}toevoegen/", f"{names}{seat.pk}/afmelden/", f"{names}{seat.pk}/verwittigd/"):
        assert lead.post(path, {"name": "Nieuw"}).status_code == 403, path
    assert soup.signups.count() == 2


def test_what_is_open_is_not_opened_again(lead, team):
    open_it(lead, team)
    assert "Dit team is al open voor jou." in open_it(lead, team).text
    assert Opening.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "city", "partner", "volunteer", "auditor", "admin"])
def test_nobody_else_opens_a_team(client, request, team, who):
    client.force_login(request.getfixturevalue(who))
    assert (client.get(OPEN).status_code, open_it(client, team).status_code) == (403, 403)
    assert Opening.objects.count() == 0


def test_an_opening_stays_in_its_organisation(coordinator, team, worker_abroad):
    """Who coordinates in two organisations sees nothing of the one while she works for the other."""
    abroad = worker_abroad.memberships.get().organisation
    member(coordinator.username, abroad, Role.COORDINATOR)
    until = timezone.now() + datetime.timedelta(hours=1)
    Opening.objects.create(
        organisation=team.organisation, team=team, user=coordinator, reason=REASON, until=until
    )
    found = []
    for chosen in (team.organisation, abroad):
        user = again(coordinator)
        user.chosen_id = str(chosen.pk)
        found.append(user.names_reach.team_ids)
    assert found == [{team.pk}, set()]


def test_a_team_of_another_organisation_does_not_open(lead, worker_abroad):
    abroad = worker_abroad.memberships.get().team
    assert "Kies iets uit de lijst." in open_it(lead, abroad).text
    assert Opening.objects.count() == 0


def test_stopping_takes_the_right_away_at_once(lead, team, soup, names):
    open_it(lead, team)
    row = soup.signups.first()
    assert lead.get(names).status_code == 200
    answer = lead.post(f"{OPEN}{Opening.objects.get().pk}/stop/")
    assert answer.status_code == 302
    # The page that still stands open in the browser, and its forms.
    paths = (names, f"{names}{row.pk}/afmelden/", f"{names}{row.pk}/briefje/", f"{names}afdrukken/")
    assert [lead.get(path).status_code for path in paths] == [403] * 4
    forms = (f"{names}toevoegen/", f"{names}{row.pk}/verwittigd/", f"{names}{row.pk}/afmelden/")
    assert [lead.post(path, {"name": "Nour"}).status_code for path in forms] == [403] * 3
    assert "is open voor jou" not in lead.get("/werk/").text


def test_the_hour_ends_by_itself(lead, team, names, coordinator):
    open_it(lead, team)
    opening = Opening.objects.get()
    before, after = (opening.until + datetime.timedelta(seconds=s) for s in (-1, 0))
    assert opening.until - opening.at == datetime.timedelta(minutes=60)
    assert list(Opening.objects.running(before)) == [opening]
    assert list(Opening.objects.running(after)) == []
    assert (opening.minutes_left(opening.at), opening.minutes_left(before), opening.minutes_left(after)) == (
        60,
        1,
        0,
    )


def test_an_opening_of_an_hour_ago_gives_nothing(client, coordinator, team, soup, names):
    ago = timezone.now() - datetime.timedelta(minutes=61)
    Opening.objects.create(
        organisation=team.organisation,
        team=team,
        user=coordinator,
        reason=REASON,
        at=ago,
        until=ago + datetime.timedelta(minutes=60),
    )
    client.force_login(coordinator)
    assert client.get(names).status_code == 403
    assert client.post(f"{names}toevoegen/", {"name": "Nour"}).status_code == 403


def test_a_coordinator_no_more_has_nothing_open(lead, team, names, coordinator):
    open_it(lead, team)
    coordinator.memberships.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert lead.get(names).headers["Location"].startswith("/login/")


def test_who_is_no_coordinator_pays_no_query(worker, django_assert_num_queries):
    worker = User.objects.get(pk=worker.pk)
    worker.role_names  # noqa: B018
    with django_assert_num_queries(0):
        assert worker.openings == []


def test_a_note_of_an_opened_team_is_read_but_not_changed(lead, team, buurt, worker):
    contact = ContactMoment.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        by=worker,
        setting="straat",
        note="Kanarie",
    )
    path = f"/werk/contacten/{contact.pk}/"
    assert "Kanarie" not in lead.get(path).text
    open_it(lead, team)
    page = lead.get(path).text
    assert ("Kanarie" in page, f"{path}aanpassen/" in page) == (True, False)
    assert lead.get(f"{path}aanpassen/").status_code == 403


@pytest.mark.slow
def test_the_auditor_is_told_and_judges(client, lead, team, coordinator, auditor):
    open_it(lead, team)
    opening = Opening.objects.get()
    client.force_login(auditor)
    assert "Een coördinator opende een team. Kijk het na." in client.get("/werk/").text
    assert "Nog na te kijken" in client.get("/organisatie/inzagen/teams/").text
    path = f"/organisatie/inzagen/teams/{opening.pk}/"
    assert REASON in client.get(path).text
    silent = client.post(path, {"verdict": "bevraagd", "note": ""})
    assert "Schrijf wat je in vraag stelt." in silent.text
    client.post(path, {"verdict": "bevraagd", "note": "Waarom nu?"})
    client.post(path, {"verdict": "aanvaard", "note": ""})
    rows = [(row.verdict, row.note, row.by) for row in OpeningReview.objects.order_by("at")]
    assert rows == [("bevraagd", "Waarom nu?", auditor), ("aanvaard", None, auditor)]
    assert "Kijk het na" not in client.get("/werk/").text
    client.force_login(coordinator)
    assert "Aanvaard" in client.get(OPEN).text


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "coordinator", "city", "admin", "worker_abroad"])
def test_only_the_auditor_judges(client, request, team, coordinator, who):
    now = timezone.now()
    opening = Opening.objects.create(
        organisation=team.organisation,
        team=team,
        user=coordinator,
        reason=REASON,
        at=now,
        until=now + datetime.timedelta(minutes=60),
    )
    client.force_login(request.getfixturevalue(who))
    path = f"/organisatie/inzagen/teams/{opening.pk}/"
    assert client.get(path).status_code == 403
    assert client.post(path, {"verdict": "aanvaard"}).status_code == 403
    assert OpeningReview.objects.count() == 0


def test_what_happened_cannot_be_rewritten(lead, team, auditor, client):
    open_it(lead, team)
    opening = Opening.objects.get()
    later = opening.until + datetime.timedelta(hours=1)
    review = OpeningReview.objects.create(
        organisation=team.organisation, opening=opening, by=auditor, verdict="bevraagd", note="Waarom?"
    )
    Opening.objects.update(stopped_at=opening.at)
    for change in (
        lambda: Opening.objects.update(until=later),
        lambda: Opening.objects.update(stopped_at=None),
        lambda: OpeningReview.objects.update(verdict="aanvaard"),
        lambda: review.delete(),
        lambda: opening.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert OpeningReview.objects.get().verdict == "bevraagd"
