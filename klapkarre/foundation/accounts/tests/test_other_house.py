"""Logging in with another house, against a house that really answers: only who was linked comes in."""

import html
import logging
import re
import time

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client

from klapkarre.config.oidc import oidc_apps
from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.accounts.tests.house import CLIENT, KEYS, SECRET, House
from klapkarre.foundation.accounts.tests.otp import code_of, log_in, set_up_app

pytestmark = pytest.mark.access
RRN = "85073003328"
STRANGER = "Deze login kennen we hier niet."
FAILED = "Het inloggen bij je organisatie lukte niet."


@pytest.fixture
def house(settings):
    house = House()

    def settle(**more):
        one = {"id": "huis", "name": "Stad Proef", "server": house.url, "client": CLIENT, "secret": SECRET}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps([one | more])}}

    house.settle = settle
    settle()
    yield house
    house.close()


def leave(client, **fields):
    """Tap the button; the address of the other house that the page leads to."""
    page = client.post("/login/bij/huis/", fields)
    return html.unescape(re.search(r'<a class="button" href="([^"]+)"', page.text)[1])


def come_in(client, house, **fields):
    """Tap, log in there, and come back."""
    return client.get(house.log_in(leave(client, **fields)))


def link(user, uid="anna", client=None):
    return SocialAccount.objects.create(user=user, provider="huis", uid=uid)


def is_in(client):
    return client.get("/werk/").status_code == 200


def test_who_is_linked_comes_in(client, house, volunteer):
    link(volunteer)
    house.claims = {"sub": "anna"}
    assert come_in(client, house)["Location"] == "/werk/"
    assert is_in(client)
    assert house.wrong == []


def test_the_page_that_was_asked_for_comes_after_it(client, house, city):
    link(city)
    house.claims = {"sub": "anna"}
    assert come_in(client, house, next="/organisatie/rechten/")["Location"] == "/organisatie/rechten/"
    assert come_in(Client(), house, next="https://elders.example/")["Location"] == "/werk/"


def test_a_shared_device_is_shared_after_it(client, house, volunteer):
    link(volunteer)
    house.claims = {"sub": "anna"}
    come_in(client, house, shared="on")
    assert client.session["shared"] is True


def test_an_unknown_one_gets_no_account_and_a_sentence(client, house, volunteer):
    link(volunteer)
    house.claims = {"sub": "iemand anders", "preferred_username": "volunteer", "email": "a@stad.example"}
    page = come_in(client, house)
    assert page.status_code == 403
    assert f"{STRANGER} Vraag je coördinator of beheerder om een uitnodiging." in page.text
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)
    assert not is_in(client)


def honest(**claims):
    return lambda house: house.claims.update({"sub": "anna"} | claims)


def other_key(house):
    house.bend["key"] = KEYS[1]


def with_our_secret(house):
    house.bend |= {"key": SECRET + "-" * 32, "alg": "HS256"}


def without_signature(house):
    house.bend |= {"key": None, "alg": "none"}


def answers(path, status, answer):
    return lambda house: house.bend.update({path: (status, answer)})


