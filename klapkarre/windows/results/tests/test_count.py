"""Every number of a small known year; page, chart, table and CSV tell the same."""

import csv
import datetime
import html
import io
import re

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Team, ThemeGoal
from klapkarre.foundation.accounts.reach import Reach
from klapkarre.foundation.kit.months import month_of
from klapkarre.foundation.people.models import Person
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.outreach.models import ContactMoment, Support
from klapkarre.windows.results.figures import ACTIVITY, CONTACT, VISIT, figures_of, persons_kept
from klapkarre.windows.results.goals import team_lines
from klapkarre.windows.results.periods import Period
from klapkarre.windows.results.tables import by_carrier, by_support
from klapkarre.windows.results.tests.make import came, held, met, moment

MARCH, APRIL = 2026 * 12 + 2, 2026 * 12 + 3
SPRING = Period(MARCH, APRIL)
KNOWN = ContactMoment.Known.FAMILIAR
ADDRESS = "/resultaten/{}?periode=maanden&van=24314&tot=24315"


@pytest.fixture
def spring(team, buurt, other_buurt, point, covenant):
    """Five contacts, three visits and four activities in March and April 2026."""
    met(team, buurt, moment("2026-03-05"), "digitaal rechten", people=3, known=KNOWN)
    met(team, buurt, moment("2026-03-20"), "babbel administratie", people=2)
    met(team, other_buurt, moment("2026-04-02"), "idee", setting=ContactMoment.Setting.HOME)
    met(team, buurt, moment("2026-04-03"), "", people=4, known=KNOWN)
    met(team, buurt, moment("2026-04-09"), "babbel", is_signal=True)
    came(team, point, moment("2026-03-05"), "babbel")
    came(team, point, moment("2026-04-09"), "vuilniszak")
    came(team, point, moment("2026-04-09", 11), "vuilniszak", undone_at=moment("2026-04-09", 11, 1))
    held(team, buurt, moment("2026-03-12"), 20, theme="buren")
    held(team, buurt, moment("2026-04-12"), 7, hours=3, theme="leefomgeving")
    held(team, buurt, moment("2026-04-19"), None, theme="buren")
    held(team, buurt, moment("2026-04-26"), 50, state=Activity.State.CANCELLED)


def counted(*teams, period=SPRING):
    return figures_of(team_lines(Reach(frozenset(team.pk for team in teams))), period)


def test_the_three_tiers(spring, team):
    found = counted(team)
    assert found.people() == 3 + 2 + 1 + 4 + 1 + 2 + 20 + 7
    assert found.familiar() == 2


def test_a_contact_with_two_goals_counts_once_for_each_and_once_in_the_total(spring, team):
    found = counted(team)
    assert {goal: found.people(goal) for goal in (0, 1, 2, 3)} == {
        0: 4,
        1: 3 + 2 + 1,
        2: 2 + 1 + 1 + 20,
        3: 1 + 7,
    }
    assert sum(found.people(goal) for goal in (0, 1, 2, 3)) == found.people() + 2


def test_times_per_kind_and_goal(spring, team):
    found = counted(team)
    assert [found.times(kind) for kind in (CONTACT, VISIT, ACTIVITY)] == [5, 2, 3]
    assert [found.times(CONTACT, goal) for goal in (0, 1, 2, 3)] == [1, 2, 2, 1]
    assert [found.times(VISIT, goal) for goal in (0, 1, 2, 3)] == [0, 1, 1, 0]
    assert [found.times(ACTIVITY, goal) for goal in (0, 1, 2, 3)] == [0, 0, 2, 1]


def test_months_and_neighbourhoods(spring, team, buurt, other_buurt):
    found = counted(team)
    assert [found.people(month=month) for month in SPRING.months] == [26, 14]
    assert [found.people(1, month=month) for month in SPRING.months] == [5, 1]
    assert [found.people(neighbourhood=row.pk) for row in (buurt, other_buurt)] == [39, 1]
    assert list(found.neighbourhoods.values()) == ["Molenwijk", "Stationswijk"]


def test_settings_reasons_activities_and_steps(spring, team):
    found = counted(team)
    assert found.settings == [("straat", 4, 10), ("huisbezoek", 1, 1)]
    assert dict(found.reasons) == {"babbel": 1, "vuilniszak": 1}
    assert (found.hours, found.called_off, len(found.uncounted)) == (7.0, 1, 1)
    assert found.to_do == {"total": 1, "late": 0, "follow_up": 0, "refer": 0, "signal": 1}


