"""A fresh installation: its first administrator comes from what `init` wrote to a work page, and then invites."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from klapkarre.commands import init
from klapkarre.foundation.accounts.models import Invitation, Membership
from klapkarre.foundation.accounts.tests.otp import code_of, log_in, shown_secret

PASSWORD = "regen soep fiets maandag"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_first_administrator_gets_to_work_and_invites(client, settings, tmp_path, capsys):
    settings.KEY_FILE = tmp_path / "klapkarre.keys"
    options = SimpleNamespace(
        admin="beheer", password=PASSWORD, organisation="Vereniging Zon", host="buurt.voorbeeld.be", town=None
    )
    assert init.good_enough(options)
    assert init.first_rows(options, has_administrator=False) == 0
    assert "https://buurt.voorbeeld.be/login/" in capsys.readouterr().err
    administrator = Membership.objects.get().user
    assert log_in(client, administrator, PASSWORD)["Location"] == "/login/instellen/"
    assert client.get("/organisatie/medewerkers/")["Location"] == "/login/instellen/"
    secret = shown_secret(client.get("/login/instellen/app/"))
    made = client.post("/login/instellen/app/", {"code": code_of(secret)})
    assert made["Location"] == "/login/instellen/codes/"
    assert client.post("/login/instellen/codes/")["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200
    fields = {"role": "coordinator", "starts_on": timezone.localdate().isoformat()}
    client.post("/organisatie/uitnodigingen/nieuw/", fields)
    assert Invitation.objects.get().invited_by == administrator
