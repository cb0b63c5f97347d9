"""Every route, with every kind of answer, carries the whole set of headers: equal, not merely present."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.test import Client

from klapkarre.foundation.kit.headers import CLOSED
from klapkarre.foundation.kit.pages import CACHE_CONTROL
from klapkarre.rooms.agenda import slips
from klapkarre.windows.website.photos import FOR_EVER
from tests.access.matrix import DOORS
from tests.access.test_matrix import callback_of, knock, path_of
from tests.architecture.layers import ROOT

pytestmark = pytest.mark.access

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self';"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types klapkarre"
)
ALWAYS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Other sites may show these in a frame; they have no script and no form.
FRAMED = {"website:embed_neighbourhood", "website:embed_point"}
FRAME_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace(
    "script-src 'self'", "script-src 'none'"
)
WATCHED = {*ALWAYS, "Content-Security-Policy", "Strict-Transport-Security", "Access-Control-Allow-Origin"}
# Everyone may keep these; the rest stays on no computer.
# What somebody searches stays with them, and a voice goes at once when it is taken back.
UNKEPT = {"website:search", "website:voice"}
KEPT = {name for name in DOORS if name.startswith(("website:", "exchange:")) and name not in UNKEPT} | {
    "agenda:list",
    "agenda:detail",
    "field:app",
    "news:list",
    "news:detail",
}
# The address of a slip is a key: only its pages with a form tell it, and to this site only.
SLIPS = {"agenda:handover", "agenda:handover_by_code", "agenda:handover_run"} | {
    "agenda:slip",
    "agenda:slip_cancel",
    "agenda:slip_by_code",
}
# The worker of the field app fetches the shell that it keeps, from us only.
WORKER_POLICY = "default-src 'none'; connect-src 'self'"
PERSONAS = ("anonymous", "nobody", "worker", "admin")
METHODS = ("get", "head", "post", "put")


def is_page(answer):
    return answer.status_code == 304 or answer.get("Content-Type", "").startswith("text/html")


def faults(name, answer):
    """What is not right about the headers of this answer."""
    expected = ALWAYS | {"Content-Security-Policy": POLICY if is_page(answer) else CLOSED}
    found = {header: answer[header] for header in WATCHED if answer.has_header(header)}
    # What no page ever answers is refused at the gate, before the page is known.
    if name in FRAMED and answer.status_code != 404 and answer.wsgi_request.method != "PUT":
        expected |= {"Content-Security-Policy": FRAME_POLICY}
        del expected["X-Frame-Options"]
    if name == "field:worker" and answer.status_code == 200:
        expected |= {"Content-Security-Policy": WORKER_POLICY}
    if name in SLIPS and found.get("Referrer-Policy") == "no-referrer":
        expected |= {"Referrer-Policy": "no-referrer"}
    wrong = [f"{key}: {found.get(key)}" for key in WATCHED if found.get(key) != expected.get(key)]
    keep = answer.get("Cache-Control", "")
    if name == "website:photo" and answer.status_code == 200:
        return wrong + ([f"Cache-Control: {keep}"] if keep != FOR_EVER else [])
    if name in KEPT and answer.status_code in (200, 304):
        return wrong + ([f"Cache-Control: {keep}"] if keep != CACHE_CONTROL else [])
    return wrong + ([] if "no-store" in keep.split(", ") else [f"Cache-Control: {keep}"])


def ask(client, method, path, **more):
    answer = getattr(client, method)(path, **more)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.slow
def test_every_route_and_every_status(world, pytestconfig):
    found, seen = [], set()
    thorough = pytestconfig.getoption("--all")
    for name, door in DOORS.items():
        path = path_of(world, name, door)
        for persona in PERSONAS if thorough else ("admin",):
            for method in METHODS if thorough else ("get",):
                answer = knock(world.clients[persona], method, path)
                seen.add(answer.status_code)
                found += [f"{persona} {method} {path} {answer.status_code} {x}" for x in faults(name, answer)]
    assert found == []
    assert not thorough or seen >= {200, 302, 401, 403, 404, 405}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (301, "get", "/activiteiten/007/", {}),
        (301, "get", "/privacy", {}),
        (400, "get", "/login/?q=%00", {}),
        (400, "get", "/", {"headers": {"host": "elders.voorbeeld.be"}}),
        (404, "get", "/bestaat-niet/", {}),
        (404, "get", "/static/bestaat-niet.css", {}),
        (405, "options", "/", {}),
        (411, "post", "/login/", {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}),
        (413, "post", "/login/", {"data": {"username": "x" * 2_600_000}}),
    ],
)
def test_what_is_refused_at_the_gate(db, status, method, path, more):
    answer = ask(Client(raise_request_exception=False), method, path, **more)
    assert (answer.status_code, faults("", answer)) == (status, [])


@pytest.mark.slow
def test_a_form_without_its_token_and_one_too_many(world, settings):
    path = path_of(world, "agenda:sign_up", DOORS["agenda:sign_up"])
    assert (answer := Client(enforce_csrf_checks=True).post(path)).status_code == 403
    assert faults("", answer) == []
    settings.MOST_PUBLIC_POSTS = 0
    assert (answer := Client().post(path)).status_code == 429
    assert faults("", answer) == []


def test_a_page_that_did_not_change(world):
    client = Client()
    etag = client.get("/privacy/")["ETag"]
    answer = client.get("/privacy/", headers={"if-none-match": etag})
    assert (answer.status_code, faults("website:privacy", answer)) == (304, [])


def test_a_fault_of_ours(world, monkeypatch):
    def broken(request):
        raise RuntimeError

    monkeypatch.setattr(callback_of("website:privacy"), "callback", broken)
    answer = Client(raise_request_exception=False).get("/privacy/")
    assert (answer.status_code, faults("", answer)) == (500, [])


def test_files(db):
    answer = ask(Client(), "get", "/static/kit/klapkarre.css")
    for close in answer._resource_closers:  # closing the answer itself would close the database too
        close()
    found = {name: answer[name] for name in WATCHED if answer.has_header(name)}
    assert found == ALWAYS | {"Content-Security-Policy": CLOSED}
    again = ask(
        Client(), "get", "/static/kit/klapkarre.css", headers={"if-modified-since": answer["Last-Modified"]}
    )
    assert (again.status_code, again["Content-Security-Policy"]) == (304, CLOSED)
    assert "no-store" not in answer["Cache-Control"]


def test_the_address_of_a_slip_is_told_to_nobody(world):
    token = slips.token_of(world.sign_up)
    client = Client()
    told = [
        client.get(f"/activiteiten/briefje/{path}")["Referrer-Policy"]
        for path in (f"{token}/", "x/", f"{token}/vrijgeven/")
    ]
    assert told == ["no-referrer", "no-referrer", "same-origin"]


def test_leaving_empties_the_cache_of_the_browser(world):
    assert world.clients["worker"].post("/logout/")["Clear-Site-Data"] == '"cache"'


REAL_USE = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
found = {}
for name, path, proto in [("page", "/login/", "https"), ("plain", "/login/", "http"), ("wrong host", "/x", "bad")]:
    host = "elders.be" if proto == "bad" else "buurt.voorbeeld.be"
    client = Client(raise_request_exception=False)
    answer = client.get(path, headers={"host": host, "x-forwarded-proto": "https" if proto == "bad" else proto})
    cookies = {one.key: sorted(k for k, v in one.items() if v) + [one["path"], one["domain"]] for one in
               client.cookies.values()}
    found[name] = [answer.status_code, answer.get("Strict-Transport-Security"), answer.get("Location"), cookies,
                   answer.get("Content-Security-Policy")]
    if name == "page":
        headers = dict(answer.headers)
        html = answer.content.decode()
found["headers"], found["html"] = headers, html
found["session"] = [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                    settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN]
print(json.dumps(found))
"""