def test_a_step_that_was_taken_is_not_open_any_more(team, buurt):
    today = timezone.localdate()
    yesterday, now = today - datetime.timedelta(days=1), timezone.now()
    met(team, buurt, now, follow_up_on=yesterday)
    met(team, buurt, now, follow_up_on=today, to_refer=True)
    met(team, buurt, now, follow_up_on=yesterday, followed_up_at=now, is_signal=True)
    met(team, buurt, now, to_refer=True, referred_at=now)
    assert counted(team).to_do == {"total": 3, "late": 1, "follow_up": 2, "refer": 1, "signal": 1}


@pytest.mark.slow
def test_a_stop_counts_beside_the_points_and_nobody_twice(spring, team, other_buurt, client, worker):
    """Three taps at a stop where somebody noted five people: two of them were not tapped."""
    stop = held(team, other_buurt, moment("2026-04-15"), 5, kind="stop", theme="babbel")
    silent = held(team, other_buurt, moment("2026-04-16"), None, kind="stop", theme="babbel")
    for row, times in ((stop, 3), (silent, 1)):
        facts = {"neighbourhood": other_buurt, "stop": row.uid, "spot": "Kerkplein"}
        for _ in range(times):
            came(team, None, row.starts_at, "rechten", **facts)
    found = counted(team)
    assert found.people(neighbourhood=other_buurt.pk) == 1 + 3 + 2 + 1
    assert (found.times(VISIT), found.times(ACTIVITY), len(found.uncounted)) == (6, 5, 1)
    assert dict(found.stands) == {(False, "Buurtpunt Molenwijk"): 2, (True, "Kerkplein"): 4}
    client.force_login(worker)
    assert "Kerkplein" in client.get(ADDRESS.format("")).text
    lines = list(csv.reader(io.StringIO(client.get(ADDRESS.format("csv/")).text), delimiter=";"))
    where = [line[1:4] for line in lines if line[0] == "Onthaal en haltes: waar"]
    assert where == [
        ["Buurtpunt Molenwijk", "Bezoeken", "2"],
        ["Kerkplein", "Bezoeken", "4"],
        ["Totaal", "Bezoeken", "6"],
    ]


@pytest.mark.slow
def test_a_team_can_point_a_theme_to_another_goal(spring, team, other_team, buurt):
    ThemeGoal.objects.create(team=team, theme="babbel", number=1)
    met(other_team, buurt, moment("2026-03-06"), "babbel")
    assert [counted(team).people(goal) for goal in (1, 2)] == [3 + 2 + 1 + 2, 20]
    assert [counted(other_team).people(goal) for goal in (1, 2)] == [0, 1]
    both = counted(team, other_team)
    assert [both.people(goal) for goal in (1, 2)] == [8, 21]


def test_a_theme_can_count_for_a_goal_outside_the_covenant(spring, team, client, worker):
    ThemeGoal.objects.create(team=team, theme="idee", number=7)
    client.force_login(worker)
    page = client.get(ADDRESS.format("")).content.decode()
    assert "Doel 7 (niet in dit convenant)" in page


@pytest.mark.parametrize(
    ("when", "month"),
    [
        (datetime.datetime(2026, 3, 31, 21, 59, 59, tzinfo=datetime.UTC), MARCH),
        (datetime.datetime(2026, 3, 31, 22, 0, 0, tzinfo=datetime.UTC), APRIL),
        (datetime.datetime(2026, 2, 28, 22, 59, 59, tzinfo=datetime.UTC), MARCH - 1),
        (datetime.datetime(2026, 2, 28, 23, 0, 0, tzinfo=datetime.UTC), MARCH),
    ],
)
def test_a_month_begins_at_midnight_in_flanders(team, buurt, point, when, month):
    """In summer at 22 h UTC, in winter at 23 h."""
    met(team, buurt, when)
    came(team, point, when, "babbel")
    held(team, buurt, when, 5)
    for shown in (MARCH - 1, MARCH, APRIL):
        found = counted(team, period=Period(shown, shown))
        assert found.people() == (7 if shown == month else 0)
        assert found.times(ACTIVITY) == (1 if shown == month else 0)


def test_what_is_still_to_come_is_not_counted(team, buurt):
    this_month = month_of(timezone.now())
    held(team, buurt, timezone.now() + datetime.timedelta(minutes=5), None)
    held(team, buurt, timezone.now() - datetime.timedelta(minutes=5), None, state=Activity.State.DRAFT)
    assert counted(team, period=Period(this_month - 1, this_month)).is_empty


def _texts(part, tag):
    cells = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", part, re.S)
    return [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]


