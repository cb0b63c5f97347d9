"""A floor that gives other bytes than ours measures nothing."""

import datetime
import io
import json
import threading
import uuid

import pytest
from django.db import connection

import bench
from bench import client, floors, prepare
from klapkarre.foundation.finding import actions, search
from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.agenda.models import Activity, SignUp

hotlist = pytest.importorskip("bench.hotlist")
Kind, State = Activity.SignUpKind, Activity.State


def add(team, buurt, starts, **fields):
    return Activity.objects.create(
        organisation=team.organisation,
        team=team,
        neighbourhood=buurt,
        starts_at=starts,
        ends_at=starts + datetime.timedelta(hours=2),
        **{"title": "Soep & <babbel>"} | fields,
    )


@pytest.fixture
def activities(team, buurt, point):
    """One of each kind that the list can show."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    day = datetime.timedelta(days=1)
    add(team, buurt, now - datetime.timedelta(minutes=30), place=point)
    add(team, buurt, now + day, where="Op het plein", price_cents=250)
    square = Place.objects.create(neighbourhood=buurt, kind=Place.Kind.SQUARE, name="Plein", slug="plein")
    add(team, buurt, now + day, place=square)
    add(team, buurt, now + day, place=point, state=State.CANCELLED, cancelled_because="Regen")
    add(team, buurt, now + 2 * day, place=point, state=State.DRAFT)
    add(team, buurt, now + 3 * day, place=point, sign_up_kind=Kind.NAME, capacity=30, price_cents=200)
    add(team, buurt, now + 90 * day, place=point, sign_up_kind=Kind.NAME)
    for seats, taken in ((1, 1), (2, 1), (5, 2)):
        row = add(team, buurt, now + 4 * day, place=point, sign_up_kind=Kind.NAME, capacity=seats)
        for _ in range(taken):
            SignUp.objects.create(organisation=team.organisation, activity=row, name="Fientje Voorbeeld")


@pytest.fixture
def page(client, activities, tmp_path, monkeypatch):
    """Our own list, kept for the floors; they read the database of the test."""
    if connection.vendor != "sqlite":
        pytest.skip("the floors write and read SQLite themselves")
    monkeypatch.setattr(floors, "PAGES", tmp_path)
    monkeypatch.setattr(hotlist, "connection", lambda: connection.connection)
    hotlist.template.cache_clear()
    hotlist.raw_frame.cache_clear()
    answer = client.get("/activiteiten/")
    assert answer.status_code == 200
    floors.page_file("/hotlist").write_bytes(answer.content)
    return hotlist.plain(answer.content.decode())


def test_starlette_gives_the_same_html(page):
    assert page.count('<li class="card card-link') == 9
    assert hotlist.plain(hotlist.render()) == page


def test_the_raw_page_gives_the_same_html(page):
    (body,) = hotlist.raw({}, lambda status, headers: None)
    assert hotlist.plain(body.decode()) == page


def test_the_bare_page_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "PAGES", tmp_path)
    monkeypatch.setattr(floors, "_pages", {})
    floors.page_file("/buurten/x/").write_bytes(b"content-type: text/html\r\ncontent-length: 5\r\n\r\nhallo")
    seen = []
    assert floors.pages({"PATH_INFO": "/buurten/x/"}, lambda *said: seen.append(said)) == [b"hallo"]
    assert seen == [("200 OK", [("content-type", "text/html"), ("content-length", "5")])]


def test_an_unknown_name_says_what_there_is(capsys):
    assert bench.main(["nonsense"], io.StringIO()) == 2
    assert "pages, hotlist, find, today, writes, results, report" in capsys.readouterr().err


def test_the_client_reads_an_answer_in_pieces():
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhallo"
    assert [client._complete(whole[:n]) for n in (10, len(whole) - 1)] == [0, 0]
    assert client._complete(whole) == len(whole)
    assert client._complete(b"HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n") > 0


def test_p99_is_the_value_below_which_they_lie():
    assert client.share(range(1, 101), 0.99) == 100
    assert client.share([3, 1, 2], 0.5) == 2


def test_a_line_is_json_with_the_fields_of_the_contract(tmp_path):
    from bench.cases import Folder, compared

    (tmp_path / "facts.json").write_text("{}")
    side = {"rates": [50.0, 60.0, 40.0], "cpu": [2.0, 2.0, 2.0], "latencies": [0.1, 0.2], "n": 2}
    floor = side | {"rates": [100.0, 100.0, 100.0], "cpu": [1.0, 1.0, 1.0]}
    line = compared(Folder(tmp_path, "small", 3), "page.home", side, floor, 0.5, queries=8)
    assert json.loads(json.dumps(line)) == {
        "name": "page.home",
        "size": "small",
        "value": 50.0,
        "unit": "requests/s",
        "floor": 100.0,
        "ratio": 0.5,
        "target": 0.5,
        "cpu_ms": 2.0,
        "floor_cpu_ms": 1.0,
        "cpu_ratio": 0.5,
        "p50_ms": 200.0,
        "n": 2,
        "queries": 8,
        "rounds": 3,
    }


@pytest.mark.django_db(transaction=True)
def test_the_floor_of_a_form_asks_the_same_each_time_for_a_row_of_its_own(
    client, team, buurt, tmp_path, monkeypatch
):
    if connection.vendor != "sqlite":
        pytest.skip("the floors write and read SQLite themselves")
    now = datetime.datetime.now(datetime.UTC)
    row = add(team, buurt, now + datetime.timedelta(days=3), sign_up_kind=Kind.NAME, capacity=30)
    path, form = f"/activiteiten/{row.pk}/aanmelden/", {"name": "Fientje Voorbeeld", "website": ""}
    asked = [prepare.statements(path, "", form | {"key": str(uuid.uuid4())}) for _ in range(3)]
    (tmp_path / "klapkarre.sqlite3").symlink_to(connection.settings_dict["NAME"])
    facts = {"statements": {"sign_up": prepare.with_fresh(*asked[1:])}}
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    monkeypatch.setattr(floors, "FOLDER", tmp_path)
    monkeypatch.setattr(floors, "_own", threading.local())
    body = b"name=Fientje"
    for seats in (4, 5):
        asks = {"PATH_INFO": "/sign_up", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        assert floors.repeats(asks, lambda status, headers: None) == [b""]
        assert SignUp.objects.count() == seats
    floors.connection().close()


@pytest.mark.django_db(transaction=True)
def test_the_floor_of_search_finds_the_same(town, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("the floors write and read SQLite themselves")
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    for key, at in (("1", None), ("2", now + day), ("3", now - day)):
        actions.publish(Text("activity", key, town.pk, "Koffieklap", f"Samen {key}", at))
    (tmp_path / "klapkarre.sqlite3").symlink_to(connection.settings_dict["NAME"])
    monkeypatch.setattr(floors, "FOLDER", tmp_path)
    monkeypatch.setattr(floors, "_own", threading.local())
    for question in ("koffie", "samen koff", "koffie 1", "thee"):
        ours = {(row.kind, row.key, row.title) for row in search.find(question.split(), town)}
        assert set(floors.found({"q": [question], "gemeente": [town.slug]})) == ours
    assert len(floors.found({"q": ["koffie"]})) == 2
    floors.connection().close()


def test_a_form_that_asks_other_things_has_no_floor():
    with pytest.raises(RuntimeError):
        prepare.with_fresh([("SELECT 1", [])], [("SELECT 2", [])])
