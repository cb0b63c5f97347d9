"""Together on one slip: a friend, a number to be told on, all days of a series."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people import retention
from klapkarre.foundation.people.tests.ask import posted
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.models import Activity, Series, SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity, sign_up, states

DAY = datetime.timedelta(days=1)
NUMBER = "0470 12 34 56"
BY_PHONE = {"how": "call", "phone": NUMBER}


@pytest.fixture
def meal(team, buurt):
    return make_activity(team, buurt, capacity=3, sign_up_kind="contact")


@pytest.fixture
def weekly(team, buurt):
    """Four coming weeks of one series, with two seats each."""
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today, last_day=today + 40 * DAY)
    return [
        make_activity(team, buurt, series=series, starts_in=(3 + 7 * week) * DAY, capacity=2)
        for week in range(4)
    ]


def slip_of(answer):
    return slips.by_token(answer.headers["location"].split("/")[-2])


def seats(lead):
    return [(row.name, str(row.state)) for row in slips.seats_on(lead)]


def test_together_on_one_slip_and_apart_off_it(client, meal):
    answer = sign_up(client, meal, "Nour", friend1="Rita", friend3="Jan")
    lead = slip_of(answer)
    assert seats(lead) == [("Nour", "signed_up"), ("Rita", "signed_up"), ("Jan", "signed_up")]
    rita = SignUp.objects.get(pk=slips.seats_on(lead)[1].pk)
    path = f"{answer.headers['location']}vrijgeven/"
    asked = client.get(f"{path}?plaats={rita.pk}").text
    assert ("Rita" in asked, "Jan" in asked) == (True, False)
    client.post(path, {"plaats": rita.pk})
    assert seats(lead) == [("Nour", "signed_up"), ("Rita", "cancelled"), ("Jan", "signed_up")]
    client.post(path)
    assert states(meal) == ["cancelled"] * 3


@pytest.mark.slow
def test_a_slip_with_one_seat_left_speaks_of_one_and_an_empty_one_leads_back(client, meal):
    path = sign_up(client, meal, "Nour", friend1="Rita").headers["location"]
    assert "Meld alles af" in client.get(path).text
    client.post(f"{path}vrijgeven/", {"plaats": meal.signups.first().pk})
    page = client.get(path).text
    assert ("<h1>Je hebt een plaats</h1>" in page, "Meld je af</a>" in page) == (True, True)
    assert ("Jullie plaatsen" in page, "Meld alles af" in page) == (False, False)
    client.post(f"{path}vrijgeven/")
    page = client.get(path).text
    assert ("<h1>Je bent afgemeld</h1>" in page, "card-now" in page) == (True, False)
    assert f'href="/activiteiten/{meal.pk}/">Wil je toch komen?' in page
    assert "Je bent afgemeld." in client.get(f"{path}?blad=1").text


def test_too_few_seats_is_asked_and_nothing_is_taken(client, meal):
    fill(meal, 2)
    key = uuid.uuid4()
    page = sign_up(client, meal, "Nour", key=key, friend1="Rita")
    assert "Er is nog maar 1 plaats. Wil je die, en de rest op de wachtlijst?" in page.text
    assert ('value="Rita"' in page.text, SignUp.objects.count()) == (True, 2)
    sign_up(client, meal, "Nour", key=key, friend1="Rita", wachtlijst="ja")
    assert states(meal) == ["signed_up"] * 3 + ["waiting"]


def test_a_number_is_for_the_team_and_logged(client, worker, meal):
    sign_up(client, meal, "Nour", friend1="Rita", **BY_PHONE, remind="on")
    nour, rita = meal.signups.all()
    assert (nour.phone, nour.how, nour.remind, rita.phone) == ("+32470123456", "call", True, None)
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{meal.pk}/lijst/")
    assert page.text.count('href="tel:+32470123456"') == 2
    assert {*Reading.objects.get().rows} == {str(nour.pk), str(rita.pk)}


def test_a_month_later_number_and_address_are_gone(client, meal):
    sign_up(client, meal, "Nour", how="mail", mail="nour@example.be", phone=NUMBER)
    ended = timezone.now() - 33 * DAY
    Activity.objects.update(starts_at=ended - DAY, ends_at=ended)
    retention.run()
    row = SignUp.objects.get()
    assert (row.name, row.phone, row.phone_index, row.mail, row.mail_index) == (None,) * 5


def test_from_the_slip_one_changes_all_but_reads_no_number(client, meal):
    path = sign_up(client, meal, "Noer", friend1="Rita", **BY_PHONE).headers["location"]
    page = client.get(f"{path}wijzigen/").text
    assert ("0470\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}56" in page, "12 34" in page) == (True, False)
    typed = {"name0": "Nour", "name1": "Rita", "how": "mail", "mail": "nour@example.be"}
    assert client.post(f"{path}wijzigen/", typed).status_code == 302
    row = meal.signups.first()
    assert (row.name, row.how, row.mail, row.phone) == ("Nour", "mail", "nour@example.be", "+32470123456")
    client.post(f"{path}wijzigen/", typed | {"how": "self", "mail": ""})
    row = meal.signups.first()
    assert (row.how, row.mail, row.phone) == ("self", None, None)


def test_a_name_that_is_too_long_hears_our_sentence_on_the_slip_too(client, meal):
    path = sign_up(client, meal, "Nour").headers["location"]
    page = client.post(f"{path}wijzigen/", {"name0": "n" * 90, "how": "self"}).text
    assert "Deze tekst is te lang: 90 tekens. Gebruik er hoogstens 80." in page


def test_all_days_on_one_slip_and_full_days_wait(client, weekly):
    fill(weekly[1], 2)
    page = client.get(f"/activiteiten/{weekly[0].pk}/aanmelden/alle-keren/")
    chosen = [str(day.pk) for day in weekly[:3]]
    assert page.text.count("vol, wachtlijst") == 1
    answer = client.post(page.request["PATH_INFO"], {"name": "Nour", "days": chosen, "key": uuid.uuid4()})
    lead = slip_of(answer)
    assert seats(lead) == [("Nour", "signed_up"), ("Nour", "waiting"), ("Nour", "signed_up")]
    shown = client.get(answer.headers["location"]).text
    assert "Wachtlijst, nummer 1" in shown
    assert slips.by_code(slips.code_of(lead).split("-")) == lead


def test_the_slip_of_a_series_lives_until_its_last_day(client, weekly):
    lead = actions.join(weekly, actions.Wish(("Nour",)), key=uuid.uuid4())
    ended = timezone.now() - 40 * DAY
    Activity.objects.filter(pk=weekly[0].pk).update(starts_at=ended - DAY, ends_at=ended)
    retention.run()
    assert slips.by_token(slips.token_of(lead)) == lead
    assert client.get(f"/activiteiten/briefje/{slips.token_of(lead)}/").status_code == 200
    Activity.objects.update(starts_at=ended - DAY, ends_at=ended)
    retention.run()
    retention.run()
    assert SignUp.objects.filter(forgotten_at=None).count() == 0
    assert {(row.name, row.token_hash) for row in SignUp.objects.all()} == {(None, None)}


def test_a_worker_writes_someone_down_and_reads_the_code_aloud(client, worker, meal):
    client.force_login(worker)
    path = f"/werk/activiteiten/{meal.pk}/lijst/"
    typed = {"name": "Mia", "phone": NUMBER, "key": uuid.uuid4()}
    page = client.post(f"{path}toevoegen/", typed, follow=True)
    row = meal.signups.get()
    assert (row.by_worker, row.how, row.phone) == (True, "call", "+32470123456")
    assert slips.code_of(row).replace("-", " ") in page.text
    assert "Het team schreef 1 naam op." in page.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"how": "call"}, "phone", "Vul je nummer in"),
        ({"how": "sms", "phone": "052 37 85 00"}, "phone", "Dit is geen gsm-nummer."),
        ({"how": "call", "phone": "12"}, "phone", "Dit nummer klopt niet."),
        ({"how": "mail"}, "mail", "Vul je e-mailadres in"),
        ({"how": "mail", "mail": "x@"}, "mail", "Dit e-mailadres klopt niet."),
        ({"phone": NUMBER}, "how", "Kies hoe we je verwittigen."),
        ({"remind": "on"}, "how", "Kies hoe we je herinneren."),
        ({"how": "duif"}, "how", "Kies iets uit de lijst."),
        ({"friend1": "..."}, "friend1", "Vul je naam in."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, meal, typed, field, sentence):
    page = sign_up(client, meal, "Nour", **typed)
    assert (page.status_code, SignUp.objects.count()) == (200, 0)
    assert sentence in str(page.context["form"].errors[field])
    assert 'value="Nour"' in page.text


@pytest.mark.slow
def test_the_same_form_with_another_number_is_one_seat_with_the_last_number(client, meal):
    key = uuid.uuid4()
    sign_up(client, meal, "Nour", key=key, **BY_PHONE)
    sign_up(client, meal, "Nour", key=key, how="call", phone="052 37 85 00")
    assert [row.phone for row in SignUp.objects.all()] == ["+3252378500"]


@pytest.mark.slow
def test_who_waits_and_asked_it_reads_that_we_tell(client, meal):
    fill(meal, 3)
    told = sign_up(client, meal, "Nour", wachtlijst="ja", **BY_PHONE).headers["location"]
    looks = sign_up(client, meal, "Mia", wachtlijst="ja").headers["location"]
    said = ["We laten het je weten zoals je vroeg." in client.get(path).text for path in (told, looks)]
    assert said == [True, False]


@pytest.mark.slow
def test_who_asks_names_only_keeps_no_number(client, team, buurt):
    soup = make_activity(team, buurt)
    sign_up(client, soup, "Nour", **BY_PHONE)
    assert [(row.phone, str(row.how)) for row in SignUp.objects.all()] == [(None, "self")]


@pytest.mark.slow
def test_pages_of_a_slip_ask_few_queries(client, weekly, django_assert_max_num_queries):
    lead = actions.join(weekly, actions.Wish(("Nour", "Rita"), or_wait=True), key=uuid.uuid4())
    path = f"/activiteiten/briefje/{slips.token_of(lead)}/"
    for page in (path, f"{path}?blad=1", f"{path}vrijgeven/", f"{path}wijzigen/"):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200
    with django_assert_max_num_queries(8):
        client.get(f"/activiteiten/{weekly[0].pk}/aanmelden/alle-keren/")


@pytest.mark.slow
def test_who_asks_to_be_erased_is_erased_on_every_day_and_a_friend_stays(client, worker, weekly):
    wish = actions.Wish(("Nour Losnaam", "Rita"), actions.Contact("+32470123456", how="call"), by_worker=True)
    lead = actions.join(weekly, wish, key=uuid.uuid4())
    client.force_login(worker)
    address = f"/werk/personen/rechten/los/agenda.signup/{lead.pk}/"
    assert address in client.post("/werk/personen/rechten/", {"wanted": NUMBER}).text
    asked = client.post(address, posted(kind="wissen"))
    client.post(asked.url + "wissen/", {"sure": "on"})
    assert [row.name for row in SignUp.objects.all()] == [None] * 4 + ["Rita"] * 4
    assert {(row.phone, row.token_hash) for row in SignUp.objects.all()} == {(None, None)}
