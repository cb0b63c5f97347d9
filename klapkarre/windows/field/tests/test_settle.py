"""What waits is read by the team, logged; it becomes a contact, or goes after a second question."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.people.models import Quarantined
from klapkarre.rooms.agenda.tests.make import fill, make_activity
from klapkarre.rooms.outreach.actions import add_field_note
from klapkarre.rooms.outreach.models import Attempt, ContactMoment, FieldNote
from klapkarre.rooms.outreach.tests.make import door_of, make_round
from klapkarre.windows.field import aside_views
from klapkarre.windows.field.tests.make import make_phone, note, send, statuses, talk

pytestmark = [pytest.mark.django_db, pytest.mark.offline]
PATH = "/werk/nakijken/"


@pytest.fixture
def kept(worker, team, buurt):
    """A conversation that could not be placed."""
    phone = make_phone(worker, team)
    facts = talk(buurt, people=900, note="Dak lekt", themes=["wonen"], signal=True)
    assert statuses(send(phone, note(phone, facts))) == ["kept"]
    return Quarantined.objects.get()


def test_make_a_contact_of_it(client, worker, team, buurt, kept):
    client.force_login(worker)
    assert "Dak lekt" in client.get(PATH).text
    assert Reading.objects.filter(kind="people.quarantined", rows=[str(kept.pk)]).exists()
    page = client.get(f"{PATH}{kept.pk}/contact/")
    form = page.context["form"]
    assert (form["note"].value(), form["themes"].value(), form["is_signal"].value()) == (
        "Dak lekt",
        ["wonen"],
        True,
    )
    typed = {
        "key": str(kept.pk),
        "setting": "straat",
        "neighbourhood": buurt.pk,
        "people": "90",
        "note": "Dak lekt",
        "day": timezone.localdate().isoformat(),
    }
    for _twice in range(2):
        assert client.post(f"{PATH}{kept.pk}/contact/", typed).status_code == 302
    row = ContactMoment.objects.get()
    assert (row.people, row.team, row.note, row.when) == (90, team, "Dak lekt", kept.noted_at)
    assert not Quarantined.objects.exists()
    assert "Niets na te kijken" in client.get(PATH).text


def test_a_day_to_go_on_is_not_lost_and_nobody_reads_what_programs_write(client, worker, team, buurt):
    phone, day = make_phone(worker, team), timezone.localdate() + datetime.timedelta(days=6)
    send(phone, note(phone, talk(buurt, people=900, themes=["wonen"], follow_up=day.isoformat())))
    client.force_login(worker)
    page = client.get(PATH).text
    assert "{&quot;" not in page
    assert all(words in page for words in ("Straat of plein".lower(), "Wonen".lower(), f"{day.day} "))
    form = client.get(f"{PATH}{Quarantined.objects.get().pk}/contact/").context["form"]
    assert (form["follow_up"].value(), form["follow_up_on"].value()) == (True, day)


def test_a_door_and_a_melding_of_a_withdrawn_phone_go_where_they_belong(client, worker, team, buurt):
    one = make_round(team, buurt, doors=("2",))
    phone = make_phone(worker, team)
    phones.withdraw(phone.row)
    facts = {"word": "melding", "neighbourhood": buurt.pk, "text": "Lamp stuk, bel 0470 12 34 56"}
    ring, lamp = (
        note(phone, {"door": str(door_of(one, "2").pk), "outcome": "niet_thuis"}, kind="attempt"),
        note(phone, facts, kind="todo"),
    )
    assert statuses(send(phone, ring, lamp)) == ["kept", "kept"]
    client.force_login(worker)
    for row in Quarantined.objects.all():
        for _twice in range(2):
            assert client.post(f"{PATH}{row.pk}/opnemen/").headers["location"] == PATH
    assert [row.outcome for row in Attempt.objects.all()] == ["niet_thuis"]
    assert FieldNote.objects.get().text == facts["text"]
    assert not Quarantined.objects.exists()
    assert statuses(send(phone, ring, lamp)) == ["stored", "stored"]


@pytest.mark.slow
def test_what_still_does_not_fit_stays(client, worker, worker_elsewhere, team, buurt):
    phone = make_phone(worker, team)
    send(phone, note(phone, {"activity": 999_999, "people": 4}, kind="headcount"))
    path = f"{PATH}{Quarantined.objects.get().pk}/opnemen/"
    client.force_login(worker_elsewhere)
    assert client.post(path).status_code == 404
    client.force_login(worker)
    assert "Dit kon niet opgenomen worden" in client.post(path, follow=True).text
    assert Quarantined.objects.exists()


@pytest.mark.slow
def test_a_count_that_differs_is_taken_over_by_who_says_so(client, worker, team, buurt):
    activity = make_activity(team, buurt, headcount=12, starts_in=datetime.timedelta(hours=-1))
    phone = make_phone(worker, team)
    send(phone, note(phone, {"activity": activity.pk, "people": 14}, kind="headcount"))
    client.force_login(worker)
    client.post(f"{PATH}{Quarantined.objects.get().pk}/opnemen/")
    activity.refresh_from_db()
    assert (activity.headcount, Quarantined.objects.exists()) == (14, False)


@pytest.mark.slow
def test_more_than_a_page_says_how_many(client, worker, kept, monkeypatch):
    monkeypatch.setattr(aside_views, "MOST", 1)
    phone = make_phone(worker, kept.team)
    send(phone, note(phone, text="x"))
    client.force_login(worker)
    page = client.get(PATH).text
    assert ("(2)" in page, "Je ziet de oudste 1." in page) == (True, True)


@pytest.mark.slow
def test_throw_away_asks_first(client, worker, kept):
    client.force_login(worker)
    path = f"{PATH}{kept.pk}/weg/"
    assert "Wil je deze notitie weggooien?" in client.post(path).text
    assert Quarantined.objects.exists()
    assert client.post(path, {"sure": "ja"}).headers["location"] == PATH
    assert not Quarantined.objects.exists()
    assert client.post(path, {"sure": "ja"}).headers["location"] == PATH


@pytest.mark.slow
def test_others_find_nothing(client, worker_elsewhere, worker_one_buurt, coordinator, kept):
    for user in (worker_elsewhere, worker_one_buurt):
        client.force_login(user)
        assert "Dak lekt" not in client.get(PATH).text
        assert client.post(f"{PATH}{kept.pk}/weg/", {"sure": "ja"}).status_code == 404
    client.force_login(coordinator)
    assert client.get(PATH).status_code == 403
    assert Quarantined.objects.exists()


@pytest.mark.slow
def test_a_wrong_form_loses_nothing(client, worker, kept):
    client.force_login(worker)
    page = client.post(f"{PATH}{kept.pk}/contact/", {"note": "Dak lekt nog", "people": "veel"})
    assert (page.status_code, "Dak lekt nog" in page.text) == (200, True)
    assert Quarantined.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "content", ["", "x", "[]", "null", '{"facts": 5}', '{"facts": {"people": [], "themes": 5}}']
)
def test_whatever_was_kept_shows(client, worker, team, kept, content):
    kept.content = content
    kept.save()
    client.force_login(worker)
    assert client.get(PATH).status_code == 200
    assert client.get(f"{PATH}{kept.pk}/contact/").status_code == 200
    assert client.get(f"{PATH}{kept.pk}/weg/").status_code == 200


def test_half_an_emoji_hides_nothing_from_the_team(client, worker, team, buurt, kept):
    phone = make_phone(worker, team)
    assert statuses(send(phone, note(phone, talk(buurt, note="Bedankt \ud83d")))) == ["kept"]
    row = Quarantined.objects.exclude(pk=kept.pk).get()
    client.force_login(worker)
    pages = [client.get(f"{PATH}{rest}").text for rest in ("", f"{row.pk}/contact/", f"{row.pk}/weg/")]
    assert ["Bedankt ?" in page for page in pages] == [True] * 3
    assert "Dak lekt" in pages[0]


@pytest.mark.slow
def test_two_headcounts_stand_side_by_side(client, worker, team, buurt):
    activity = make_activity(team, buurt, headcount=12)
    phone = make_phone(worker, team)
    send(phone, note(phone, {"activity": activity.pk, "people": 14}, kind="headcount"))
    client.force_login(worker)
    assert "hier staat 12, de telefoon telde 14" in client.get(PATH).text


@pytest.mark.slow
def test_what_waits_stands_on_the_day_until_it_is_ticked(client, worker, team, buurt, kept):
    row = add_field_note(worker, team, buurt, "signaal", "Te weinig banken", kept.received_at)
    client.force_login(worker)
    day = client.get("/werk/").text
    assert "Eén notitie van onderweg" in day
    assert "Te weinig banken" not in day
    assert "Te weinig banken" in client.get(PATH).text
    assert (
        client.post(f"{PATH}{row.pk}/opgenomen/", {"done": "1", "next": "/werk/"}).headers["location"]
        == "/werk/"
    )
    assert FieldNote.objects.get().done_at
    assert "Te weinig banken" not in client.get(PATH).text


def test_a_count_from_before_it_began_says_so_and_is_taken_in_once_it_did(client, worker, team, buurt):
    activity = make_activity(team, buurt, starts_in=datetime.timedelta(minutes=30))
    phone = make_phone(worker, team)
    send(phone, note(phone, {"activity": activity.pk, "people": 14}, kind="headcount"))
    path = f"{PATH}{Quarantined.objects.get().pk}/opnemen/"
    client.force_login(worker)
    page = client.get(PATH).text
    assert ("De activiteit was nog niet begonnen." in page, "Vanaf dan neem je" in page) == (True, True)
    assert path not in page
    assert "De activiteit was nog niet begonnen." in client.post(path, follow=True).text
    type(activity).objects.filter(pk=activity.pk).update(starts_at=timezone.now())
    assert path in client.get(PATH).text
    client.post(path)
    activity.refresh_from_db()
    assert (activity.headcount, Quarantined.objects.exists()) == (14, False)


@pytest.mark.slow
def test_a_count_of_what_was_called_off_or_below_the_ticks_says_so(client, worker, team, buurt):
    hour = datetime.timedelta(hours=1)
    off = make_activity(team, buurt, starts_in=-hour, state="cancelled")
    ticked = make_activity(team, buurt)
    fill(ticked, 2)
    ticked.signups.update(state="attended")
    type(ticked).objects.filter(pk=ticked.pk).update(starts_at=timezone.now())
    phone = make_phone(worker, team)
    for activity in (off, ticked):
        send(phone, note(phone, {"activity": activity.pk, "people": 1}, kind="headcount"))
    assert sorted(Quarantined.objects.values_list("reason", flat=True)) == ["fewer", "off"]
    client.force_login(worker)
    page = client.get(PATH).text
    assert "De activiteit gaat niet door." in page
    assert "Op de lijst zijn al meer mensen aangevinkt." in page
