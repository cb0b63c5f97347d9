"""Who walks through the tests: one small town, two teams of one organisation, one other organisation."""

import datetime
import shutil
import time
import uuid
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import caches
from django.test import Client

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, Membership, Role, Team, User
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place

GOALS = {1: "Dichter bij hulp", 2: "Buren verbonden", 3: "Een fijne plek"}


@pytest.fixture(scope="session")
def key_folder():
    """Beside the data of the tests, as quick as these: each new key waits for the disk, twice."""
    folder = settings.DATA.with_name(settings.DATA.name + "-keys")
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def own_key_file(settings, key_folder):
    """Each test has its own key file: keys of one test never open what another wrote."""
    from klapkarre.foundation.accounts.keyring import forget_opened_keys

    settings.KEY_FILE = key_folder / uuid.uuid4().hex / "klapkarre.keys"
    settings.KEY_FILE.parent.mkdir()
    forget_opened_keys()


@pytest.fixture(autouse=True)
def fresh_caches():
    """No kept page and no counted attempt of another test: the numbers that keep pages apart begin again each time."""
    for name in caches:
        caches[name].clear()


@pytest.fixture
def town(db):
    return Municipality.objects.create(
        name="Proefdorp", slug="proefdorp", desk="Sociaal Huis", phone="052 00 00 01"
    )


@pytest.fixture
def buurt(town):
    return Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")


@pytest.fixture
def other_buurt(town):
    return Neighbourhood.objects.create(municipality=town, name="Stationswijk", slug="stationswijk")


@pytest.fixture
def point(buurt):
    return Place.objects.create(
        neighbourhood=buurt, name="Buurtpunt Molenwijk", slug="buurtpunt-molenwijk", street="Molenstraat 1"
    )


@pytest.fixture
def organisation(db):
    return actions.start_organisation("Buurtwerk Proef vzw", "buurtwerk-proef")


@pytest.fixture
def team(organisation, buurt):
    team = Team.objects.create(organisation=organisation, name="Team Molen")
    team.neighbourhoods.add(buurt)
    return team


@pytest.fixture
def other_team(organisation, other_buurt):
    team = Team.objects.create(organisation=organisation, name="Team Station")
    team.neighbourhoods.add(other_buurt)
    return team


@pytest.fixture
def covenant(organisation, town):
    """Runs from 2024 to 2030 with the three goals, so that tests of any day fall inside it."""
    covenant = Covenant.objects.create(
        organisation=organisation,
        municipality=town,
        name="Convenant Proefdorp",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2030, 12, 31),
    )
    CovenantGoal.objects.bulk_create(
        CovenantGoal(covenant=covenant, number=number, short=short, text=short)
        for number, short in GOALS.items()
    )
    return covenant


def _person(username, organisation, role, team=None, neighbourhood=None):
    user = User.objects.create_user(username, "klapkarre-demo")
    Membership.objects.create(
        user=user,
        organisation=organisation,
        team=team,
        neighbourhood=neighbourhood,
        role=role,
        starts_on=datetime.date(2024, 1, 1),
    )
    return user


@pytest.fixture
def worker(organisation, team):
    return _person("worker", organisation, Role.WORKER, team)


@pytest.fixture
def worker_one_buurt(organisation, team, other_buurt):
    """Same team, but her role is for another neighbourhood of it only."""
    team.neighbourhoods.add(other_buurt)
    return _person("eenbuurt", organisation, Role.WORKER, team, other_buurt)


@pytest.fixture
def deelbuurt(other_buurt):
    """A part of the neighbourhood of `worker_one_buurt`."""
    return Neighbourhood.objects.create(
        municipality=other_buurt.municipality, parent=other_buurt, name="Sporen", slug="sporen"
    )


@pytest.fixture
def worker_elsewhere(organisation, other_team):
    """Same organisation, another team."""
    return _person("worker2", organisation, Role.WORKER, other_team)


@pytest.fixture
def worker_abroad(db):
    """A worker of another organisation on the same installation."""
    abroad = actions.start_organisation("Andere Stad vzw", "andere-stad")
    return _person("abroad", abroad, Role.WORKER, Team.objects.create(organisation=abroad, name="Team Ver"))


@pytest.fixture
def coordinator(organisation):
    return _person("coordinator", organisation, Role.COORDINATOR)


@pytest.fixture
def city(organisation):
    return _person("city", organisation, Role.CITY)


@pytest.fixture
def partner(organisation):
    return _person("partner", organisation, Role.PARTNER)


@pytest.fixture
def volunteer(organisation, team):
    return _person("volunteer", organisation, Role.VOLUNTEER, team)


@pytest.fixture
def auditor(organisation):
    return _person("auditor", organisation, Role.AUDITOR)


@pytest.fixture
def admin(organisation):
    return _person("admin", organisation, Role.ADMINISTRATOR)


def with_both_factors(client, user, backend="django.contrib.auth.backends.ModelBackend"):
    """Sign in without the pages, in a session that showed both factors a moment ago."""
    from klapkarre.foundation.accounts import choice, sessions
    from klapkarre.foundation.accounts.kept_sessions import SessionStore

    session, now = SessionStore(), time.time()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: backend,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            sessions.BEGAN: now,
            sessions.SEEN: now,
            sessions.CONFIRMED: now,
            sessions.STRONG: True,
        }
    )
    choice.remember(sender=None, request=SimpleNamespace(session=session), user=user)
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@pytest.fixture(autouse=True)
def both_factors(monkeypatch):
    """`force_login` shows both factors; tests of the factors log in through the pages."""
    monkeypatch.setattr(Client, "force_login", with_both_factors)
