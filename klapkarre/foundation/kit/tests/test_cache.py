"""The page cache: made once, given to all, never stale, never private."""

import datetime
import gzip

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from klapkarre.foundation.kit import pages

WORDS = "Kom binnen voor koffie. " * 40


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """An empty cache, no versions from other apps, and a clock that stands still."""
    cache.clear()
    monkeypatch.setattr(pages, "versions", [])
    monkeypatch.setattr(pages, "feed_versions", [])
    monkeypatch.setattr(pages.time, "time", lambda: 1_800_000_000.0)
    yield
    cache.clear()


def counting(**options):
    made = []

    @pages.public_page(**options)
    def view(request, *args, **kwargs):
        made.append(request.get_full_path())
        return HttpResponse(f"{len(made)} {request.GET.urlencode()} {WORDS}")

    return view, made


def get(view, path="/buurten/", **headers):
    return view(RequestFactory().get(path, headers={k.replace("_", "-"): v for k, v in headers.items()}))


def test_made_once_and_the_same_bytes_for_all():
    view, made = counting()
    first, second = get(view), get(view)
    assert first.content == second.content
    assert len(made) == 1
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["Vary"] == "Accept-Encoding"


def test_what_is_for_programs_is_kept_for_the_day_under_host_and_port(monkeypatch):
    view, made = counting(for_programs=True)
    monkeypatch.setattr(pages.time, "time", lambda: 1_800_000_000.0 + 10 * pages.MINUTE)
    first = get(view)
    monkeypatch.setattr(pages.time, "time", lambda: 1_800_000_000.0 + 20 * pages.MINUTE)
    assert get(view).content == first.content
    view(RequestFactory().get("/buurten/", SERVER_PORT="8443"))
    assert len(made) == 2
    tomorrow = pages.timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(pages.timezone, "localdate", lambda: tomorrow)
    get(view)
    assert len(made) == 3


def test_only_our_own_port_is_believed():
    """Who sends a made-up port gets the page of all; our own port stands in whole addresses (a demo at :8000)."""
    view, made = counting()
    found = []
    for host in ("testserver", "testserver:8000", "testserver:666", "testserver:08000"):
        request = RequestFactory().get("/buurten/", SERVER_PORT="8000", headers={"host": host})
        view(request)
        found.append(request.host_name)
    assert (found, len(made)) == (["testserver", "testserver:8000", "testserver", "testserver"], 2)


def test_not_modified_answers_304_without_a_body():
    view, _made = counting()
    etag = get(view)["ETag"]
    for asked in (etag, f'"anders", {etag}', "*"):
        again = get(view, if_none_match=asked)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert get(view, if_none_match='"anders"').status_code == 200


def test_gzipped_once_and_left_alone_by_the_middleware():
    view, made = counting()
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip, br"})
    zipped = GZipMiddleware(view)(request)
    assert zipped["Content-Encoding"] == "gzip"
    assert zipped["Content-Length"] == str(len(zipped.content))
    assert gzip.decompress(zipped.content) == get(view, "/").content
    assert len(made) == 1


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "identity, gzip; q=0.0"])
def test_plain_for_who_wants_plain(accept):
    view, _made = counting()
    answer = get(view, accept_encoding=accept)
    assert not answer.has_header("Content-Encoding")
    assert WORDS in answer.content.decode()


def test_a_new_version_makes_a_new_page():
    view, made = counting()
    version = [1]
    pages.register_version(lambda: version[0])
    get(view)
    get(view)
    version[0] = 2
    get(view)
    assert len(made) == 2


def test_registering_twice_asks_once():
    def number():
        return 1

    pages.register_version(number)
    pages.register_version(number)
    assert pages.versions == [number]


def test_a_new_minute_makes_a_new_page_with_the_same_etag(monkeypatch):
    made = []

    @pages.public_page
    def view(request):
        made.append(1)
        return HttpResponse(WORDS)

    etag = get(view)["ETag"]
    monkeypatch.setattr(pages.time, "time", lambda: 1_800_000_060.0)
    assert get(view, if_none_match=etag).status_code == 304
    assert len(made) == 2


