"""`./kar keys rotate` is killed again and again while another process writes: nothing is lost, the next run ends it."""

import random
import sqlite3
import threading
import time

import pytest

from tests.commands.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.durability]

ROWS, KILLED_HALFWAY = 1500, 4
FILL = f"""
import datetime, django; django.setup()
from django.utils import timezone
from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.places.models import Municipality, Neighbourhood
from klapkarre.rooms.agenda.models import Activity, SignUp
town = Municipality.objects.create(name="Proefdorp", slug="proefdorp", desk="Huis", phone="1")
buurt = Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")
here = Organisation.objects.get()
team = Team.objects.create(organisation=here, name="Team")
at = timezone.now()
soup = Activity.objects.create(organisation=here, team=team, neighbourhood=buurt, title="Soep",
    starts_at=at, ends_at=at + datetime.timedelta(hours=1))
SignUp.objects.bulk_create(SignUp(organisation=here, activity=soup, name=f"Buur {{n}}") for n in range({ROWS}))
"""
WRITE = """
import time, django; django.setup()
from klapkarre.foundation.accounts.models import Organisation
from klapkarre.rooms.agenda.models import Activity, SignUp
here, soup, number = Organisation.objects.get(), Activity.objects.get(), 0
while True:
    SignUp.objects.create(organisation=here, activity=soup, name=f"Nieuw {number}")
    print(f"Nieuw {number}", flush=True)
    number += 1
    time.sleep(0.01)
"""
READ = """
import django; django.setup()
from klapkarre.foundation.kit import cipher
from klapkarre.rooms.agenda.models import SignUp
for row in SignUp.objects.all():
    print(cipher.key_id(row.__dict__["name"]), row.name, sep="|")
"""


def keys_of(installation):
    """The ids of the data keys, and of those which a rotation still has to replace."""
    database = sqlite3.connect(installation.folder / "data/klapkarre.sqlite3")
    try:
        rows = database.execute("SELECT id, retired_at IS NOT NULL FROM accounts_datakey").fetchall()
    finally:
        database.close()
    return {row for row, _ in rows}, {row for row, retired in rows if retired}


def kill_halfway(installation, own):
    """Start a rotation and kill it a moment after it began; was it halfway?"""
    before, _ = keys_of(installation)
    rotation = installation.start("-m", "klapkarre", "keys", "rotate")
    while rotation.poll() is None and keys_of(installation)[0] == before and len(before) == 1:
        time.sleep(0.005)
    time.sleep(own.random() * 0.2)
    rotation.kill()
    rotation.communicate()
    return bool(keys_of(installation)[1])


def test_a_rotation_that_is_killed_loses_nothing(tmp_path):
    installation, own, written = Installation(tmp_path), random.Random(7), []
    installation.begin("een-heel-lang-wachtwoord-2026")
    filled = installation.run("-c", FILL, **installation.settings())
    assert filled.returncode == 0, filled.stderr
    writer = installation.start("-c", WRITE, **installation.settings())
    listener = threading.Thread(target=lambda: written.extend(line.strip() for line in writer.stdout))
    listener.start()
    while len(written) < 20:  # the writer is under way, however slow the machine
        assert writer.poll() is None
        time.sleep(0.05)
    killed = [kill_halfway(installation, own) for _ in range(KILLED_HALFWAY)]
    ended = installation.kar("keys", "rotate")
    assert ended.returncode == 0, ended.stderr
    writer.kill()
    listener.join()
    writer.stdin.close()
    writer.stdout.close()
    writer.wait()
    assert sum(killed) >= 2, killed
    assert keys_of(installation)[1] == set()
    [key] = keys_of(installation)[0]
    lines = [
        line.split("|")
        for line in installation.run("-c", READ, **installation.settings()).stdout.split("\n")[:-1]
    ]
    assert {int(made_with) for made_with, _name in lines} == {key}
    names = sorted(name for _key, name in lines)
    # What was acknowledged is there once; one more may have been saved just before the writer was killed.
    last = [f"Nieuw {len(written)}"] if f"Nieuw {len(written)}" in names else []
    assert names == sorted([f"Buur {number}" for number in range(ROWS)] + written + last)
    assert len(written) > 20
