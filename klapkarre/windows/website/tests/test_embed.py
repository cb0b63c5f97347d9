"""The week on somebody else's site: what it shows, what it may not do, and the line to copy."""

import datetime
import gzip
import html
import re

import pytest
from django.contrib.staticfiles import finders

from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.windows.website.tests.make import make_point

pytestmark = pytest.mark.django_db
BUURT, POINT = "/insluiten/buurten/molenwijk/", "/insluiten/buurtpunten/punt/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def week(team, buurt):
    point = make_point(buurt, "Punt", thursdays=True)
    make_activity(team, buurt, title="Soep <b>", place=point, starts_in=2 * DAY)
    make_activity(team, buurt, title="Volgende maand", place=point, starts_in=30 * DAY)
    make_activity(team, buurt, title="Ontwerp", place=point, starts_in=2 * DAY, state="draft")
    return point


@pytest.mark.parametrize("path", [BUURT, POINT])
def test_a_frame_shows_the_week_without_script_or_cookie(client, week, path):
    answer = client.get(path)
    page = answer.content.decode()
    assert ("Soep &lt;b&gt;" in page, "Volgende maand" in page, "Ontwerp" in page) == (True, False, False)
    assert ("<script" in page, dict(client.cookies)) == (False, {})
    sheet = finders.find("website/embed.css")
    with open(sheet, "rb") as file:
        assert len(gzip.compress(answer.content)) + len(gzip.compress(file.read())) < 4000


@pytest.mark.parametrize("path", [BUURT, POINT])
def test_only_a_frame_may_stand_in_a_frame(client, week, path):
    first = client.get(path)
    for answer in (first, client.get(path, headers={"if-none-match": first.headers["ETag"]})):
        policy = answer.headers["Content-Security-Policy"]
        assert ("frame-ancestors *" in policy, "script-src 'none'" in policy) == (True, True)
        assert "X-Frame-Options" not in answer.headers
    for other in ("/", "/insluiten/", week.get_absolute_url(), "/insluiten/buurten/nergens/"):
        answer = client.get(other)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_line_to_copy_holds_the_whole_address(client, week):
    page = client.get("/insluiten/?punt=punt", headers={"host": "testserver:8443"}).content.decode()
    line = html.unescape(re.search(r"<code>(.*?)</code>", page)[1])
    assert line.startswith(
        '<iframe src="http://testserver:8443/insluiten/buurtpunten/punt/" title="Deze week in Punt" '
    )
    assert "Th 09:00-12:30; PH off" in html.unescape(page)
    assert 'href="/insluiten/?buurt=molenwijk"' in client.get("/insluiten/").content.decode()
    assert client.get("/insluiten/?buurt=nergens").status_code == 404


def test_an_empty_week_says_so(client, town, buurt):
    assert "Deze week is er nog niets gepland." in client.get(BUURT).content.decode()
