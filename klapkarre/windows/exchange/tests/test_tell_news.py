"""What is new on the agenda: each once, newest first, nothing of residents."""

import datetime
import uuid
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Series
from klapkarre.rooms.agenda.tests.make import make_activity

pytestmark = [pytest.mark.interop, pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = datetime.timedelta(days=1)
PATHS = ["/agenda.atom", "/buurten/molenwijk/agenda.atom"]


def read(client, path="/agenda.atom"):
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(feed):
    return [one.find(f"{ATOM}title").text.partition(":")[0] for one in feed.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("path", PATHS)
def test_a_feed_has_what_the_standard_asks(client, team, buurt, path):
    row = make_activity(team, buurt, summary="Met <b>brood</b> & kaas")
    actions.sign_up(row, "Roodborstje", key=uuid.uuid4())
    feed = read(client, path)
    own = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert own["self"] == f"http://testserver{path}"
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{row.uid}"
    for one, names in ((feed, ("id", "title", "updated", "author")), (entry, ("title", "updated", "link"))):
        assert [name for name in names if one.find(ATOM + name) is None] == []
    assert "Met <b>brood</b> & kaas" in entry.find(f"{ATOM}summary").text
    assert "Roodborstje" not in client.get(path).text


def test_newest_first_and_a_series_once(client, team, buurt):
    now, today = timezone.now(), timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + 30 * DAY)
    for title, minutes, days, of in (
        ("Oud", 30, 1, None),
        ("Reeks", 20, 9, series),
        ("Reeks", 20, 2, series),
        ("Nieuw", 10, 20, None),
    ):
        planned = now - datetime.timedelta(minutes=minutes)
        make_activity(team, buurt, title=title, planned_at=planned, series=of, starts_in=days * DAY)
    make_activity(team, buurt, title="Ontwerp", state="draft")
    make_activity(team, buurt, title="Voorbij", starts_in=-5 * DAY)
    actions.call_off(make_activity(team, buurt, title="Afgezegd"), "Ziek.")
    feed = read(client)
    assert titles(feed) == ["Nieuw", "Reeks", "Oud"]
    # The same news when its first day is over.
    assert f"urn:uuid:{series.uid}" == feed.findall(f"{ATOM}entry")[1].find(f"{ATOM}id").text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_costs_few_queries_and_is_sent_once(client, team, buurt, path, rows):
    for _ in range(rows):
        make_activity(team, buurt)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    # The version, the town or the buurt, the rows, their neighbourhoods. No row has a place or a series here.
    assert len(seen) == 5  # news of the buurt, beside what is planned
    again = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("page", ["/activiteiten/", "/activiteiten/?buurt=molenwijk", "/buurten/molenwijk/"])
def test_pages_name_their_feed(client, team, buurt, page):
    make_activity(team, buurt)
    path = PATHS["molenwijk" in page]
    text = client.get(page).text
    assert text.count(f'href="{path}"') == 2
