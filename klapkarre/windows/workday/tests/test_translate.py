"""A worker translates what people wrote; residents read it for as long as the Dutch stays what it was."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.kit.sounds import Sound
from klapkarre.foundation.places import wordings
from klapkarre.foundation.places.models import Place, Translation, content_changed
from klapkarre.foundation.voices import actions as voices
from klapkarre.rooms.agenda.actions import found
from klapkarre.rooms.agenda.models import Activity, Series
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.news.models import News
from klapkarre.rooms.news.tests.make import make_news


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, title="Soep", summary="Kom mee koken.")


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


def path(activity, language="fr"):
    return f"/werk/vertalen/activiteit/{activity.pk}/?taal={language}"


def translate(client, activity, *texts, page=None, **more):
    """Fill in the page as it was shown."""
    page = page or client.get(path(activity)).text
    seen = dict(re.findall(r'name="(seen[0-9]+)" value="([^"]*)"', page))
    data = seen | {f"text{number}": text for number, text in enumerate(texts)} | more
    return client.post(path(activity), data, follow=True)


def test_residents_read_what_a_worker_translated(signed_in, soup, worker):
    before = signed_in.get(f"/fr/activiteiten/{soup.pk}/").text
    assert '<h1><bdi lang="nl">Soep</bdi></h1>' in before
    assert "2 teksten bewaard" in translate(signed_in, soup, "Soupe", "Venez cuisiner.").text
    page = signed_in.get(f"/fr/activiteiten/{soup.pk}/").text
    assert ("<h1>Soupe</h1>" in page, '<div class="lead"><p>Venez cuisiner.</p>' in page) == (True, True)
    assert "Soupe" in signed_in.get("/fr/activiteiten/").text
    assert (
        "Soupe" in signed_in.get("/activiteiten/").text,
        Translation.objects.get(field="title").translator,
    ) == (
        False,
        worker.pk,
    )


def test_when_the_dutch_changes_residents_read_the_new_dutch(signed_in, soup):
    """An old place in their own language would send them to a closed door."""
    translate(signed_in, soup, "Soupe", "Venez cuisiner.")
    Activity.objects.filter(pk=soup.pk).update(title="Soep in de kerk")
    cache.clear()
    page = signed_in.get(f"/fr/activiteiten/{soup.pk}/").text
    assert ('<bdi lang="nl">Soep in de kerk</bdi>' in page, "Soupe" in page) == (True, False)
    assert "Verouderd" in signed_in.get(path(soup)).text


@pytest.mark.slow
def test_an_old_translation_counts_again_when_someone_says_so(signed_in, soup):
    translate(signed_in, soup, "Soupe", "Venez cuisiner.")
    Activity.objects.filter(pk=soup.pk).update(title="Soep.")
    translate(signed_in, soup, "Soupe", "Venez tous.")
    assert "Soupe" not in signed_in.get(f"/fr/activiteiten/{soup.pk}/").text
    translate(signed_in, soup, "Soupe", "Venez tous.", right0="on")
    assert "<h1>Soupe</h1>" in signed_in.get(f"/fr/activiteiten/{soup.pk}/").text


@pytest.mark.slow
def test_nobody_writes_over_the_newer_work_of_a_colleague(signed_in, soup):
    shown = signed_in.get(path(soup)).text
    translate(signed_in, soup, "Soupe", "")
    answer = translate(signed_in, soup, "Potage", "", page=shown)
    assert ("Intussen veranderde deze tekst." in answer.text, "Potage" in answer.text) == (True, True)
    assert Translation.objects.get().text == "Soupe"
    translate(signed_in, soup, "Potage", "", page=answer.text)
    assert Translation.objects.get().text == "Potage"


@pytest.mark.slow
def test_an_empty_field_takes_it_away_and_the_same_form_twice_is_once(signed_in, soup):
    page = signed_in.get(path(soup)).text
    for _ in range(2):
        translate(signed_in, soup, "Soupe", "", page=page)
    assert list(Translation.objects.values_list("field", "text")) == [("title", "Soupe")]
    translate(signed_in, soup, "", "")
    assert list(Translation.objects.all()) == []


@pytest.mark.slow
def test_a_translation_goes_with_what_it_translates(signed_in, soup):
    translate(signed_in, soup, "Soupe", "")
    soup.delete()
    assert list(Translation.objects.all()) == []


@pytest.mark.slow
def test_nothing_hostile_gets_through(signed_in, soup):
    translate(signed_in, soup, "<script>alert(1)</script>", "")
    page = signed_in.get(f"/fr/activiteiten/{soup.pk}/").text
    assert ("&lt;script&gt;alert(1)" in page, "<script>alert" in page) == (True, False)


def today_of(client):
    """The page of today with what it fetches; as the next look shows it at once."""
    page = client.get("/werk/").text
    more = re.search(r'data-hx-get="([^"]+)" data-hx-trigger="load"', page)
    if not more:
        return page
    later = client.get(more[1], headers={"HX-Request": "true"}).text.strip()
    again = client.get("/werk/").text
    assert (later in again, "data-hx-trigger" in again) == (True, False)
    return again


def rows_of(page):
    """The texts in the list, and the words of their tags."""
    rows = re.findall(r"<li><div><a[^>]*>(.*?)</a>.*?</li>", page, re.DOTALL)
    return rows, re.findall(r'<span class="tag[^"]*">(?:<svg.*?</svg>)?([^<]*)', page)


@pytest.mark.slow
def test_the_list_is_of_one_language_and_remembers_it(signed_in, soup, point):
    page = signed_in.get("/werk/vertalen/?taal=tr").text
    assert rows_of(page) == (["Soep"], ["nog 2 teksten"])
    assert f"activiteit/{soup.pk}/?taal=tr" in signed_in.get("/werk/vertalen/").text
    translate(signed_in, soup, "Soupe", "Venez cuisiner.")
    assert rows_of(signed_in.get("/werk/vertalen/?taal=fr").text) == ([], [])
    assert rows_of(signed_in.get("/werk/vertalen/?toon=alles").text) == (["Soep"], ["klaar"])


@pytest.mark.slow
def test_what_is_old_is_said_on_today_and_stands_alone(signed_in, soup, team, buurt):
    make_activity(team, buurt, title="Taart", summary="")
    translate(signed_in, soup, "Soupe", "Venez cuisiner.")
    assert "verouderd" not in today_of(signed_in)
    Activity.objects.filter(pk=soup.pk).update(title="Soep.", summary="Kom koken.")
    content_changed()
    today = today_of(signed_in)
    assert "2 vertalingen zijn verouderd." in today
    found = re.search(r'href="(/werk/vertalen/[^"]*toon=oud)"', today)[1].replace("&amp;", "&")
    assert rows_of(signed_in.get(found).text) == (["Soep."], ["2 teksten verouderd"])
    assert rows_of(signed_in.get("/werk/vertalen/?taal=fr").text)[0] == ["Soep.", "Taart"]


@pytest.mark.slow
def test_a_recording_of_an_older_text_is_said_too(signed_in, soup):
    voices.put(
        soup,
        soup.texts_to_say,
        "ar",
        Sound(b"stem", "mp3", 1),
        "staff",
        organisation_id=soup.organisation_id,
        municipality_id=soup.neighbourhood.municipality_id,
    )
    assert "opname" not in signed_in.get("/werk/vertalen/").text
    Activity.objects.filter(pk=soup.pk).update(title="Soep.")
    content_changed()
    assert "1 opname is verouderd." in today_of(signed_in)
    page = signed_in.get("/werk/vertalen/").text
    assert f'href="/werk/inspreken/activiteit/{soup.pk}/?taal=ar"' in page


@pytest.mark.slow
@pytest.mark.parametrize("address", ["?taal=xx&toon=yy", "?taal=nl", "?toon=%00", "?taal="])
def test_what_nobody_offers_is_the_usual(signed_in, soup, address):
    assert signed_in.get(f"/werk/vertalen/{address}").status_code == (400 if "%00" in address else 200)


@pytest.mark.slow
def test_the_list_costs_the_same_for_1_and_3(signed_in, team, buurt):
    make_activity(team, buurt)
    Place.objects.create(neighbourhood=buurt, name="Punt", slug="punt", summary="Kom")
    signed_in.get("/werk/vertalen/?taal=fr")
    with CaptureQueriesContext(connection) as one:
        signed_in.get("/werk/vertalen/")
    for number in range(2):
        make_activity(team, buurt, title=f"Nog {number}")
        Place.objects.create(neighbourhood=buurt, name=f"Punt {number}", slug=f"punt-{number}", summary="Kom")
    with CaptureQueriesContext(connection) as three:
        signed_in.get("/werk/vertalen/")
    assert len(three) == len(one)


@pytest.mark.slow
def test_a_number_in_a_translation_is_asked_unless_the_dutch_says_it(signed_in, soup):
    page = translate(signed_in, soup, "Soupe", "Appelez le 0470 12 34 56").text
    assert ("Iedereen mag dit nummer zien." in page, Translation.objects.count()) == (True, 0)
    translate(signed_in, soup, "Soupe", "Appelez le 0470 12 34 56", text1_checked="on")
    assert Translation.objects.count() == 2
    translate(
        signed_in, soup, "Soupe chaude", "Appelez le 0470 12 34 56"
    )  # what stood there is not asked again
    Activity.objects.filter(pk=soup.pk).update(
        summary="Bel 0471 12 34 56, rijksregisternummer 85.07.30-033.28"
    )
    translate(signed_in, soup, "Soupe", "Appelez le 0471 12 34 56, 85.07.30-033.28")
    assert sorted(Translation.objects.values_list("text", flat=True)) == [
        "Appelez le 0471 12 34 56, 85.07.30-033.28",
        "Soupe",
    ]


@pytest.mark.slow
def test_tips_stand_beside_the_dutch_of_a_point(signed_in, point):
    point.summary = "Gelieve te bellen."
    point.save()
    page = signed_in.get(f"/werk/vertalen/buurtpunt/{point.slug}/").text
    assert (
        "<strong>Gelieve</strong>" in page,
        "Dit Nederlands komt uit het bestand van de gemeente." in page,
    ) == (True, True)


def other_team(organisation, team, buurt, name):
    own = Team.objects.create(organisation=organisation, name=name)
    own.neighbourhoods.set(team.neighbourhoods.all())
    return make_activity(own, buurt, title="Soep", summary="Kom mee koken.")


@pytest.mark.parametrize("whose", ["team", pytest.param("organisation", marks=pytest.mark.slow)])
def test_nobody_translates_the_same_words_of_others(signed_in, soup, team, buurt, whose):
    """Neither of another organisation nor of another team: not on pages, not in search, and not from a draft."""
    organisation = team.organisation
    if whose == "organisation":
        organisation = Organisation.objects.create(name="Anderen")
    theirs = other_team(organisation, team, buurt, "Anderen")
    town = buurt.municipality_id
    found.renew([soup, theirs])
    draft = make_news(team, buurt, title="Soep", state=News.State.DRAFT, published_at=None)
    wordings.translate(soup, "title", "fr", "Soep", "Soupe", by=1, municipality_id=town)
    wordings.translate(draft, "title", "fr", "Soep", "Mensonge", by=2, municipality_id=town)
    titles = re.findall(
        r"<h1>(.*?)</h1>",
        "".join(signed_in.get(f"/fr/activiteiten/{one.pk}/").text for one in (soup, theirs)),
    )
    cards = signed_in.get("/fr/activiteiten/").text
    assert (titles, "Mensonge" in cards, cards.count(">Soupe</a>")) == (
        ["Soupe", '<bdi lang="nl">Soep</bdi>'],
        False,
        1,
    )
    searched = [
        signed_in.get("/fr/zoeken/", {"q": word}).context.get("hits") for word in ("mensonge", "soupe")
    ]
    assert [[hit.url for hit in hits or ()] for hits in searched] == [[], [f"/fr/activiteiten/{soup.pk}/"]]
    # Their words are proposed to who translates, and stored by nobody else.
    assert (
        "Elders al vertaald"
        in signed_in.get(f"/werk/vertalen/nieuws/{make_news(team, buurt, title='Soep').pk}/?taal=fr").text
    )
    assert "Mensonge" not in signed_in.get(path(make_activity(team, buurt, title="Soep"))).text


@pytest.mark.slow
def test_days_of_one_series_share_and_a_proposal_is_stored_by_who_looked(signed_in, soup, team, buurt):
    series = Series.objects.create(team=team, first_day="2026-01-01", last_day="2027-01-01")
    Activity.objects.filter(pk=soup.pk).update(series=series)
    other = make_activity(team, buurt, title="Soep", summary="", series=series)
    translate(signed_in, soup, "Soupe", "Venez.")
    assert "<h1>Soupe</h1>" in signed_in.get(f"/fr/activiteiten/{other.pk}/").text
    again = make_activity(team, buurt, title="Soep", summary="")
    page = signed_in.get(path(again)).text
    assert ('value="Soupe"' in page, Translation.objects.count()) == (True, 2)
    translate(signed_in, again, "Soupe")
    assert "<h1>Soupe</h1>" in signed_in.get(f"/fr/activiteiten/{again.pk}/").text


@pytest.mark.slow
def test_a_title_stays_on_one_line(signed_in, soup):
    translate(signed_in, soup, "Soupe\nchaude", "Venez.")
    assert Translation.objects.get(field="title").text == "Soupe chaude"
    # One that was stored before.
    Translation.objects.filter(field="title").update(text="Soupe\r\nchaude\u2028 !")
    content_changed()
    calendar = signed_in.get(f"/fr/activiteiten/{soup.pk}/agenda.ics")
    assert (calendar.status_code, "\r\nNAME:Soupe chaude !\r\n" in calendar.text) == (200, True)
    assert "<title>Soupe chaude !" in signed_in.get(f"/fr/activiteiten/{soup.pk}/").text


def test_a_recording_is_silent_when_its_translation_changes(signed_in, soup):
    town = soup.neighbourhood.municipality_id
    for language in ("fr", "ar"):
        voices.put(
            soup,
            soup.texts_to_say,
            language,
            Sound(language.encode(), "mp3", 1),
            "staff",
            organisation_id=soup.organisation_id,
            municipality_id=town,
        )

    def heard():
        return signed_in.get(f"/fr/activiteiten/{soup.pk}/").text.count("<audio")

    assert heard() == 2
    translate(signed_in, soup, "Soupe", "")
    assert (heard(), "1 opname is verouderd." in today_of(signed_in)) == (1, True)
    page = f"/werk/inspreken/activiteit/{soup.pk}/?taal=fr"
    seen = re.search(r'name="seen" value="([^"]+)"', signed_in.get(page).text)[1]
    signed_in.post(page, {"right": "1", "seen": seen})
    assert heard() == 2
    # The same words again change nothing.
    translate(signed_in, soup, "Soupe", "")
    assert heard() == 2
