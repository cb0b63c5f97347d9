"""The page about rights says what the code does: every right of every view, no more and no less."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, resolve
from django.utils.html import escape

import klapkarre
from klapkarre.foundation.accounts import access
from klapkarre.foundation.accounts.demo import DEMO_ROLES, IN_TWO
from klapkarre.foundation.accounts.models import Role
from klapkarre.foundation.kit.templatetags.kit import STAFF_WAYS
from klapkarre.sample.demo import ROLES

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def views(resolver=None):
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLPattern):
            yield found.callback
        else:
            yield from views(found)


def rights_used():
    return {view.right for view in views() if hasattr(view, "right")}


def test_every_right_of_a_view_stands_on_the_page(client, city):
    client.force_login(city)
    page = client.get("/organisatie/rechten/").text
    assert len(rights_used()) >= 5
    every = [one for one in vars(access).values() if isinstance(one, access.Right)]
    assert [right.name for right in {*every, *rights_used()} if str(escape(right.sentence)) not in page] == []
    assert [role for role in Role if f'<h2 id="rol-{role}">' not in page] == []


def test_the_page_is_the_table(client, worker):
    client.force_login(worker)
    rows = client.get("/organisatie/rechten/").context["rows"]
    shown = {row["role"]: row["rights"] for row in rows}
    assert shown == {role: [one.sentence for one in rights] for role, rights in access.RIGHTS_OF.items()}
    assert {row["role"]: row["is_mine"] for row in rows} == {role: role == Role.WORKER for role in Role}


def test_every_role_and_every_right_is_used():
    assert set(access.RIGHTS_OF) == set(Role)
    in_table = {right for rights in access.RIGHTS_OF.values() for right in rights}
    assert in_table == {one for one in vars(access).values() if isinstance(one, access.Right)}


def test_every_right_is_asked_somewhere():
    """A sentence on the page about rights that no view or queryset asks would be a promise that nobody keeps."""
    package = Path(klapkarre.__file__).parent
    rest = "\n".join(
        path.read_text()
        for path in package.rglob("*.py")
        if path != Path(access.__file__) and not {"tests", "migrations"} & set(path.parts)
    )
    names = [name for name, one in vars(access).items() if isinstance(one, access.Right)]
    assert [name for name in names if not re.search(rf"\b{name}\b", rest)] == []


def test_every_role_that_sees_no_names_says_so():
    missing = set(Role) - access.SEE_NAMES.roles - set(access.NEVER)
    assert missing == set(), "say in NEVER (access.py) what this role never sees"


def test_who_never_sees_names_has_no_right_to_them():
    assert access.SEE_NAMES.roles.isdisjoint(access.NEVER)


def test_nobody_gives_roles_without_the_right():
    assert set(access.MAY_GIVE) == access.GIVE_ROLES.roles


# Roles that nobody gives: none. Who adds one says here who makes it.
NEVER_GIVEN: frozenset[Role] = frozenset()


def test_somebody_gives_every_role():
    """Beginning with the administrator, whom `./kar init` makes, and by whoever got a role from there."""
    reached, todo = set(), {Role.ADMINISTRATOR}
    while todo:
        reached |= todo
        todo = set(access.roles_to_give(reached)) - reached
    assert reached | NEVER_GIVEN == set(Role)
    assert reached & NEVER_GIVEN == set()


def test_the_demo_has_a_login_for_every_role():
    assert set(ROLES.values()) == set(Role), "give the demo a login with this role (klapkarre/sample/demo.py)"
    assert [name for name, _words in DEMO_ROLES] == [*ROLES, IN_TWO]


def test_the_staff_menu_shows_the_ways_that_the_rights_open():
    for path, _icon, word, roles in STAFF_WAYS:
        right = getattr(resolve(path).func, "right", None)
        assert roles == (right and right.roles), word


@pytest.mark.slow
def test_a_planted_right_is_missed(client, city, monkeypatch):
    """The test above sees a right that no row of the table has."""
    planted = access.Right("planted", "Mag iets dat nergens staat.")
    client.force_login(city)
    assert str(planted.sentence) not in client.get("/organisatie/rechten/").text
    assert planted.roles == frozenset()
