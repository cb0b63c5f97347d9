"""Choosing team and period, and who may look at all."""

import datetime
from functools import partial

import pytest
from django.template import Context, Template
from django.utils import timezone

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, Membership, Role, Team
from klapkarre.foundation.kit import courtesy
from klapkarre.windows.results.chart import Panel
from klapkarre.windows.results.periods import Period, first_day, this_month
from klapkarre.windows.results.tables import Table
from klapkarre.windows.results.tests.make import came, held, met, moment

JANUARY_2024 = 2024 * 12
PAGES = ("/resultaten/", "/resultaten/csv/")


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("worker", 200),
        ("coordinator", 200),
        ("city", 403),
        ("partner", 403),
        ("volunteer", 403),
        ("auditor", 403),
        ("admin", 403),
    ],
)
def test_only_those_who_do_or_lead_the_work_see_results(client, request, team, covenant, who, status, path):
    client.force_login(request.getfixturevalue(who))
    assert client.get(path).status_code == status


@pytest.mark.access
@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, f"/login/?next={path}")


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("who", "own", "same_organisation", "elsewhere"),
    [("worker", 200, 404, 404), ("coordinator", 200, 200, 404), ("worker_abroad", 404, 404, 200)],
)
def test_a_team_that_is_not_yours_does_not_exist(
    client, request, team, other_team, worker_abroad, who, own, same_organisation, elsewhere, path
):
    client.force_login(request.getfixturevalue(who))
    abroad = Team.objects.get(name="Team Ver")
    answers = [client.get(path, {"team": row.pk}).status_code for row in (team, other_team, abroad)]
    assert answers == [own, same_organisation, elsewhere]
    assert client.get(path, {"team": "x' or 1=1"}).status_code == 404


@pytest.mark.access
def test_only_looking_is_possible(client, worker):
    client.force_login(worker)
    assert [client.post(path).status_code for path in PAGES] == [405, 405]


def test_a_worker_counts_the_own_team_only(client, worker, team, other_team, buurt):
    met(team, buurt, timezone.now(), people=2)
    met(other_team, buurt, timezone.now(), people=40)
    client.force_login(worker)
    answer = client.get("/resultaten/")
    assert answer.context["report"].attendances == 2
    assert "team" not in answer.context["form"].fields


@pytest.mark.slow
def test_someone_with_two_organisations_sees_them_apart(client, worker, team, buurt):
    abroad = actions.start_organisation("Andere Stad vzw", "andere-stad")
    far = Team.objects.create(organisation=abroad, name="Team Ver")
    Membership.objects.create(
        user=worker, organisation=abroad, team=far, role=Role.WORKER, starts_on=datetime.date(2024, 1, 1)
    )
    met(team, buurt, timezone.now(), people=2)
    met(far, buurt, timezone.now(), people=5)
    client.force_login(worker)
    counts = []
    for row in (team, far):
        client.post("/organisatie/kiezen/", {"organisation": str(row.organisation_id)})
        counts.append(client.get("/resultaten/").context["report"].attendances)
    assert counts == [2, 5]
    assert len(client.get("/resultaten/").context["report"].teams) == 1


def test_a_coordinator_without_teams_hears_what_to_do(client, coordinator):
    client.force_login(coordinator)
    answer = client.get("/resultaten/")
    assert "Je hoort nog niet bij een team." in answer.content.decode()
    assert client.get("/resultaten/csv/").status_code == 302


def test_an_empty_year_says_so(client, worker, covenant):
    client.force_login(worker)
    page = client.get("/resultaten/").content.decode()
    assert "Nog geen cijfers in deze periode." in page
    assert '<svg class="chart' not in page


def test_without_a_covenant_goals_have_a_number_only(client, worker, team, buurt):
    met(team, buurt, timezone.now(), "babbel")
    client.force_login(worker)
    page = client.get("/resultaten/").content.decode()
    assert "Er is nog geen convenant." in page
    assert "Doel 2" in page


def chosen(client, **query):
    answer = client.get("/resultaten/", query)
    return answer.context["report"].period


def end_covenant(covenant, months_ago):
    """Let the covenant end on the last day of a month; gives that month."""
    last = this_month() - months_ago
    covenant.ends_on = first_day(last + 1) - datetime.timedelta(days=1)
    covenant.save()
    return last


@pytest.mark.slow
def test_the_periods(client, worker, covenant):
    client.force_login(worker)
    now = this_month()
    assert chosen(client) == Period(JANUARY_2024, now)
    assert chosen(client, periode=f"convenant-{covenant.pk}") == Period(JANUARY_2024, now)
    assert chosen(client, periode="jaar") == Period(now - now % 12, now)
    assert chosen(client, periode="12") == Period(now - 11, now)
    february = 2026 * 12 + 1
    assert chosen(client, periode="maanden", van=february, tot=february) == Period(february, february)
    assert str(Period(february, february)) == "februari 2026"
    assert str(Period(february, february + 11)) == "februari 2026 tot en met januari 2027"


def test_an_ended_covenant_can_still_be_chosen(client, worker, covenant):
    last = end_covenant(covenant, months_ago=3)
    client.force_login(worker)
    assert chosen(client) == Period(this_month() - 11, this_month())
    assert chosen(client, periode=f"convenant-{covenant.pk}") == Period(JANUARY_2024, last)


