import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people.models import Receipt
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact, typed

PATH = "/werk/contacten/nieuw/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def on_the_street(client, worker, team):
    client.force_login(worker)
    return client


def parts(day):
    """A day as the boxes for another day post it."""
    return {"day": "other", "day_day": day.day, "day_month": day.month, "day_year": day.year}


def test_setting_and_neighbourhood_are_enough(on_the_street, worker, team, buurt):
    answer = on_the_street.post(PATH, {"setting": "straat", "neighbourhood": buurt.pk})
    contact = ContactMoment.objects.get()
    assert answer.headers["location"] == f"/werk/contacten/{contact.pk}/bewaard/"
    facts = (contact.team, contact.by, contact.neighbourhood, contact.setting, contact.people, contact.known)
    assert facts == (team, worker, buurt, "straat", 1, "onbekend")
    assert (contact.note, contact.age_group, contact.language_bridge) == (None, "", "geen")
    assert contact.open_steps == []


def test_everything_that_can_be_said_is_kept(on_the_street, buurt):
    tomorrow = timezone.localdate() + DAY
    on_the_street.post(
        PATH,
        typed(
            buurt,
            setting="huisbezoek",
            people="3",
            themes=["wonen", "energie", "financien"],
            note="Dak lekt.\nWil iemand spreken.",
            follow_up="on",
            follow_up_on=tomorrow.isoformat(),
            to_refer="on",
            is_signal="on",
            known="on",
            language_bridge="familie",
            age_group="ouderen",
        ),
    )
    contact = ContactMoment.objects.get()
    assert contact.note.splitlines() == ["Dak lekt.", "Wil iemand spreken."]
    assert {row.theme for row in contact.themes.all()} == {"wonen", "energie", "financien"}
    assert (contact.people, contact.known, contact.language_bridge) == (3, "bekend", "familie")
    assert (contact.age_group, contact.follow_up_on) == ("ouderen", tomorrow)
    assert contact.open_steps == ["opvolgen", "doorverwijzen", "signaal"]


def test_the_first_time_nothing_but_the_only_neighbourhood_is_chosen(on_the_street, buurt):
    form = on_the_street.get(PATH).context["form"]
    assert form["neighbourhood"].value() == str(buurt.pk)
    assert [form[name].value() for name in ("setting", "age_group", "known", "themes")] == [
        None,
        None,
        None,
        None,
    ]
    assert form.where_is_open()


def test_setting_and_neighbourhood_are_remembered(on_the_street, worker, buurt):
    part = Neighbourhood.objects.create(
        municipality=buurt.municipality, parent=buurt, name="Molenhoek", slug="molenhoek"
    )
    on_the_street.post(PATH, typed(part, setting="huisbezoek"))
    for visit in ("same session", "after logging out"):
        if visit != "same session":
            on_the_street.post("/logout/")
            on_the_street.force_login(worker)
        form = on_the_street.get(PATH).context["form"]
        assert (form["setting"].value(), form["neighbourhood"].value()) == ("huisbezoek", part.pk)
        assert form.where_words() == "Molenhoek, huisbezoek"
        assert not form.where_is_open()


def test_themes_of_the_team_come_first(on_the_street, worker_elsewhere, other_team, other_buurt, team, buurt):
    make_contact(team, buurt, themes=["verblijf", "mobiliteit"])
    make_contact(team, buurt, themes=["verblijf"])
    make_contact(other_team, other_buurt, themes=["veiligheid"])
    page = on_the_street.get(PATH)
    assert [theme["value"] for theme in page.context["at_hand"]][:3] == ["verblijf", "mobiliteit", "babbel"]
    assert len(page.context["at_hand"]) == 8
    assert len(page.context["others"]) == 12


def test_note_another_keeps_the_place_and_counts(on_the_street, buurt):
    answer = on_the_street.post(PATH, typed(buurt, another="1"), follow=True)
    assert answer.redirect_chain == [(PATH, 302)]
    assert "Bewaard. Vandaag: 1 contact." in answer.text
    assert answer.context["form"]["setting"].value() == "straat"


