"""A worker translates what people wrote; residents read it for as long as the Dutch stays what it was."""

import re

import pytest
from django.core.cache import cache

from klapkarre.foundation.places.models import Translation
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests.make import make_activity


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


def test_the_list_says_what_each_language_misses(signed_in, soup, point):
    page = signed_in.get("/werk/vertalen/").text
    assert "nog 2 teksten" in page
    translate(signed_in, soup, "Soupe", "Venez cuisiner.")
    assert (page.count("klaar"), signed_in.get("/werk/vertalen/").text.count("klaar")) == (0, 1)
