"""The statements say what is so: cookies, security contact, accessibility, who answers."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.places.models import Municipality

pytestmark = pytest.mark.django_db
SECURITY = "/.well-known/security.txt"


def fields(answer):
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_who_finds_a_hole_reads_whom_to_tell(client, town, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@voorbeeld.be"
    answer = client.get(SECURITY)
    found = fields(answer)
    expires = datetime.datetime.fromisoformat(found.pop("Expires"))
    assert datetime.timedelta(days=170) < expires - timezone.now() < datetime.timedelta(days=365)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert found == {
        "Contact": "mailto:veilig@voorbeeld.be",
        "Preferred-Languages": "nl, en, fr",
        "Canonical": f"http://testserver{SECURITY}",
    }


def test_without_a_setting_the_town_is_told_or_a_page_says_whom_to_call(client, town, settings):
    settings.SECURITY_CONTACT = ""
    Municipality.objects.update(email="")
    assert fields(client.get(SECURITY))["Contact"] == "http://testserver/privacy/"
    Municipality.objects.update(email="stad@voorbeeld.be", feed_version=9)
    assert fields(client.get(SECURITY))["Contact"] == "mailto:stad@voorbeeld.be"


def test_the_statement_has_every_part_that_the_model_asks(client, team, town):
    page = client.get("/toegankelijkheid/").content.decode()
    for part in (
        "gedeeltelijk",
        "EN 301 549",
        "22 november 2026",
        "Vlaamse Ombudsdienst",
        team.organisation.name,
    ):
        assert part in page, part


def test_what_is_known_of_wheelchairs_is_said_as_it_is(client, town):
    page = client.get("/toegankelijkheid/").text
    assert "Kan je bij een activiteit binnen met een rolstoel? Dan staat het erbij, als we het weten." in page
    assert "Van de buurtpunten zelf weten we het nog niet." in page