def test_the_worker_sees_the_own_counts_at_once(on_the_street, worker_elsewhere, team, buurt):
    make_contact(team, buurt, by=worker_elsewhere, people=40)
    answer = on_the_street.post(PATH, typed(buurt, people="2"), follow=True)
    counts = answer.context["counts"]
    assert (counts["today"], counts["people_today"], counts["week"], counts["people_week"]) == (1, 2, 1, 2)


def test_the_same_form_twice_is_one_contact(on_the_street, buurt):
    form = typed(buurt, note="Eén keer.")
    first = on_the_street.post(PATH, form)
    second = on_the_street.post(PATH, form, follow=True)
    assert ContactMoment.objects.count() == 1
    assert second.redirect_chain == [(first.headers["location"], 302)]
    assert "Dit contact was al bewaard." in second.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "other",
    [
        {"note": "Een heel ander gesprek."},
        {"people": "4"},
        {"themes": ["wonen"]},
        {"setting": "huisbezoek"},
        {"known": "on"},
        {"follow_up": "on", "follow_up_on": (timezone.localdate() + 3 * DAY).isoformat()},
    ],
)
def test_the_same_key_with_another_text_asks_whether_it_is_new(on_the_street, buurt, other):
    form = typed(buurt, note="Eén keer.", themes=["babbel"])
    on_the_street.post(PATH, form)
    stored = ContactMoment.objects.get()
    page = on_the_street.post(PATH, form | other)
    sentence = (
        "Je bewaarde net een ander contact met dit formulier. Is dit een nieuw gesprek? Bewaar dan nog eens."
    )
    assert page.status_code == 200
    assert sentence in page.text
    assert f'href="/werk/contacten/{stored.pk}/"' in page.text
    kept = page.context["form"]
    for name, value in (form | other).items():
        if name != "key":
            assert kept.data.getlist(name) == (value if name == "themes" else [str(value)])
    assert kept["key"].value() != form["key"]
    assert ContactMoment.objects.get().note == "Eén keer."
    on_the_street.post(PATH, form | other | {"key": kept["key"].value()})
    assert ContactMoment.objects.count() == 2


def test_comparing_with_the_own_note_is_a_reading(on_the_street, worker, buurt):
    bare, form = typed(buurt), typed(buurt, note="Eén\r\nkeer.")
    for sent in (bare, bare, form):
        on_the_street.post(PATH, sent)
    assert Reading.objects.count() == 0
    again = on_the_street.post(PATH, form | {"note": "Eén\nkeer."}).headers["location"]
    reading = Reading.objects.get()
    assert (reading.user, reading.route) == (worker, "outreach:add")
    assert again == f"/werk/contacten/{reading.rows[0]}/bewaard/"


@pytest.mark.access
def test_a_contact_of_a_team_one_left_is_not_opened(on_the_street, worker, other_team, other_buurt, buurt):
    theirs = make_contact(other_team, other_buurt, by=worker, note="Van vroeger.")
    key = uuid.uuid4()
    Receipt.objects.create(uuid=key, kind="outreach.contact", answer=str(theirs.pk))
    page = on_the_street.post(PATH, typed(buurt, key=str(key), note="Nog hier."))
    assert "Dit formulier was al gebruikt. Kijk na en bewaar opnieuw." in page.text
    assert "Nog hier." in page.text
    assert str(theirs.pk) not in page.text
    assert Reading.objects.count() == 0


def test_a_contact_that_was_taken_back_does_not_return(on_the_street, buurt):
    form = typed(buurt)
    saved = on_the_street.post(PATH, form).headers["location"]
    on_the_street.post(saved.replace("bewaard", "ongedaan"))
    assert "niet opnieuw bewaard" in on_the_street.post(PATH, form, follow=True).text
    assert ContactMoment.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("key", ["", "no uuid", "\0", "9" * 5000])
def test_a_broken_key_loses_nothing(on_the_street, buurt, key):
    on_the_street.post(PATH, typed(buurt, key=key, note="Toch bewaard."))
    assert ContactMoment.objects.get().note == "Toch bewaard."


