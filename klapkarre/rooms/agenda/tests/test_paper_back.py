"""The filled-in list comes back: one name a line, who is known is recognised, saved once."""

import datetime
import re
import uuid

import pytest

from klapkarre.commands.messages import ROOT
from klapkarre.foundation.accounts.models import Reading
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import make_activity, states

HOUR = datetime.timedelta(hours=1)
TWENTY = [
    f"Buur {word}"
    for word in [
        "an",
        "bo",
        "cas",
        "dré",
        "eva",
        "fem",
        "gus",
        "hana",
        "ida",
        "jef",
        "kaat",
        "leo",
        "mo",
        "nel",
        "oya",
        "piet",
        "ria",
        "sam",
        "tine",
        "uma",
    ]
]


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt)


@pytest.fixture
def begun(team, buurt):
    """Begun an hour ago; Fatima and Jef are on the list."""
    row = make_activity(team, buurt)
    for name in ("Fatima", "Jef"):
        actions.sign_up(row, name, key=uuid.uuid4())
    Activity.objects.filter(pk=row.pk).update(
        starts_at=row.starts_at - 49 * HOUR, ends_at=row.ends_at - 48 * HOUR
    )
    row.refresh_from_db()
    return row


def path(activity):
    return f"/werk/activiteiten/{activity.pk}/papier/terug/"


def type_over(client, activity, names, key=None, **more):
    shown = [str(pk) for pk in activity.signups.values_list("pk", flat=True)]
    text = names if isinstance(names, str) else "\r\n".join(names)
    return client.post(path(activity), {"names": text, "key": key or uuid.uuid4(), "shown": shown} | more)


def names_of(activity):
    return [row.name for row in activity.signups.order_by("created_at")]


def answers_on(page):
    """The doubts on the page, answered as they are proposed."""
    found = re.findall(r'name="(naam-\d+)" value="([^"]*)"', page.text)
    return dict(found) | dict(re.findall(r'name="(wie-\d+)" value="([\w-]+)" checked', page.text))


def test_twenty_names_in_one_go_and_twice_is_once(client, worker, soup):
    client.force_login(worker)
    key = uuid.uuid4()
    pages = [type_over(client, soup, TWENTY, key) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert (names_of(soup), set(states(soup))) == (TWENTY, {"signed_up"})


def test_afterwards_they_were_there_with_those_without_a_name(client, worker, begun):
    client.force_login(worker)
    jef = begun.signups.order_by("created_at")[1]
    page = type_over(client, begun, ["Oya", "Piet"], came=[str(jef.pk)], nameless="4")
    assert page.status_code == 302
    begun.refresh_from_db()
    assert names_of(begun) == ["Fatima", "Jef", "Oya", "Piet"]
    assert (states(begun), begun.headcount) == (["missed", "attended", "attended", "attended"], 7)


def test_who_is_on_the_list_is_recognised_and_saved_once(client, worker, begun):
    client.force_login(worker)
    asked = type_over(client, begun, ["fatima.", "Oya", "Jeff", "oya"])
    assert [doubt.name for doubt in asked.context["asked"]] == ["fatima.", "Jeff", "oya"]
    assert names_of(begun) == ["Fatima", "Jef"]
    page = type_over(client, begun, ["fatima.", "Oya", "Jeff", "oya"], **answers_on(asked))
    assert page.status_code == 302
    begun.refresh_from_db()
    assert names_of(begun) == ["Fatima", "Jef", "Oya", "Jeff", "oya"]
    assert (states(begun), begun.headcount) == (["attended", "missed", *["attended"] * 3], 4)


def test_two_lines_are_two_people_unless_someone_says_it_is_one(client, worker, soup):
    client.force_login(worker)
    asked = type_over(client, soup, ["Jan", "jan"])
    assert "Nog eens op het blad: jan" in asked.text
    assert all(
        words in asked.text for words in ("Nog iemand met dezelfde naam", "Dezelfde mens, tel één keer")
    )
    once = answers_on(asked) | {"wie-1": actions.AWAY}
    assert answers_on(asked)["wie-1"] == actions.NEW
    type_over(client, soup, ["Jan", "jan"], **once)
    assert names_of(soup) == ["Jan"]


@pytest.mark.slow
def test_twice_on_the_sheet_and_once_on_the_list_are_two(client, worker, begun):
    client.force_login(worker)
    asked = type_over(client, begun, ["Jef", "Jef"])
    type_over(client, begun, ["Jef", "Jef"], **answers_on(asked))
    assert (names_of(begun), states(begun)) == (["Fatima", "Jef", "Jef"], ["missed", "attended", "attended"])


@pytest.mark.slow
def test_an_answer_about_another_text_is_asked_again(client, worker, begun):
    client.force_login(worker)
    asked = type_over(client, begun, ["Fatima"])
    page = type_over(client, begun, ["Jef"], **answers_on(asked))
    assert (page.status_code, [doubt.name for doubt in page.context["asked"]]) == (200, ["Jef"])
    assert states(begun) == ["signed_up", "signed_up"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1. An\n2) Bo\n - Cas\n\n  \n4.\n", ["An", "Bo", "Cas"]),
        ("An\tVan Nergens\r\nBo", ["An Van Nergens", "Bo"]),
        ("\u202eAn\u200b\n", ["An"]),
        ("مريم\nŞule", ["مريم", "Şule"]),
    ],
)
def test_lines_are_read_as_people_write_them(client, worker, soup, text, names):
    client.force_login(worker)
    type_over(client, soup, text)
    assert names_of(soup) == names


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("An\n???\nBo", "“???” is geen naam."),
        ("", "Typ minstens één naam over."),
        ("\n".join(f"Buur {number}" for number in range(101)), "Dat zijn te veel lijnen."),
        ("x" * 81, "is te lang voor één naam."),
        ("An\x00", "tekens die we niet kunnen bewaren"),
    ],
)
def test_a_line_that_is_no_name_is_said_and_nothing_is_lost(client, worker, soup, text, sentence):
    client.force_login(worker)
    page = type_over(client, soup, text)
    assert sentence in page.text.replace("&#x27;", "'")
    assert text.split("\n")[0].replace("\x00", "") in page.text
    assert names_of(soup) == []


