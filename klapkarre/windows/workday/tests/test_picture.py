"""The photo of a point: on it, instead of another one, off it; for residents at once, and its files with it."""

import io

import pytest
from django.conf import settings as real
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from klapkarre.foundation.places.models import Picture

ALT = "Een gele deur naast de bakker"


def photo(colour="teal", name="../../etc/passwd", size=(900, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "text/html")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def send(client, worker, point, django_capture_on_commit_callbacks):
    client.force_login(worker)

    def send(file=None, alt=ALT, way="foto/"):
        with django_capture_on_commit_callbacks(execute=True):
            data = {"foto-alt": alt} | ({"foto-file": file} if file else {})
            return client.post(f"/werk/buurtpunten/{point.slug}/{way}", data)

    return send


def files(folder):
    return sorted(path.name for path in folder.rglob("*.webp"))


def test_residents_see_it_at_once(client, send, point, folder):
    page = f"/buurtpunten/{point.slug}/"
    assert "<img" not in client.get(page).text
    assert send(photo()).status_code == 302
    row = Picture.objects.get()
    shown = client.get(page).text.partition("<main")[2]
    assert f'alt="{ALT}" width="900" height="600" loading="lazy"' in shown
    assert (row.small_url in shown, row.large_url in shown) == (True, True)
    # The picture loads when somebody opens it: the first visit stays as light as it was.
    assert shown.index("<details") < shown.index("<img") < shown.index("</details>")
    assert files(folder) == sorted([f"{row.large}.webp", f"{row.small}.webp"])


def test_a_small_photo_has_one_size(client, send, point):
    send(photo(size=(200, 100)))
    shown = client.get(f"/buurtpunten/{point.slug}/").text
    assert ('width="200"' in shown, "srcset" in shown) == (True, False)


def test_who_has_the_address_gets_the_file_only(client, send):
    send(photo())
    answer = client.get(Picture.objects.get().large_url)
    told = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Disposition")
    assert [answer[name] for name in told] == [
        "image/webp", "public, max-age=31536000, immutable", "nosniff", "inline"
    ]  # fmt: skip
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert not answer.has_header("Content-Encoding")
    assert answer.cookies == {}
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.format == "WEBP"


@pytest.mark.parametrize("name", ["x", "..", "0" * 40, "%2e%2e%2fklapkarre"])
def test_an_address_that_somebody_made_up(client, db, name):
    assert client.get(f"/foto/{name}.webp").status_code == 404


@pytest.mark.slow
def test_another_photo_takes_the_place_of_the_first(client, send, folder):
    send(photo())
    before = Picture.objects.get().large_url
    send(photo("red"), alt="Een rode deur")
    row = Picture.objects.get()
    assert (row.alt, len(files(folder))) == ("Een rode deur", 2)
    assert client.get(before).status_code == 404
    send(photo("red"), alt="Een deur")
    assert (Picture.objects.get().large, len(files(folder))) == (row.large, 2)


@pytest.mark.slow
def test_away_is_away(client, send, folder):
    send(photo())
    url = Picture.objects.get().large_url
    assert send(way="foto/weg/").status_code == 302
    assert (Picture.objects.count(), files(folder), client.get(url).status_code) == (0, [], 404)
    assert send(way="foto/weg/").status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "alt", "sentence"),
    [
        (None, ALT, "Kies een foto."),
        (SimpleUploadedFile("a.jpg", b""), ALT, "Dit bestand is leeg. Kies een foto."),
        (SimpleUploadedFile("a.jpg", b"<svg></svg>"), ALT, "We kunnen deze foto niet lezen."),
    ],
)
def test_what_was_typed_stays(send, folder, file, alt, sentence):
    answer = send(file, alt)
    assert (answer.status_code, sentence in answer.text, alt in answer.text) == (200, True, True)
    assert (Picture.objects.count(), files(folder)) == (0, [])


@pytest.mark.slow
def test_words_are_asked_for_who_does_not_see_it(send, folder):
    answer = send(photo(), alt=" ")
    assert "Schrijf wat je op de foto ziet." in answer.text
    assert "Kies de foto nog een keer: je browser onthoudt ze niet." in answer.text
    assert files(folder) == []


@pytest.mark.slow
def test_only_this_page_takes_much(client, send, settings):
    settings.LONGEST_FORM = 1000
    assert send(photo(size=(1600, 1600))).status_code == 302
    too_much = client.post("/login/", {"username": "x" * 2000})
    assert too_much.status_code == 413
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    answer = send(photo(size=(1600, 1600)))
    assert (answer.status_code, "Een foto is hoogstens 10 MB." in answer.text) == (413, True)


def test_what_was_sent_never_touches_the_disk():
    assert real.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert real.FILE_UPLOAD_MAX_MEMORY_SIZE >= real.DATA_UPLOAD_MAX_MEMORY_SIZE > real.LONGEST_PICTURE


@pytest.mark.slow
def test_half_a_change_leaves_no_row(send, folder, monkeypatch):
    """A photo that cannot be written changes nothing."""
    send(photo())
    monkeypatch.setattr("klapkarre.foundation.kit.uploads.default_storage.save", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(photo("red"))
    assert Picture.objects.get().alt == ALT
    assert len(files(folder)) == 2


def test_words_with_a_number_of_a_person_are_not_published_unasked(send):
    page = send(photo(), alt="Kaart 85.07.30-033.28")
    assert "Hier lijkt een rijksregisternummer te staan." in page.text
    assert Picture.objects.count() == 0
