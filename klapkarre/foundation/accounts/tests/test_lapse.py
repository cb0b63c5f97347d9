"""The login ran out while someone typed: nothing is lost, nothing is saved by itself, nobody else can plant it."""

import base64
import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from klapkarre.foundation.accounts import lapse
from klapkarre.foundation.accounts.demo import DEMO_PASSWORD
from klapkarre.foundation.accounts.models import User

WAY_BACK = "Je bent uitgelogd. Log opnieuw in: wat je typte, blijft staan."
TYPED = 'Dak lekt.\n"Wil" <b>iemand</b> & ’s avonds 😀'
KEY = "0b0f4c1c-6f0e-4a53-9c5a-3a1f6f4f5e11"
OWN = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


@pytest.fixture(autouse=True)
def one_password(settings):
    """As in the demo; `test_second_factor` carries what was typed through both steps."""
    settings.DEMO = True


@pytest.fixture
def path(db):
    return reverse("outreach:add")


@pytest.fixture
def strict(db):
    """A browser that must pass the check on cross-site requests."""
    return Client(enforce_csrf_checks=True)


def hidden(page):
    """The hidden fields of the last form of a page, as a browser reads them."""
    form = page.text.rpartition("<form")[2]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def fields(page):
    found = {}
    for name, value in hidden(page):
        found.setdefault(name, []).append(value)
    return found


def typed(buurt):
    return {
        "key": KEY,
        "setting": "straat",
        "neighbourhood": str(buurt.pk),
        "themes": ["wonen", "financien"],
        "note": TYPED,
        "next": "/elders/",
        "role": "x",
    }


def log_in(client, page, password=DEMO_PASSWORD, **more):
    form = {name: values[-1] for name, values in fields(page).items()}
    return client.post("/login/", form | {"username": "worker", "password": password} | more)


def saved(client, page):
    """Tap *Bewaar nu*."""
    action = re.search(r'<form method="post" action="([^"]*)" autocomplete', page.text)[1]
    return client.post(html.unescape(action), fields(page), headers=OWN)


def contacts(worker):
    """How many contacts this worker noted, as the own page says."""
    client = Client()
    client.force_login(worker)
    return client.get("/werk/").context["counts"]["today"]


@pytest.mark.slow
def test_what_was_typed_is_saved_after_logging_in(strict, path, worker, buurt):
    token = fields(strict.get("/login/"))["csrfmiddlewaretoken"]
    page = strict.post(path, typed(buurt) | {"csrfmiddlewaretoken": token}, headers=OWN)
    assert (page.status_code, WAY_BACK in page.text) == (401, True)
    assert "no-store" in page["Cache-Control"]
    page = log_in(strict, page)
    assert (page.status_code, contacts(worker)) == (200, 0)
    assert "no-store" in page["Cache-Control"]
    assert "Bewaar nu" in page.text
    shown = fields(page)
    assert shown.pop("csrfmiddlewaretoken") != [token]
    assert shown == {
        name: value if isinstance(value, list) else [value] for name, value in typed(buurt).items()
    }
    for _again in range(2):
        assert saved(strict, page).status_code == 302
    assert contacts(worker) == 1


def test_a_wrong_password_keeps_everything(client, path, worker, buurt):
    page = log_in(client, client.post(path, typed(buurt)), password="fout")
    assert "passen niet samen" in page.text
    assert WAY_BACK in page.text
    page = log_in(client, page)
    assert fields(page)["note"] == [TYPED]


def test_one_tap_of_the_demo_keeps_it_too(client, path, worker, buurt):
    page = client.post(path, typed(buurt))
    page = client.post("/login/demo/", {"role": "worker", "typed": page.context["typed"]})
    assert fields(page)["note"] == [TYPED]
    assert saved(client, page).status_code == 302


def test_passwords_files_and_tokens_are_not_carried(client, path, worker, tmp_path):
    (tmp_path / "foto.txt").write_text("geheim")
    with (tmp_path / "foto.txt").open() as file:
        posted = {
            "note": "x",
            "password": "p",
            "new_password1": "p",
            "csrfmiddlewaretoken": "t",
            "file": file,
        }
        page = client.post(path, posted)
    assert lapse.unpack(page.context["typed"]) == (path, [["note", "x"]])


