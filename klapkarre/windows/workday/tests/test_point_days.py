"""A worker shuts a point, opens it once more, and takes that back; residents see it at once."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
)
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import day_fields, make_activity
from klapkarre.windows.workday.point_days import changes

DAY = datetime.timedelta(days=1)
NOON = datetime.time(12)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def point(point):
    """Open around the clock, so that each closure shows at once, whenever the test runs."""
    OpeningHours.objects.bulk_create(
        OpeningHours(place=point, weekday=number, opens=datetime.time(), closes=datetime.time())
        for number in range(7)
    )
    Place.objects.filter(pk=point.pk).update(closed_on_public_holidays=False)
    return point


@pytest.fixture
def signed_in(client, worker, point):
    client.force_login(worker)
    return client


def path(point, verb=""):
    return f"/werk/buurtpunten/{point.slug}/{verb}"


def close(client, point, day, *, until=None, key=None, reason="Vergadering", **more):
    data = {"dicht-key": key or uuid.uuid4(), "dicht-reason": reason, **day_fields("dicht-day", day)}
    if until:
        data |= day_fields("dicht-until", until)
    return client.post(path(point, "dicht/"), data | more, follow=True)


def open_extra(client, point, day, opens="14:00", closes="17:00", *, key=None, **more):
    data = {"open-key": key or uuid.uuid4(), "open-opens": opens, "open-closes": closes}
    return client.post(path(point, "open/"), data | day_fields("open-day", day) | more, follow=True)


def closures():
    return list(Closure.objects.values_list("first_day", "last_day", "reason"))


def test_closing_tomorrow_is_a_day_a_reason_and_a_button(signed_in, point, today):
    """The page posts the near days as their own date, and everything else may stay empty."""
    fields = {
        "dicht-day": (today + DAY).isoformat(),
        "dicht-reason": "Vergadering",
        "dicht-key": uuid.uuid4(),
    }
    page = signed_in.post(path(point, "dicht/"), fields, follow=True)
    assert closures() == [(today + DAY, today + DAY, "Vergadering")]
    assert page.redirect_chain == [(path(point), 302)]
    assert "dicht: Vergadering. Bewoners zien dit nu." in page.text
    assert "Morgen, " in page.text


@pytest.mark.parametrize("address", ["/", "/buurtpunten/buurtpunt-molenwijk/", "/buurten/molenwijk/"])
def test_residents_see_it_at_once(signed_in, point, today, address):
    assert "Nu open" in signed_in.get(address).text
    close(signed_in, point, today)
    assert "Vandaag dicht: Vergadering." in signed_in.get(address).text
    row = Closure.objects.get()
    signed_in.post(path(point, "weg/"), {"closure": row.pk})
    assert "Nu open" in signed_in.get(address).text


@pytest.mark.slow
def test_a_day_on_which_the_point_never_opens_is_said(signed_in, point, today):
    OpeningHours.objects.all().delete()
    OpeningHours.objects.create(
        place=point, weekday=today.weekday(), opens=datetime.time(9), closes=datetime.time(12)
    )
    words = "Dan was het punt anders ook dicht."
    assert words in close(signed_in, point, today + DAY).text
    assert words not in close(signed_in, point, today + DAY).text
    assert words not in close(signed_in, point, today + 2 * DAY, until=today + 9 * DAY).text


@pytest.mark.slow
def test_until_a_day_and_an_own_reason(signed_in, point, today):
    close(signed_in, point, today + DAY, until=today + 3 * DAY, **{"dicht-words": "  De ketel\tis stuk "})
    assert closures() == [(today + DAY, today + 3 * DAY, "De ketel is stuk")]


@pytest.mark.slow
def test_the_same_form_twice_is_stored_once(signed_in, point, today):
    key = uuid.uuid4()
    first = close(signed_in, point, today, key=key)
    again = close(signed_in, point, today, key=key)
    assert closures() == [(today, today, "Vergadering")]
    assert all("Bewoners zien dit nu." in page.text for page in (first, again))
    Closure.objects.all().delete()
    assert "daarna weggehaald" in close(signed_in, point, today, key=key).text
    assert closures() == []


@pytest.mark.slow
def test_what_is_there_already_is_said_once(signed_in, point, today):
    close(signed_in, point, today, until=today + 5 * DAY)
    page = close(signed_in, point, today + DAY, reason="Vakantie")
    assert page.text.count("Dit stond er al: ") == 1
    open_extra(signed_in, point, today + DAY)
    page = open_extra(signed_in, point, today + DAY, "15:00", "16:00")
    assert page.text.count("Dit stond er al: ") == 1
    assert [Closure.objects.count(), ExtraOpening.objects.count()] == [1, 1]


@pytest.mark.slow
def test_a_key_of_another_form_is_refused(signed_in, point, today):
    key = uuid.uuid4()
    close(signed_in, point, today, key=key)
    page = open_extra(signed_in, point, today + DAY, key=key)
    assert "Dit formulier is te oud." in page.text
    assert not ExtraOpening.objects.exists()


@pytest.mark.slow
def test_an_extra_opening_counts_on_a_closed_day(signed_in, point, today):
    close(signed_in, point, today + DAY)
    page = open_extra(signed_in, point, today + DAY, **{"open-note": "Enkel vuilniszakken"})
    row = ExtraOpening.objects.get()
    assert (row.day, row.opens.hour, row.closes.hour, row.note) == (
        today + DAY,
        14,
        17,
        "Enkel vuilniszakken",
    )
    assert "extra open van 14 uur tot 17 uur (Enkel vuilniszakken). Bewoners zien dit nu." in page.text
    assert "Het punt gaat dan toch extra open" in page.text
    assert "14 uur tot 17 uur" in signed_in.get(point.get_absolute_url()).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"dicht-day_year": "2020"}, "Die dag is al voorbij. Kies een latere dag."),
        ({"dicht-day_year": "2199"}, "Dat is meer dan een jaar ver. Kies een vroegere dag."),
        ({"dicht-day": "", "dicht-day_day": "", "dicht-day_month": ""}, "Kies een dag."),
        ({"dicht-day": "gisteren"}, "Kies een dag."),
        ({"dicht-day_month": "13"}, "Maand 13 bestaat niet."),
        ({"dicht-reason": ""}, "Kies waarom, of schrijf een andere reden."),
        ({"dicht-reason": "Hitte"}, "Kies iets uit de lijst."),
        ({"dicht-reason": "", "dicht-words": "  "}, "Kies waarom, of schrijf een andere reden."),
        ({"dicht-words": "x" * 151}, "Deze tekst is te lang: 151 tekens."),
        ({"dicht-words": "a\0b"}, "Deze tekst bevat tekens die we niet kunnen bewaren."),
        ({"dicht-until_month": ""}, "Vul ook de maand in."),
    ],
)
def test_a_wrong_closure_is_explained_and_nothing_typed_is_lost(signed_in, point, today, more, words):
    page = close(signed_in, point, today + DAY, until=today + 2 * DAY, **more)
    assert page.status_code == 200
    assert words in page.text
    form = page.context["closing"]
    assert {name: form.data.get(name) for name in more} == more
    assert closures() == []


@pytest.mark.slow
def test_the_last_day_comes_after_the_first(signed_in, point, today):
    page = close(signed_in, point, today + 3 * DAY, until=today + DAY)
    assert "De laatste dag valt voor de eerste." in page.text
    page = close(signed_in, point, today, until=today + 370 * DAY)
    assert "Dat is meer dan een jaar ver." in page.text
    assert closures() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"open-closes": "14:00"}, "Het einde valt voor het begin. Kies een later uur."),
        ({"open-closes": "13:00"}, "Het einde valt voor het begin. Kies een later uur."),
        ({"open-opens": ""}, "Kies een uur om te beginnen."),
        ({"open-closes": "25:00"}, "Kies een uur uit de lijst."),
        ({"open-day_year": "2020"}, "Die dag is al voorbij. Kies een latere dag."),
        ({"open-day_year": "2199"}, "Dat is meer dan een jaar ver. Kies een vroegere dag."),
    ],
)
def test_a_wrong_extra_opening_is_explained(signed_in, point, today, more, words):
    page = open_extra(signed_in, point, today + DAY, **({"open-note": "Soep"} | more))
    assert words in page.text
    assert 'value="Soep"' in page.text
    assert not ExtraOpening.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("key", ["", "x", "1" * 400])
def test_a_broken_key_still_stores(signed_in, point, today, key):
    signed_in.post(
        path(point, "dicht/"),
        {"dicht-key": key, "dicht-reason": "Vergadering", "dicht-day": today.isoformat()},
    )
    assert closures() == [(today, today, "Vergadering")]


@pytest.mark.slow
def test_what_is_over_stays(signed_in, point, today):
    over = Closure.objects.create(place=point, first_day=today - 9 * DAY, last_day=today - DAY)
    running = Closure.objects.create(place=point, first_day=today - 2 * DAY, last_day=today + 2 * DAY)
    old = ExtraOpening.objects.create(place=point, day=today - DAY, opens=NOON, closes=datetime.time(13))
    for fields in ({"closure": over.pk}, {"extra": old.pk}, {"closure": "9" * 40}, {"extra": "x"}, {}):
        page = signed_in.post(path(point, "weg/"), fields, follow=True)
        assert "Dat was al weg of al voorbij." in page.text
    signed_in.post(path(point, "weg/"), {"closure": running.pk})
    running.refresh_from_db()
    assert running.last_day == today - DAY
    assert [Closure.objects.count(), ExtraOpening.objects.count()] == [2, 1]


@pytest.mark.slow
def test_taking_away_twice_is_once(signed_in, point, today):
    row = ExtraOpening.objects.create(place=point, day=today + DAY, opens=NOON, closes=datetime.time(13))
    assert "Weggehaald: Morgen, " in signed_in.post(path(point, "weg/"), {"extra": row.pk}, follow=True).text
    assert "Dat was al weg" in signed_in.post(path(point, "weg/"), {"extra": row.pk}, follow=True).text
    assert not ExtraOpening.objects.exists()


@pytest.mark.slow
def test_what_is_on_the_agenda_that_day_is_named_with_a_link(
    signed_in, point, team, buurt, other_team, today
):
    at = timezone.make_aware(datetime.datetime.combine(today + DAY, NOON))
    own = make_activity(team, buurt, place=point, title="Koffieklap", starts_at=at)
    guest = make_activity(other_team, buurt, place=point, title="Naaien", starts_at=at)
    make_activity(team, buurt, place=point, title="Afgelast", starts_at=at, state=Activity.State.CANCELLED)
    make_activity(team, buurt, place=point, title="Later", starts_at=at + DAY)
    make_activity(team, buurt, title="Elders", starts_at=at)
    page = close(signed_in, point, today + DAY)
    assert [one.title for one in page.context["clashes"][0].activities] == ["Koffieklap", "Naaien"]
    words = " ".join(page.text.split())
    link = f'<a href="/werk/activiteiten/{own.pk}/afzeggen/">Koffieklap</a>'
    assert f"Op die dag staat {link} op de agenda." in words
    assert f'<a href="/activiteiten/{guest.pk}/">Naaien</a>' in words
    assert "Zeg die ook af als het nodig is." in words


def test_the_page_shows_what_is_to_come_and_the_week(signed_in, point, today):
    Closure.objects.create(
        place=point, first_day=today + 3 * DAY, last_day=today + 4 * DAY, reason="Vakantie"
    )
    Closure.objects.create(place=point, first_day=today - 3 * DAY, last_day=today - DAY, reason="Voorbij")
    ExtraOpening.objects.create(place=point, day=today + DAY, opens=NOON, closes=datetime.time(13, 30))
    page = signed_in.get(path(point))
    rows = [(one.kind, one.what) for one in page.context["changes"]]
    assert rows == [("extra", "extra open van 12 uur tot 13.30 uur"), ("closure", "dicht: Vakantie")]
    assert "Uren van de komende zeven dagen" in page.text
    assert "Voorbij" not in page.text


def test_a_holiday_is_shown_and_cannot_be_taken_away(point):
    Place.objects.filter(pk=point.pk).update(closed_on_public_holidays=True)
    found = changes(Place.objects.with_hours().get(pk=point.pk), datetime.date(2026, 11, 9))
    assert [(one.kind, one.first, one.what) for one in found] == [
        ("", datetime.date(2026, 11, 11), "dicht: Feestdag: Wapenstilstand"),
        ("", datetime.date(2026, 12, 25), "dicht: Feestdag: Kerstmis"),
        ("", datetime.date(2027, 1, 1), "dicht: Feestdag: Nieuwjaar"),
    ]


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("verb", ["", "dicht/", "open/", "weg/"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("worker_elsewhere", 404), ("worker_abroad", 404)),
        *((who, 403) for who in ("city", "partner", "volunteer", "auditor", "admin")),
    ],
)
def test_others_do_not_come_in(client, request, team, point, today, who, status, verb):
    row = Closure.objects.create(place=point, first_day=today, last_day=today)
    client.force_login(request.getfixturevalue(who))
    assert client.get(path(point, verb)).status_code == status
    data = {"closure": row.pk, "dicht-reason": "Vergadering", "dicht-day": (today + DAY).isoformat()}
    data |= {"open-day": today.isoformat(), "open-opens": "14:00", "open-closes": "23:00"}
    assert client.post(path(point, verb), data).status_code == status
    assert [list(Closure.objects.all()), ExtraOpening.objects.count()] == [[row], 0]


@pytest.mark.slow
@pytest.mark.access
def test_a_coordinator_closes_a_point_of_the_organisation(client, coordinator, team, point, today):
    client.force_login(coordinator)
    assert path(point) in client.get("/werk/buurtpunten/").text
    close(client, point, today)
    assert closures() == [(today, today, "Vergadering")]
    assert "/werk/buurtpunten/" in client.get("/werk/").text


@pytest.mark.access
def test_a_point_in_a_part_belongs_to_the_team_of_the_whole(client, worker, buurt, other_buurt, town):
    part = Neighbourhood.objects.create(municipality=town, parent=buurt, name="Molenhoek", slug="molenhoek")
    here = Place.objects.create(neighbourhood=part, name="Zuidpunt", slug="zuidpunt")
    square = Place.objects.create(neighbourhood=buurt, kind="square", name="Plein", slug="plein")
    elsewhere = Place.objects.create(neighbourhood=other_buurt, name="Elders", slug="elders")
    client.force_login(worker)
    found = [client.get(path(place)).status_code for place in (here, square, elsewhere)]
    assert found == [200, 404, 404]
    page = client.get("/werk/buurtpunten/")
    assert [one["place"] for one in page.context["points"]] == [here]


@pytest.mark.access
@pytest.mark.parametrize(("who", "status"), [("city", 403), ("volunteer", 403), ("worker_abroad", 200)])
def test_the_list_of_points_is_for_who_plans(client, request, team, point, who, status):
    client.force_login(request.getfixturevalue(who))
    page = client.get("/werk/buurtpunten/")
    assert page.status_code == status
    assert point.name not in page.text


def test_a_row_of_another_point_stays(signed_in, point, other_buurt, today):
    other = Place.objects.create(neighbourhood=other_buurt, name="Elders", slug="elders")
    row = Closure.objects.create(place=other, first_day=today, last_day=today)
    assert "Dat was al weg" in signed_in.post(path(point, "weg/"), {"closure": row.pk}, follow=True).text
    assert list(Closure.objects.all()) == [row]


def test_after_a_login_the_page_is_shown(signed_in, point):
    for verb in ("dicht/", "open/", "weg/"):
        assert signed_in.get(path(point, verb)).headers["location"] == path(point)


def test_only_the_town_of_the_point_is_made_anew(signed_in, point, today):
    elsewhere = Municipality.objects.create(name="Elders", slug="elders")
    close(signed_in, point, today)
    versions = dict(Municipality.objects.values_list("slug", "content_version"))
    assert versions == {"proefdorp": 1, elsewhere.slug: 0}


@pytest.mark.slow
@pytest.mark.parametrize(("who", "most"), [("worker", 8), ("coordinator", 10)])
def test_a_page_costs_the_same_for_more_rows(client, request, team, buurt, point, today, who, most):
    client.force_login(request.getfixturevalue(who))
    costs = []
    for number in range(1, 4):
        Team.objects.create(organisation=team.organisation, name=f"Team {number}")
        Closure.objects.create(place=point, first_day=today + number * DAY, last_day=today + number * DAY)
        ExtraOpening.objects.create(
            place=point, day=today + number * DAY, opens=NOON, closes=datetime.time(13)
        )
        make_activity(team, buurt, place=point, starts_in=number * DAY)
        with CaptureQueriesContext(connection) as seen:
            client.get(path(point))
        with CaptureQueriesContext(connection) as listed:
            client.get("/werk/buurtpunten/")
        costs.append((len(seen), len(listed)))
    assert len(set(costs)) == 1
    assert max(costs[0]) <= most


@pytest.mark.slow
def test_a_number_of_a_person_is_not_published_unasked(signed_in, point, today):
    text = "Vraag naar 85.07.30-033.28"
    asked = "Hier lijkt een rijksregisternummer te staan."
    assert asked in close(signed_in, point, today + DAY, **{"dicht-words": text}).text
    assert asked in open_extra(signed_in, point, today + DAY, **{"open-note": text}).text
    assert (closures(), ExtraOpening.objects.count()) == ([], 0)
    close(signed_in, point, today + DAY, **{"dicht-words": text, "dicht-words_checked": "on"})
    open_extra(signed_in, point, today + DAY, **{"open-note": text, "open-note_checked": "on"})
    assert closures() == [(today + DAY, today + DAY, text)]
    assert ExtraOpening.objects.get().note == text