@pytest.mark.access
def test_a_key_of_someone_else_asks_again_and_shows_nothing(
    on_the_street, worker_elsewhere, other_team, other_buurt, buurt
):
    theirs = make_contact(other_team, other_buurt, by=worker_elsewhere)
    key = uuid.uuid4()
    Receipt.objects.create(uuid=key, kind="outreach.contact", answer=str(theirs.pk))
    page = on_the_street.post(PATH, typed(buurt, key=str(key), note="Nog hier."))
    assert "Dit formulier was al gebruikt. Kijk na en bewaar opnieuw." in page.text
    assert "Nog hier." in page.text
    fresh = page.context["form"]["key"].value()
    assert fresh != str(key)
    on_the_street.post(PATH, typed(buurt, key=fresh))
    assert ContactMoment.objects.filter(neighbourhood=buurt).count() == 1


def test_today_is_now_and_another_day_is_noon(on_the_street, buurt):
    before = timezone.now()
    on_the_street.post(PATH, typed(buurt, day=timezone.localdate().isoformat()))
    today = ContactMoment.objects.get()
    assert before <= today.when <= timezone.now()
    yesterday = timezone.localdate() - DAY
    on_the_street.post(PATH, typed(buurt, day=yesterday.isoformat()))
    when = timezone.localtime(ContactMoment.objects.exclude(pk=today.pk).get().when)
    assert (when.date(), when.time()) == (yesterday, datetime.time(12))


