"""Residents' pages in six languages: the address says which one, and nothing else does."""

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from klapkarre.foundation.kit.languages import FOREIGN, OWN_NAMES
from klapkarre.foundation.kit.templatetags.kit import clock, day, dutch, euro, left_to_right
from klapkarre.foundation.places import opening_words, wordings
from klapkarre.foundation.places.models import content_changed
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, sign_up
from klapkarre.windows.website.tests.make import make_point

pytestmark = pytest.mark.django_db
ASKS = {
    "nl": "Is er nu iemand in je buurt?",
    "fr": "Y a-t-il quelqu'un dans votre quartier maintenant ?",
    "en": "Is anyone there in your neighbourhood now?",
    "ar": "هل يوجد أحد في حيّك الآن؟",
    "tr": "Şimdi mahallenizde biri var mı?",
    "uk": "Чи є зараз хтось у вашому районі?",
}


def path_in(language, path):
    return path if language == "nl" else f"/{language}{path}"


def html_of(text):
    return re.search(r"<html [^>]*>", text)[0]


def test_the_address_chooses_the_language(client, buurt):
    make_point(buurt, "Huis", always_open=True)
    for language, question in ASKS.items():
        answer = client.get(path_in(language, "/"))
        page = answer.text
        turned = "rtl" if language == "ar" else "ltr"
        assert html_of(page) == f'<html lang="{language}" dir="{turned}">'
        assert (f'<h1 id="nu">{question}</h1>' in page, answer.headers["Content-Language"]) == (
            True,
            language,
        )


def test_nothing_else_chooses_the_language(client, buurt):
    """Neither the browser's wish nor a cookie: a kept page is the same for all."""
    client.cookies["django_language"] = "fr"
    page = client.get("/", headers={"Accept-Language": "fr, ar;q=0.9"})
    assert (html_of(page.text), page.cookies, "Accept-Language" in page.headers.get("Vary", "")) == (
        '<html lang="nl" dir="ltr">',
        {},
        False,
    )


def test_each_page_leads_to_itself_in_each_language(client, buurt):
    cache.clear()
    page = client.get("/fr/activiteiten/?buurt=molenwijk").text
    assert re.findall(r'<li><a href="([^"]*)" lang="(\w+)" hreflang="\w+"[^>]*>([^<]*)</a>', page) == [
        (path_in(code, "/activiteiten/?buurt=molenwijk"), code, name) for code, name in OWN_NAMES.items()
    ]
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', page) == list(OWN_NAMES)
    assert [link for link in re.findall(r'href="(/[^"]*)"', page) if leaves(link)] == []


def leaves(link):
    """A link of a French page that leads to a page in another language, but for the menu of languages."""
    other = link.split("/")[1] in OWN_NAMES or link == "/activiteiten/?buurt=molenwijk"
    return not (link.startswith("/fr/") or other or link.startswith("/static/") or link == "/login/")


def test_a_sign_up_stays_in_its_language(client, team, buurt):
    soup = make_activity(team, buurt, capacity=2)
    form = client.get(f"/ar/activiteiten/{soup.pk}/aanmelden/")
    assert "اكتب اسمك." in sign_up(client, soup, "", way="/ar").text
    slip = sign_up(client, soup, "نور", way="/ar")
    assert slip.headers["location"].startswith("/ar/activiteiten/briefje/")
    page = client.get(slip.headers["location"]).text
    assert (SignUp.objects.get().name, "لديك مكان" in page) == ("نور", True)
    assert '<bdi lang="nl">' + soup.title + "</bdi>" in form.text


def test_a_page_that_is_not_there_says_so_in_its_language(client, buurt):
    answer = client.get("/tr/bestaat-niet/")
    assert (answer.status_code, "Bu sayfayı bulamıyoruz" in answer.text) == (404, True)
    assert '<a class="button" href="/tr/">' in answer.text


def test_the_work_is_in_dutch(client, worker):
    """There is no second address for a page of the staff, and no menu of languages on it."""
    assert {client.get(f"/{code}/werk/").status_code for code in FOREIGN} == {404}
    assert "tongues" not in client.get("/login/").text
    client.force_login(worker)
    page = client.get("/werk/").text
    assert (html_of(page), "tongues" in page, "hreflang" in page) == (
        '<html lang="nl" dir="ltr">',
        False,
        False,
    )


@pytest.mark.slow
def test_days_hours_and_prices_are_those_of_the_language():
    moment = timezone.make_aware(datetime.datetime(2031, 11, 6, 9, 30))
    said = {}
    for language in ASKS:
        with override(language):
            said[language] = day(moment), clock(moment), clock(datetime.time(14)), euro("2.50"), euro(1)
    assert said == {
        "nl": ("donderdag 6 november 2031", "9.30 uur", "14 uur", "2,50 euro", "1 euro"),
        "fr": ("jeudi 6 novembre 2031", "9 h 30", "14 h", "2,50 euros", "1 euro"),
        "en": ("Thursday 6 November 2031", "9:30", "14:00", "2.50 euros", "1 euro"),
        "ar": ("الخميس 6 نوفمبر 2031", "9:30", "14:00", "2,50 يورو", "1 يورو"),
        "tr": ("6 Kasım 2031 Perşembe", "9.30", "14.00", "2,50 avro", "1 avro"),
        "uk": ("Четвер, 6 листопада 2031", "9:30", "14:00", "2,50 євро", "1 євро"),
    }


