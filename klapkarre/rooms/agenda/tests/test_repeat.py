"""Plan one, or one that comes back: holidays are proposed as days without, and 10 o'clock stays 10 o'clock."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, Series, SeriesException, SeriesExtra
from klapkarre.rooms.agenda.repetition import Repetition, Rule
from klapkarre.rooms.agenda.tests.make import day_fields, make_activity

ADD = "/werk/activiteiten/nieuw/"
WEEK = datetime.timedelta(weeks=1)


def next_year(month, day):
    return datetime.date(timezone.localdate().year + 1, month, day)


@pytest.fixture
def fields(buurt, point):
    return {
        "key": uuid.uuid4(),
        "title": "Samen koken",
        "theme": "buren",
        "place": point.pk,
        "starts": "10:00",
        "ends": "12:00",
        "sign_up_kind": "name",
        "capacity": 12,
        "price_cents": "2,50",
        "state": "published",
        "every": 0,
        **day_fields("day", next_year(3, 10)),
    }


def test_one_activity(client, worker, fields, buurt, point, team):
    client.force_login(worker)
    answer = client.post(ADD, fields)
    assert answer.headers["location"] == "/werk/activiteiten/"
    row = Activity.objects.get()
    start = timezone.localtime(row.starts_at)
    assert (start.date(), start.hour, timezone.localtime(row.ends_at).hour) == (next_year(3, 10), 10, 12)
    assert (row.team, row.place, row.neighbourhood, row.series) == (team, point, buurt, None)
    assert (row.price_cents, row.capacity, row.state) == (250, 12, "published")


def test_twice_the_same_form_is_one_activity(client, worker, fields):
    client.force_login(worker)
    client.post(ADD, fields)
    client.post(ADD, fields)
    assert Activity.objects.count() == 1


def weekly(fields, first, until, **more):
    return fields | {"every": 1} | day_fields("day", first) | day_fields("until", until) | more


def test_a_series_shows_its_days_before_it_saves(client, worker, fields):
    client.force_login(worker)
    first = next_year(12, 1)
    ticks = {"skip_public": "on", "skip_school": "on"}
    page = client.post(ADD, weekly(fields, first, first + 5 * WEEK, **ticks))
    assert Activity.objects.count() == 0
    rows = page.context["rows"]
    assert [row["day"] for row in rows] == [first + number * WEEK for number in range(6)]
    assert any(not row["ticked"] and "kerst" in row["holiday"].lower() for row in rows)
    assert rows[0]["ticked"]


def test_the_chosen_days_become_activities_and_the_others_exceptions(client, worker, fields):
    client.force_login(worker)
    first = next_year(1, 12)
    days = [first, first + 2 * WEEK]
    data = weekly(fields, first, first + 2 * WEEK, days_shown="ja", days=[day.isoformat() for day in days])
    client.post(ADD, data)
    client.post(ADD, data)
    assert [row.day for row in Activity.objects.order_by("starts_at")] == days
    assert list(SeriesException.objects.values_list("day", flat=True)) == [first + WEEK]
    series = Series.objects.get()
    assert (series.first_day, series.last_day) == (days[0], days[1])


def test_every_first_tuesday_of_the_month(client, worker, fields):
    client.force_login(worker)
    monthly = fields | {"every": "m1", "weekdays": ["1"], "times": 3} | day_fields("day", next_year(3, 10))
    page = client.post(ADD, monthly)
    days = [row["day"] for row in page.context["rows"]]
    assert [(day.month, day.weekday(), day.day <= 7) for day in days] == [
        (month, 1, True) for month in (4, 5, 6)
    ]
    client.post(ADD, monthly | {"days_shown": "ja", "days": [day.isoformat() for day in days]})
    assert Series.objects.get().rule == "FREQ=MONTHLY;BYDAY=1TU"
    assert [row.series_day for row in Activity.objects.all()] == days


def test_a_day_more_is_asked_for_on_the_page_with_days(client, worker, fields):
    client.force_login(worker)
    first = next_year(3, 10)
    more, data = first + datetime.timedelta(days=3), weekly(fields, first, first + WEEK, days_shown="ja")
    data |= {"days": [first.isoformat()]} | day_fields("more", more)
    page = client.post(ADD, data | {"erbij": "ja"})
    assert [(row["day"], row["ticked"]) for row in page.context["rows"]] == [
        (first, True),
        (more, True),
        (first + WEEK, False),
    ]
    assert Activity.objects.count() == 0
    client.post(ADD, data)
    assert [row.day for row in Activity.objects.all()] == [first, more]
    assert SeriesExtra.objects.get().day == more


def test_a_broken_day_more_is_said_and_the_ticks_stay(client, worker, fields):
    client.force_login(worker)
    first = next_year(3, 10)
    data = weekly(fields, first, first + WEEK, days_shown="ja", days=[first.isoformat()])
    page = client.post(ADD, data | {"more_day": "31", "more_month": "2", "more_year": "2090"})
    assert "31 februari bestaat niet." in page.text
    assert [row["ticked"] for row in page.context["rows"]] == [True, False]
    assert Activity.objects.count() == 0


def test_an_end_without_a_year_is_the_next_such_day(client, worker, fields):
    """From the fourth of December until the eighth of January: in the new year."""
    client.force_login(worker)
    first = next_year(12, 4)
    page = client.post(
        ADD, fields | {"every": 1, "until_day": 8, "until_month": 1} | day_fields("day", first)
    )
    assert [row["day"] for row in page.context["rows"]] == [first + number * WEEK for number in range(6)]


def test_the_end_opens_without_a_year(client, worker):
    client.force_login(worker)
    assert 'name="until_year" id="id_until_year" value=""' in client.get(ADD).text


def test_a_number_of_times_instead_of_an_end(client, worker, fields):
    client.force_login(worker)
    first = next_year(3, 10)
    page = client.post(ADD, fields | {"every": 2, "times": 4})
    assert [row["day"] for row in page.context["rows"]] == [first + 2 * number * WEEK for number in range(4)]
    assert "Dat is 4 keer, " in page.text


def test_from_the_days_back_to_the_form(client, worker, fields):
    client.force_login(worker)
    page = client.post(ADD, fields | {"every": 1, "times": 4, "days_shown": "ja", "terug": "ja"})
    assert "Samen koken" in page.text
    assert page.context["form"]["times"].value() == "4"
    assert Activity.objects.count() == 0


def test_a_series_without_days_asks_again(client, worker, fields):
    client.force_login(worker)
    first = next_year(1, 12)
    page = client.post(ADD, weekly(fields, first, first + WEEK, days_shown="ja"))
    assert "Kies minstens één dag." in page.text
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(("month", "day"), [(3, 15), (10, 15)])
def test_ten_o_clock_stays_ten_o_clock_when_the_clock_changes(team, buurt, month, day):
    """Late in March and October the clocks change between these days."""
    days = [next_year(month, day) + number * WEEK for number in range(4)]
    values = dict.fromkeys(("place", "capacity")) | {
        "title": "Koffieklap",
        "theme": "babbel",
        "summary": "",
        "where": "Op het plein",
        "neighbourhood": buurt,
        "price_cents": 0,
        "bring": "",
        "kind": "activity",
        "partners": "",
        **dict.fromkeys(("audiences", "spoken", "access"), ()),
        "sign_up_kind": "none",
        "carried_by": "for",
        "state": "published",
        "starts": datetime.time(10),
        "ends": datetime.time(12),
    }
    rule = Rule(weeks=1, weekdays=(days[0].weekday(),)).text
    actions.add(team, values, days, key=uuid.uuid4(), repetition=Repetition(rule, days[0], days[-1]))
    rows = Activity.objects.order_by("starts_at")
    assert [timezone.localtime(row.starts_at).hour for row in rows] == [10] * 4
    assert [row.ends_at - row.starts_at for row in rows] == [datetime.timedelta(hours=2)] * 4
    assert len({row.starts_at.astimezone(datetime.UTC).hour for row in rows}) == 2


def test_an_evening_may_end_after_midnight(client, worker, fields):
    client.force_login(worker)
    client.post(ADD, fields | {"starts": "20:00", "ends": "01:00"})
    row = Activity.objects.get()
    assert row.ends_at - row.starts_at == datetime.timedelta(hours=5)


def test_the_last_evening_of_march_ends_though_its_hour_does_not_exist(client, worker, fields):
    """In the night of the last Sunday of March the clock goes from 2 to 3."""
    client.force_login(worker)
    sunday = max(next_year(3, day) for day in range(25, 32) if next_year(3, day).weekday() == 6)
    saturday = sunday - datetime.timedelta(days=1)
    client.post(ADD, fields | {"starts": "20:00", "ends": "02:00"} | day_fields("day", saturday))
    assert Activity.objects.get().ends_at > Activity.objects.get().starts_at


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Geef de activiteit een naam."),
        ({"title": "x" * 101}, "Deze tekst is te lang: 101 tekens."),
        ({"place": "", "where": ""}, "Kies een plaats, of schrijf waar het is."),
        ({"place": "", "where": "Op het plein"}, "Kies een buurt."),
        ({"place": "999999"}, "Kies iets uit de lijst."),
        ({"place": "9" * 30}, "Kies iets uit de lijst."),
        ({"starts": ""}, "Kies een uur om te beginnen."),
        ({"starts": "10:07"}, "Kies een uur uit de lijst."),
        ({"ends": "09:00"}, "Het einde valt voor het begin."),
        ({"price_cents": "twee"}, "Schrijf de prijs in cijfers."),
        ({"price_cents": "100000"}, "te duur"),
        ({"price_cents": "٣"}, "Schrijf de prijs in cijfers."),
        ({"capacity": "0"}, "Vul een getal in van 1 of meer."),
        ({"capacity": "-3"}, "Vul een getal in van 1 of meer."),
        ({"capacity": "veel"}, "Vul een getal in, zonder komma."),
        ({"theme": "niets"}, "Kies iets uit de lijst."),
        ({"day_day": "31", "day_month": "2"}, "31 februari bestaat niet."),
        ({"day_year": "2020"}, "Die dag is al voorbij."),
        ({"day_year": "2199"}, "Kijk het jaar na."),
        ({"every": "1"}, "Kies tot welke dag de reeks loopt."),
        ({"every": "1", "until_day": "1", "until_month": "1", "until_year": "2021"}, "na de eerste keer"),
        ({"every": "1", "until_day": "1", "until_month": "1", "until_year": "2150"}, "hoogstens twee jaar"),
        (
            {"every": "1", "until_day": "1", "until_month": "1", "until_year": "2021"},
            "Je koos 1 januari 2021.",
        ),
        ({"every": "1", "until_day": "31", "until_month": "2"}, "31 februari bestaat niet."),
        ({"every": "1", "until_day": "8", "until_month": "1", "times": "3"}, "niet allebei"),
        ({"every": "4", "times": "40"}, "Kies minder keren."),
        ({"every": "1", "weekdays": list("0123456"), "until_day": "1", "until_month": "3"}, "200 dagen"),
        ({"every": "m1", "until_day": "12", "until_month": "3"}, "geen enkele dag"),
        ({"every": "5"}, "Kies iets uit de lijst."),
        ({"every": "1", "weekdays": ["7"], "times": "3"}, "Kies iets uit de lijst."),
        ({"every": "1", "times": "1"}, "Vul een getal in van 2 of meer."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, worker, fields, wrong, sentence):
    client.force_login(worker)
    page = client.post(ADD, {"bring": "een potje", **fields, **wrong})
    assert page.status_code == 200
    assert sentence in page.text
    assert 'value="een potje"' in page.text
    assert Activity.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("", 0),
        ("gratis", 0),
        ("2", 200),
        ("2,5", 250),
        ("2.50", 250),
        ("€ 3", 300),
        ("2,50 euro", 250),
        ("4,-", 400),
    ],
)
def test_a_price_is_read_as_people_write_it(client, worker, fields, typed, cents):
    client.force_login(worker)
    client.post(ADD, fields | {"price_cents": typed})
    assert Activity.objects.get().price_cents == cents


def test_a_draft_is_for_the_team_only(client, phone, worker, fields):
    client.force_login(worker)
    client.post(ADD, fields | {"state": "draft"})
    row = Activity.objects.get()
    assert "Samen koken" in client.get("/werk/activiteiten/").text
    assert "Samen koken" not in phone.get("/activiteiten/").text
    assert phone.get(f"/activiteiten/{row.pk}/").status_code == 404


def test_an_old_one_is_planned_again_with_its_texts(client, worker, team, buurt):
    old = make_activity(team, buurt, title="Fietsherstel", starts_in=-WEEK, bring="je fiets", where="Plein")
    client.force_login(worker)
    form = client.get(f"{ADD}?van={old.pk}").context["form"]
    assert (form.initial["title"], form.initial["bring"]) == ("Fietsherstel", "je fiets")
    assert form.initial["day"] > timezone.localdate()


@pytest.mark.slow
@pytest.mark.parametrize("van", ["0", "9" * 30, "²", "x", "-1"])
def test_a_copy_of_nothing_is_an_empty_form(client, worker, van):
    client.force_login(worker)
    assert "title" not in client.get(ADD, {"van": van}).context["form"].initial


def test_another_teams_activity_is_not_copied(client, worker, other_team, other_buurt):
    theirs = make_activity(other_team, other_buurt)
    client.force_login(worker)
    assert "title" not in client.get(f"{ADD}?van={theirs.pk}").context["form"].initial


def test_a_coordinator_chooses_the_team(client, coordinator, fields, team, other_team, buurt):
    client.force_login(coordinator)
    client.post(ADD, fields | {"team": team.pk})
    assert Activity.objects.get().team == team


def test_a_team_of_elsewhere_cannot_be_chosen(client, coordinator, fields, team, other_team, worker_abroad):
    client.force_login(coordinator)
    far = worker_abroad.memberships.get().team
    page = client.post(ADD, fields | {"team": far.pk})
    assert "Kies iets uit de lijst." in page.text


def test_a_part_of_the_buurt_can_be_chosen(client, worker, fields, buurt):
    part = Neighbourhood.objects.create(
        municipality=buurt.municipality, parent=buurt, name="Molenhoek", slug="molenhoek"
    )
    client.force_login(worker)
    client.post(ADD, fields | {"place": "", "where": "Aan de molen", "neighbourhood": part.pk})
    assert Activity.objects.get().neighbourhood == part


def test_what_is_needed_at_times_is_not_called_optional(client, worker, fields):
    client.force_login(worker)
    page = client.get(ADD).text
    for label in ("Plaats", "Waar precies?", "Buurt"):
        assert f"{label}</label>" in page
    assert 'Uitleg <span class="quiet">(hoeft niet)</span></label>' in page
