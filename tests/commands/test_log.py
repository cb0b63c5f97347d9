"""The log holds no link of a slip or an invitation, and no traceback of what was only refused."""

import io
import logging

import pytest
from django.test import Client

from klapkarre.config.logs import OwnFaultsOnly, blank

TOKEN = "abcdefghijklmnopqrstuvwxyz"
LINK = f"/activiteiten/briefje/{TOKEN}/"


@pytest.fixture
def log():
    """What the handler of the settings writes."""
    [handler] = [
        one for one in logging.getLogger().handlers if any(isinstance(f, OwnFaultsOnly) for f in one.filters)
    ]
    # Not by `setStream`: that flushes the stream of before, which an earlier test may have closed.
    before, handler.stream = handler.stream, io.StringIO()
    yield handler.stream
    handler.stream = before


@pytest.mark.django_db
def test_a_slip_that_is_not_there_is_logged_without_its_link(client, log):
    assert client.get(LINK).status_code == 404
    assert (TOKEN in log.getvalue(), log.getvalue()) == (False, "Not Found: /activiteiten/briefje/…\n")


@pytest.mark.django_db
def test_a_refused_form_on_a_slip_is_logged_without_its_link(log):
    assert Client(enforce_csrf_checks=True).post(f"{LINK}vrijgeven/").status_code == 403
    assert TOKEN not in log.getvalue()
    assert log.getvalue().startswith("Forbidden (CSRF cookie not set.): /activiteiten/briefje/…")


@pytest.mark.django_db
def test_an_invitation_is_logged_without_its_link(client, log):
    assert client.get(f"/uitnodiging/{TOKEN}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"/uitnodiging/{TOKEN}/").status_code == 403
    assert (TOKEN in log.getvalue(), log.getvalue().count("/uitnodiging/…")) == (False, 2)


@pytest.mark.django_db
def test_what_is_refused_has_no_traceback(client, log):
    assert client.get("/", HTTP_HOST="elders.example").status_code == 400
    assert ("elders.example" in log.getvalue(), "Traceback" in log.getvalue()) == (True, False)


def test_our_own_fault_has_its_traceback_without_the_link(log):
    try:
        raise LookupError(f"nothing at {LINK}")
    except LookupError:
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", LINK, exc_info=True, extra={"status_code": 500}
        )
    assert ("LookupError" in log.getvalue(), TOKEN in log.getvalue()) == (True, False)


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        (f"{LINK}vrijgeven/", "/activiteiten/briefje/…"),
        (f"/login/?next=%2Factiviteiten%2Fbriefje%2F{TOKEN}", "/login/?next=%2Factiviteiten%2Fbriefje%2F…"),
        (f"/login/?next=/uitnodiging/{TOKEN}/", "/login/?next=/uitnodiging/…"),
        ("/organisatie/uitnodigingen/nieuw/", "/organisatie/uitnodigingen/nieuw/"),
        ("/werk/activiteiten/1/lijst/2/briefje/", "/werk/activiteiten/1/lijst/2/briefje/"),
    ],
)
def test_only_what_follows_is_blanked(text, blanked):
    assert blank(text) == blanked
