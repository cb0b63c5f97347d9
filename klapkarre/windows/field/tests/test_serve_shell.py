"""The shell of the field app: the same for everyone, whole, and installable."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from PIL import Image

from klapkarre.windows.field import shell_views
from klapkarre.windows.field.tests.test_wait_on_the_phone import STATIC

HOME = "/onderweg/"


def test_the_page_is_the_same_for_everyone_and_asks_no_login(client, db, worker):
    stranger = client.get(HOME)
    client.force_login(worker)
    known = client.get(HOME)
    assert (stranger.status_code, known.content) == (200, stranger.content)
    assert not stranger.cookies
    assert not known.cookies
    assert "Vary" not in known.headers or "Cookie" not in known["Vary"]
    # Without script, one sentence and the way on.
    assert "Deze pagina heeft JavaScript nodig" in stranger.text
    assert 'href="/werk/contacten/nieuw/"' in stranger.text


@pytest.mark.slow
def test_the_shell_holds_all_that_the_page_and_its_modules_ask_for(client, db):
    page = client.get(HOME).text
    worker = client.get(HOME + "sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    shell = json.loads(re.match(r"const SHELL = (.*);\n", worker.text)[1])
    assert (shell["page"], len(shell["version"])) == (HOME, 16)
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert asked <= set(shell["files"])
    own = {path.name for path in STATIC.glob("*.js")} - {"sw.js"}
    imported = {
        name
        for one in own
        for name in re.findall(r'from "\./([\w-]+\.js)"', (STATIC / one).read_text("utf-8"))
    }
    assert imported | {"app.js"} == own
    assert {static(f"field/{name}") for name in own} <= set(shell["files"])
    for path in shell["files"]:
        assert finders.find(path.removeprefix("/static/")), path


@pytest.mark.slow
def test_another_file_is_another_worker(client, db, monkeypatch):
    before = client.get(HOME + "sw.js").text
    assert client.get(HOME + "sw.js").text == before
    shell_views._worker_text.cache_clear()
    monkeypatch.setattr(shell_views, "FILES", shell_views.FILES[:-1])
    try:
        assert client.get(HOME + "sw.js").text != before
    finally:
        shell_views._worker_text.cache_clear()


@pytest.mark.slow
def test_the_manifest_installs_it(client):
    answer = client.get(HOME + "app.webmanifest")
    facts = json.loads(answer.text)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (facts["start_url"], facts["scope"], facts["display"]) == (HOME, HOME, "standalone")
    for icon in facts["icons"]:
        name = icon["src"].removeprefix(static("field/"))
        with Image.open(STATIC / name) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