@pytest.mark.slow
def test_a_full_activity_puts_the_last_ones_on_the_waiting_list(client, worker, team, buurt):
    soup = make_activity(team, buurt, capacity=3)
    actions.sign_up(soup, "Jef", key=uuid.uuid4())
    client.force_login(worker)
    page = type_over(client, soup, ["An", "Bo", "Cas", "Dré"])
    assert page.status_code == 302
    assert states(soup) == ["signed_up"] * 3 + ["waiting"] * 2


@pytest.mark.slow
def test_a_full_room_does_not_deny_that_people_were_there(client, worker, begun):
    Activity.objects.filter(pk=begun.pk).update(capacity=2)
    client.force_login(worker)
    type_over(client, begun, ["An", "Bo"])
    assert states(begun) == ["missed", "missed", "attended", "attended"]


@pytest.mark.slow
def test_names_of_long_ago_are_not_kept(client, worker, begun):
    Activity.objects.filter(pk=begun.pk).update(
        starts_at=begun.starts_at - 30 * 24 * HOUR, ends_at=begun.ends_at - 30 * 24 * HOUR
    )
    client.force_login(worker)
    page = type_over(client, begun, ["An"])
    assert page["Location"].endswith("/aanwezig/")
    assert names_of(begun) == ["Fatima", "Jef"]


@pytest.mark.slow
def test_what_is_called_off_takes_nobody(client, worker, soup):
    actions.call_off(soup, "regen")
    client.force_login(worker)
    type_over(client, soup, ["An"])
    assert names_of(soup) == []


def test_only_who_keeps_names_types_them_and_the_reading_is_logged(client, worker, coordinator, begun):
    client.force_login(coordinator)
    assert type_over(client, begun, ["An"]).status_code == 403
    client.force_login(worker)
    client.get(path(begun))
    assert {str(row) for row in Reading.objects.get().rows} == {
        str(pk) for pk in begun.signups.values_list("pk", flat=True)
    }


def test_a_long_name_in_a_question_breaks_on_a_phone():
    css = (ROOT / "foundation/kit/static/kit/klapkarre.css").read_text()
    assert "legend, .choice, .field-error { overflow-wrap: anywhere; }" in css


@pytest.mark.slow
def test_a_number_beside_a_name_is_asked_about_and_nothing_is_lost(client, worker, soup):
    client.force_login(worker)
    names = ["An", "Fatima 0470 11 22 33"]
    page = type_over(client, soup, names)
    assert "Hier lijkt een telefoonnummer te staan." in page.text
    assert "Kijk naar de lijn “Fatima 0470 11 22 33”." in page.text
    assert 'name="names_checked"' in page.text
    assert ("An\nFatima 0470 11 22 33" in page.text.replace("\r", ""), names_of(soup)) == (True, [])
    type_over(client, soup, names, names_checked="on")
    assert names_of(soup) == names