def page_tables(page):
    """Every number in the tables of the page as {(table, row, column): number}."""
    found = {}
    for part in re.findall(r"<table.*?</table>", page, re.S):
        title = _texts(part, "caption")[0]
        columns = _texts(re.search(r"<thead>.*?</thead>", part, re.S)[0], "th")[1:]
        for row in re.findall(r"<tr>.*?</tr>", part.split("</thead>")[1], re.S):
            label = _texts(row, "th")[0].replace("Alles één keer geteld", "Totaal")
            for column, number in zip(columns, _texts(row, "td"), strict=True):
                found[title, label, column] = int(number.replace(".", ""))
    return found


def csv_lines(answer):
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_page_and_csv_tell_the_same(spring, client, worker):
    client.force_login(worker)
    tables = page_tables(client.get(ADDRESS.format("")).content.decode())
    head, *lines = csv_lines(client.get(ADDRESS.format("csv/")))
    assert head == ["Onderdeel", "Rij", "Kolom", "Aantal", "Opmerking"]
    assert [line for line in lines if line[3] and not line[3].replace(",", "").isdigit()] == []
    titles = {key[0] for key in tables}
    assert {tuple(line[:3]): int(line[3]) for line in lines if line[0] in titles and line[2]} == tables
    assert tables["Per maand en doel", "maart 2026", "1. Dichter bij hulp"] == 5
    assert tables["Per doel", "Totaal", "Deelnames"] == 40
    singles = {(line[0], line[1]): line[3] for line in lines if not line[2]}
    assert singles["Bereik", "Deelnames"] == "40"
    assert singles["Bereik", "Bekende gezichten"] == "2"
    assert singles["Bereik", "Personen met akkoord"] == "0"
    assert singles["Activiteiten", "Ging niet door"] == "1"
    assert singles["Activiteiten", "Deelnames"] == "27"
    assert ["Activiteiten", "Soep op het plein, 19 april 2026", "Deelnames", "", "nog niet geteld"] in lines


@pytest.mark.slow
def test_the_page_parts_thousands_and_the_csv_does_not(team, buurt, covenant, client, worker):
    held(team, buurt, moment("2026-04-02"), 1171, hours=1234.5, theme="buren")
    client.force_login(worker)
    page, sheet = (client.get(ADDRESS.format(path)) for path in ("", "csv/"))
    assert page.text.count("1.171") > 5
    assert "1171" not in page.text
    assert "<dd>1.234,5</dd>" in page.text
    assert ["Activiteiten", "Uren", "", "1234,5", ""] in csv_lines(sheet)
    assert ["Activiteiten", "Deelnames", "", "1171", ""] in csv_lines(sheet)


@pytest.mark.slow
@pytest.mark.parametrize("demo", [True, False])
def test_figures_of_the_demo_are_marked(spring, client, worker, settings, demo):
    settings.DEMO = demo
    client.force_login(worker)
    assert ("verzonnen voorbeeld" in client.get(ADDRESS.format("")).text) is demo
    lines = csv_lines(client.get(ADDRESS.format("csv/")))
    assert (["Over dit bestand", "Let op", "", "", "verzonnen voorbeeld"] in lines) is demo


@pytest.mark.slow
def test_the_rules_stand_on_screen_and_on_paper(spring, client, worker):
    client.force_login(worker)
    page = client.get(ADDRESS.format("")).text
    assert page.count("Een mens kan meer dan één keer tellen") == 2
    assert "Buurtwerk Proef vzw · Afgedrukt op" in page
    assert "cijfers tot en met vandaag" in client.get("/resultaten/").text


def test_the_chart_draws_the_numbers_of_the_table(spring, client, worker):
    client.force_login(worker)
    page = client.get(ADDRESS.format("")).content.decode()
    charts = re.findall(r"<svg class=\"chart.*?</svg>", page, re.S)
    assert [_texts(chart, "title") for chart in charts] == [
        ["maart 2026: 5", "april 2026: 1"],
        ["maart 2026: 23", "april 2026: 1"],
        ["april 2026: 8"],
        ["april 2026: 4"],
    ]
    assert " style=" not in page
    assert [re.search(r"<pattern id=\"([^\"]+)", chart)[1] for chart in charts] == [
        f"vulling-{number}" for number in (1, 2, 3, 4)
    ]


def test_team_totals_only_also_with_one_worker(spring, client, worker, team):
    ContactMoment.objects.update(by=worker)
    client.force_login(worker)
    page = client.get(ADDRESS.format("")).content.decode()
    assert "Team Molen" in page
    assert page.count("worker") == page.count("<bdi>worker</bdi>") == 1


