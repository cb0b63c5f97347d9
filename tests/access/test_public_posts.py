"""Every form that nobody signs in for: a limit per address, the traps, and nothing typed lost."""

import time

import pytest
from django.conf import settings
from django.test import Client

from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.traps import stamp
from klapkarre.rooms.agenda.models import SignUp
from tests.access.matrix import DOORS
from tests.access.test_matrix import path_of

pytestmark = pytest.mark.access

TYPED = "Fientje proeft dit"
# name: the field that people fill in, whether a program that is quicker than a person is stopped, and the reason
# why a form goes without the traps.
FORMS = {
    "agenda:sign_up": ("name", "clock", ""),
    "agenda:sign_up_series": ("name", "field", "the clock as well, once a day is ticked"),
    "agenda:slip_change": ("name0", "field", "for who holds the secret link"),
    "agenda:handover_by_code": ("code", "clock", ""),
    "agenda:handover_run": ("bring", "field", "for who holds the secret link"),
    "agenda:slip_by_code": ("code", "clock", ""),
    "agenda:slip_cancel": ("", "field", "one button, for who holds the secret link"),
    "accounts:invitation_by_code": ("code", "clock", ""),
    "accounts:invitation": ("username", "", "opens with a secret link only"),
    "accounts:login": (
        "username",
        "",
        "password managers fill it in at once; wrong ones are counted per name",
    ),
    "accounts:recover": ("username", "", "opens with a recovery code; wrong ones are counted per name"),
    "accounts:second_factor": ("", "", "comes after a right password; wrong codes are counted per name"),
    "accounts:passkey_question": ("", "", "nothing is typed; the question is the same for everybody"),
    "accounts:oidc_leave": ("", "", "nothing is typed; leads to the other house"),
    "accounts:oidc_back": ("", "", "nothing is typed; the other house signs what it sends"),
    "accounts:demo_login": ("", "", "in the demo only"),
    "accounts:logout": ("", "", "nothing is typed, stored or looked up"),
    "field:receive": ("", "", "sent by a phone with a token; what it noted never comes back"),
}
TRAPPED = [name for name, (_field, trap, _why) in FORMS.items() if trap]
CLOCKED = [name for name, (_field, trap, _why) in FORMS.items() if trap == "clock"]


@pytest.fixture
def send(world):
    """`send(name, **data)` posts the form of this route, from an address of this test."""

    def send(name, /, address="203.0.113.7", **data):
        return Client(REMOTE_ADDR=address).post(path_of(world, name, DOORS[name]), data)

    return send


@pytest.mark.slow
def test_every_public_form_is_in_the_list(world, settings):
    settings.DEMO = True
    takes = {
        name
        for name in settings.PUBLIC
        if name in DOORS and Client().post(path_of(world, name, DOORS[name])).status_code != 405
    }
    assert takes - {"accounts:demo_login"} == FORMS.keys() - {"accounts:demo_login"}
    assert all(trap == "clock" or why for _field, trap, why in FORMS.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FORMS))
def test_one_address_cannot_go_on(send, settings, name):
    settings.MOST_PUBLIC_POSTS = 2
    statuses = [send(name).status_code for _ in range(3)]
    assert 429 not in statuses[:2]
    assert statuses[2] == 429
    assert send(name, address="198.51.100.9").status_code != 429
    page = send(name)
    assert (page["Retry-After"], "Met de knop Terug" in page.text) == ("600", True)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAPPED)
def test_a_program_that_fills_in_everything(send, name):
    answer = send(name, **{FORMS[name][0] or "x": TYPED, "website": "https://voorbeeld.be"})
    assert (answer.status_code, "We konden dit niet bewaren." in answer.text) == (200, True)
    assert TYPED in answer.text or not FORMS[name][0]
    assert SignUp.objects.get().state == SignUp.State.SIGNED_UP


@pytest.mark.parametrize("name", CLOCKED)
def test_a_program_that_is_quicker_than_a_person(send, settings, name):
    settings.TIME_TRAP = 1
    field = FORMS[name][0]
    quick = send(name, **{field: TYPED, "began": stamp()})
    assert (quick.status_code, "Dat ging heel snel." in quick.text, TYPED in quick.text) == (200, True, True)
    slow = send(name, **{field: TYPED, "began": stamp(time.time() - 3)})
    assert "Dat ging heel snel." not in slow.text


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, facts in FORMS.items() if facts[0]))
def test_what_was_typed_comes_back(send, name):
    """Also in the answer to a wrong form, whatever is wrong with it."""
    field = FORMS[name][0]
    answer = send(name, **{field: TYPED, "website": "x" if FORMS[name][1] else ""})
    assert TYPED in answer.text


def test_the_own_limits_of_forms_give_the_form_back(send, monkeypatch):
    monkeypatch.setattr("klapkarre.rooms.agenda.views.joining.MOST_SIGN_UPS", 0)
    monkeypatch.setattr("klapkarre.rooms.agenda.views.slip_changes.MOST_OF_ONE_SLIP", 0)
    answer = send("agenda:sign_up", name=TYPED)
    assert (answer.status_code, TYPED in answer.text) == (429, True)
    answer = send("agenda:slip_cancel")
    assert (answer.status_code, "Ja, meld me af" in answer.text) == (429, True)
    assert SignUp.objects.get().state == SignUp.State.SIGNED_UP


def test_a_page_that_is_only_looked_at_counts_for_nothing(world, rf):
    for _ in range(3):
        Client(REMOTE_ADDR="203.0.113.7").get("/login/")
    assert not limits.reached("public_post", "203.0.113.7", 1)
    assert settings.MOST_PUBLIC_POSTS == 300
