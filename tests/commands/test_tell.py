"""What sends messages beside the server ends with it."""

import pytest

from tests.commands.installation import Installation

pytestmark = pytest.mark.slow


def test_it_stops_when_the_server_that_started_it_is_gone(tmp_path):
    installation = Installation(tmp_path)
    installation.begin("een-heel-lang-wachtwoord-2026")
    gone = installation.start("-c", "pass")
    gone.communicate()
    assert installation.kar("tell", f"--keep={gone.pid}").returncode == 0