@pytest.mark.slow
def test_a_name_that_looks_like_a_formula_is_text(spring, client, worker, buurt):
    buurt.name = '=HYPERLINK("https://voorbeeld.be")'
    buurt.save()
    client.force_login(worker)
    rows = {
        line[1] for line in csv_lines(client.get(ADDRESS.format("csv/"))) if line[0] == "Per buurt en doel"
    }
    assert rows == {'\'=HYPERLINK("https://voorbeeld.be")', "Stationswijk", "Totaal"}


def test_a_title_that_looks_like_a_formula_is_text(team, buurt, client, worker):
    row = held(team, buurt, moment("2026-03-12"), None)
    row.title = "=1+1"
    row.save()
    client.force_login(worker)
    lines = csv_lines(client.get(ADDRESS.format("csv/")))
    assert [line[1] for line in lines if line[4] == "nog niet geteld"] == ["'=1+1, 12 maart 2026"]
    assert [cell for line in lines for cell in line if cell.startswith("=")] == []


@pytest.mark.slow
def test_teams_of_one_organisation_can_be_taken_together(
    spring, other_team, other_buurt, client, coordinator
):
    met(other_team, other_buurt, moment("2026-03-08"), "babbel", people=5)
    client.force_login(coordinator)
    totals = {}
    for name, team in (("all", ""), *((team.name, team.pk) for team in Team.objects.all())):
        page = client.get(ADDRESS.format("") + f"&team={team}").content.decode()
        totals[name] = page_tables(page)["Per doel", "Totaal", "Deelnames"]
    assert totals == {"all": 45, "Team Molen": 40, "Team Station": 5}


def test_persons_who_agreed_by_then_and_did_not_stop(worker, team, other_team, worker_elsewhere):
    """Of the own teams only; a later one, one who withdrew and a double do not count."""
    days = [datetime.date(2026, 3, 31), datetime.date(2026, 4, 1), *[datetime.date(2026, 1, 5)] * 3]
    rows = [make_person(team, worker, f"Buur {number}") for number in range(5)]
    for row, day in zip(rows, days, strict=True):
        Person.objects.filter(pk=row.pk).update(consented_on=day)
    Person.objects.filter(pk=rows[2].pk).update(withdrawn_at=timezone.now(), erase_on=days[0])
    Person.objects.filter(pk=rows[3].pk).update(merged_into=rows[4], merged_at=timezone.now())
    make_person(other_team, worker_elsewhere, "Buur elders")
    assert persons_kept(team_lines(Reach(frozenset([team.pk]))), Period(MARCH, MARCH)) == 2


def test_who_carried_it_counts_apart(spring, team, buurt):
    march = datetime.date(2026, 3, 1)
    held(team, buurt, moment("2026-03-14"), 11, carried_by="with")
    held(team, buurt, moment("2026-03-15"), 5, carried_by="by")
    held(team, buurt, moment("2026-03-16"), 4, carried_by="by", alone_since=march)
    table = by_carrier(counted(team))
    assert [(label, numbers) for label, numbers in table.rows] == [
        ("Voor bewoners", [3, 27]),
        ("Met bewoners", [1, 11]),
        ("Door bewoners", [2, 9]),
        ("Daarvan zonder ons", [1, 4]),
    ]
    assert table.total == [6, 47]


def supported(team, buurt, day, kind, quarters):
    Support.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        day=datetime.date.fromisoformat(day),
        initiative="Straatfeest",
        kind=kind,
        quarters=quarters,
    )


def test_support_to_what_others_do_counts_in_hours_and_in_no_attendance(
    client, worker, covenant, team, other_team, buurt, other_buurt
):
    for day, kind, quarters in (
        ("2026-02-28", "uitlenen", 40),
        ("2026-03-01", "uitlenen", 4),
        ("2026-04-30", "meedenken", 5),
        ("2026-04-30", "meedenken", 4),
        ("2026-05-01", "meedenken", 40),
    ):
        supported(team, buurt, day, kind, quarters)
    supported(other_team, other_buurt, "2026-03-02", "papierwerk", 8)
    found = counted(team)
    assert (found.people(), found.is_empty) == (0, False)
    table = by_support(found)
    assert table.rows == [("Meedenken", [2, 2.25]), ("Materiaal of lokaal uitlenen", [1, 1])]
    assert table.total == [3, 3.25]
    client.force_login(worker)
    page = client.get(ADDRESS.format("")).text
    assert '<th scope="row"><bdi>Meedenken</bdi></th><td class="num">2</td><td class="num">2,25</td>' in page
    assert ";Meedenken;Uren;2,25;" in client.get(ADDRESS.format("csv/")).content.decode()
