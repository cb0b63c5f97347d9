"""A destroyed key: nothing of that organisation opens, its pages say so, and the others go on."""

import json

import pytest
from django.conf import settings

from klapkarre.commands import keys
from klapkarre.foundation.accounts import actions, keyring, rotation
from klapkarre.foundation.accounts.keyfile import KeyFile, Shredded
from klapkarre.foundation.accounts.models import DataKey, IndexKey, Membership, Role, Team
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(team, buurt):
    """An activity with a name on its list."""
    activity = make_activity(team, buurt)
    SignUp.objects.create(organisation=team.organisation, activity=activity, name="Fientje Voorbeeld")
    return activity


@pytest.fixture
def abroad(buurt):
    """Another organisation in the same neighbourhood, with a name too."""
    other = actions.start_organisation("Andere vzw", "andere")
    team = Team.objects.create(organisation=other, name="Team Ver")
    activity = make_activity(team, buurt)
    SignUp.objects.create(organisation=other, activity=activity, name="Nour Elders")
    return activity


def list_page(client, activity):
    return client.get(f"/werk/activiteiten/{activity.pk}/lijst/")


def test_nothing_opens_any_more_also_with_an_older_key_file(listed, organisation):
    older = settings.KEY_FILE.read_text()
    rotation.shred(organisation)
    with pytest.raises(Shredded):
        _ = SignUp.objects.get().name
    assert not DataKey.objects.exists()
    assert not IndexKey.objects.exists()
    settings.KEY_FILE.write_text(older)
    keyring.forget_opened_keys()
    with pytest.raises(CannotOpen):
        _ = SignUp.objects.get().name


def test_another_process_notices_within_a_second(listed, organisation, monkeypatch):
    assert SignUp.objects.get().name
    KeyFile(settings.KEY_FILE).shred(
        organisation.pk
    )  # as another process does: this one keeps what it has opened
    now = keyring.time.monotonic()
    monkeypatch.setattr(keyring.time, "monotonic", lambda: now + keyring.LOOK_AGAIN)
    with pytest.raises(Shredded):
        _ = SignUp.objects.get().name


@pytest.mark.slow
def test_its_pages_say_so_and_the_others_go_on(client, listed, abroad, organisation, worker):
    client.force_login(worker)
    assert "Fientje Voorbeeld" in list_page(client, listed).text
    rotation.shred(organisation)
    refused = list_page(client, listed)
    assert refused.status_code == 503
    assert "We kunnen dit niet openen" in refused.text
    assert "Vraag het aan de beheerder" in refused.text
    resident = sign_up(client, listed)
    assert resident.status_code == 503
    assert "Bel ons, of kom langs" in resident.text
    assert SignUp.objects.filter(activity=listed).count() == 1
    assert client.get("/werk/").status_code == 200
    Membership.objects.create(
        user=worker,
        organisation=abroad.organisation,
        team=abroad.team,
        role=Role.WORKER,
        starts_on="2024-01-01",
    )
    assert SignUp.objects.get(activity=abroad).name == "Nour Elders"
    client.logout()
    assert sign_up(client, abroad).status_code == 302


def test_no_new_key_is_ever_made_for_it(organisation):
    rotation.shred(organisation)
    with pytest.raises(Shredded):
        KeyFile(settings.KEY_FILE).key_or_new(organisation.pk)
    with pytest.raises(Shredded):
        rotation.rotate(organisation)
    assert list(json.loads(settings.KEY_FILE.read_text())["shredded"]) == [str(organisation.pk)]


class Options:
    def __init__(self, **given):
        self.__dict__.update({"organisation": None, "name": None, "file": None, "key_file": False} | given)


@pytest.mark.parametrize("name", ["", "Buurtwerk", "buurtwerk proef vzw", "buurtwerk-proef"])
def test_another_name_destroys_nothing(organisation, name, capsys):
    assert keys.shred(Options(organisation="buurtwerk-proef", name=name)) == 1
    assert "niets gebeurd" in capsys.readouterr().err
    assert DataKey.objects.exists()


def test_the_full_name_destroys(organisation, capsys):
    assert keys.shred(Options(organisation="buurtwerk-proef", name="Buurtwerk Proef vzw")) == 0
    assert "elke kopie van het sleutelbestand" in capsys.readouterr().err
    assert not DataKey.objects.exists()
    assert keys.show(Options()) == 0
    assert "Buurtwerk Proef vzw: vernietigd" in capsys.readouterr().out


@pytest.mark.slow
def test_the_command_rotates_and_renews(listed, organisation, capsys):
    file = KeyFile(settings.KEY_FILE)
    before = file.keys(organisation.pk), DataKey.objects.get().pk
    name, wrapping = file.backup_key()
    assert keys.rotate(Options(key_file=True)) == 0
    shown = capsys.readouterr()
    assert shown.out == "Buurtwerk Proef vzw: 2\n"  # a name, and what it is found by
    assert "Maak er nu een kopie van" in shown.err
    after = file.keys(organisation.pk), DataKey.objects.get().pk
    assert wrapping not in file.backup_key()
    with pytest.raises(CannotOpen):
        file.backup_key_named(name)
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert SignUp.objects.get().name == "Fientje Voorbeeld"
    assert keys.rotate(Options(organisation="nergens")) == 1
    assert "Buurtwerk Proef vzw (buurtwerk-proef)" in capsys.readouterr().err
