"""Every role at every door with every method: what opens is what `matrix.py` says, and no marker leaves elsewhere."""

import logging
from functools import reduce

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import transaction
from django.urls import get_resolver, reverse

from klapkarre.foundation.accounts.models import Role
from klapkarre.rooms.agenda.models import Activity
from tests.access.matrix import DOORS, OUT, STRANGERS
from tests.access.test_closed import METHODS, REFUSED, closed, routes
from tests.access.world import LOCKED, MARKER, PERSONAS
from tests.browser.pages import EVERY

pytestmark = pytest.mark.access
# Routes without a page: they take a tap, or give a file or a fact to a program.
NO_PAGE = {
    "plain:hints",
    "workday:out_of_date",
    "website:security",
    "exchange:leisure",
    "field:receive",
    "field:couple",
    "field:today",
    "healthz",
    "readyz",
    "accounts:demo_login",
    "accounts:logout",
    "accounts:passkey_question",
    "accounts:new_passkey_question",
    "accounts:add_passkey",
    "accounts:new_codes",
    "accounts:end_other_sessions",
    "audit:sheet",
    "field:manifest",
    "field:worker",
    "exchange:town",
    "exchange:neighbourhood",
    "exchange:town_news",
    "exchange:neighbourhood_news",
    "exchange:point",
    "exchange:activity",
    "duties:register_csv",
    "duties:register_json",
    "duties:dpia_json",
    "duties:dpia_html",
    "duties:dpia_freeze",
    "duties:breaches_csv",
    "results:csv",
    "coverage:csv",
}
# Who knocks without `--all`: who reads most, and those from whom it must stay shut. `test_closed` asks for nobody.
USUAL = ("worker", "worker_elsewhere", "city", "admin", "worker_abroad")


def path_of(world, name, door):
    """The address of this door in this world."""
    return reverse(name, kwargs={key: reduce(getattr, at.split("."), world) for key, at in door.args.items()})


def knock(client, method, path):
    """One request, of which nothing stays: not in the database, and not in the client's cookies."""
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        answer = getattr(client, method)(path)
        answer.read = b"".join(answer)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer


def said(answer):
    """What the answer means, in the words of the matrix."""
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code == 401 or (closed(answer) and answer.status_code == 302):
        return "login"
    return {403: "refused", 404: "nothing there", 405: "another method"}.get(answer.status_code, "open")


def expected(door, persona, method):
    if persona in OUT | {"anonymous"} and not door.open:
        return "login"
    if persona not in door.may:
        return "nothing there" if persona in STRANGERS else "refused"
    row_is_asked = door.finds is not None and not (door.moves_on and method != "post")
    if row_is_asked and persona not in door.finds:
        return "nothing there"
    return "open"


def known_way(world, path, door):
    """How a persona knocks without `--all`: in the one way in which this door opens; and what was heard to know it."""
    if door.moves_on:
        return METHODS, {}
    may = door.finds or door.may
    who_may = min(may & set(USUAL) or may)
    answer = knock(world.clients[who_may], "get", path)
    return ("post",) if answer.status_code == 405 else ("get",), {(who_may, "get"): answer}


def wrong_at(world, name, door, thorough=False):
    """Every answer at this door that the matrix does not expect, as sentences."""
    path, found = path_of(world, name, door), []
    known, answers = known_way(world, path, door)
    for persona in PERSONAS if thorough else USUAL:
        heard = set()
        for method in METHODS + REFUSED if thorough else known:
            answer = answers.get((persona, method)) or knock(world.clients[persona], method, path)
            right = expected(door, persona, method)
            meant = "another method" if method in REFUSED else right
            if MARKER.encode() in answer.read and persona not in door.shows:
                found.append(f"{persona} {method.upper()} {path} shows the marker")
            if LOCKED.encode() in answer.read:
                found.append(f"{persona} {method.upper()} {path} shows who is restricted: use visible_to")
            # A view may know one method only, and an empty form may name no row: neither opens anything.
            harmless = {"another method"} | (
                {"nothing there"} if method == "post" and right == "open" else set()
            )
            heard.add(said(answer))
            if said(answer) not in harmless | {meant}:
                found.append(f"{persona} {method.upper()} {path}: {said(answer)}, not {meant}")
        if expected(door, persona, "post") == "open" and "open" not in heard:
            found.append(f"{persona} {path}: never open")
    return found


def test_every_route_stands_in_the_matrix():
    names = {name for name, _path in routes() if not name.startswith("kit:")} - {""}
    assert sorted(names - set(DOORS)) == [], "say in tests/access/matrix.py who may open this route"
    assert sorted(set(DOORS) - names) == [], "no such route: take it out of tests/access/matrix.py"


def test_every_page_with_an_address_of_its_own_is_looked_at():
    """A page that stands in no list is never checked for contrast, width and valid HTML."""
    looked_at = {page.path.partition("?")[0] for page in EVERY}
    paths = {name: path for name, path in routes() if name in DOORS and not DOORS[name].args}
    missing = [name for name in sorted(set(paths) - NO_PAGE) if paths[name] not in looked_at]
    assert missing == [], "add this page to tests/browser/pages.py, or its name to NO_PAGE"


def test_every_role_knocks():
    """A role without a persona would be tried at no door."""
    missing = set(Role) - {facts[0] for facts in PERSONAS.values() if facts}
    assert missing == set(), "give this role a persona in tests/access/world.py"


@pytest.mark.parametrize("name", sorted(DOORS))
def test_every_persona_at_this_door(world, name, caplog, pytestconfig):
    caplog.set_level(logging.DEBUG)
    found = wrong_at(world, name, DOORS[name], thorough=pytestconfig.getoption("--all"))
    assert not found, "\n".join(("not as tests/access/matrix.py says:", *found))
    assert MARKER not in caplog.text
    assert MARKER not in "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    assert MARKER.encode() not in kept_bytes()


def kept_bytes():
    """Everything that the caches of this process hold."""
    return b"".join(value for cache in caches.all() for value in getattr(cache, "_cache", {}).values())


def callback_of(name):
    """The pattern of a route, to plant a leak in it."""

    def walk(patterns, spaces=()):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                more = (pattern.namespace,) if pattern.namespace else ()
                yield from walk(pattern.url_patterns, spaces + more)
            elif ":".join((*spaces, pattern.name or "")) == name:
                yield pattern

    return next(walk(get_resolver().url_patterns))


def test_a_view_without_its_right_is_caught(world, monkeypatch):
    """Planted leak: the list of contacts loses its permission line."""
    pattern = callback_of("outreach:list")
    view = pattern.callback
    while hasattr(view, "right"):
        view = view.__wrapped__
    monkeypatch.setattr(pattern, "callback", view)
    assert "city GET /werk/contacten/: open, not refused" in wrong_at(
        world, "outreach:list", DOORS["outreach:list"]
    )


def test_a_field_that_is_printed_is_caught(world):
    """Planted leak: a name ends up in the title of an activity, which everyone reads."""
    activity = Activity.objects.get(pk=world.activity.pk)
    activity.title = world.sign_up.name
    activity.save()
    found = wrong_at(world, "agenda:detail", DOORS["agenda:detail"])
    assert f"city GET /activiteiten/{world.activity.pk}/ shows the marker" in found
