"""The auditor's pages: the whole log with filters, never a name or a note, and each own look is logged too."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.audit_views import runs
from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.accounts.readers import readings_of
from klapkarre.foundation.accounts.reading_days import is_outside
from klapkarre.foundation.accounts.tests.make import make_reading
from klapkarre.rooms.agenda.tests.make import fill, make_activity

LOG = "/organisatie/inzagen/"
PAGES = (LOG, f"{LOG}1/", f"{LOG}csv/", f"{LOG}medewerkers/", f"{LOG}teams/")


@pytest.fixture
def log(worker, coordinator, organisation, worker_abroad):
    ago = timezone.now() - datetime.timedelta(days=40)
    abroad = worker_abroad.memberships.get().organisation
    make_reading(worker_abroad, abroad, ["rij-van-ver"])
    return [
        make_reading(worker, organisation, ["oud"], now=ago),
        make_reading(
            worker, organisation, ["a", "b"], route="agenda_staff:participants", kind="agenda.signup"
        ),
        make_reading(coordinator, organisation, ["b"], reason="=uitvoer"),
    ]


@pytest.fixture
def look(client, auditor):
    client.force_login(auditor)
    return client


def shown(answer):
    return [row.number for row in answer.context["page_obj"].object_list]


def text(answer):
    return b"".join(answer).decode() if answer.streaming else answer.text


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ["worker", "coordinator", "city", "partner", "volunteer", "admin"])
@pytest.mark.parametrize("page", PAGES)
def test_only_the_auditor_sees_the_log(client, request, log, who, page):
    client.force_login(request.getfixturevalue(who))
    assert client.get(page).status_code == 403


def test_the_log_of_the_own_organisation_only(look, log):
    answer = look.get(LOG)
    assert shown(answer) == [3, 2, 1]
    assert [("rij-van-ver" in text(look.get(page)), look.get(page).status_code) for page in PAGES] == [
        (False, 200)
    ] * 5


@pytest.mark.slow
def test_every_look_is_itself_logged(look, log, auditor):
    for page in PAGES:
        text(look.get(page))
    own = Reading.objects.filter(user=auditor).order_by("number")
    assert [reading.route for reading in own] == [
        *("audit:readings", "audit:reading", "audit:sheet", "audit:people", "audit:openings"),
    ]
    assert own[0].rows == ["1-3"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("soort=agenda.signup", [2]),
        ("gegeven=b", [3, 2]),
        ("gegeven=b&soort=agenda.signup", [2]),
        ("gegeven=c", []),
        ("pagina_van=agenda_staff:participants", [2]),
        ("met_reden=on", [3]),
        ("tot={past}", [1]),
        ("van={past}", [3, 2]),
    ],
)
def test_filters(look, log, asked, numbers):
    past = (timezone.localdate() - datetime.timedelta(days=20)).isoformat()
    assert shown(look.get(f"{LOG}?{asked.format(past=past)}")) == numbers


def test_filter_by_who(look, log, worker):
    assert shown(look.get(f"{LOG}?wie={worker.pk}")) == [2, 1]


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["wie=x", "van=gisteren", "soort=alles", "van=2026-02-02&tot=2026-01-01"])
def test_a_question_that_cannot_be_understood(look, log, asked):
    answer = look.get(f"{LOG}?{asked}")
    assert (answer.status_code, shown(answer), "Er klopt iets niet" in answer.text) == (200, [], True)


def test_an_empty_log_and_an_empty_answer_say_so(look, organisation):
    assert "Nog niemand las een naam of nota." in look.get(LOG).text
    assert "Geen inzagen gevonden." in look.get(f"{LOG}?gegeven=niets").text


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_for_more_rows(
    look, worker, organisation, times, django_assert_max_num_queries
):
    for _ in range(times):
        make_reading(worker, organisation)
    with django_assert_max_num_queries(14):
        look.get(LOG)


def test_the_sheet_is_safe_from_formulas(look, log):
    answer = look.get(f"{LOG}csv/?gegeven=b")
    lines = text(answer).split("\r\n")
    assert lines[0].startswith("\ufeffNummer;Wanneer;Wie")
    assert [line.split(";")[0] for line in lines[1:-1]] == ["3", "2"]
    assert ";'=uitvoer;" in lines[1]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_summary_is_by_name_and_counts_per_day(look, log, worker, coordinator):
    answer = look.get(f"{LOG}medewerkers/")
    rows = [(row.name, row.times, row.rows, row.busiest) for row in answer.context["rows"]]
    assert rows == [("coordinator", 1, 1, 1), ("worker", 1, 2, 1)]
    answer = look.get(f"{LOG}medewerkers/?wie={worker.pk}")
    assert [row[:3] for row in answer.context["days"]] == [(timezone.localdate(), 1, 2)]


def test_what_is_outside_the_hours():
    monday, saturday = datetime.date(2026, 11, 23), datetime.date(2026, 11, 28)
    hours = [is_outside(monday, hour) for hour in (7, 8, 18, 19)]
    assert (hours, is_outside(saturday, 12)) == ([True, False, False, True], True)


def test_no_name_on_the_auditors_pages(client, team, buurt, worker, auditor):
    soup = make_activity(team, buurt, capacity=5)
    fill(soup, 3)
    names = {row.name for row in soup.signups.all()}
    client.force_login(worker)
    client.get(f"/werk/activiteiten/{soup.pk}/lijst/")
    client.force_login(auditor)
    pages = "".join(text(client.get(page)) for page in PAGES)
    assert [name for name in names if name in pages] == []
    assert "/werk/activiteiten/…/lijst/" in pages


def test_who_looked_at_a_row(client, team, buurt, worker):
    soup = make_activity(team, buurt, capacity=5)
    fill(soup, 2)
    row = soup.signups.first()
    assert readings_of([row]) == []
    client.force_login(worker)
    client.get(f"/werk/activiteiten/{soup.pk}/lijst/")
    (found,) = readings_of([row])
    assert (found.who, found.what, found.where, found.why) == (
        *("worker", "aanmeldingen", "/werk/activiteiten/…/lijst/", "werk van het team"),
    )
    assert found.plain()["at"] == Reading.objects.get().at.isoformat()
    assert readings_of([row], since=timezone.now()) == []
    assert readings_of([]) == []


def test_numbers_in_short():
    assert runs([7, 2, 1, 3]) == ["1-3", "7"]
    assert runs([]) == []
