"""Is the cart somewhere now, or when does it come: on the pages that people open first, right to the minute."""

import datetime
import html
import re

import pytest
from django.utils import timezone, translation

from klapkarre.foundation.places.models import Place, content_changed
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.soon import cart_words
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.windows.website.rows import next_activities
from klapkarre.windows.website.tests.make import make_neighbourhood, make_point

pytestmark = pytest.mark.django_db
NO_BREAK = "\N{NO-BREAK SPACE}"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
KIND = Activity.Kind


@pytest.fixture
def square(buurt):
    return Place.objects.create(neighbourhood=buurt, kind="square", name="Kerkplein", slug="kerkplein")


def make_stop(team, buurt, starts_in=-HOUR, **fields):
    more = {"kind": KIND.STOP, "sign_up_kind": "none", "title": "Koffie buiten"} | fields
    return make_activity(team, buurt, starts_in=starts_in, **more)


def said_on(client, path):
    return html.unescape(client.get(path).text).replace(NO_BREAK, " ")


def brussels(day, hour, minute=0):
    moment = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour, minute))
    return timezone.make_aware(moment)


def stop_at(begin, end, kind=KIND.STOP, **fields):
    return Activity(kind=kind, starts_at=begin, ends_at=end, **fields)


def test_the_cart_that_is_there_now_stands_on_three_pages(client, team, buurt, square):
    stop = make_stop(team, buurt, place=square)
    until = timezone.localtime(stop.ends_at)
    words = f"De klapkarre staat hier nu, tot {until.hour}.{until:%M} uur".replace(".00", "")
    for path in ("/buurten/molenwijk/", "/buurtpunten/kerkplein/"):
        assert words in client.get(path).text.replace(NO_BREAK, " "), path
    make_point(buurt, "Huis", thursdays=True)
    content_changed()
    home = client.get("/").text.replace(NO_BREAK, " ")
    assert words in home
    if "nu een buurtpunt open" not in home:
        assert "Ja, de klapkarre staat nu buiten. Kom erbij." in home
        assert home.index("Kerkplein") < home.index("Huis")
    assert home.count(words) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (("2026-11-23", 9), "De klapkarre komt woensdag 25 november, om 14 uur"),
        (("2026-11-24", 23, 59), "De klapkarre komt morgen, om 14 uur"),
        (("2026-11-25", 0), "De klapkarre komt straks, om 14 uur"),
        (("2026-11-25", 13, 59), "De klapkarre komt straks, om 14 uur"),
        (("2026-11-25", 14), "De klapkarre staat hier nu, tot 16 uur"),
    ],
)
def test_the_words_change_on_the_minute(now, words):
    stop = stop_at(brussels("2026-11-25", 14), brussels("2026-11-25", 16))
    assert cart_words(stop, brussels(*now)) == words


@pytest.mark.slow
def test_a_stop_past_midnight_is_there_on_both_sides(team, buurt):
    stop = stop_at(brussels("2026-12-31", 22), brussels("2027-01-01", 1))
    for now in (brussels("2026-12-31", 23, 59), brussels("2027-01-01", 0, 30)):
        assert cart_words(stop, now) == "De klapkarre staat hier nu, tot 1 uur"


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_two_o_clock_stays_two_o_clock_when_the_clock_changes(day):
    """The night before, the same number of hours would be another hour."""
    eve = (datetime.date.fromisoformat(day) - DAY).isoformat()
    stop = stop_at(brussels(day, 14), brussels(day, 16))
    assert cart_words(stop, brussels(eve, 23)) == "De klapkarre komt morgen, om 14 uur"
    assert cart_words(stop, brussels(day, 1)) == "De klapkarre komt straks, om 14 uur"
    assert cart_words(stop, brussels(day, 14)) == "De klapkarre staat hier nu, tot 16 uur"