def in_real_use(tmp_path, **more):
    """What the settings of real use, behind one proxy, do in a process of their own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KLAPKARRE_", "PYTEST"))
    }
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "klapkarre.config.settings",
        "KLAPKARRE_DATA": str(tmp_path),
        "KLAPKARRE_KEY_FILE": str(tmp_path / "proef.keys"),
        "KLAPKARRE_SECRET_KEY": "proef-" * 10,
        "KLAPKARRE_HOSTS": "buurt.voorbeeld.be",
        "KLAPKARRE_TRUSTED_PROXIES": "1",
        "KLAPKARRE_STATIC": str(tmp_path),
        "KLAPKARRE_DEBUG": "0",
        "KLAPKARRE_DEMO": "0",
        "PYTHONWARNINGS": "ignore",
        "DATABASE_URL": "",
    }
    script = tmp_path / "ask.py"
    # The names of collected files are not needed here; the storage that knows them is.
    script.write_text(REAL_USE)
    (tmp_path / "staticfiles.json").write_text(
        json.dumps({"version": "1.1", "hash": "", "paths": static_names()})
    )
    run = subprocess.run(
        [sys.executable, str(script)], cwd=ROOT, env=environment | more, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def static_names():
    return {path: path for finder in get_finders() for path, _storage in finder.list([])}


HSTS = "max-age=63072000; includeSubDomains"


def observatory(headers, cookies, html, plain):
    """What the MDN HTTP Observatory gives (the table of its package 1.4.8, written over): 100, and its extras.

    Only the best outcome of each of its ten tests counts here; one that is not the best fails by name.
    """
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    closed = policy["default-src"] == "'none'" and policy["form-action"] == "'self'"
    tests = {
        "content-security-policy": (10, closed and "unsafe" not in str(policy)),
        "cookies": (5, all({"secure", "httponly", "samesite"} <= set(one) for one in cookies.values())),
        "cross-origin-resource-sharing": (0, "Access-Control-Allow-Origin" not in headers),
        "cross-origin-resource-policy": (10, headers["Cross-Origin-Resource-Policy"] == "same-origin"),
        "redirection": (0, plain[0] == 301 and plain[2].startswith("https://")),
        "referrer-policy": (5, headers["Referrer-Policy"] == "same-origin"),
        "strict-transport-security": (0, headers["Strict-Transport-Security"] == HSTS),
        "subresource-integrity": (0, not re.search(r'<script[^>]+src="(?:https?:)?//', html)),
        "x-content-type-options": (0, headers["X-Content-Type-Options"] == "nosniff"),
        "x-frame-options": (5, policy["frame-ancestors"] == "'none'"),
    }
    assert cookies
    assert [name for name, (_extra, is_best) in tests.items() if not is_best] == []
    return 100 + sum(extra for extra, _is_best in tests.values())


@pytest.mark.slow
def test_behind_the_proxy_with_https(tmp_path):
    found = in_real_use(tmp_path)
    assert observatory(found.pop("headers"), found["page"][3], found.pop("html"), found["plain"]) == 135
    csrf = {
        "__Host-csrf": [*sorted(["expires", "httponly", "max-age", "path", "samesite", "secure"]), "/", ""]
    }
    assert found == {
        "page": [200, HSTS, None, csrf, POLICY],
        "plain": [301, None, "https://buurt.voorbeeld.be/login/", {}, POLICY],
        "wrong host": [400, HSTS, None, {}, POLICY],
        "session": ["__Host-sessie", True, True, "Lax", "/", None],
    }


@pytest.mark.slow
def test_the_demo_without_https_has_plain_names(tmp_path):
    found = in_real_use(tmp_path, KLAPKARRE_HTTPS="0")
    assert found["plain"][0] == 200
    assert list(found["plain"][3]) == ["csrf"]
    assert found["session"][:2] == ["sessie", False]
