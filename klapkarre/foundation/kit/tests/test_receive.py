"""A form comes in whole or not at all, and every answer carries the same headers."""

import gzip
import io

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from klapkarre.foundation.kit import middleware

URLENCODED = "application/x-www-form-urlencoded"


class Broken(io.BytesIO):
    def read(self, *args):
        raise OSError("connection reset")


def send(body=b"", method="POST", **meta):
    """What the gate says, and what got through it."""
    came = []

    def view(request):
        came.append(request.POST.get("naam"))
        return HttpResponse("binnen")

    request = RequestFactory().generic(method, "/activiteiten/1/aanmelden/", body, content_type=URLENCODED)
    for name, value in meta.items():
        if value is None:
            request.META.pop(name, None)
        else:
            request.META[name] = value
    if stream := request.META.pop("stream", None):
        request._stream = stream()
    return middleware.hostile_input(view)(request), came


def test_a_whole_form_passes():
    answer, came = send(b"naam=Nour")
    assert (answer.status_code, came) == (200, ["Nour"])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("meta", [{"CONTENT_LENGTH": "40"}, {"stream": Broken}])
def test_a_form_that_was_cut_off_goes_no_further(method, meta):
    answer, came = send(b"naam=No", method, **meta)
    assert (answer.status_code, came) == (400, [])
    assert "Je formulier kwam niet helemaal aan. Probeer opnieuw." in answer.content.decode()


def test_a_form_without_length_is_asked_for_one():
    answer, came = send(b"naam=Nour", CONTENT_LENGTH=None, HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, came) == (411, [])
    assert "Je browser zei niet hoe groot het formulier is." in answer.content.decode()


def test_nothing_sent_is_whole_too():
    answer, came = send(CONTENT_LENGTH=None)
    assert (answer.status_code, came) == (200, [None])


def test_a_form_without_end_is_too_much(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer, came = send(b"naam=" + b"a" * 200)
    assert (answer.status_code, came) == (413, [])
    assert "Dat is te veel in één keer" in answer.content.decode()


@pytest.mark.parametrize("length", ["-5", "9x", "\u0663"])
def test_a_length_that_is_no_number_is_refused(length):
    answer, came = send(b"naam=Nour", CONTENT_LENGTH=length)
    assert (answer.status_code, came) == (400, [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join(b"a%d=1" % number for number in range(10_000)), URLENCODED),
        (b"--x\r\n", "multipart/form-data"),
        (b"naam=Nour", f"{URLENCODED}; charset=utf-16"),
        (
            b'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nNour\r\n--x--\r\n',
            "multipart/form-data; boundary=x; charset=rot13",
        ),
    ],
)
def test_an_unreadable_form_gets_its_own_sentence(client, db, body, kind):
    answer = client.generic("POST", "/login/", body, content_type=kind)
    assert answer.status_code == 400
    assert "We konden dit formulier niet lezen. Ga terug en probeer opnieuw." in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status"), [("/werk/", 302), ("/bestaat-niet/", 404), ("/login/?q=%00", 400)]
)
def test_what_may_not_be_kept_says_so(client, db, path, status):
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


def test_a_form_that_stood_open_too_long_is_not_kept(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"name": "x"})
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store")


def test_a_page_for_all_may_be_kept(client, db):
    assert client.get("/privacy/")["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_no_is_no_for_gzip(client, db):
    plain = client.get("/privacy/", headers={"accept-encoding": "gzip;q=0"})
    small = client.get("/privacy/", headers={"accept-encoding": "gzip"})
    assert not plain.has_header("Content-Encoding")
    assert "Accept-Encoding" in plain["Vary"]
    assert gzip.decompress(small.content) == plain.content


@pytest.mark.parametrize("path", ["/buurten/%C3%A9/", "/buurten/%D9%85/", "/buurten/%F0%9F%98%80/"])
def test_a_letter_with_an_accent_is_only_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_broken_letters_are_refused(client, db):
    assert client.get("/buurten/%FF%FE/").status_code == 400