@pytest.mark.slow
def test_goals_have_the_words_of_the_covenant_of_that_time(client, worker, covenant, organisation, town):
    last = end_covenant(covenant, months_ago=1)
    following = Covenant.objects.create(
        organisation=organisation,
        municipality=town,
        name="Vervolg",
        starts_on=first_day(last + 1),
        ends_on=first_day(last + 24),
    )
    CovenantGoal.objects.create(covenant=following, number=1, short="Nieuwe woorden", text="-")
    client.force_login(worker)
    before = {"periode": "maanden", "van": last - 3, "tot": last}
    assert client.get("/resultaten/", before).context["report"].covenant.name == "Convenant Proefdorp"
    assert client.get("/resultaten/").context["report"].covenant.name == "Vervolg"


@pytest.mark.slow
def test_a_period_that_crosses_covenants_says_so(client, worker, team, buurt, covenant, organisation, town):
    last = end_covenant(covenant, months_ago=1)
    Covenant.objects.create(
        organisation=organisation,
        municipality=town,
        name="Vervolg",
        starts_on=first_day(last + 1),
        ends_on=first_day(last + 24),
    )
    met(team, buurt, timezone.now(), "babbel")
    client.force_login(worker)
    sentence = "In deze periode lopen meer convenanten: Convenant Proefdorp en Vervolg."
    crossing = {"periode": "maanden", "van": last, "tot": last + 1}
    for path in PAGES:
        assert sentence in client.get(path, crossing).text
        assert sentence not in client.get(path, crossing | {"van": last + 1}).text


@pytest.mark.slow
def test_months_before_the_first_figures_are_named(client, worker, team, buurt, covenant):
    met(team, buurt, moment("2025-11-05"), "babbel")
    client.force_login(worker)
    sentence = "De eerste gegevens in deze periode zijn van november 2025."
    november = 2025 * 12 + 10
    for path in PAGES:
        chosen = {"periode": "maanden", "van": november - 2, "tot": november}
        assert sentence in client.get(path, chosen).text
        assert sentence not in client.get(path, chosen | {"van": november}).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"periode": "maanden", "tot": "24314"}, "Kies de eerste maand."),
        ({"periode": "maanden", "van": "24314"}, "Kies de laatste maand."),
        ({"periode": "maanden", "van": "24315", "tot": "24314"}, "Kies een maand na de eerste maand."),
        ({"periode": "maanden", "van": "banaan", "tot": "24314"}, "Kies iets uit de lijst."),
        ({"periode": "vorige eeuw"}, "Kies iets uit de lijst."),
        ({"periode": "convenant-999999"}, "Kies iets uit de lijst."),
        ({"periode": "\u202e" * 60}, "Kies iets uit de lijst."),
    ],
)
def test_a_wrong_choice_gets_a_sentence(client, worker, team, query, sentence):
    client.force_login(worker)
    answer = client.get("/resultaten/", query)
    assert (answer.status_code, answer.context["report"]) == (200, None)
    assert sentence in answer.content.decode()
    sheet = client.get("/resultaten/csv/", query, follow=True)
    assert sentence in sheet.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("who", ["worker", "coordinator"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("times", [1, 3])
def test_the_number_of_queries_never_grows(
    client, request, django_assert_max_num_queries, team, other_team, buurt, point, covenant, who, path, times
):
    for number in range(times):
        for its_team in (team, other_team):
            when = moment(f"2026-0{number + 1}-05")
            met(its_team, buurt, when, "babbel digitaal")
            came(its_team, point, when, "babbel")
            held(its_team, buurt, when, None)
    client.force_login(request.getfixturevalue(who))
    with django_assert_max_num_queries(17):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_results_look_for_visitors_at_every_step(client, worker, team, buurt, covenant, monkeypatch, path):
    """Before each query, and on the page before each row of a table."""

    class Visitors(set):
        looks = 0

        def __bool__(self):
            Visitors.looks += 1
            return False

    met(team, buurt, moment("2026-03-05"))
    client.force_login(worker)
    client.get(path)
    monkeypatch.setattr(courtesy, "_in_flight", Visitors())
    body = client.get(path).content
    assert Visitors.looks >= 10 + body.count(b'<tr><th scope="row">')


@pytest.mark.parametrize(
    ("rows", "looks"),
    [
        (lambda said: Table("", "", [], said).by_turns, "look 0 look 1 look 2 look 3 look 4 look 5 look 6"),
        (lambda said: Panel("", 0, said, "", 0).by_turns, "look 0 1 2 3 4 5 look 6"),
    ],
)
def test_a_template_looks_while_it_writes(monkeypatch, rows, looks):
    """Not at all times before its first row, as it does with rows that have no length."""
    done = []
    monkeypatch.setattr(courtesy, "give_way", lambda: done.append("look"))
    said = [partial(done.append, str(number)) for number in range(7)]
    Template("{% for row in rows %}{{ row }}{% endfor %}").render(Context({"rows": rows(said)}))
    assert " ".join(done) == looks


def test_one_report_too_many_is_told_to_wait_a_moment(client, worker, covenant):
    client.force_login(worker)
    for _one in range(courtesy.AT_ONCE):
        courtesy._places.acquire()
    page = client.get("/resultaten/")
    for _one in range(courtesy.AT_ONCE):
        courtesy._places.release()
    assert (page.status_code, "Het is nu even druk" in page.text, 'href="/werk/"' in page.text) == (
        503,
        True,
        True,
    )
    assert client.get("/resultaten/").status_code == 200
