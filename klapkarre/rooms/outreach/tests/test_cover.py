"""Coverage: where the team was, how often nobody opened, where nobody was yet; and support to others."""

import csv
import datetime
import io
import re

import pytest
from django.utils import timezone

from klapkarre.foundation.kit.months import month_of
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.outreach import actions, coverage, tallies
from klapkarre.rooms.outreach.models import Certificate, Round, Street, Support
from klapkarre.rooms.outreach.tests.make import door_of, make_round, ring

pytestmark = pytest.mark.django_db


def walk(team, buurt, worker, street="Molenstraat"):
    one = make_round(team, buurt, doors=("1", "2", "3"), street=street)
    for where, outcome in (("1", "niet_thuis"), ("2", "niet_thuis"), ("2", "binnen")):
        ring(worker, door_of(one, where), outcome)
    return one


def lines(user):
    (buurt,) = coverage.buurten(user)
    return [
        (line.name, line.last, line.rings.total(), line.nobody.total(), line.doors, line.visited, line.never)
        for line in buurt.streets
    ]


def test_the_figures_are_the_same_before_and_after_the_end(team, buurt, worker):
    one = walk(team, buurt, worker)
    expected = [("Molenstraat", timezone.localdate(), 3, 2, 3, 2, 1)]
    assert lines(worker) == expected
    actions.end_round(one, Certificate.Rule.BUTTON)
    assert lines(worker) == expected


@pytest.mark.slow
def test_streets_where_nobody_was_are_named(client, team, buurt, worker):
    walk(team, buurt, worker)
    client.force_login(worker)
    facts = {"neighbourhood": buurt.pk, "names": "Dorpsplein\n  Molenstraat\nDorpsplein"}
    assert client.post("/werk/dekking/straten/", facts).status_code == 302
    assert list(Street.objects.values_list("name", flat=True)) == ["Dorpsplein", "Molenstraat"]
    page = client.get("/werk/dekking/").text
    assert "Hier waren we nog niet:</b> Dorpsplein." in page


def test_of_few_doors_nothing_of_a_household_shows(client, team, buurt, worker):
    walk(team, buurt, worker, street="Kapelweg")
    numbers = [str(n) for n in range(1, 6)]
    many = make_round(team, buurt, doors=numbers)
    for where in numbers:
        ring(worker, door_of(many, where), "niet_thuis")
    client.force_login(worker)
    page = client.get("/werk/dekking/").text
    cells = re.findall(r'<td class="num">([^<]*)</td>', page)
    # Two doors were rung at in the Kapelweg: neither it nor the sum tells at how many nobody opened.
    assert cells == ["minder dan 5", "5 van 5", "5 van 5"]
    rows = list(csv.reader(io.StringIO(client.get("/werk/dekking/dekking.csv").text), delimiter=";"))
    assert [[row[1], *row[5:7]] for row in rows[1:]] == [["Kapelweg", "", ""], ["Molenstraat", "5", "5"]]
    assert re.findall(r"\((\d keer[^)]*)\)", page) == ["3 keer", "5 keer, 5 keer niemand"]


@pytest.mark.slow
def test_another_team_sees_nothing_of_it(client, team, buurt, worker, worker_elsewhere):
    walk(team, buurt, worker)
    client.force_login(worker_elsewhere)
    assert "Molenstraat" not in client.get("/werk/dekking/").text
    assert "Molenstraat" not in client.get("/werk/dekking/dekking.csv").text


@pytest.mark.slow
def test_a_spreadsheet_runs_nothing(client, team, buurt, worker):
    walk(team, buurt, worker, street='=HYPERLINK("x")')
    client.force_login(worker)
    rows = list(csv.reader(io.StringIO(client.get("/werk/dekking/dekking.csv").text), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    assert rows[1][:7] == [buurt.name, '\'=HYPERLINK("x")', str(timezone.localdate()), "3", "2", "", ""]
    assert sum(map(int, rows[1][7:])) == 3


@pytest.mark.slow
def test_what_is_older_than_a_year_counts_only_as_the_last_time(team, buurt, worker):
    one = make_round(team, buurt, doors=("1",))
    long_ago = timezone.now() - datetime.timedelta(days=500)
    ring(worker, door_of(one, "1"), "niet_thuis", when=long_ago)
    actions.end_round(one, Certificate.Rule.BUTTON)
    assert lines(worker)[0][:4] == ("Molenstraat", timezone.localdate(long_ago), 0, 0)


@pytest.mark.slow
def test_support_is_noted_once_and_taken_away_after_a_question(client, team, buurt, worker, coordinator):
    Neighbourhood.objects.filter(pk=buurt.pk).update(status="supported")
    client.force_login(worker)
    facts = {"neighbourhood": buurt.pk, "day": timezone.localdate().isoformat(), "hours": "1,5"}
    facts |= {"initiative": "Fanfare", "kind": "meedenken", "key": "4b3a3f4e-8a1c-4f10-9a51-7f3a52b0a111"}
    for _ in range(2):
        assert client.post("/werk/dekking/ondersteuning/", facts).status_code == 302
    one = Support.objects.get()
    assert one.quarters == 6
    client.force_login(coordinator)
    page = client.get("/werk/dekking/").text
    assert ("1,5" in page, "Haal weg" in page) == (True, False)
    client.force_login(worker)
    path = f"/werk/dekking/ondersteuning/{one.pk}/weg/"
    client.post(path)
    assert Support.objects.count() == 1
    client.post(path, {"sure": "1"})
    assert not Support.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"hours": "0"}, "Schrijf de tijd in kwartieren: 0,25 of 1,5."),
        ({"hours": "1,1"}, "Schrijf de tijd in kwartieren: 0,25 of 1,5."),
        ({"hours": "lang"}, "Vul een getal in."),
        ({"initiative": ""}, "Schrijf welk initiatief het was."),
        ({"kind": "x"}, "Kies iets uit de lijst."),
    ],
)
def test_wrong_support_says_what_to_do(client, team, buurt, worker, more, sentence):
    client.force_login(worker)
    facts = {"neighbourhood": buurt.pk, "day": timezone.localdate().isoformat(), "hours": "1,5"}
    facts |= {"initiative": "Fanfare", "kind": "meedenken"}
    answer = client.post("/werk/dekking/ondersteuning/", facts | more)
    assert (answer.status_code, sentence in answer.text) == (200, True)
    assert not Support.objects.exists()


@pytest.mark.slow
def test_doors_count_by_outcome_before_and_after_the_end(team, buurt, worker, django_assert_num_queries):
    one = walk(team, buurt, worker)
    month = month_of(timezone.now())
    for _ in range(2):
        with django_assert_num_queries(2):
            found = tallies.doors_by_outcome(Round.objects.all(), month, month)
        assert found == {"binnen": 1, "niet_thuis": 1, "gepland": 1}
        assert not tallies.doors_by_outcome(Round.objects.all(), month + 1, month + 9).total()
        actions.end_round(one, Certificate.Rule.BUTTON)