@pytest.mark.slow
def test_a_round_comes_to_the_people():
    walk = stop_at(brussels("2026-11-25", 14), brussels("2026-11-25", 16), KIND.ROUND)
    found = [
        cart_words(walk, brussels(*now))
        for now in (("2026-11-20", 9), ("2026-11-24", 9), ("2026-11-25", 9), ("2026-11-25", 15))
    ]
    assert found == [
        "We komen woensdag 25 november langs, om 14 uur",
        "We komen morgen langs, om 14 uur",
        "We komen straks langs, om 14 uur",
        "We komen nu langs, tot 16 uur",
    ]


@pytest.mark.slow
def test_a_stop_that_is_called_off_says_so_that_day_only(client, team, buurt, square):
    today = make_stop(
        team, buurt, place=square, starts_in=-HOUR, state="cancelled", cancelled_because="Het stormt."
    )
    for days in (1, 2):
        make_stop(
            team, buurt, place=square, starts_in=days * DAY, state="cancelled", cancelled_because="Ziek."
        )
    for path in ("/", "/buurten/molenwijk/", "/buurtpunten/kerkplein/"):
        page = client.get(path).text
        assert "Vandaag komt de klapkarre niet" in page, path
        assert "Het stormt." in page
        assert "De klapkarre staat hier nu" not in page
        assert page.count("komt de klapkarre niet") == 1
    assert today.is_cancelled


@pytest.mark.slow
def test_what_is_over_a_draft_and_an_ordinary_activity_are_no_cart(client, team, buurt):
    make_stop(team, buurt, starts_in=-5 * HOUR, where="Voorbij")
    make_stop(team, buurt, where="Ontwerp", state="draft")
    make_activity(team, buurt, starts_in=-HOUR)
    page = client.get("/").text
    assert [word for word in ("klapkarre staat", "Voorbij", "Ontwerp") if word in page] == []


@pytest.mark.slow
def test_however_much_there_is_to_do_the_cart_is_found(team, buurt, town):
    for number in range(70):
        make_activity(team, buurt, starts_in=datetime.timedelta(minutes=number - 60))
    stop = make_stop(team, buurt, starts_in=6 * HOUR, where="Achteraan")
    rows, carts = next_activities(timezone.now(), 6, neighbourhood__municipality=town)
    assert (len(rows), [cart.name for cart in carts]) == (6, [stop.where])


@pytest.mark.slow
def test_now_goes_first_and_at_most_three_are_shown(team, buurt, town):
    days = {"Morgen": DAY, "Nu": -HOUR, "Vierde": DAY, "Later": 3 * DAY, "Ook morgen": DAY}
    for where, starts_in in days.items():
        make_stop(team, buurt, starts_in=starts_in, where=where)
    _rows, carts = next_activities(timezone.now(), 6, neighbourhood__municipality=town)
    assert [cart.name for cart in carts] == ["Nu", "Morgen", "Vierde"]
    Activity.objects.exclude(where="Later").delete()
    _rows, carts = next_activities(timezone.now(), 6, neighbourhood__municipality=town)
    assert [cart.name for cart in carts] == ["Later"]


@pytest.mark.slow
def test_a_part_hears_of_the_cart_in_the_whole_buurt_and_another_buurt_does_not(client, team, buurt, town):
    make_neighbourhood(town, "Hoek", parent=buurt)
    make_neighbourhood(town, "Elders")
    make_stop(team, buurt, where="Kerkplein")
    pages = [client.get(f"/buurten/{slug}/").text for slug in ("hoek", "elders")]
    assert ["De klapkarre staat hier nu" in page for page in pages] == [True, False]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en", "ar", "tr", "uk"])
def test_it_is_said_in_each_language(client, team, buurt, square, language):
    stop = make_stop(team, buurt, place=square)
    walk = make_stop(team, buurt, where="De Dreef", kind=KIND.ROUND, starts_in=3 * DAY)
    with translation.override(language):
        words = [cart_words(stop, timezone.now()), cart_words(walk, timezone.now())]
    assert [word for word in words if re.search("staat hier|We komen", word)] == []
    assert words[0].replace(NO_BREAK, " ") in said_on(client, f"/{language}/buurtpunten/kerkplein/")
