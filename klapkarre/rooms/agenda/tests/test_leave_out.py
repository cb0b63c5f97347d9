"""A number of a person is not published before it is taken out or confirmed: residents read all these texts."""

import pytest

from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests import test_change_rhythm, test_repeat
from klapkarre.rooms.agenda.tests.make import fill, form_of, make_activity

ASKED = "Hier lijkt een rijksregisternummer te staan. Haal het weg, of bevestig hieronder."
TEXT = "Vraag naar 85.07.30-033.28"
TEXTS = ("title", "summary", "where", "bring", "partners")
fields, first, rows = test_repeat.fields, test_change_rhythm.first, test_change_rhythm.rows


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_a_new_activity_asks_first(signed_in, fields, name):
    page = signed_in.post(test_repeat.ADD, fields | {name: TEXT})
    assert (page.text.count(ASKED), Activity.objects.count()) == (2, 0)  # at the field and above
    assert f'name="{name}_checked"' in page.text
    signed_in.post(test_repeat.ADD, fields | {name: TEXT, f"{name}_checked": "on"})
    assert getattr(Activity.objects.get(), name) == TEXT


@pytest.mark.slow
def test_a_confirmed_text_stays_so_on_the_page_with_days(signed_in, fields):
    start = test_repeat.next_year(3, 10)
    data = test_repeat.weekly(fields, start, start + 2 * test_repeat.WEEK, bring=TEXT, bring_checked="on")
    page = signed_in.post(test_repeat.ADD, data)
    assert ("bring_checked", "on") in page.context["hidden"]


@pytest.mark.slow
def test_a_change_asks_first(signed_in, team, buurt):
    soup = make_activity(team, buurt, where="Op het plein")
    path = f"/werk/activiteiten/{soup.pk}/wijzigen/"
    data = form_of(signed_in.get(path)) | {"summary": TEXT}
    assert ASKED in signed_in.post(path, data).text
    assert Activity.objects.get().summary == ""
    signed_in.post(path, data | {"summary_checked": "on"})
    assert Activity.objects.get().summary == TEXT


PHONE = "Vraag het aan Rita, 0470 12 34 56"
ASKED_PHONE = "Hier lijkt een telefoonnummer te staan. Haal het weg, of bevestig hieronder."


def test_a_phone_is_asked_and_one_of_ours_is_not(signed_in, fields, town):
    town.phone = "052 37 85 00"
    town.save()
    page = signed_in.post(test_repeat.ADD, fields | {"summary": PHONE})
    assert (page.text.count(ASKED_PHONE), Activity.objects.count()) == (2, 0)
    assert "Iedereen mag dit nummer zien. Bewaar het zo." in page.text
    signed_in.post(test_repeat.ADD, fields | {"summary": "Bel +32 (0)52/37.85.00"})
    assert Activity.objects.get().summary == "Bel +32 (0)52/37.85.00"


@pytest.mark.slow
def test_a_phone_that_was_confirmed_is_not_asked_again(signed_in, team, buurt):
    soup = make_activity(team, buurt, where="Op het plein", summary=PHONE)
    path = f"/werk/activiteiten/{soup.pk}/wijzigen/"
    data = form_of(signed_in.get(path)) | {"summary": f"{PHONE}. Welkom."}
    assert signed_in.post(path, data).status_code == 302
    data = form_of(signed_in.get(path)) | {"summary": f"{PHONE} of 0471 12 34 56"}
    assert ASKED_PHONE in signed_in.post(path, data).text


def test_calling_off_asks_first(signed_in, team, buurt):
    path = f"/werk/activiteiten/{make_activity(team, buurt).pk}/afzeggen/"
    assert ASKED in signed_in.post(path, {"reason": TEXT}).text
    assert not Activity.objects.get().is_cancelled
    signed_in.post(path, {"reason": TEXT, "reason_checked": "on"})
    assert Activity.objects.get().cancelled_because == TEXT


@pytest.mark.slow
def test_calling_off_by_another_rhythm_asks_first(signed_in, rows):
    fill(rows[1], 1)
    path = test_change_rhythm.path(rows[0])
    data = test_change_rhythm.to_wednesdays(signed_in, rows[0], off=[rows[1].pk], reason=TEXT)
    page = signed_in.post(path, data)
    assert ASKED in page.text
    assert not Activity.objects.get(pk=rows[1].pk).is_cancelled
    # The box itself says it, and no hidden field beside it that would say it once for all.
    page = signed_in.post(path, data | {"reason_checked": "on", "erbij": "ja"})
    assert "reason_checked" not in dict(page.context["hidden"])
    signed_in.post(path, data | {"reason_checked": "on"})
    assert Activity.objects.get(pk=rows[1].pk).cancelled_because == TEXT


def test_a_name_on_the_list_asks_first(signed_in, team, buurt):
    soup = make_activity(team, buurt)
    path = f"/werk/activiteiten/{soup.pk}/lijst/"
    data = form_of(signed_in.get(path)) | {"name": "Rita 85.07.30-033.28"}
    page = signed_in.post(f"{path}toevoegen/", data)
    assert (ASKED in page.text, soup.signups.exists()) == (True, False)
    signed_in.post(f"{path}toevoegen/", data | {"name_checked": "on"})
    assert soup.signups.get().name == "Rita 85.07.30-033.28"
