"""Another rule for a series that runs: days with people stay, empty ones go, new ones come, the past is the past."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.actions.planning import PLAIN
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.repetition import Repetition, Rule
from klapkarre.rooms.agenda.tests.make import day_fields, fill, form_of, make_activity
from klapkarre.rooms.agenda.tests.test_race import at_once

WEEK = datetime.timedelta(weeks=1)
DAY = datetime.timedelta(days=1)
TUESDAYS = Rule(weeks=1, weekdays=(1,))


@pytest.fixture
def first():
    """The first Tuesday of next March."""
    day = datetime.date(timezone.localdate().year + 1, 3, 1)
    return day + (1 - day.weekday()) % 7 * DAY


@pytest.fixture
def rows(team, buurt, point, first):
    """Four Tuesdays, from two to four."""
    like = Activity(title="Koffieklap", neighbourhood=buurt, place=point, sign_up_kind="name", capacity=5)
    values = {name: getattr(like, name) for name in PLAIN}
    values |= {"starts": datetime.time(14), "ends": datetime.time(16)}
    days = [first + number * WEEK for number in range(4)]
    actions.add(team, values, days, key=uuid.uuid4(), repetition=Repetition(TUESDAYS.text, first, days[-1]))
    return list(Activity.objects.all())


def path(row):
    return f"/werk/activiteiten/{row.pk}/herhaling/"


def plan(client, row, **fields):
    """What the first page sends, with these answers."""
    return form_of(client.get(path(row))) | fields


def shown(page, **fields):
    """What the page with days sends back, as it stands."""
    context = page.context
    return (
        dict(context["hidden"])
        | {
            "days_shown": "ja",
            "days": [line["day"].isoformat() for line in context["rows"] if line["ticked"]],
            "extra": [day.isoformat() for day in context["extras"]],
            "seen": [row.pk for row, _ in context["kept"]],
        }
        | fields
    )


def coming_days():
    return [row.day for row in Activity.objects.exclude(state="cancelled").order_by("starts_at")]


def to_wednesdays(client, row, **fields):
    """The two pages, one after the other; gives the data of the second."""
    return shown(client.post(path(row), plan(client, row, every="1", weekdays=["2"])), **fields)


def test_the_form_opens_with_the_rule_as_it_is(client, worker, rows, first):
    client.force_login(worker)
    page = client.get(path(rows[0]))
    words = f"Elke dinsdag, van 14 uur tot 16 uur, tot en met {(first + 3 * WEEK).day}"
    initial = page.context["form"].initial
    assert words in page.text
    assert (initial["every"], initial["weekdays"], initial["day"]) == ("1", ["1"], first)


@pytest.mark.slow
def test_saved_as_it_was_nothing_changes(client, worker, rows):
    client.force_login(worker)
    page = client.post(path(rows[0]), plan(client, rows[0]))
    assert (page.context["kept"], page.context["goes"]) == ([], [])
    client.post(path(rows[0]), shown(page))
    assert [row.pk for row in Activity.objects.all()] == [row.pk for row in rows]


def test_empty_days_go_and_new_days_come_with_the_same_hours(client, worker, rows, first):
    client.force_login(worker)
    answer = client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    assert answer.status_code == 302
    assert coming_days() == [first + number * WEEK + DAY for number in range(3)]
    assert {timezone.localtime(row.starts_at).hour for row in Activity.objects.all()} == {14}
    assert {row.title for row in Activity.objects.all()} == {"Koffieklap"}
    assert Series.objects.get().rule == "FREQ=WEEKLY;BYDAY=WE"
    said = client.get(answer.headers["location"]).text
    assert "3 dagen erbij. 4 lege dagen weg." in said


def test_days_with_people_are_shown_and_stay(client, worker, rows, first):
    on_list = fill(rows[1], 2)
    client.force_login(worker)
    page = client.post(path(rows[0]), plan(client, rows[0], every="1", weekdays=["2"]))
    assert "Ze vallen buiten de nieuwe herhaling, maar er zijn mensen aangemeld." in page.text
    assert [row for row, _ in page.context["kept"]] == [rows[1]]
    assert rows[1] not in page.context["goes"]
    client.post(path(rows[0]), shown(page))
    assert rows[1].day in coming_days()
    assert list(rows[1].signups.all()) == on_list


@pytest.mark.slow
@pytest.mark.parametrize("trace", ["headcount", "gave back", "ticked"])
def test_every_trace_of_people_keeps_a_day(client, worker, rows, trace):
    if trace == "headcount":
        Activity.objects.filter(pk=rows[2].pk).update(headcount=3)
    else:
        actions.cancel(fill(rows[2], 1)[0])
        if trace == "ticked":
            SignUp.objects.update(state="attended")
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    assert Activity.objects.filter(pk=rows[2].pk).exists()


@pytest.mark.slow
def test_one_of_them_is_called_off_with_a_reason(client, worker, rows):
    fill(rows[1], 2)
    fill(rows[2], 1)
    client.force_login(worker)
    data = to_wednesdays(client, rows[0], off=[rows[1].pk])
    page = client.post(path(rows[0]), data)
    assert "Schrijf waarom het niet doorgaat." in page.text
    assert page.context["kept"][0][1]
    answer = client.post(path(rows[0]), data | {"reason": "De zaal is bezet."})
    states = [Activity.objects.get(pk=row.pk).state for row in rows[1:3]]
    assert states == ["cancelled", "published"]
    assert SignUp.objects.to_tell().count() == 2
    assert "Verwittig nog 2 mensen." in client.get(answer.headers["location"]).text


@pytest.mark.slow
def test_who_signed_up_in_between_is_shown_first(client, worker, rows):
    client.force_login(worker)
    data = to_wednesdays(client, rows[0])
    fill(rows[3], 1)
    page = client.post(path(rows[0]), data)
    assert "Kijk eerst wat er met deze dagen gebeurt." in page.text
    assert [row for row, _ in page.context["kept"]] == [rows[3]]
    assert Activity.objects.count() == 4
    assert client.post(path(rows[0]), shown(page)).status_code == 302
    assert Activity.objects.filter(pk=rows[3].pk).exists()


@pytest.mark.slow
def test_what_is_unticked_and_has_people_is_shown_too(client, worker, rows):
    fill(rows[1], 1)
    client.force_login(worker)
    data = shown(client.post(path(rows[0]), plan(client, rows[0])))
    page = client.post(path(rows[0]), data | {"days": [rows[0].day.isoformat()]})
    assert [row for row, _ in page.context["kept"]] == [rows[1]]
    client.post(path(rows[0]), shown(page))
    assert coming_days() == [rows[0].day, rows[1].day]


@pytest.mark.slow
def test_twice_is_once(client, worker, rows):
    client.force_login(worker)
    data = to_wednesdays(client, rows[0])
    kept = fill(rows[0], 1)
    data |= {"seen": [rows[0].pk]}
    assert [client.post(path(rows[0]), data).status_code for _ in range(2)] == [302, 302]
    assert (Activity.objects.count(), Series.objects.get().version, len(kept)) == (4, 2, 1)


@pytest.mark.slow
def test_a_colleague_who_was_first_is_not_overwritten(client, worker, rows):
    client.force_login(worker)
    fill(rows[0], 1)
    mine = to_wednesdays(client, rows[0])
    theirs = shown(client.post(path(rows[0]), plan(client, rows[0], every="1", weekdays=["3"])))
    client.post(path(rows[0]), theirs)
    page = client.post(path(rows[0]), mine)
    assert page.status_code == 409
    assert "Iemand anders wijzigde de herhaling intussen." in page.text
    assert Series.objects.get().rule == "FREQ=WEEKLY;BYDAY=TH"
    again = shown(client.post(path(rows[0]), form_of(page)))
    assert client.post(path(rows[0]), again).status_code == 302
    assert Series.objects.get().rule == "FREQ=WEEKLY;BYDAY=WE"


def test_what_is_past_and_what_lies_before_the_day_stays(client, worker, rows, team, buurt, first):
    past = make_activity(team, buurt, series=rows[0].series, starts_in=-WEEK)
    client.force_login(worker)
    data = plan(client, rows[0], every="1", weekdays=["2"], **day_fields("day", first + 2 * WEEK))
    client.post(path(rows[0]), shown(client.post(path(rows[0]), data)))
    assert coming_days() == [past.day, first, first + WEEK, first + 2 * WEEK + DAY]


@pytest.mark.slow
def test_one_that_was_moved_to_a_day_of_the_new_rule_is_that_day(client, worker, rows, first):
    fill(rows[1], 1)
    start = rows[1].starts_at + DAY
    Activity.objects.filter(pk=rows[1].pk).update(
        starts_at=start, ends_at=start + datetime.timedelta(hours=1)
    )
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    assert coming_days() == [first + number * WEEK + DAY for number in range(3)]
    assert Activity.objects.get(pk=rows[1].pk).series_day == first + WEEK + DAY


@pytest.mark.slow
def test_what_was_left_out_stays_out_when_the_end_moves(client, worker, rows, first):
    client.force_login(worker)
    data = shown(client.post(path(rows[0]), plan(client, rows[0])))
    client.post(
        path(rows[0]), data | {"days": [day.isoformat() for day in coming_days() if day != first + WEEK]}
    )
    longer = plan(client, rows[0], **day_fields("until", first + 5 * WEEK))
    page = client.post(path(rows[0]), longer)
    ticked = [line["ticked"] for line in page.context["rows"]]
    assert ticked == [True, False, True, True, True, True]
    client.post(path(rows[0]), shown(page))
    assert Series.objects.get().first_day == first


@pytest.mark.slow
def test_a_new_tick_leaves_the_holidays_out(client, worker, rows, first):
    client.force_login(worker)
    summer = first + 18 * WEEK
    page = client.post(path(rows[0]), plan(client, rows[0], **day_fields("until", summer)))
    client.post(path(rows[0]), shown(page))
    assert summer in coming_days()
    page = client.post(path(rows[0]), plan(client, rows[0], skip_school="on"))
    client.post(path(rows[0]), shown(page))
    assert (summer in coming_days(), first in coming_days()) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"every": "0"}, "Kies iets uit de lijst."),
        (day_fields("day", datetime.date(2020, 1, 1)), "Die dag is al voorbij."),
        ({"until": "", "until_day": "", "until_month": "", "until_year": ""}, "Kies tot welke dag"),
    ],
)
def test_what_is_wrong_is_said(client, worker, rows, wrong, sentence):
    client.force_login(worker)
    page = client.post(path(rows[0]), plan(client, rows[0], **wrong))
    assert sentence in page.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken", [{"seen": ["x", "²"]}, {"off": ["9" * 30]}, {"extra": ["x", "9999-99-99"]}]
)
def test_a_broken_page_with_days_breaks_nothing(client, worker, rows, broken):
    client.force_login(worker)
    data = to_wednesdays(client, rows[0]) | {"reason": "Ziek."}
    assert client.post(path(rows[0]), data | broken).status_code in (200, 302)


def test_one_that_does_not_come_back_has_no_rhythm(client, worker, team, buurt):
    once = make_activity(team, buurt)
    client.force_login(worker)
    assert "Deze activiteit komt niet terug." in client.get(path(once), follow=True).text


def test_another_weekday_for_all_later_ones_moves_the_rule(client, worker, rows, first):
    client.force_login(worker)
    page = f"/werk/activiteiten/{rows[1].pk}/wijzigen/"
    data = form_of(client.get(page)) | {"later": "ja"} | day_fields("day", first + WEEK + 2 * DAY)
    assert client.post(page, data).status_code == 302
    series = Series.objects.get()
    assert (series.rule, series.first_day) == ("FREQ=WEEKLY;BYDAY=TH", first + WEEK + 2 * DAY)
    assert [row.series_day for row in Activity.objects.all()] == coming_days()


def test_a_rule_that_cannot_move_says_where_to_go(client, worker, rows, first):
    Series.objects.update(rule=Rule(weekdays=(1,), nth=1).text)
    client.force_login(worker)
    page = f"/werk/activiteiten/{rows[0].pk}/wijzigen/"
    data = form_of(client.get(page)) | {"later": "ja"} | day_fields("day", first + DAY)
    assert "Kies bij de herhaling op welke dagen ze terugkomt." in client.post(page, data).text
    assert coming_days()[0] == first


def test_residents_read_when_it_comes_back(phone, rows, first):
    said = f"Elke dinsdag, van 14 uur tot 16 uur, tot en met {(first + 3 * WEEK).day} maart {first.year}"
    assert said in phone.get(f"/activiteiten/{rows[0].pk}/").text


def test_residents_read_the_last_day_that_takes_place_and_those_that_do_not(phone, rows):
    Series.objects.update(last_day=rows[3].day + 5 * DAY)
    actions.call_off(rows[3], "Ziek.")
    actions.call_off(rows[1], "Ziek.")
    text = phone.get(f"/activiteiten/{rows[0].pk}/").text
    assert f"tot en met {rows[2].day.day} maart {rows[2].day.year}. Niet op {rows[1].day.day} maart." in text


def test_a_day_at_another_hour_says_so_beside_the_rule(phone, rows):
    later = datetime.timedelta(hours=1)
    Activity.objects.filter(pk=rows[1].pk).update(
        starts_at=rows[1].starts_at + later, ends_at=rows[1].ends_at + later
    )
    usual, moved = (phone.get(f"/activiteiten/{row.pk}/").text for row in rows[:2])
    assert ("van 14 uur tot 16 uur, tot" in usual, "Deze keer" in usual) == (True, False)
    assert "van 14 uur tot 16 uur, tot" in moved
    assert ". Deze keer van 15 uur tot 17 uur.<" in moved


@pytest.mark.slow
def test_the_slip_of_a_day_off_leads_to_those_on(client, rows, django_assert_max_num_queries):
    seat = fill(rows[0], 1)[0]
    slip = f"/activiteiten/briefje/{slips.token_of(seat)}/"
    assert "Wel op deze dagen" not in client.get(slip).text
    actions.call_off(rows[0], "Ziek.")
    actions.call_off(rows[1], "Ziek.")
    with django_assert_max_num_queries(8):
        text = client.get(slip).text
    assert "Wel op deze dagen" in text
    assert [f"/activiteiten/{row.pk}/" in text for row in rows] == [False, False, True, True]


@pytest.mark.slow
def test_a_day_outside_the_rule_does_not_say_that_it_comes_back(client, phone, worker, rows):
    fill(rows[1], 1)
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    new = Activity.objects.order_by("starts_at")[0]
    said = ["Komt terug" in phone.get(f"/activiteiten/{row.pk}/").text for row in (rows[1], new)]
    assert said == [False, True]


@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_a_seat_taken_at_the_same_moment_is_never_lost(rows, first):
    """Four take a seat on a day while the rule leaves it out: they have it, or are told that it is gone."""
    days = [first + DAY]
    rule = Repetition(Rule(1, (2,)).text, first + DAY, first + 3 * WEEK)

    def work(number):
        if number:
            return actions.sign_up(rows[1], f"Buur {number}", key=uuid.uuid4())
        return actions.repeat(rows[0], first, days, rule, key=uuid.uuid4(), version=1)

    found = at_once(work, 5)
    seats = [one for one in found if isinstance(one, SignUp)]
    assert len(seats) == SignUp.objects.count()
    assert len(seats) == (4 if isinstance(found[0], actions.Unseen) else 0)
    assert {type(one).__name__ for one in found} in ({"Unseen", "SignUp"}, {"Outcome", "Http404"})


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_moment_double_nothing(rows, first):
    days = [first + DAY, first + WEEK + DAY]
    rule = Repetition(Rule(1, (2,)).text, days[0], days[-1])
    found = at_once(lambda _: actions.repeat(rows[0], first, days, rule, key=uuid.uuid4(), version=1), 3)
    assert coming_days() == days
    assert sorted(type(one).__name__ for one in found) == ["Outcome", "SeriesChanged", "SeriesChanged"]


@pytest.mark.slow
def test_a_removed_day_says_so_with_the_days_that_come(client, phone, worker, rows):
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    page = phone.get(f"/activiteiten/{rows[1].pk}/")
    assert (page.status_code, "Deze dag gaat niet door" in page.text) == (410, True)
    new = Activity.objects.order_by("starts_at")
    assert [row.pk for row in page.context["others"]] == [row.pk for row in new]
    form = f"/activiteiten/{rows[1].pk}/aanmelden/"
    for answer in (phone.get(form), phone.post(form, {"name": "Nour"})):
        assert answer.headers["location"] == f"/activiteiten/{rows[1].pk}/"
    assert phone.get(f"/activiteiten/{rows[3].pk + 99}/").status_code == 404


@pytest.mark.slow
def test_a_removed_day_that_came_back_leads_there(client, phone, worker, rows):
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    row = Activity.objects.order_by("starts_at")[0]
    back = shown(client.post(path(row), plan(client, row, every="1", weekdays=["1"])))
    client.post(path(row), back)
    again = Activity.objects.get(series_day=rows[1].day)
    assert again.pk != rows[1].pk
    assert phone.get(f"/activiteiten/{rows[1].pk}/").headers["location"] == f"/activiteiten/{again.pk}/"


@pytest.mark.slow
def test_a_draft_that_goes_leaves_no_page(client, phone, worker, rows):
    Activity.objects.filter(pk=rows[1].pk).update(state="draft")
    client.force_login(worker)
    client.post(path(rows[0]), to_wednesdays(client, rows[0]))
    assert phone.get(f"/activiteiten/{rows[1].pk}/").status_code == 404
