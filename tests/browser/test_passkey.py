"""A passkey in a real browser, with the virtual authenticator of Chromium: made, used, and refused when it is gone."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator

from klapkarre.foundation.accounts import invitations
from klapkarre.foundation.accounts.models import Role

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def tab(chromium, live_server, worker):
    """A tab with a device that has a fingerprint reader, on a site that is not the demo."""
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    tab = context.new_page()
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    tab.device = context.new_cdp_session(tab)
    tab.device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    tab.authenticator = tab.device.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
        "authenticatorId"
    ]
    yield tab
    context.close()
    assert problems == []


def set_up(tab):
    """From the first password to a working login. Returns how many screens that took."""
    tab.goto("/login/")
    tab.fill("[name=username]", "worker")
    tab.fill("[name=password]", "klapkarre-demo")
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/login/instellen/")
    tab.click("text=Maak een toegangssleutel")
    tab.wait_for_url("**/login/instellen/codes/")
    assert tab.locator("main ul li").count() == 10
    tab.click("text=Ik heb ze bewaard")
    tab.wait_for_url("**/werk/")
    return 2


def test_a_passkey_is_made_and_opens_the_work(tab):
    assert set_up(tab) <= 3
    tab.click("text=Log uit")
    tab.goto("/login/?next=/resultaten/")
    tab.check("[name=shared]")
    tab.click("text=Log in met je toegangssleutel")
    tab.wait_for_url(lambda url: urlsplit(url).path == "/resultaten/")
    tab.goto("/login/mijn/")
    assert tab.locator("text=Chrome op Linux").count() >= 1
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_passkey_that_was_taken_away_opens_nothing(tab):
    set_up(tab)
    Authenticator.objects.all().delete()
    tab.click("text=Log uit")
    tab.goto("/login/")
    tab.click("text=Log in met je toegangssleutel")
    tab.wait_for_selector("text=Deze toegangssleutel kennen we niet.")
    tab.goto("/werk/")
    assert "/login/" in tab.url


def test_a_finger_that_is_not_known_gets_a_sentence(tab):
    set_up(tab)
    tab.click("text=Log uit")
    tab.goto("/login/")
    tab.device.send(
        "WebAuthn.setUserVerified", {"authenticatorId": tab.authenticator, "isUserVerified": False}
    )
    tab.click("text=Log in met je toegangssleutel")
    tab.wait_for_selector("text=De toegangssleutel werkte niet.")


def test_a_second_passkey_needs_a_fresh_proof(tab):
    set_up(tab)
    tab.goto("/login/mijn/")
    tab.click("text=Maak een toegangssleutel")
    tab.wait_for_selector("text=De toegangssleutel werkte niet.")  # this device holds one already
    assert Authenticator.objects.filter(type="webauthn").count() == 1


MOST_SCREENS = 6


def test_from_the_letter_to_a_working_passkey_in_six_screens(tab, admin, organisation):
    letter = invitations.invite(admin, organisation, role=Role.COORDINATOR)
    seen = []

    def screen(path, heading):
        tab.wait_for_url(lambda url: urlsplit(url).path.startswith(path))
        assert tab.locator("h1").first.inner_text() == heading
        seen.append(urlsplit(tab.url).path)

    tab.goto("/uitnodiging/")
    screen("/uitnodiging/", "Heb je een brief met een code?")
    tab.fill("[name=code]", invitations.code_of(letter).replace("-", " "))
    tab.press("[name=code]", "Enter")
    screen("/uitnodiging/" + invitations.token_of(letter), "Je bent uitgenodigd")
    tab.fill("[name=username]", "fien")
    tab.press("[name=username]", "Enter")
    screen("/login/instellen/", "Maak je login klaar")
    tab.click("text=Maak een toegangssleutel")
    screen("/login/instellen/codes/", "Bewaar deze codes")
    tab.click("text=Ik heb ze bewaard")
    tab.wait_for_url("**/werk/")
    seen.append("/werk/")
    assert len(set(seen)) == len(seen) == 5 <= MOST_SCREENS
    tab.click("text=Log uit")
    tab.goto("/login/?next=/organisatie/medewerkers/")
    tab.click("text=Log in met je toegangssleutel")
    tab.wait_for_url(lambda url: urlsplit(url).path == "/organisatie/medewerkers/")
    assert "fien" in tab.locator("main").inner_text()


def test_who_lost_the_device_makes_a_new_passkey_with_a_letter(tab, coordinator, worker):
    set_up(tab)
    tab.click("text=Log uit")
    letter = invitations.renew(coordinator, worker.memberships.get())
    tab.device.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
    tab.goto(f"/uitnodiging/{invitations.token_of(letter)}/")
    tab.click("text=Maak mijn login opnieuw")
    tab.wait_for_url("**/login/instellen/")
    tab.click("text=Maak een toegangssleutel")
    tab.wait_for_url("**/login/instellen/codes/")
    tab.click("text=Ik heb ze bewaard")
    tab.wait_for_url("**/werk/")
    assert Authenticator.objects.filter(user=worker, type="webauthn").count() == 1