def test_only_named_parameters_reach_the_view_and_the_key():
    view, made = counting(params=("pagina", "buurt"))
    get(view, "/activiteiten/?utm=1&pagina=2&buurt=bijloke")
    get(view, "/activiteiten/?buurt=bijloke&pagina=2&x=%00")
    get(view, "/activiteiten/?pagina=3")
    assert made == ["/activiteiten/?buurt=bijloke&pagina=2", "/activiteiten/?pagina=3"]


@pytest.mark.parametrize(
    "query",
    [
        "pagina=q7",
        "pagina=02",
        "pagina=1",
        "pagina=-1",
        "pagina=12345",
        "pagina=%D9%A3",
        "letter=ab",
        "letter=7",
        "letter=%D9%85",
        "letter=%C3%9F",
    ],
)
def test_made_up_values_make_no_new_page(query):
    view, made = counting(params=("pagina", "letter"))
    get(view, "/buurten/")
    get(view, f"/buurten/?{query}")
    assert made == ["/buurten/"]


def test_real_pages_and_letters_reach_the_view():
    view, made = counting(params=("pagina", "letter"))
    for query in ("pagina=2", "pagina=9999", "letter=G", "letter=g", "letter=%C3%A9"):
        get(view, f"/buurten/?{query}")
    assert made == [f"/buurten/?{one}" for one in ("pagina=2", "pagina=9999", "letter=G", "letter=%C3%89")]


def test_a_slug_without_end_is_cut_off():
    view, made = counting(params=("buurt",))
    get(view, "/?buurt=" + "a" * 61)
    get(view, "/?buurt=" + "a" * 90)
    assert made == ["/?buurt=" + "a" * 60]


@pytest.mark.parametrize("host", ["testserver:81", "testserver:65000", "TESTSERVER", "testserver."])
def test_the_port_makes_no_new_page(host):
    view, made = counting()
    get(view)
    view(RequestFactory().get("/buurten/", headers={"host": host}))
    assert len(made) == 1


def test_another_host_has_its_own_page(settings):
    settings.ALLOWED_HOSTS = ["testserver", "gent.example"]
    view, made = counting()
    get(view)
    view(RequestFactory().get("/buurten/", headers={"host": "gent.example"}))
    assert len(made) == 2


def test_zeros_before_a_number_lead_to_the_page_itself():
    view, made = counting(params=("pagina",))
    answer = view(RequestFactory().get("/activiteiten/007/?pagina=2&x=1"), pk=7)
    assert (answer.status_code, answer["Location"], made) == (301, "/activiteiten/7/?pagina=2", [])
    assert view(RequestFactory().get("/activiteiten/100/"), pk=100).status_code == 200
    assert view(RequestFactory().get("/buurten/007/"), slug="007").status_code == 200


def test_each_path_has_its_own_page():
    view, made = counting()
    get(view, "/buurten/a/")
    get(view, "/buurten/b/")
    assert len(made) == 2


def test_head_gives_the_headers_only():
    view, _made = counting()
    head = view(RequestFactory().head("/"))
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(get(view, "/").content)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_but_reading(method):
    view, made = counting()
    assert view(getattr(RequestFactory(), method)("/")).status_code == 405
    assert made == []


def with_cookie(request):
    response = HttpResponse(WORDS)
    response.set_cookie("a", "b")
    return response


def with_form(request):
    return HttpResponse(get_token(request))


def with_session(request):
    return HttpResponse(request.session.get("naam", "niemand"))


def with_message(request):
    messages.success(request, "Bewaard")
    return HttpResponse(WORDS)


def missing(request):
    return HttpResponse(WORDS, status=404)


@pytest.mark.parametrize("private", [with_cookie, with_form, with_session, with_message, missing])
def test_what_is_private_or_not_right_is_never_kept(private):
    made = []

    def view(request):
        made.append(1)
        return private(request)

    page = SessionMiddleware(MessageMiddleware(pages.public_page(view)))
    for _time in range(2):
        answer = page(RequestFactory().get("/"))
        assert not answer.has_header("ETag")
    assert len(made) == 2
