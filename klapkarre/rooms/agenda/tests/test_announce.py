"""A stop on the site in three questions, moved or called off in one tap, and never twice by a second one."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import day_fields, make_activity
from klapkarre.rooms.agenda.views.stops import share_words

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
KIND = Activity.Kind


@pytest.fixture
def square(buurt):
    return Place.objects.create(neighbourhood=buurt, kind="square", name="Kerkplein", slug="kerkplein")


@pytest.fixture
def on_the_street(client, worker):
    client.force_login(worker)
    return client


def announce(client, at, day=None, **more):
    data = {"key": uuid.uuid4(), "place": getattr(at, "pk", ""), "starts": "14:00", "minutes": "120"}
    data |= {"kind": "stop", "title": "De klapkarre komt langs", "weeks": "1", "where": ""}
    data |= day_fields("day", day or timezone.localdate() + DAY) | more
    return client.post("/werk/activiteiten/halte/", data)


def make_stop(team, buurt, starts_in=DAY, **fields):
    more = {"kind": KIND.STOP, "sign_up_kind": "none", "where": "Speelplein"} | fields
    return make_activity(team, buurt, starts_in=starts_in, **more)


def moved(stop, step):
    return f"{timezone.localtime(stop.starts_at).replace(tzinfo=None) + step:%Y-%m-%dT%H:%M}"


def send(client, stop, way, **data):
    return client.post(f"/werk/activiteiten/{stop.pk}/halte/{way}/", data, follow=True)


def fresh(stop):
    return Activity.objects.get(pk=stop.pk)


def test_where_when_and_how_long_put_a_stop_on_the_site(on_the_street, square, team, buurt):
    tomorrow = timezone.localdate() + DAY
    answer = announce(on_the_street, square)
    (stop,) = Activity.objects.all()
    assert answer.headers["location"] == f"/werk/activiteiten/{stop.pk}/halte/"
    assert (stop.place, stop.neighbourhood, stop.team, stop.kind) == (square, buurt, team, "stop")
    hours = [timezone.localtime(moment) for moment in (stop.starts_at, stop.ends_at)]
    assert [(one.date(), one.hour) for one in hours] == [(tomorrow, 14), (tomorrow, 16)]
    assert (stop.sign_up_kind, stop.state, stop.series) == ("none", "published", None)


def test_one_tap_moves_a_stop_and_a_second_tap_does_not(on_the_street, team, buurt):
    stop = make_stop(team, buurt)
    facts = {"to": moved(stop, HOUR), "version": stop.version}
    for _ in range(2):
        send(on_the_street, stop, "verzetten", **facts)
    begins = stop.starts_at.replace(second=0, microsecond=0) + HOUR
    assert fresh(stop).starts_at == begins
    assert fresh(stop).ends_at - fresh(stop).starts_at == stop.ends_at - stop.starts_at


def test_a_wheelchair_gets_only_there_where_somebody_said_so(on_the_street, team, buurt, square):
    make_stop(team, buurt, place=square, where="", access=["rolstoel"], partners="De school")
    announce(on_the_street, None, where="Achter de kerk", neighbourhood=buurt.pk)
    announce(on_the_street, square)
    elsewhere, again = Activity.objects.order_by("-pk")[1], Activity.objects.order_by("-pk")[0]
    assert [(one.access, one.partners) for one in (elsewhere, again)] == [
        ((), ""),
        (("rolstoel",), "De school"),
    ]


@pytest.mark.slow
def test_sent_twice_it_is_one_stop(on_the_street, square):
    key = uuid.uuid4()
    for _ in range(2):
        announce(on_the_street, square, key=key)
    assert Activity.objects.count() == 1


@pytest.mark.slow
def test_the_next_one_begins_as_the_last_one_was(on_the_street, square):
    announce(on_the_street, square, starts="09:30", minutes="90", title="Koffie buiten", kind="round")
    Activity.objects.update(starts_at=Activity.objects.get().starts_at + HOUR / 10)
    form = on_the_street.get("/werk/activiteiten/halte/").context["form"]
    found = [form[name].value() for name in ("place", "minutes", "title", "kind", "day")]
    assert found == [square.pk, 90, "Koffie buiten", "round", timezone.localdate()]
    assert form["starts"].value() == "09:30"


@pytest.mark.slow
def test_a_round_is_not_called_after_the_cart(on_the_street, square):
    announce(on_the_street, square, kind="round")
    assert Activity.objects.get().title == "We komen door je straat"


@pytest.mark.slow
def test_once_more_is_a_week_later(on_the_street, team, buurt):
    stop = make_stop(team, buurt, starts_in=3 * DAY)
    form = on_the_street.get(f"/werk/activiteiten/halte/?van={stop.pk}").context["form"]
    assert (form["day"].value(), form["where"].value()) == (stop.day + 7 * DAY, "Speelplein")
    for nonsense in ("x", "9" * 30, "²"):
        assert on_the_street.get(f"/werk/activiteiten/halte/?van={nonsense}").status_code == 200


@pytest.mark.slow
def test_each_week_leaves_public_holidays_out(on_the_street, square, monkeypatch):
    monday = datetime.date(timezone.localdate().year + 1, 3, 1)
    monday += (7 - monday.weekday()) % 7 * DAY
    if monday > timezone.localdate() + 365 * DAY:
        monday -= 7 * DAY
    announce(on_the_street, square, day=monday, weeks="13")
    days = [row.day for row in Activity.objects.order_by("starts_at")]
    series = Series.objects.get()
    skipped = set(series.exceptions.values_list("day", flat=True))
    assert {one.weekday() for one in days} == {0}
    assert len(days) + len(skipped) == 13
    assert skipped  # Easter Monday at least
    assert series.rule == "FREQ=WEEKLY;BYDAY=MO"


@pytest.mark.slow
def test_a_stop_past_midnight(on_the_street, square):
    announce(on_the_street, square, starts="23:00", minutes="120")
    (stop,) = Activity.objects.all()
    assert stop.ends_at - stop.starts_at == 2 * HOUR
    page = announce(on_the_street, square, starts="23:30", minutes="180")
    assert "te laat in de nacht" in page.text


@pytest.mark.slow
def test_somewhere_else_needs_words_and_a_neighbourhood(on_the_street, buurt, square):
    page = announce(on_the_street, None)
    assert sorted(page.context["form"].errors) == ["neighbourhood", "where"]
    announce(on_the_street, None, where="Speelplein achter nummer 12", neighbourhood=buurt.pk)
    (stop,) = Activity.objects.all()
    assert (stop.place, stop.spot) == (None, "Speelplein achter nummer 12")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"place": "999"}, "place"),
        ({"place": "\0"}, "place"),
        ({"starts": "14:07"}, "starts"),
        ({"starts": ""}, "starts"),
        ({"minutes": "45"}, "minutes"),
        ({"minutes": ""}, "minutes"),
        ({"kind": "activity"}, "kind"),
        ({"weeks": "1000"}, "weeks"),
        ({"title": ""}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"title": "Bel 0478 12 34 56"}, "title"),
        ({"day": "", "day_day": "", "day_month": "", "day_year": ""}, "day"),
        ({"day_year": "2019"}, "day"),
        ({"day_year": "2090"}, "day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_planned(on_the_street, square, typed, field):
    page = announce(on_the_street, square, **typed)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert Activity.objects.count() == 0


@pytest.mark.slow
@pytest.mark.access
def test_a_place_of_another_team_is_not_there(client, worker_elsewhere, other_team, square):
    client.force_login(worker_elsewhere)
    assert "place" in announce(client, square).context["form"].errors
    assert Activity.objects.count() == 0


@pytest.mark.slow
@pytest.mark.access
def test_who_has_a_role_for_one_neighbourhood_stays_there(
    client, worker_one_buurt, other_buurt, square, team
):
    client.force_login(worker_one_buurt)
    assert "place" in announce(client, square).context["form"].errors
    there = Place.objects.create(neighbourhood=other_buurt, kind="stop", name="Perron", slug="perron")
    announce(client, there)
    assert Activity.objects.get().team == team


@pytest.mark.slow
@pytest.mark.parametrize(
    "data", [{}, {"to": "morgen", "version": "1"}, {"to": "2019-01-01T10:00", "version": "1"}]
)
def test_a_move_to_nowhere_moves_nothing(on_the_street, team, buurt, data):
    stop = make_stop(team, buurt)
    page = send(on_the_street, stop, "verzetten", **data)
    assert "Dat lukte niet. Kies opnieuw." in page.text
    assert fresh(stop).starts_at == stop.starts_at


@pytest.mark.slow
def test_who_moves_what_a_colleague_just_moved_is_told(on_the_street, team, buurt):
    stop = make_stop(team, buurt)
    send(on_the_street, stop, "verzetten", to=moved(stop, HOUR), version=stop.version)
    page = send(on_the_street, stop, "verzetten", to=moved(stop, 2 * HOUR), version=stop.version)
    assert "Iemand anders wijzigde dit intussen." in page.text
    assert moved(fresh(stop), 0 * HOUR) == moved(stop, HOUR)


@pytest.mark.slow
def test_only_this_one_of_a_series_moves(on_the_street, square):
    announce(on_the_street, square, weeks="4")
    first, second, *_rest = Activity.objects.order_by("starts_at")
    send(on_the_street, first, "verzetten", to=moved(first, HOUR), version=first.version)
    assert (fresh(first).starts_at - first.starts_at, fresh(second).starts_at) == (HOUR, second.starts_at)


@pytest.mark.slow
def test_called_off_in_one_tap_and_on_again(on_the_street, client, team, buurt):
    stop = make_stop(team, buurt)
    send(on_the_street, stop, "afzeggen", reden="weer")
    assert (fresh(stop).state, fresh(stop).cancelled_because) == ("cancelled", "Het weer is te slecht.")
    assert "Het weer is te slecht." in client.get(f"/activiteiten/{stop.pk}/").text
    send(on_the_street, stop, "toch")
    assert (fresh(stop).state, fresh(stop).cancelled_because) == ("published", "")
    page = send(on_the_street, stop, "afzeggen", reden="zomaar")
    assert (fresh(stop).state, "Dat lukte niet." in page.text) == ("published", True)


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("way", ["verzetten", "afzeggen", "toch", ""])
def test_another_team_does_not_find_it(client, worker_elsewhere, team, buurt, way):
    stop = make_stop(team, buurt)
    client.force_login(worker_elsewhere)
    path = f"/werk/activiteiten/{stop.pk}/halte/" + (f"{way}/" if way else "")
    facts = {"reden": "weer", "to": moved(stop, HOUR), "version": 1}
    assert [client.get(path).status_code, client.post(path, facts).status_code] == [404, 404]
    assert (fresh(stop).state, fresh(stop).version) == ("published", 1)


@pytest.mark.slow
def test_an_ordinary_activity_has_no_such_page(on_the_street, team, buurt):
    soup = make_activity(team, buurt)
    assert on_the_street.get(f"/werk/activiteiten/{soup.pk}/halte/").status_code == 404


@pytest.mark.slow
def test_the_text_to_share_says_all(team, buurt, square, on_the_street):
    begin = timezone.make_aware(datetime.datetime(2026, 11, 25, 14))
    stop = make_stop(team, buurt, starts_at=begin, place=square, where="", title="De klapkarre komt langs")
    said = (
        "De klapkarre komt langs: woensdag 25 november van 14 uur tot 16 uur, Kerkplein. Iedereen is welkom."
    )
    assert share_words(stop) == said
    stop.state, stop.cancelled_because = "cancelled", "Het weer is te slecht."
    assert share_words(stop) == (
        "De klapkarre komt langs: woensdag 25 november om 14 uur gaat het niet door (Kerkplein). "
        "Het weer is te slecht."
    )
