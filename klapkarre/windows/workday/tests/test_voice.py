"""A voice beside a text: only with a yes, heard while the text is what was read, and gone at once."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings as given
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klapkarre.foundation.kit import sounds, uploads
from klapkarre.foundation.people import ledger, retention
from klapkarre.foundation.places.models import Municipality, Welcome
from klapkarre.foundation.places.wordings import translate
from klapkarre.foundation.voices.models import Recording
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.news.tests.make import make_news

FOLDER = Path(sounds.__file__).parents[1] / "tests/sounds"
DAY = datetime.date(2030, 1, 1)
YES = {"put": "1", "speaker": "neighbour", "agreed": "on"}


def opname(name="kanarie.m4a"):
    return SimpleUploadedFile(name, (FOLDER / name).read_bytes(), "audio/mp4")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, title="Soep", summary="Kom mee koken.")


@pytest.fixture
def own(client, worker):
    client.force_login(worker)
    return client


def page_of(activity, language="nl"):
    return f"/werk/inspreken/activiteit/{activity.pk}/?taal={language}"


def looked(client, path):
    """What the page says was looked at."""
    return {"seen": re.findall(r'name="seen"[^>]* value="([^"]+)"', client.get(path).text)[-1]}


def put(client, path, file="kanarie.m4a", **more):
    data = YES | {"file": opname(file)} | more
    return client.post(path, data if "seen" in more else data | looked(client, path), follow=True)


def away(client, path):
    """Press the button, and yes on the page that asks."""
    asked = client.post(path, {"away": "1"}, follow=True)
    fields = dict(re.findall(r'name="(away|seen|sure)" value="([^"]+)"', asked.text))
    return client.post(path, fields or {"away": "1"}, follow=True)


def heard(path):
    """What a resident can play on this page: (address, its words for who does not see it) of each."""
    found = re.findall(
        r'<audio controls preload="none" src="([^"]+)"(?: lang="[^"]*")? aria-label="([^"]+)"',
        Client().get(path).text,
    )
    return found


def test_residents_hear_a_neighbour_and_no_byte_before_a_tap(own, soup):
    before = Client().get(f"/ar/activiteiten/{soup.pk}/").text
    assert "De opname is bewaard." in put(own, page_of(soup, "ar")).text
    voice = Recording.objects.get()
    page = Client().get(f"/ar/activiteiten/{soup.pk}/").text
    assert ("<audio" in before, "بصوت أحد الجيران" in page, voice.speaker, voice.seconds) == (
        False,
        True,
        "neighbour",
        1,
    )
    assert [address for address, _words in heard(f"/ar/activiteiten/{soup.pk}/")] == [voice.url]
    # Who does not know of the Arabic page finds it too.
    assert heard(f"/activiteiten/{soup.pk}/") == [(voice.url, "العربية")]
    answer = Client().get(voice.url)
    assert (
        answer.content,
        answer["Content-Type"],
        answer["Cache-Control"],
        answer["X-Content-Type-Options"],
    ) == (
        sounds.read(voice.file),
        "audio/mp4",
        "no-store",
        "nosniff",
    )
    assert b"Kerkstraat" not in answer.content


def test_without_a_yes_nothing_is_kept(own, soup, folder):
    page = put(own, page_of(soup), agreed="")
    assert ("Vraag het eerst aan wie spreekt." in page.text, Recording.objects.exists()) == (True, False)
    assert ("Kies de opname nog een keer" in page.text, list(folder.rglob("*.m4a"))) == (True, [])


def test_taken_back_it_is_gone_at_once(own, soup, folder, django_capture_on_commit_callbacks):
    put(own, page_of(soup))
    voice = Recording.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert "Wil je deze opname wissen?" in own.post(page_of(soup), {"away": "1"}).text
        assert Recording.objects.get() == voice
        assert "De opname is gewist." in away(own, page_of(soup)).text
    assert (Client().get(voice.url).status_code, heard(f"/activiteiten/{soup.pk}/")) == (404, [])
    assert (list(folder.rglob("*.m4a")), Recording.objects.exists()) == ([], False)
    assert [(one["model"], one["ids"]) for one in ledger.entries()][-1] == (
        "voices.recording",
        [str(voice.pk)],
    )
    assert "was al weg" in own.post(page_of(soup), {"away": "1"}, follow=True).text


def test_of_an_older_text_residents_hear_nothing_until_somebody_says_it_is_right(own, soup):
    put(own, page_of(soup))
    Activity.objects.filter(pk=soup.pk).update(title="Soep in de kerk")
    cache.clear()
    assert (heard(f"/activiteiten/{soup.pk}/"), "Verouderd" in own.get(page_of(soup)).text) == ([], True)
    looked_at = looked(own, page_of(soup))
    Activity.objects.filter(pk=soup.pk).update(title="Soep en taart in de kerk")
    assert (
        "Intussen veranderde hier iets."
        in own.post(page_of(soup), {"right": "1"} | looked_at, follow=True).text
    )
    assert heard(f"/activiteiten/{soup.pk}/") == []
    own.post(page_of(soup), {"right": "1"} | looked(own, page_of(soup)))
    assert len(heard(f"/activiteiten/{soup.pk}/")) == 1


@pytest.mark.slow
def test_who_says_yes_too_late_erases_no_other_recording(own, soup):
    put(own, page_of(soup))
    was = Recording.objects.get().file
    put(own, page_of(soup), "kanarie.mp3")
    page = own.post(page_of(soup), {"away": "1", "seen": was, "sure": "ja"}, follow=True)
    assert ("Luister eerst." in page.text, Recording.objects.get().file[-3:]) == (True, "mp3")


@pytest.mark.slow
def test_a_day_that_is_called_off_invites_nobody(own, soup):
    put(own, page_of(soup, "ar"))
    Activity.objects.filter(pk=soup.pk).update(state=Activity.State.CANCELLED)
    cache.clear()
    assert [heard(f"{way}/activiteiten/{soup.pk}/") for way in ("", "/ar")] == [[], []]


@pytest.mark.slow
def test_the_number_to_call_stands_beside_the_voice(own, soup):
    Municipality.objects.update(phone="052 37 85 00")
    put(own, page_of(soup))
    for way in ("", "/ar"):
        page = Client().get(f"{way}/activiteiten/{soup.pk}/").text
        assert re.findall(r'<p class="hint">[^\n]* <a href="(tel:[^"]+)">[^\n]*</p>\n</div>', page) == [
            "tel:+3252378500"
        ]


def test_a_voice_is_public_only_with_its_text(own, soup, worker_abroad, worker_elsewhere):
    put(own, page_of(soup))
    Activity.objects.filter(pk=soup.pk).update(state=Activity.State.DRAFT)
    address = Recording.objects.get().url
    abroad, elsewhere = Client(), Client()
    abroad.force_login(worker_abroad)
    elsewhere.force_login(worker_elsewhere)
    everyone = (Client(), abroad, elsewhere, own)
    assert [one.get(address).status_code for one in everyone] == [404, 404, 404, 200]
    assert [one.get(page_of(soup)).status_code for one in everyone] == [302, 404, 404, 200]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-1", 206, 0, 1),
        ("bytes=0-", 206, 0, -1),
        ("bytes=4000-9999999", 206, 4000, -1),
        ("bytes=-100", 206, -100, -1),
        ("bytes=-99999999", 206, 0, -1),
        ("bytes=99999999-", 416, None, None),
        ("bytes=-0", 416, None, None),
        ("bytes=-", 200, 0, -1),
        ("bytes=5-2", 200, 0, -1),
        ("bytes=0-1,4-5", 200, 0, -1),
        ("regels=0-1", 200, 0, -1),
    ],
)
def test_a_piece_by_its_place(own, soup, asked, status, first, last):
    put(own, page_of(soup))
    voice = Recording.objects.get()
    whole = sounds.read(voice.file)
    answer = Client().get(voice.url, headers={"range": asked, "accept-encoding": "gzip"})
    size = len(whole)
    if status == 416:
        assert (answer.status_code, answer["Content-Range"], answer.content) == (416, f"bytes */{size}", b"")
        return
    first, last = first % size, last % size
    assert (answer.status_code, answer.content) == (status, whole[first : last + 1])
    assert answer.get("Content-Range") == (f"bytes {first}-{last}/{size}" if status == 206 else None)
    assert (answer["Accept-Ranges"], answer.get("Content-Encoding")) == ("bytes", None)


@pytest.mark.slow
def test_news_and_points_are_read_aloud_too(own, team, buurt, point, django_capture_on_commit_callbacks):
    news = make_news(team, buurt)
    Welcome.objects.create(place=point, position=1, text="Koffie")
    put(own, f"/werk/inspreken/nieuws/{news.pk}/", "kanarie.mp3", speaker="staff")
    put(own, f"/werk/inspreken/buurtpunt/{point.slug}/", "kanarie.ogg")
    assert [len(heard(one.get_absolute_url())) for one in (news, point)] == [1, 1]
    assert "ingesproken door iemand van het team" in Client().get(news.get_absolute_url()).text
    Welcome.objects.update(text="Thee")
    cache.clear()
    assert heard(point.get_absolute_url()) == []
    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"/werk/nieuws/{news.pk}/weg/")
    assert list(Recording.objects.values_list("kind", flat=True)) == ["places.place"]


@pytest.mark.slow
def test_a_series_is_read_once_and_a_day_with_other_words_is_silent(own, team, buurt):
    days = {"series": Series.objects.create(team=team, first_day=DAY, last_day=DAY)}
    one, other, odd = (make_activity(team, buurt, **days) for _ in range(3))
    put(own, page_of(one))
    Activity.objects.filter(pk=odd.pk).update(title="Nu eens taart")
    cache.clear()
    assert [len(heard(f"/activiteiten/{each.pk}/")) for each in (one, other, odd)] == [1, 1, 0]


@pytest.mark.slow
def test_another_recording_takes_the_place_of_the_one_before(
    own, soup, folder, django_capture_on_commit_callbacks
):
    before = looked(own, page_of(soup))
    put(own, page_of(soup))
    late = put(own, page_of(soup), "kanarie.mp3", **before)
    assert ("Intussen veranderde hier iets." in late.text, Recording.objects.get().file[-3:]) == (
        True,
        "m4a",
    )
    with django_capture_on_commit_callbacks(execute=True):
        put(own, page_of(soup), "kanarie.mp3")
    assert [path.suffix for path in folder.rglob("*.*")] == [".mp3"]
    with django_capture_on_commit_callbacks(execute=True):
        put(own, page_of(soup), "kanarie.mp3")
    assert [path.name for path in folder.rglob("*.*")] == [Recording.objects.get().file]


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_what_nobody_read_is_never_said_to_be_read(own, soup, language):
    before = looked(own, page_of(soup, language))
    if language == "nl":
        Activity.objects.filter(pk=soup.pk).update(title="Soep in de kerk")
    else:
        town = {"municipality_id": soup.neighbourhood.municipality_id}
        translate(soup, "summary", "ar", "Kom mee koken.", "تعالوا نطبخ معا", by=None, **town)
    page = put(own, page_of(soup, language), **before)
    assert ("Intussen veranderde hier iets." in page.text, Recording.objects.exists()) == (True, False)
    assert "De opname is bewaard." in put(own, page_of(soup, language)).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"file": ""}, "Kies een opname."),
        ({"file": SimpleUploadedFile("x.mp3", b"")}, "Kies een opname."),
        ({"file": SimpleUploadedFile("x.mp3", b"geen stem")}, "We kunnen deze opname niet lezen."),
        ({"speaker": ""}, "Zeg wie er spreekt."),
        ({"speaker": "burgemeester"}, "Kies iets uit de lijst."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(own, soup, more, words):
    page = own.post(page_of(soup), YES | {"file": opname()} | looked(own, page_of(soup)) | more)
    assert (page.status_code, words in page.text, Recording.objects.exists()) == (200, True, False)


@pytest.mark.slow
def test_one_login_sends_so_many_files(own, soup, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 2)
    assert "De opname is bewaard." in put(own, page_of(soup)).text
    # What is wrong counts too: it cost as much.
    put(own, page_of(soup, "fr"), agreed="")
    page = put(own, page_of(soup, "ar"))
    assert (page.status_code, "Je stuurde net veel bestanden." in page.text) == (200, True)
    assert page.context["form"]["speaker"].value() == "neighbour"
    assert Recording.objects.count() == 1


@pytest.mark.slow
def test_a_file_that_is_much_too_large_is_refused_before_it_is_read(own, soup):
    large = SimpleUploadedFile("x.wav", bytes(given.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    page = own.post(page_of(soup), YES | {"file": large} | looked(own, page_of(soup)))
    assert (page.status_code, "Deze opname is te zwaar" in page.text) == (413, True)


@pytest.mark.slow
@pytest.mark.parametrize("site", ["http://testserver", "https://elders.example", "http://testserver/"])
def test_who_sends_too_much_stays_at_work_with_a_way_back(own, soup, settings, site):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    file = SimpleUploadedFile("x.wav", bytes(200))
    page = own.post(page_of(soup), YES | {"file": file}, headers={"referer": site + page_of(soup)})
    assert (page.status_code, 'class="ways-bar"' in page.text) == (413, True)
    assert (f'href="{page_of(soup)}"' in page.text) == (site == "http://testserver")
    assert 'class="ways-bar"' not in Client().post(page_of(soup), {"file": opname()}).text


@pytest.mark.slow
def test_it_goes_after_two_years_and_with_what_it_reads(
    own, soup, team, buurt, folder, django_capture_on_commit_callbacks
):
    put(own, page_of(soup))
    other = make_activity(team, buurt)
    put(own, page_of(other))
    retention.run(timezone.now() + datetime.timedelta(days=700))
    assert Recording.objects.count() == 2
    other.delete()
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(timezone.now())
    assert Recording.objects.values_list("row", flat=True).get() == soup.pk
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(timezone.now() + datetime.timedelta(days=740))
    assert (Recording.objects.exists(), list(folder.rglob("*.m4a"))) == (False, [])


@pytest.mark.slow
def test_a_restored_backup_forgets_it_too(own, soup, folder, django_capture_on_commit_callbacks):
    began = timezone.now()
    put(own, page_of(soup))
    kept = Recording.objects.get()
    file = sounds.read(kept.file)
    with django_capture_on_commit_callbacks(execute=True):
        away(own, page_of(soup))
    kept.save(force_insert=True)
    (folder / "sounds" / kept.file[:2] / kept.file).write_bytes(file)
    with django_capture_on_commit_callbacks(execute=True):
        ledger.replay(began)
    assert (Recording.objects.exists(), list(folder.rglob("*.m4a"))) == (False, [])


@pytest.mark.slow
@pytest.mark.parametrize("way", ["", "/fr"])
def test_a_voice_costs_no_question_more(own, soup, team, buurt, point, way):
    def queries(path):
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(path).status_code == 200
        return len(seen)

    news = make_news(team, buurt)
    paths = [f"{way}/activiteiten/{soup.pk}/", f"{way}/nieuws/{news.pk}/", f"{way}/buurtpunten/{point.slug}/"]
    before = [queries(path) for path in paths]
    for language in ("nl", "fr", "ar"):
        put(own, page_of(soup, language))
        put(own, f"/werk/inspreken/nieuws/{news.pk}/?taal={language}")
        put(own, f"/werk/inspreken/buurtpunt/{point.slug}/?taal={language}")
    assert [queries(path) for path in paths] == before
    assert [len(heard(path)) for path in paths] == [3, 3, 3]
