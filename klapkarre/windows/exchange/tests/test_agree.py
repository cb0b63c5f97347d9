"""Two other programs read in every calendar exactly what the site shows, clock changes and exceptions included."""

import datetime
import html
import re
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.places.holidays import public_holiday, school_holiday
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.actions.planning import PLAIN
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import Repetition, Rule, days_of
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.windows.exchange.tests.reading import NODE_LINE, node, with_ical_js, with_vobject

pytestmark = [pytest.mark.interop, pytest.mark.django_db]
DAY = datetime.timedelta(days=1)
RULES = {
    "Koffie": (Rule(1, (1, 3)), (9, 30), (11, 30)),
    "Om de 2 weken": (Rule(2, (0, 6)), (19, 0), (23, 45)),
    "Om de 3": (Rule(3, (2,)), (14, 0), (16, 0)),
    "Eerste dinsdag": (Rule(weekdays=(1,), nth=1), (14, 0), (16, 0)),
    "Laatste zaterdag, tot na middernacht": (Rule(weekdays=(5,), nth=-1), (20, 0), (1, 30)),
    "De 31ste": (Rule(month_day=31), (10, 0), (12, 0)),
}
ODD = 'Soep; brood, "kaas" & \N{POT OF FOOD} \\n met een titel die gevouwen moet worden ' + "x" * 20


def plan(team, values, rule, begin, end, first, until):
    """One series, without the holidays, with a day more."""
    days = days_of(rule.text, first, until=until)
    skipped = [day for day in days if public_holiday(day) or school_holiday(day)]
    extra = first + 4 * DAY
    chosen = sorted({*days, extra} - set(skipped))
    hours = {"starts": datetime.time(*begin), "ends": datetime.time(*end)}
    repetition = Repetition(rule.text, days[0], until, True, True, tuple(skipped), (extra,))
    row = actions.add(team, values | hours, chosen, key=uuid.uuid4(), repetition=repetition)
    return list(Activity.objects.filter(series=row.series))


def differ(rows):
    """One is called off, one moved, one has another hour and title, one is a draft; later ones change together."""
    coming = [row for row in rows if row.starts_at > timezone.now()]
    off, moved, other, draft, later = (coming[number] for number in (0, 1, 2, 3, -3))
    actions.call_off(off, "De kok is ziek; kom later, graag.")
    for row, days, hours in ((moved, 1, 0), (other, 0, 2)):
        shift = datetime.timedelta(days=days, hours=hours)
        row.starts_at, row.ends_at = row.starts_at + shift, row.ends_at + shift
        row.save()
    Activity.objects.filter(pk=other.pk).update(title=ODD)
    Activity.objects.filter(pk=draft.pk).update(state="draft")
    for row in rows[rows.index(later) :]:
        row.refresh_from_db()
        row.bring = "een tas"
        row.save()


@pytest.fixture
def fill(team, town, buurt, point):
    """Series of every kind in one buurt, some at its point, and one in another buurt."""

    def fill(length, titles=tuple(RULES)):
        today = timezone.localdate()
        part = Neighbourhood.objects.create(municipality=town, parent=buurt, name="Deel", slug="deel")
        far = Neighbourhood.objects.create(municipality=town, name="Ver", slug="ver")
        spots = [(buurt, point), (part, None), (far, None)]
        for number, title in enumerate(titles):
            where, place = spots[number % 3]
            like = Activity(
                title=title, neighbourhood=where, place=place, where="" if place else "Op het plein"
            )
            values = {name: getattr(like, name) for name in PLAIN}
            rows = plan(team, values, *RULES[title], today - 20 * DAY, today + length)
            if len(rows) > 10:
                differ(rows)
        make_activity(team, buurt, title=ODD, summary="Eén\nTwee", place=point)
        make_activity(team, buurt, title="Over", starts_in=-100 * DAY)
        make_activity(team, buurt, title="Ontwerp", state="draft")

    return fill


def shown(rows):
    """What the site shows of these activities."""
    return sorted(
        (
            row.starts_at.replace(microsecond=0),
            row.ends_at.replace(microsecond=0),
            f"Gaat niet door: {row.title}" if row.is_cancelled else row.title,
            "CANCELLED" if row.is_cancelled else "CONFIRMED",
        )
        for row in rows
    )


def feeds():
    """Each calendar, and the activities that the page beside it shows."""
    since = timezone.now() - 29 * DAY
    rows = Activity.objects.published().filter(ends_at__gte=since)
    one = Activity.objects.exclude(series=None).published().order_by("-pk").first()
    return {
        "/agenda.ics": rows,
        "/buurten/molenwijk/agenda.ics": rows.exclude(neighbourhood__slug="ver"),
        "/buurten/deel/agenda.ics": rows.filter(neighbourhood__slug="deel"),
        "/buurtpunten/buurtpunt-molenwijk/agenda.ics": rows.filter(place__slug="buurtpunt-molenwijk"),
        f"/activiteiten/{one.pk}/agenda.ics": rows.filter(pk=one.pk),
    }


def check(client, need):
    """Both readers, each calendar; gives that of the town and what is in it."""
    need(node(), NODE_LINE)
    wanted = {path: shown(rows) for path, rows in feeds().items()}
    texts = {path: client.get(path).content.decode() for path in wanted}
    assert all(wanted.values())
    assert {path: with_vobject(text) for path, text in texts.items()} == wanted
    assert dict(zip(texts, with_ical_js(*texts.values()), strict=True)) == wanted
    return texts["/agenda.ics"], wanted["/agenda.ics"]


@pytest.mark.slow
def test_two_readers_agree_about_ten_weeks(client, need, fill):
    fill(70 * DAY, ("Koffie", "Eerste dinsdag"))
    text, _ = check(client, need)
    assert "RRULE" in text


@pytest.mark.slow
def test_two_readers_agree_about_two_years(client, need, fill):
    """Every kind of rule, over four clock changes, and the list of the site beside it."""
    fill(720 * DAY)
    text, found = check(client, need)
    for word in ("RRULE", "EXDATE", "RECURRENCE-ID", "STATUS:CANCELLED"):
        assert word in text
    now = timezone.now()
    read = [
        (timezone.localtime(begin).date().isoformat(), title.removeprefix("Gaat niet door: "))
        for begin, end, title, _state in found
        if end >= now
    ]
    assert sorted(listed(client)) == sorted(read)


def listed(client):
    """(day, title) of every card in the list of residents, page after page."""
    number, found = 1, []
    while True:
        page = client.get("/activiteiten/", {"pagina": number}).text
        for section in page.split('<h2 id="dag-')[1:]:
            titles = re.findall(r'<h3><a href="[^"]+">(.*?)</a></h3>', section)
            found += [(section[:10], html.unescape(title)) for title in titles]
        if f"?pagina={number + 1}" not in page:
            return found
        number += 1


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [1, 2])
def test_a_night_in_which_the_clock_changes_ends_when_the_site_says(client, need, team, buurt, ahead):
    """From eight to half past one, on the last Saturdays of March and October among others."""
    like = Activity(title="Nacht", neighbourhood=buurt, where="Plein")
    values = {name: getattr(like, name) for name in PLAIN}
    year = timezone.localdate().year + ahead
    first, last = datetime.date(year, 1, 2), datetime.date(year, 12, 28)
    plan(team, values, Rule(1, (5,)), (20, 0), (1, 30), first, last)
    need(node(), NODE_LINE)
    text = client.get("/agenda.ics").content.decode()
    wanted = shown(Activity.objects.all())
    assert (with_vobject(text), with_ical_js(text)) == (wanted, [wanted])