BENT = {
    "wrong signature": other_key,
    "signed with what we both know": with_our_secret,
    "no signature": without_signature,
    "wrong nonce": honest(nonce="van een andere poging"),
    "no nonce": honest(nonce=None),
    "wrong audience": honest(aud="een andere site"),
    "two audiences, made for the other": honest(aud=[CLIENT, "elders"], azp="elders"),
    "two audiences, made for nobody": honest(aud=[CLIENT, "elders"]),
    "wrong issuer": honest(iss="https://login.example/andere-stad/v2.0"),
    "no issuer": honest(iss=None),
    "expired": honest(exp=int(time.time()) - 60),
    "never expires": honest(exp=None),
    "nobody": honest(sub=None),
    "sub is a list": honest(sub=["anna"]),
    "no token": answers("/token", 200, {"access_token": "x"}),
    "token is nonsense": answers("/token", 200, {"access_token": "x", "id_token": "x.y.z"}),
    "house says no": answers("/token", 400, {"error": "invalid_grant"}),
    "house is broken": answers("/token", 500, {}),
    "no keys": answers("/keys", 200, {"keys": []}),
    "keys are nonsense": answers("/keys", 200, ["x"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_a_bent_answer_opens_nothing(client, house, volunteer, bend):
    link(volunteer)
    house.claims = {"sub": "anna"}
    bend(house)
    page = come_in(client, house)
    assert (page.status_code, FAILED in page.text) == (403, True)
    assert not is_in(client)
    assert "elders" not in page.text


def test_a_house_that_is_away_gets_a_sentence(client, house, volunteer):
    house.bend["/.well-known/openid-configuration"] = (500, {})
    page = client.post("/login/bij/huis/")
    assert (page.status_code, FAILED in page.text) == (403, True)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["state=verzonnen", "state=", "code=verzonnen", "error=access_denied"])
def test_an_answer_that_we_did_not_ask_for_opens_nothing(client, house, volunteer, spoil):
    link(volunteer)
    house.claims = {"sub": "anna"}
    back = house.log_in(leave(client))
    name = spoil.partition("=")[0]
    back = (
        re.sub(r"([?&])code=", r"\1gone=", back) if name == "error" else re.sub(rf"{name}=[^&]*&?", "", back)
    )
    page = client.get(f"{back}&{spoil}")
    assert (page.status_code, FAILED in page.text) == (403, True)
    assert not is_in(client)


@pytest.mark.slow
def test_an_answer_opens_once_and_only_where_it_was_asked(client, house, volunteer):
    link(volunteer)
    house.claims = {"sub": "anna"}
    back = house.log_in(leave(client))
    stolen = Client()
    leave(stolen)
    assert stolen.get(back).status_code == 403
    assert client.get(back).status_code == 302
    client.post("/logout/")
    assert client.get(back).status_code == 403
    assert (is_in(client), is_in(stolen)) == (False, False)


def test_without_the_secret_of_the_attempt_the_house_gives_nothing(client, house, volunteer):
    link(volunteer)
    back = house.log_in(leave(client))
    next(iter(house.asked.values()))["code_challenge"] = "van iemand anders"
    assert client.get(back).status_code == 403
    assert len(house.wrong) == 1


@pytest.mark.parametrize("userinfo", [False, True])
def test_acm_claims_are_looked_at_and_a_national_number_is_never_kept(
    client, house, volunteer, userinfo, caplog
):
    caplog.set_level(logging.DEBUG)
    house.settle(uid="vo_id", only={"vo_orgcode": ["OVO000001"]}, userinfo=userinfo)
    known = {
        "vo_id": "v-1",
        "vo_orgcode": "OVO000001",
        "vo_doelgroepcode": "GID",
        "rrn": RRN,
        "given_name": "Anna",
        "sub": "s-1",
    }
    if userinfo:
        house.claims, house.userinfo = {"sub": "s-1", "rrn": RRN}, known
    else:
        house.claims = known
    log_in(client, volunteer)
    assert come_in(client, house)["Location"] == "/login/mijn/"
    account = SocialAccount.objects.get()
    kept = {"sub": "s-1", "vo_id": "v-1", "vo_orgcode": "OVO000001", "vo_doelgroepcode": "GID"}
    assert (account.uid, account.extra_data["id_token"]) == ("v-1", kept)
    client.post("/logout/")
    assert come_in(client, house)["Location"] == "/werk/"
    sessions = [session.get_decoded() for session in Session.objects.all()]
    seen = f"{list(SocialAccount.objects.values())}{sessions}{caplog.text}{client.get('/login/mijn/').text}"
    assert (RRN in seen, "Anna" in seen) == (False, False)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["OVO999999", None, ["OVO999999"]])
def test_who_works_for_another_house_is_refused(client, house, volunteer, code):
    house.settle(uid="vo_id", only={"vo_orgcode": ["OVO000001"]})
    link(volunteer, "v-1")
    house.claims = {"vo_id": "v-1", "vo_orgcode": code}
    assert come_in(client, house).status_code == 403
    assert not is_in(client)


def test_userinfo_of_somebody_else_is_refused(client, house, volunteer):
    house.settle(userinfo=True)
    link(volunteer)
    house.claims, house.userinfo = {"sub": "anna"}, {"sub": "bert"}
    assert come_in(client, house).status_code == 403


def test_entra_is_known_by_the_issuer_of_its_tenant(client, house, volunteer):
    tenant = f"{house.url}/11111111-2222-3333-4444-555555555555/v2.0"
    house.settle(uid="oid", server=tenant)
    path = f"{tenant}/.well-known/openid-configuration".removeprefix(house.url)
    status, found = house.answer("/.well-known/openid-configuration", {})
    house.bend[path] = (status, found | {"issuer": tenant})
    link(volunteer, "o-1")
    house.claims = {"oid": "o-1", "sub": "s", "iss": tenant, "tid": "1"}
    assert come_in(client, house).status_code == 302
    house.claims["iss"] = tenant.replace("1111", "9999")
    assert come_in(Client(), house).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize(("strong", "to"), [(False, "/login/instellen/"), (True, "/werk/")])
def test_a_role_that_needs_a_second_factor_needs_it_there_or_here(client, house, worker, strong, to):
    house.settle(strong=strong)
    link(worker)
    house.claims = {"sub": "anna"}
    assert come_in(client, house)["Location"] == to


@pytest.mark.slow
def test_who_has_a_second_factor_shows_it_after_a_plain_house(client, house, worker):
    secret = set_up_app(worker)
    link(worker)
    house.claims = {"sub": "anna"}
    assert "Nog één stap" in come_in(client, house).text
    assert not is_in(client)
    client.post("/login/tweede/", {"code": code_of(secret)})
    assert is_in(client)


@pytest.mark.slow
def test_linking_happens_on_the_own_page_and_ends_there(client, house, volunteer):
    log_in(client, volunteer)
    there = Client()
    log_in(there, volunteer)
    assert "Koppel met Stad Proef" in client.get("/login/mijn/").text
    house.claims = {"sub": "anna"}
    page = client.get(come_in(client, house)["Location"])
    assert "De koppeling is gemaakt. Je kan er nu mee inloggen." in page.text
    assert (is_in(client), is_in(there)) == (True, False)
    row = SocialAccount.objects.get()
    assert (row.user, row.uid) == (volunteer, "anna")
    page = client.post(f"/login/mijn/koppeling/{row.pk}/weg/", follow=True)
    assert "De koppeling is weg." in page.text
    assert come_in(Client(), house).status_code == 403


def test_linking_needs_a_fresh_proof(client, house, volunteer):
    log_in(client, volunteer)
    session = client.session
    session["confirmed"] -= 301
    session.save()
    answer = client.post("/login/bij/huis/")
    assert answer["Location"] == "/login/opnieuw/?next=%2Flogin%2Fmijn%2F"


def test_linking_needs_the_second_factor(client, house, volunteer):
    log_in(client, volunteer)
    house.claims = {"sub": "anna"}
    back = house.log_in(leave(client))
    Authenticator.objects.create(user=volunteer, type="totp", data={"secret": ""})  # in another browser
    assert client.get(back)["Location"] == "/login/tweede/"
    assert not SocialAccount.objects.exists()


def test_one_login_elsewhere_opens_one_account(client, house, volunteer, city):
    link(city)
    log_in(client, volunteer)
    house.claims = {"sub": "anna"}
    page = come_in(client, house)
    assert (page.status_code, STRANGER in page.text) == (403, True)
    assert SocialAccount.objects.get().user == city


def test_nobody_ends_the_link_of_another(client, house, volunteer, city):
    row = link(city)
    log_in(client, volunteer)
    client.post(f"/login/mijn/koppeling/{row.pk}/weg/")
    assert SocialAccount.objects.count() == 1


def test_somebody_else_meanwhile_links_nothing(client, house, volunteer, city):
    log_in(client, volunteer)
    house.claims = {"sub": "anna"}
    back = house.log_in(leave(client))
    client.post("/logout/")
    log_in(client, city)
    assert client.get(back).status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_left_as_nobody_links_nothing_after_a_login(client, house, volunteer):
    house.claims = {"sub": "anna"}
    back = house.log_in(leave(client))
    log_in(client, volunteer)
    assert client.get(back).status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["suspended", "inactive", "gone"])
def test_who_may_not_be_in_any_more_does_not_come_in(client, house, volunteer, deed):
    link(volunteer)
    house.claims = {"sub": "anna"}
    if deed == "inactive":
        User.objects.update(is_active=False)
    elif deed == "gone":
        volunteer.memberships.all().delete()
    else:
        volunteer.memberships.update(suspended_at="2026-01-01T00:00Z")
    come_in(client, house)
    assert not is_in(client)


def test_the_login_page_shows_the_house_and_never_its_secret(client, house, db):
    page = client.get("/login/").text
    assert ("Log in met Stad Proef" in page, SECRET in page) == (True, False)


def test_a_house_keeps_no_token(client, house, volunteer):
    from allauth.socialaccount.models import SocialToken

    log_in(client, volunteer)
    house.claims = {"sub": "anna"}
    come_in(client, house)
    assert not SocialToken.objects.exists()


def test_the_house_of_the_tests_is_honest(house):
    token = house.token({"nonce": "n"})
    assert jwt.decode(token, KEYS[0].public_key(), ["RS256"], audience=CLIENT)["nonce"] == "n"
