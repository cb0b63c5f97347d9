"""The slip: link and code open that one seat until the activity is over; guessing ends soon."""

import datetime
import hashlib
import re
import uuid

import pytest
from django.db import connection
from django.test import Client

from klapkarre.foundation.kit import codes, limits
from klapkarre.foundation.kit.guesses import MANY, MOST_WRONG, Guesses
from klapkarre.foundation.kit.words import WORDS
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, sign_up
from klapkarre.rooms.agenda.tests.test_race import at_once

DAY = datetime.timedelta(days=1)
CODES = "/activiteiten/briefje/"


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, capacity=3)


@pytest.fixture
def row(soup):
    return fill(soup, 1)[0]


def link(row):
    return f"/activiteiten/briefje/{slips.token_of(row)}/"


def shown_code(page):
    found = re.search(r'<p class="code"><bdi>(.+)</bdi></p>', page.text)
    return found[1].split("-") if found else []


def over(activity):
    Activity.objects.filter(pk=activity.pk).update(
        starts_at=activity.starts_at - 3 * DAY, ends_at=activity.ends_at - 3 * DAY
    )


def test_the_link_shows_the_seat(client, row):
    page = client.get(link(row))
    assert "Je hebt een plaats" in page.text
    assert shown_code(page) == slips.code_of(row).split("-")


def test_the_sheet_on_paper_says_the_same(client, row):
    page = client.get(link(row) + "?blad=1")
    assert shown_code(page) == slips.code_of(row).split("-")
    assert "no-store" in page.headers["cache-control"]
    assert "testserver/activiteiten/briefje/" in page.text


def test_the_address_keeps_its_direction_on_arabic_paper(client, row):
    for page in (client.get("/ar" + link(row) + "?blad=1"), client.get("/ar" + link(row))):
        assert "\u2066testserver/ar/activiteiten/briefje/\u2069" in page.text


def test_nobody_keeps_or_finds_a_slip(client, row):
    page = client.get(link(row))
    assert "no-store" in page.headers["cache-control"]
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_a_form_on_a_slip_can_be_sent(row):
    """Without any referrer a browser sends Origin "null", and then the CSRF check would refuse the form."""
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    asked = browser.get(link(row) + "vrijgeven/")
    assert asked.headers["referrer-policy"] == "same-origin"
    token = browser.cookies["csrf"].value
    answer = browser.post(
        link(row) + "vrijgeven/", {"csrfmiddlewaretoken": token}, HTTP_ORIGIN="http://testserver"
    )
    assert answer.status_code == 302


def test_the_slip_does_not_say_the_name(client, soup):
    page = client.get(sign_up(client, soup, "Zonderlinge Naam").headers["location"])
    assert "Zonderlinge" not in page.text


def test_a_code_is_two_words_of_the_list_and_a_number(soup):
    for row in fill(soup, 3):
        first, second, number = slips.code_of(row).split("-")
        assert {first, second} <= set(WORDS)
        assert first != second
        assert 10 <= int(number) <= 99


@pytest.mark.parametrize(
    "typed",
    [
        "{0}-{1}-{2}",
        "{0} {1} {2}",
        "{1} {2} {0}",
        "{2}{0}{1}",
        "  {0}  ,{1}. {2}!",
        "{0}{1}{2}",
        "{0}–{1}–{2}",
    ],
)
def test_a_code_is_read_with_a_kind_eye(client, row, typed):
    code = typed.format(*slips.code_of(row).split("-"))
    for way in (code, code.upper(), code.title()):
        assert client.post(CODES, {"code": way}).headers["location"] == link(row)


def test_words_with_accents_are_read():
    assert codes.read("Appél FIETS 42") == ["appel", "fiets", "42"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed", ["appel", "appel fiets", "appel fiets 42 43", "42", "appel fiets kaas 42", "—"]
)
def test_what_is_no_code_is_explained(client, row, typed):
    answer = client.post(CODES, {"code": typed})
    assert "Een code is twee woorden en een getal." in answer.text
    assert f'value="{typed}"' in answer.text


