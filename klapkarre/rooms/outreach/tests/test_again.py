"""One tap is one contact, and one more like the last."""

import re

import pytest

from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


def form_with(page, words):
    """The hidden values of the form whose button says this, as a browser posts them."""
    html = next(one for one in page.text.split("<form")[1:] if words in one.partition("</form>")[0])
    values = {}
    for name, value in HIDDEN.findall(html.partition("</form>")[0]):
        values.setdefault(name, []).append(value)
    return values


def test_one_tap_is_one_contact_where_the_last_one_was(client, worker, team, buurt):
    make_contact(team, buurt, by=worker, setting="huisbezoek", themes=["wonen"], note="Geheim.", people=4)
    client.force_login(worker)
    form = form_with(client.get("/werk/"), "Tik een contact")
    for _twice in range(2):
        assert client.post("/werk/contacten/nieuw/", form).status_code == 302
    new = ContactMoment.objects.exclude(people=4).get()
    assert (new.setting, new.neighbourhood, new.people, new.note) == ("huisbezoek", buurt, 1, None)
    assert new.themes.count() == 0


def test_repeat_copies_the_facts_and_nobody(client, worker, team, buurt):
    old = make_contact(
        team,
        buurt,
        by=worker,
        themes=["wonen", "werk"],
        note="Geheim.",
        known="bekend",
        people=3,
        to_refer=True,
    )
    client.force_login(worker)
    page = client.get("/werk/contacten/nieuw/")
    assert "Molenwijk, straat of plein, wonen, werk, 3 mensen" in page.text
    client.post("/werk/contacten/nieuw/", form_with(page, "Herhaal de vorige"))
    new = ContactMoment.objects.exclude(pk=old.pk).get()
    assert (new.people, new.known, new.note, new.to_refer, new.person) == (3, "onbekend", None, False, None)
    assert {row.theme for row in new.themes.all()} == {"wonen", "werk"}


def test_repeat_of_a_contact_without_a_theme_is_saved(client, worker, team, buurt):
    make_contact(team, buurt, by=worker)
    client.force_login(worker)
    form = form_with(client.get("/werk/contacten/nieuw/"), "Herhaal de vorige")
    assert client.post("/werk/contacten/nieuw/", form).status_code == 302
    assert [one.themes.count() for one in ContactMoment.objects.all()] == [0, 0]


@pytest.mark.slow
def test_who_noted_nothing_yet_has_nothing_to_repeat(client, worker, team, buurt):
    client.force_login(worker)
    assert "Tik een contact" not in client.get("/werk/").text
    assert "Herhaal de vorige" not in client.get("/werk/contacten/nieuw/").text


@pytest.mark.slow
@pytest.mark.access
def test_a_contact_of_a_team_one_left_is_not_repeated(client, worker, team, other_team, other_buurt):
    make_contact(other_team, other_buurt, by=worker, themes=["verblijf"])
    client.force_login(worker)
    page = client.get("/werk/contacten/nieuw/")
    assert "Herhaal de vorige" not in page.text
    assert "Tik een contact" not in client.get("/werk/").text
