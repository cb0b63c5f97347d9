"""News: written, read, taken back; a picture only with an answer, words, and nothing of the file itself."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from klapkarre.foundation.people import retention
from klapkarre.rooms.news.models import News, NewsPicture
from klapkarre.rooms.news.tests.make import make_news

ADD, LIST = "/werk/nieuws/nieuw/", "/nieuws/"


def photo():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Kerkstraat"
    Image.effect_noise((900, 600), 120).convert("RGB").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("feest.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def own(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def typed(buurt):
    return {
        "key": str(uuid.uuid4()),
        "title": "De bank staat er",
        "text": "Kom zitten.",
        "neighbourhood": buurt.pk,
        "state": "published",
    }


def read(path):
    """A resident's page."""
    return Client().get(path)


def test_news_with_a_picture_shows_and_goes_at_once(
    own, typed, buurt, folder, django_capture_on_commit_callbacks
):
    own.post(ADD, typed | {"picture": photo(), "alt": "Een bank", "people": "agreed"})
    news = News.objects.get()
    places = ["/", buurt.get_absolute_url(), LIST, news.get_absolute_url(), "/agenda.atom"]
    assert [news.title in read(path).text for path in places] == [True] * 5
    shown = read(news.picture.url)
    assert (shown.headers["Cache-Control"], len(shown.content) <= 40_000) == ("no-store", True)
    assert b"Kerkstraat" not in shown.content
    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"/werk/nieuws/{news.pk}/weg/")
    assert [read(path).status_code for path in (news.get_absolute_url(), news.picture.url)] == [404, 404]
    assert [news.title in read(path).text for path in places] == [False] * 5
    assert list(folder.rglob("*.webp")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"alt": "Een bank"}, "Zeg of er mensen op de foto staan."),
        ({"people": "agreed"}, "Schrijf wat je op de foto ziet."),
    ],
)
def test_without_an_answer_or_words_no_picture(own, typed, folder, given, words):
    page = own.post(ADD, typed | given | {"picture": photo()})
    assert (words in page.text, News.objects.exists(), list(folder.rglob("*.webp"))) == (True, False, [])
    assert "De bank staat er" in page.text


def test_a_draft_is_for_the_team(own, typed, buurt):
    own.post(ADD, typed | {"state": "draft"})
    news = News.objects.get()
    paths = ("/", buurt.get_absolute_url(), LIST, "/agenda.atom")
    assert [news.title in read(path).text for path in paths] == [False] * 4
    assert read(news.get_absolute_url()).status_code == 404
    assert news.title in own.get("/werk/nieuws/").text


@pytest.mark.slow
def test_twice_is_once_and_two_people_lose_nothing(own, typed):
    own.post(ADD, typed)
    own.post(ADD, typed)
    news = News.objects.get()
    path = f"/werk/nieuws/{news.pk}/wijzigen/"
    own.post(path, typed | {"version": 1, "title": "Eerst"})
    late = own.post(path, typed | {"version": 1, "title": "Later"})
    assert (late.status_code, News.objects.get().title, "Later" in late.text) == (409, "Eerst", True)
    own.post(path, typed | {"version": 2, "title": "Later"})
    assert News.objects.get().title == "Later"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Schrijf een titel."),
        ({"text": ""}, "Schrijf wat er nieuw is."),
        ({"text": "x" * 2001}, "Deze tekst is te lang"),
        ({"text": "Vraag naar 85.07.30-033.28"}, "rijksregisternummer"),
        ({"neighbourhood": "999999"}, "Kies iets uit de lijst."),
        ({"state": "withdrawn"}, "Kies iets uit de lijst."),
        ({"picture": SimpleUploadedFile("x.jpg", b"geen foto")}, "We kunnen deze foto niet lezen."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(own, typed, wrong, words):
    page = own.post(ADD, typed | wrong)
    assert (words in page.text, News.objects.exists()) == (True, False)


@pytest.mark.slow
def test_a_picture_goes_after_two_years_and_the_text_stays(
    own, typed, folder, django_capture_on_commit_callbacks
):
    own.post(ADD, typed | {"picture": photo(), "alt": "Een bank", "people": "nobody"})
    retention.run(timezone.now() + datetime.timedelta(days=700))
    assert NewsPicture.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(timezone.now() + datetime.timedelta(days=740))
    assert (NewsPicture.objects.exists(), News.objects.exists(), list(folder.rglob("*.webp"))) == (
        False,
        True,
        [],
    )


@pytest.mark.slow
def test_old_news_leaves_the_pages_of_places(team, buurt):
    old = make_news(team, buurt, published_at=timezone.now() - datetime.timedelta(days=61))
    assert [old.title in read(path).text for path in ("/", buurt.get_absolute_url(), LIST)] == [
        False,
        False,
        True,
    ]


@pytest.mark.slow
@pytest.mark.parametrize("path", [LIST, "/nieuws/?buurt=molenwijk"])
def test_the_list_costs_the_same_for_1_and_3(client, team, buurt, point, path):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    make_news(team, buurt)
    one = queries()
    for number in range(2):
        make_news(team, buurt, place=point, title=f"Nog {number}")
    from klapkarre.foundation.places.models import content_changed

    content_changed()
    assert queries() == one <= 8
    assert client.get("/nieuws/?buurt=nergens").status_code == 404


def test_news_asks_about_a_phone_before_everyone_reads_it(own, typed):
    page = own.post(ADD, typed | {"text": "Bel Rita: 0470 12 34 56"})
    assert ("Iedereen mag dit nummer zien." in page.text, News.objects.count()) == (True, 0)
    own.post(ADD, typed | {"text": "Bel Rita: 0470 12 34 56", "text_checked": "on"})
    assert News.objects.get().text == "Bel Rita: 0470 12 34 56"