def test_an_unknown_word_is_named(client, row):
    answer = client.post(CODES, {"code": "appel fietz 42"})
    assert "We kennen het woord “fietz” niet." in answer.text


def wrong_code(row):
    """A readable code that nobody has."""
    number = int(slips.code_of(row)[-2:])
    return slips.code_of(row)[:-2] + str(10 + (number - 9) % 90)


def test_a_wrong_code_says_so(client, row):
    assert "We vinden geen briefje met deze code." in client.post(CODES, {"code": wrong_code(row)}).text


@pytest.mark.slow
def test_guessing_ends_soon(client, row):
    for _ in range(MOST_WRONG):
        assert client.post(CODES, {"code": wrong_code(row)}).status_code == 200
    answer = client.post(CODES, {"code": slips.code_of(row)})
    assert answer.status_code == 429
    assert "Wacht tien minuten." in answer.text
    assert slips.code_of(row) in answer.text
    assert client.post(CODES, {"code": slips.code_of(row)}, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_a_code_is_counted_before_the_look_up(client, row):
    """Many at once would else all look before the first one is counted."""
    counted = []

    def look(execute, *arguments):
        counted.append(limits.reached("code", "127.0.0.1", 1))
        return execute(*arguments)

    with connection.execute_wrapper(look):
        client.post(CODES, {"code": wrong_code(row)})
    assert counted[0]


def test_right_codes_are_never_too_many(client, row):
    for _ in range(MOST_WRONG + 1):
        assert client.post(CODES, {"code": slips.code_of(row)}).status_code == 302


@pytest.mark.slow
def test_guessing_from_everywhere_locks_nobody_else_out(client, row):
    """A right code opens from where nobody failed; who failed is refused, right or wrong, in the same words."""
    for number in range(MANY):
        client.post(CODES, {"code": wrong_code(row)}, REMOTE_ADDR=f"10.8.{number // 3}.1")
    assert client.post(CODES, {"code": slips.code_of(row)}, REMOTE_ADDR="10.9.9.9").status_code == 302
    refused = [
        client.post(CODES, {"code": code}, REMOTE_ADDR="10.8.0.1")
        for code in (slips.code_of(row), wrong_code(row))
    ]
    assert [one.status_code for one in refused] == [429, 429]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_not_looked_up_more_often(row, monkeypatch):
    """Of forty from one address ten are looked at, also when each saw that it may before another was counted."""
    monkeypatch.setattr(Guesses, "are_too_many", False)
    code = wrong_code(row)
    found = at_once(lambda _number: Client().post(CODES, {"code": code}).status_code, 40)
    assert sorted(found) == [200] * MOST_WRONG + [429] * (40 - MOST_WRONG)


def test_right_and_wrong_cost_the_same_look_up(client, row, django_assert_num_queries):
    for parts in (slips.code_of(row).split("-"), wrong_code(row).split("-")):
        with django_assert_num_queries(1):
            slips.by_code(parts)


def test_a_slip_works_until_it_is_over(client, row):
    over(row.activity)
    assert client.get(link(row)).status_code == 404
    assert "niet meer" in client.get(link(row)).text
    assert "We vinden geen briefje" in client.post(CODES, {"code": slips.code_of(row)}).text


def test_a_made_up_link_opens_nothing(client, row):
    assert client.get("/activiteiten/briefje/abcdefghijklmnop/").status_code == 404


def test_the_slip_says_when_it_does_not_take_place(client, row):
    actions.call_off(row.activity, "De kok is ziek.")
    page = client.get(link(row))
    assert "Deze activiteit gaat niet door" in page.text
    assert "De kok is ziek." in page.text
    for shown in (page, client.get(link(row) + "?blad=1")):
        assert shown_code(shown) == []
        assert "niet komen?" not in shown.text
    assert client.get(link(row) + "vrijgeven/").headers["location"] == link(row)


def test_the_slip_says_when_a_seat_came_free(client, team, buurt):
    full = make_activity(team, buurt, capacity=1)
    rows = fill(full, 2)
    assert "Je bent de eerste die wacht" in client.get(link(rows[1])).text
    actions.cancel(rows[0])
    assert "Er is een plaats voor jou" in client.get(link(rows[1])).text


def test_the_database_holds_neither_link_nor_code(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT token_hash, code_hash FROM agenda_signup")
        [(token_hash, code_hash)] = cursor.fetchall()
    assert token_hash == hashlib.sha256(slips.token_of(row).encode()).hexdigest()
    assert code_hash not in (slips.code_of(row), hashlib.sha256(slips.code_of(row).encode()).hexdigest())


def test_another_secret_key_makes_other_slips(row, settings):
    token, code = slips.token_of(row), slips.code_of(row)
    settings.SECRET_KEY = "another-key"
    assert slips.token_of(row) != token
    assert slips.code_of(row) != code
    assert slips.by_token(token) == row


def test_links_hold_at_least_128_bits(row):
    assert len(slips.token_of(row)) * 5 >= 128


def test_a_taken_code_is_drawn_again(soup, monkeypatch):
    """With a list of two words codes run out fast: every slip still gets its own, and its own draw."""
    monkeypatch.setattr(codes, "WORDS", ("appel", "fiets"))
    monkeypatch.setattr(codes, "LAST_NUMBER", 14)
    Activity.objects.update(capacity=None)
    rows = [actions.sign_up(soup, "Nour", key=uuid.uuid4()) for _ in range(5)]
    assert len({" ".join(sorted(slips.code_of(row).split("-"))) for row in rows}) == 5
    assert [slips.by_code(slips.code_of(row).split("-")) for row in rows] == rows


def test_a_worker_prints_a_slip_again(client, worker, row):
    client.force_login(worker)
    the_list = f"/werk/activiteiten/{row.activity.pk}/lijst/"
    for path in (f"{the_list}{row.pk}/briefje/", f"{the_list}{row.pk}/briefje/?blad=1"):
        page = client.get(path)
        assert shown_code(page) == slips.code_of(row).split("-")
        assert f'href="{the_list}">' in page.text
        assert "no-store" in page.headers["cache-control"]


def test_a_slip_that_is_gone_leads_back_to_the_list(client, worker, row):
    SignUp.objects.update(token_hash=None, code_hash=None)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{row.activity.pk}/lijst/{row.pk}/briefje/", follow=True)
    assert "Hiervan is er geen briefje meer." in page.text


def test_the_list_tells_two_of_the_same_name_apart(client, worker, soup):
    rows = [actions.sign_up(soup, "Nour", key=uuid.uuid4()) for _ in range(2)]
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{soup.pk}/lijst/").text
    for row in rows:
        first, _second, number = slips.code_of(row).split("-")
        assert f"{first} … {number}" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert slips.code_of(row) not in page


def test_a_near_word_is_proposed(client, row):
    page = client.post(CODES, {"code": "appel yogurt 42"}).text
    assert "Bedoel je “yoghurt”?" in page
    assert "Zeg je naam en de activiteit." in page


def test_who_waits_reads_on_paper_whom_to_call(client, team, buurt):
    buurt.municipality.phone = "052 12 34 56"
    buurt.municipality.save()
    rows = fill(make_activity(team, buurt, capacity=1), 2)
    assert "Bel ons op 052\xa012\xa034\xa056 om te weten" in client.get(link(rows[1]) + "?blad=1").text


def test_the_slip_says_when_day_hour_or_place_is_another(client, row):
    changed = "De dag, het uur of de plaats is gewijzigd."
    assert changed not in client.get(link(row)).text
    SignUp.objects.update(changed_at=row.created_at)
    assert changed in client.get(link(row)).text


def test_a_cancelled_seat_keeps_its_code_to_itself(client, row):
    actions.cancel(row)
    assert shown_code(client.get(link(row))) == []
    assert SignUp.objects.get().state == "cancelled"