def test_too_much_is_said_and_leads_to_the_page_after_logging_in(client, path, worker):
    page = client.post(path, {"note": "é" * 32_769})
    assert page.status_code == 401
    assert "Wat je typte, is te veel om mee te nemen." in page.text
    assert WAY_BACK not in page.text
    assert len(page.content) < 20_000
    assert log_in(client, page)["Location"] == path


def test_the_query_of_the_page_stays(client, path, worker):
    page = log_in(client, client.post(f"{path}?a=1&b=%22", {"note": "x"}))
    assert page.context["path"] == f"{path}?a=1&b=%22"


@pytest.mark.access
@pytest.mark.parametrize("headers", [{}, {"origin": "https://elders.example"}, {"origin": "null"}])
def test_another_site_cannot_plant_fields(strict, path, headers):
    strict.get("/login/")
    page = strict.post(path, {"note": "geplant"}, headers=headers)
    assert page.status_code == 403
    assert "geplant" not in page.text
    assert 'name="typed"' not in page.text


@pytest.mark.access
def test_another_site_cannot_log_someone_in_with_its_fields(strict, client, path, worker):
    sealed = client.post(path, {"note": "geplant"}).context["typed"]
    strict.get("/login/")
    form = {"username": "worker", "password": DEMO_PASSWORD, "typed": sealed}
    assert strict.post("/login/", form).status_code == 403
    assert "_auth_user_id" not in strict.session


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elders.example/",
        "//elders.example/",
        "javascript:alert(1)",
        "/bestaat/niet/",
        "/",
        "/logout/",
    ],
)
def test_only_a_closed_page_of_our_own_gets_the_fields(client, worker, elsewhere):
    sealed = lapse.seal(None, elsewhere, [["note", "x"]])
    answer = client.post("/login/", {"username": "worker", "password": DEMO_PASSWORD, "typed": sealed})
    assert (answer.status_code, answer["Location"]) == (302, "/werk/")


@pytest.mark.slow
@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "😀", "\0", "x" * 70_000])
def test_what_we_did_not_seal_is_dropped(client, worker, sealed):
    form = {"username": "worker", "typed": sealed}
    page = client.post("/login/", form | {"password": "fout"})
    assert (page.status_code, page.context["typed"]) == (200, "")
    assert client.post("/login/", form | {"password": DEMO_PASSWORD})["Location"] == "/werk/"


def test_a_script_hears_401_and_gets_no_page(client, path):
    for answer in (
        client.post(path, {"note": "x"}, headers={"HX-Request": "true"}),
        client.get("/werk/vertalen/verouderd/", headers={"HX-Request": "true"}),
    ):
        assert (answer.status_code, answer.content) == (401, b"")
        assert "no-store" in answer["Cache-Control"]


@pytest.fixture
def left(client, path, worker):
    """The page that a shared device shows when the worker was away too long and then saved."""
    log_in(client, client.get("/login/"))
    session = client.session
    session["seen"] -= 3600
    session.save()
    return client.post(path, {"note": "Sara is weg van huis"})


@pytest.mark.access
def test_the_page_holds_nothing_that_somebody_can_read(left):
    sealed = left.context["typed"]
    raw = base64.urlsafe_b64decode(sealed)
    assert lapse.unpack(sealed)[1] == [["note", "Sara is weg van huis"]]
    assert [word in raw for word in (b"Sara", b"note", b"contacten")] == [False] * 3


@pytest.mark.access
def test_only_who_typed_it_gets_it_back(client, left, worker, city):
    assert log_in(client, left, username="city", next="/werk/")["Location"] == "/werk/"
    page = client.get("/werk/")
    assert ("Sara" in page.text, "is van iemand anders" in page.text) == (False, True)
    client.logout()
    assert fields(log_in(client, left))["note"] == ["Sara is weg van huis"]


def test_who_may_not_save_it_saves_nothing(client, path, worker, city, buurt):
    page = log_in(client, client.post(path, typed(buurt)), username=User.objects.get(pk=city.pk).username)
    assert saved(client, page).status_code == 403
    assert contacts(worker) == 0