REFUSED = [
    ({"setting": ""}, "Kies waar het gesprek was."),
    ({"setting": "<script>alert(1)</script>"}, "Kies iets uit de lijst."),
    ({"setting": "bus\0halte"}, "Kies iets uit de lijst."),
    ({"neighbourhood": ""}, "Kies een buurt."),
    ({"neighbourhood": "999999"}, "Kies iets uit de lijst."),
    ({"neighbourhood": "foreign"}, "Kies iets uit de lijst."),
    ({"people": "0"}, "Met hoeveel mensen sprak je? Vul 1 of meer in."),
    ({"people": "-1"}, "Met hoeveel mensen sprak je? Vul 1 of meer in."),
    ({"people": "9999999"}, "Met hoeveel mensen sprak je? Vul hoogstens 500 in."),
    ({"people": "veel"}, "Met hoeveel mensen sprak je? Vul een getal in."),
    ({"people": "9" * 5000}, "Met hoeveel mensen sprak je? Vul een getal in."),
    ({"themes": ["babbel", "onbekend thema"]}, "Kies iets uit de lijst."),
    ({"themes": ["😀"]}, "Kies iets uit de lijst."),
    ({"note": "x" * 1_000_000}, "Deze tekst is te lang: 1000000 tekens. Gebruik er hoogstens 4000."),
    ({"note": "een\0twee"}, "Deze tekst bevat tekens die we niet kunnen bewaren."),
    (
        {"note": "Nummer 85.07.30-033.28"},
        "Hier lijkt een rijksregisternummer te staan. Haal het weg, of bevestig hieronder.",
    ),
    ({"note": "Bel 0470 12 34 56"}, "Hier lijkt een telefoonnummer te staan."),
    ({"note": "60.01.01-123.45"}, "Hier lijkt een rijksregisternummer te staan."),
    ({"language_bridge": "klingon"}, "Kies iets uit de lijst."),
    ({"age_group": "arm"}, "Kies iets uit de lijst."),
    ({"day": "2024-02-30"}, "Kies een dag."),
    (parts(datetime.date(2020, 1, 1)), "Dat is langer dan een jaar geleden. Kies een latere dag."),
    (parts(datetime.date(2190, 1, 1)), "Die dag moet nog komen. Kies vandaag of vroeger."),
    ({"day": "other", "day_day": "31", "day_month": "2", "day_year": "2026"}, "31 februari bestaat niet."),
    ({"follow_up": "on"}, "Kies een dag om op te volgen."),
    ({"follow_up": "on", "follow_up_on": "2020-01-01"}, "Die dag is al voorbij. Kies een latere dag."),
    (
        {"follow_up": "on", "follow_up_on": "2190-01-01"},
        "Dat is meer dan een jaar ver. Kies een vroegere dag.",
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("wrong", "sentence"), REFUSED)
def test_bad_input_is_refused_with_a_sentence(on_the_street, buurt, other_buurt, wrong, sentence):
    if wrong.get("neighbourhood") == "foreign":
        wrong = {"neighbourhood": other_buurt.pk}
    page = on_the_street.post(PATH, typed(buurt, people="2") | {"note": "Dit blijft staan."} | wrong)
    assert page.status_code == 200
    assert sentence in page.text
    assert "<script>alert" not in page.text
    assert ContactMoment.objects.count() == 0
    kept = page.context["form"]
    assert kept["note"].value() == wrong.get("note", "Dit blijft staan.")
    assert kept["people"].value() == wrong.get("people", "2")
    assert kept["key"].value() is not None


@pytest.mark.parametrize(
    "note",
    [
        "😀👩‍👩‍👧",
        "مرحبا، السقف يسرب",
        "<script>alert(1)</script>",
        "'; DROP TABLE outreach_contactmoment; --",
        "{{ 7 }}{% x %}",
    ],
)
def test_every_script_and_sign_is_kept_and_shown_safely(on_the_street, buurt, note):
    saved = on_the_street.post(PATH, typed(buurt, note=note)).headers["location"]
    assert ContactMoment.objects.get().note == note
    page = on_the_street.get(saved.removesuffix("bewaard/"))
    assert page.context["note"] == note
    assert "<script>alert" not in page.text


def test_a_number_that_is_none_may_be_kept_after_a_look(on_the_street, buurt):
    form = typed(buurt, note="Meter 85073003328", note_checked="on")
    on_the_street.post(PATH, form)
    assert ContactMoment.objects.get().note == "Meter 85073003328"


def test_a_day_to_follow_up_is_forgotten_when_the_box_is_off(on_the_street, buurt):
    on_the_street.post(PATH, typed(buurt, follow_up_on="2020-01-01"))
    assert ContactMoment.objects.get().follow_up_on is None


def test_a_team_without_neighbourhood_says_what_to_do(on_the_street, team):
    team.neighbourhoods.clear()
    assert "Je team heeft nog geen buurt." in on_the_street.get(PATH).text
    page = on_the_street.post(PATH, {"setting": "straat", "neighbourhood": "1"})
    assert page.status_code == 200
    assert ContactMoment.objects.count() == 0


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize("who", ["coordinator", "city", "partner", "volunteer", "auditor", "admin"])
def test_only_workers_note_contacts(client, request, buurt, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, typed(buurt)).status_code == 403
    assert ContactMoment.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_for_more_contacts(
    on_the_street, worker, team, buurt, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_contact(team, buurt, by=worker, themes=["babbel", "rechten"])
    with django_assert_num_queries(8):
        on_the_street.get(PATH)


@pytest.mark.canary
def test_the_raw_database_holds_no_note(on_the_street, buurt):
    on_the_street.post(PATH, typed(buurt, note="Kanarie dakgoot"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_contactmoment")
        row = cursor.fetchone()
    raw = b"|".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
    assert b"Kanarie" not in raw
    assert ContactMoment.objects.get().note == "Kanarie dakgoot"


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_thirty_at_once_is_one_contact(worker, team, buurt):
    form = typed(buurt, note="Samen.", themes=["babbel"])
    clients = [Client() for _ in range(30)]
    for client in clients:
        client.force_login(worker)
    start, answers = threading.Barrier(30), []

    def send(client):
        start.wait()
        answers.append(client.post(PATH, form).headers["location"])
        connection.close()

    senders = [threading.Thread(target=send, args=(client,)) for client in clients]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    contact = ContactMoment.objects.get()
    assert answers == [f"/werk/contacten/{contact.pk}/bewaard/"] * 30
    assert contact.themes.count() == 1