@pytest.mark.slow
def test_a_point_says_in_each_language_when_it_opens():
    today = datetime.date(2026, 11, 26)
    tomorrow = datetime.datetime(2026, 11, 27, 9)
    said = {}
    for language in ASKS:
        with override(language):
            said[language] = opening_words.closed_text(today, tomorrow)
    assert said == {
        "nl": "Morgen weer open om 9 uur",
        "fr": "Rouvre demain à 9 h",
        "en": "Open again tomorrow at 9:00",
        "ar": "يفتح من جديد غدًا الساعة 9:00",
        "tr": "Yeniden açılış: yarın, saat 9.00",
        "uk": "Знову відчинено: завтра, 9:00",
    }


@pytest.mark.slow
def test_six_plurals_of_arabic(client, team, buurt):
    for seats, words in ((1, "بقي مكان واحد (1)"), (2, "بقي مكانان (2)"), (5, "بقيت 5 أماكن")):
        cache.clear()
        make_activity(team, buurt, capacity=seats, title=f"Soep {seats}")
        assert words in client.get("/ar/activiteiten/").text


@pytest.mark.slow
def test_what_is_dutch_on_another_page_says_so():
    assert (dutch("<Huis>"), left_to_right("052 37 85 00")) == ("<Huis>", "052\xa037\xa085\xa000")
    with override("ar"):
        assert dutch("<Huis>") == '<bdi lang="nl">&lt;Huis&gt;</bdi>'
        assert left_to_right("052 37 85 00") == "\u2066052\xa037\xa085\xa000\u2069"


def test_a_dutch_address_keeps_its_own_direction_in_arabic(client, team, buurt):
    place = make_point(buurt, "Huis", street="Vlotgraslaan 16", postcode="9200", town="Dendermonde")
    soup = make_activity(team, buurt, place=place, state="cancelled", cancelled_because="Bel 0478 12 34 56.")
    page = client.get(f"/ar/activiteiten/{soup.pk}/").text
    address = '<bdi lang="nl" dir="ltr">Vlotgraslaan 16, 9200 Dendermonde</bdi>'
    assert (address in page, '<bdi lang="nl">Bel <a href="tel:+32478123456" dir="ltr">' in page) == (
        True,
        True,
    )
    # Our own words are joined by the comma of the language.
    of_place = client.get(f"/ar{place.get_absolute_url()}").text
    address = '<bdi lang="nl" dir="ltr">Vlotgraslaan 16<br>9200 Dendermonde</bdi>'
    assert (address in of_place, "</a>\N{ARABIC COMMA} <bdi" in of_place) == (True, True)


@pytest.mark.slow
def test_calendars_and_news_speak_the_language_too(client, team, buurt):
    make_activity(team, buurt)
    with override("uk"):
        path = reverse("exchange:town")
    calendar = client.get(path)
    assert (path, calendar.status_code, "безкоштовно" in calendar.text.lower()) == (
        "/uk/agenda.ics",
        200,
        True,
    )
    assert "/uk/activiteiten/" in calendar.text.replace("\r\n ", "")
    assert 'xml:lang="uk"' in client.get("/uk/agenda.atom").text


def test_what_people_translated_goes_into_calendars_and_for_search_engines_too(client, team, buurt):
    soup = make_activity(team, buurt, title="Soep", summary="Kom mee.", where="Het plein", bring="Een kom")
    told = {"title": "Soupe", "summary": "Venez.", "where": "La place", "bring": "Un bol"}
    before = client.get("/fr/agenda.ics")
    for field, text in told.items():
        own = getattr(soup, field)
        wordings.translate(soup, field, "fr", own, text, by=1, municipality_id=buurt.municipality_id)
    french, dutch = (client.get(f"{way}/agenda.ics") for way in ("/fr", ""))
    assert ("SUMMARY:Soep\r\n" in before.text, "SUMMARY:Soupe\r\n" in french.text) == (True, True)
    assert ("SUMMARY:Soep\r\n" in dutch.text, "Soupe" in dutch.text) == (True, False)
    assert len({one.headers["ETag"] for one in (before, french, dutch)}) == 3
    unfolded = french.text.replace("\r\n ", "")
    assert [text in unfolded for text in told.values()] == [True] * 4
    assert "Soupe" in client.get("/fr/agenda.atom").text
    page = client.get(f"/fr/activiteiten/{soup.pk}/").text
    event = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (event["name"], event["description"], event["location"]["name"]) == ("Soupe", "Venez.", "La place")
    assert "Soep" not in page
    # Another word in Dutch: what was translated is not said any more.
    Activity.objects.update(title="Soep in de kerk")
    content_changed()
    assert "SUMMARY:Soep in de kerk" in client.get("/fr/agenda.ics").text
