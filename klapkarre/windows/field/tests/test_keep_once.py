"""Whatever a phone sends, in whatever order, with whatever clock: each acknowledged note is there exactly once."""

import datetime
import json
import random
import threading
import uuid

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.accounts import keyring, phones, rotation
from klapkarre.foundation.people import ledger
from klapkarre.foundation.people.actions.erasing import erase_person
from klapkarre.foundation.people.models import Quarantined, Receipt
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.outreach import actions as outreach
from klapkarre.rooms.outreach.models import Attempt, Certificate, ContactMoment, FieldNote
from klapkarre.rooms.outreach.tests.make import door_of, make_round
from klapkarre.windows.field import actions
from klapkarre.windows.field.tests.make import (
    make_phone,
    milliseconds,
    note,
    send,
    send_raw,
    statuses,
    talk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.offline, pytest.mark.slow]
DAY = 24 * 60 * 60 * 1000
HOUR = DAY // 24
TWO_YEARS = 730 * DAY


@pytest.fixture
def phone(worker, team):
    return make_phone(worker, team)


@pytest.fixture(autouse=True)
def many_from_one_address(settings):
    settings.MOST_PUBLIC_POSTS = 10_000


def reasons():
    return sorted(Quarantined.objects.values_list("reason", flat=True))


def stored():
    """Everything that came of notes."""
    models = (ContactMoment, Attempt, FieldNote, Quarantined)
    return sum(model.objects.count() for model in models)


def test_batches_that_come_again_in_another_order(phone, buurt):
    notes = [note(phone, talk(buurt, people=number)) for number in range(1, 9)]
    notes += [note(phone, talk(buurt, people=0)), note(phone, {"x": 1}, kind="wat")]
    first = {one["uuid"]: one["status"] for one in send(phone, *notes).json()["answers"]}
    for seed in range(5):
        random.Random(seed).shuffle(notes)
        again = send(phone, *notes[: 3 + seed]).json()["answers"]
        assert again == [{"uuid": one["uuid"], "status": first[one["uuid"]]} for one in notes[: 3 + seed]]
    assert (ContactMoment.objects.count(), Quarantined.objects.count()) == (8, 2)


@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fits", [True, False])
def test_the_same_note_from_many_sides_at_once(phone, buurt, fits):
    one = note(phone, talk(buurt, people=3 if fits else 0))
    start, answers = threading.Barrier(8), []

    def post():
        start.wait()
        answers.extend(statuses(send(phone, one)))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acknowledged = [answer for answer in answers if answer != "again"]
    assert set(acknowledged) == {"stored" if fits else "kept"}
    assert stored() == 1


@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_nothing_is_acknowledged_that_was_not_committed(phone, buurt, monkeypatch):
    """The disk is full between the row and the end of its transaction: nothing is there, and nothing is said."""
    place = actions._place

    def cut_off(*facts):
        place(*facts)
        raise OperationalError("disk full")

    one = note(phone, talk(buurt))
    with monkeypatch.context() as broken:
        broken.setattr(actions, "_place", cut_off)
        assert statuses(send(phone, one, note(phone, talk(buurt)))) == ["again", "again"]
    assert stored() == Receipt.objects.count() == 0
    assert statuses(send(phone, one)) == ["stored"]
    assert ContactMoment.objects.count() == 1


def test_a_body_that_was_cut_off_stores_nothing(phone, buurt):
    body = json.dumps({"v": 1, "now": milliseconds(), "notes": [note(phone, talk(buurt)) for _ in range(2)]})
    for end in random.Random(1).sample(range(len(body)), 40):
        assert send_raw(body[:end], phone.token).status_code == 400
    assert stored() == Receipt.objects.count() == 0


@pytest.mark.parametrize("wrong", [-TWO_YEARS, -HOUR, 0, HOUR, TWO_YEARS])
def test_a_clock_that_is_wrong_is_set_right(phone, buurt, wrong):
    there = milliseconds() + wrong
    one = note(phone, talk(buurt), when=there - 3 * HOUR)
    assert statuses(send(phone, one, now=there)) == ["stored"]
    ago = timezone.now() - ContactMoment.objects.get().when
    assert abs(ago - datetime.timedelta(hours=3)) < datetime.timedelta(minutes=1)


def test_what_is_still_to_come_becomes_the_moment_of_receipt(phone, buurt):
    assert statuses(send(phone, note(phone, talk(buurt), when=milliseconds() + TWO_YEARS))) == ["stored"]
    row = ContactMoment.objects.get()
    assert row.when == row.created_at


@pytest.mark.parametrize("when", [-1, 0, "gisteren", None, True, 1e300, 10**30, -9e13, 9e13, [], 61 * -DAY])
def test_a_moment_that_makes_no_sense_waits(phone, buurt, when):
    if when == 61 * -DAY:
        when += milliseconds()
    text = json.dumps({"kind": "contact", "when": when, "facts": talk(buurt)})
    assert statuses(send(phone, note(phone, text=text))) == ["kept"]
    assert reasons() == ["clock"]


@pytest.mark.parametrize("now", [None, "x", True, 1e300, -5, -9e13, []])
def test_a_clock_that_says_nothing_lets_all_wait(phone, buurt, now):
    body = {"v": 1, "now": now, "notes": [note(phone, talk(buurt))]}
    assert statuses(send_raw(json.dumps(body), phone.token)) == ["kept"]
    assert reasons() == ["clock"]


def test_a_withdrawn_phone_still_brings_what_it_had(phone, worker, buurt):
    one = note(phone, talk(buurt, note="Gered"))
    assert phones.withdraw(phone.row)
    assert not phones.withdraw(phone.row)
    answer = send(phone, one)
    assert (statuses(answer), answer.json().keys()) == (["kept"], {"v", "now", "answers", "live"})
    assert "Gered" in Quarantined.objects.get().content
    assert reasons() == ["withdrawn"]


def test_who_left_still_brings_what_she_had(phone, worker, buurt):
    one = note(phone, talk(buurt))
    worker.memberships.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert statuses(send(phone, one)) == ["kept"]
    worker.memberships.update(ends_on=None)
    assert statuses(send(phone, one)) == ["kept"]
    assert reasons() == ["left"]
    assert not ContactMoment.objects.exists()


def test_another_neighbourhood_waits(phone, other_buurt):
    assert statuses(send(phone, note(phone, talk(other_buurt)))) == ["kept"]
    assert reasons() == ["place"]


def test_a_note_of_another_organisation_does_not_open(phone, worker_abroad, buurt):
    theirs = make_phone(worker_abroad, worker_abroad.memberships.get().team)
    one = note(theirs, talk(buurt, note="Elders"))
    assert statuses(send(phone, one)) == ["kept"]
    assert reasons() == ["sealed"]
    assert "Elders" not in Quarantined.objects.get().content
    # Their own note of the same name is not taken for a repetition of it.
    assert statuses(send(theirs, one)) == ["kept"]
    assert Quarantined.objects.count() == 2


def test_a_number_that_does_not_belong_in_a_note_waits(phone, buurt):
    assert statuses(send(phone, note(phone, talk(buurt, note="Bel 0478 12 34 56")))) == ["kept"]
    assert reasons() == ["number"]


def test_a_day_to_follow_up_may_have_passed_on_the_way(phone, buurt):
    when = milliseconds() - 5 * DAY
    day = timezone.localdate() - datetime.timedelta(days=4)
    assert statuses(send(phone, note(phone, talk(buurt, follow_up=day.isoformat()), when=when))) == ["stored"]
    assert ContactMoment.objects.get().follow_up_on == day


def test_a_melding_waits_at_the_desk_once(phone, team, buurt):
    one = note(phone, {"word": "melding", "neighbourhood": buurt.pk, "text": "Losse stoeptegel"}, kind="todo")
    assert statuses(send(phone, one, one)) == ["stored", "stored"]
    row = FieldNote.objects.get()
    assert (row.team, row.word, row.text) == (team, "melding", "Losse stoeptegel")


def test_a_headcount_and_another_one(phone, team, buurt):
    soon = datetime.timedelta(hours=-1)
    activity = make_activity(team, buurt, starts_in=soon)
    facts = {"activity": activity.pk, "people": 12}
    assert statuses(send(phone, note(phone, facts, kind="headcount"))) == ["stored"]
    assert statuses(send(phone, note(phone, facts, kind="headcount"))) == ["stored"]
    assert statuses(send(phone, note(phone, facts | {"people": 14}, kind="headcount"))) == ["kept"]
    activity.refresh_from_db()
    assert activity.headcount == 12
    assert reasons() == ["two"]


def test_ringing_at_a_door_until_the_round_erased_itself(phone, worker, team, buurt):
    one = make_round(team, buurt)
    door = door_of(one, "2")
    facts = {"door": str(door.pk), "outcome": "gesproken", "times": ["avond"]}
    early, late = (note(phone, facts, kind="attempt") for _ in range(2))
    assert statuses(send(phone, early, early)) == ["stored", "stored"]
    assert Attempt.objects.get().times == "avond"
    outreach.end_round(one, Certificate.Rule.BUTTON)
    assert statuses(send(phone, early, late, early)) == ["gone"] * 3
    never_sent = note(phone, facts, kind="attempt")
    phones.withdraw(phone.row)
    assert statuses(send(phone, late, never_sent, late)) == ["gone"] * 3
    assert not Quarantined.objects.exists()
    assert not Attempt.objects.exists()


def test_two_phones_at_one_door(phone, team, buurt, worker):
    other = make_phone(worker, team)
    door = door_of(make_round(team, buurt), "1")
    facts = {"door": str(door.pk), "outcome": "niet_thuis", "times": []}
    assert statuses(send(phone, note(phone, facts, kind="attempt"))) == ["stored"]
    assert statuses(send(other, note(other, facts, kind="attempt"))) == ["stored"]
    assert Attempt.objects.count() == 2


def test_what_was_erased_on_request_does_not_come_back(phone, worker, team, buurt):
    """A conversation of which the team later knew with whom it was; then that person asks to be erased."""
    one = note(phone, talk(buurt, note="Over iemand"))
    assert statuses(send(phone, one)) == ["stored"]
    row = ContactMoment.objects.get()
    row.person = make_person(team, worker)
    row.save()
    erase_person(make_request(row.person, worker), worker)
    assert statuses(send(phone, one, one)) == ["gone", "gone"]
    row = ContactMoment.objects.get()
    assert (row.person, row.note) == (None, None)


def test_what_was_taken_back_stays_away(phone, buurt):
    one = note(phone, talk(buurt))
    send(phone, one)
    ContactMoment.objects.all().delete()
    assert statuses(send(phone, one)) == ["stored"]
    assert not ContactMoment.objects.exists()


def test_what_was_thrown_away_stays_away(phone, buurt):
    one = note(phone, talk(buurt, people=0))
    send(phone, one)
    row = Quarantined.objects.get()
    assert actions.throw_away(row.pk)
    assert not actions.throw_away(row.pk)
    assert statuses(send(phone, one)) == ["kept"]
    assert not Quarantined.objects.exists()
    assert str(row.pk) in ledger.path().read_text()


def test_a_destroyed_organisation_answers_that_it_is_gone(phone, organisation, buurt):
    one = note(phone, talk(buurt))
    rotation.shred(organisation)
    answer = send(phone, one)
    assert (statuses(answer), "key" in answer.json()) == (["gone"], False)
    assert stored() == 0


def test_without_the_key_file_the_phone_tries_again(phone, settings, buurt):
    one = note(phone, talk(buurt))
    kept = settings.KEY_FILE.read_bytes()
    settings.KEY_FILE.unlink()
    keyring.forget_opened_keys()
    assert statuses(send(phone, one, one)) == ["again", "again"]
    assert Receipt.objects.count() == 0
    settings.KEY_FILE.write_bytes(kept)
    keyring.forget_opened_keys()
    assert statuses(send(phone, one)) == ["stored"]


def test_a_fault_of_the_program_loses_nothing(phone, buurt, monkeypatch, caplog):
    def broken(*args):
        raise ZeroDivisionError("Kanarie")

    monkeypatch.setitem(actions.ROOMS, "contact", broken)
    one = note(phone, talk(buurt, note="Kanarie"))
    assert statuses(send(phone, one)) == ["kept"]
    assert reasons() == ["program"]
    assert "ZeroDivisionError" in caplog.text
    assert "Kanarie" not in caplog.text


def test_too_much_too_often_too_wrong(phone, buurt, settings, monkeypatch):
    one = note(phone, talk(buurt))
    body = {"v": 1, "now": milliseconds(), "notes": [one]}
    assert send_raw(json.dumps(body | {"x": "x" * 262_144}), phone.token).status_code == 413
    assert send_raw(json.dumps(body | {"notes": [one] * 51}), phone.token).status_code == 400
    assert send_raw(json.dumps(body | {"v": 2}), phone.token).status_code == 400
    assert send_raw("[" * 200_000, phone.token).status_code == 400
    assert send_raw(b"\xff\xfe", phone.token).status_code == 400
    long_number = json.dumps(body).replace('"v": 1', f'"v": {"9" * 5000}')
    assert send_raw(long_number, phone.token).status_code == 400
    assert send_raw(json.dumps(body), "Kanarië ").status_code == 401
    assert stored() == 0
    monkeypatch.setattr("klapkarre.windows.field.views.MOST_BATCHES", 1)
    assert statuses(send(phone, one)) == ["stored"]
    refused = send(phone, one)
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")


def test_other_words_come_along_when_the_phone_has_old_ones(phone, buurt):
    found = send(phone, words="oud").json()["words"]
    assert [buurt.pk, "Molenwijk"] in found["neighbourhoods"]
    assert "words" not in send(phone, words=found["version"]).json()


ODD = st.sampled_from(["\ud800", "\x00", "9" * 5000, "=1+1", "2026-13-45", -0.0, 2**63, 10**400])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(["contact", "attempt", "headcount", "todo", "", "x"]) | ANYTHING
NAMES = st.sampled_from(
    [
        "setting",
        "neighbourhood",
        "people",
        "themes",
        "bridge",
        "known",
        "note",
        "follow_up",
        "refer",
        "signal",
        "door",
        "outcome",
        "times",
        "activity",
        "word",
        "text",
        "x",
    ]
)
VALUES = st.sampled_from(["straat", 1, ["wonen"], "2026-11-22", "niet_thuis", "melding", True]) | ANYTHING
SAID = st.fixed_dictionaries(
    {"kind": KINDS, "when": st.just(0) | st.integers() | ANYTHING, "facts": st.dictionaries(NAMES, VALUES)}
)


@given(said=SAID | ANYTHING)
def test_whatever_was_sealed_is_there_once(worker, team, said):
    phone = make_phone(worker, team)
    phones.withdraw(phone.row) if said is None else None
    before = stored()
    if isinstance(said, dict) and said.get("when") == 0:
        said["when"] = milliseconds()
    one = note(phone, text=json.dumps(said))
    first = statuses(send(phone, one, one))
    assert first[0] == first[1]
    assert first[0] in ("stored", "kept")
    assert stored() == before + 1
    phones.Phone.objects.all().delete()


@given(
    one=ANYTHING | st.fixed_dictionaries({"uuid": st.just(str(uuid.uuid4())) | ANYTHING, "sealed": ANYTHING})
)
def test_whatever_came_in_is_there_once(worker, team, one):
    phone = make_phone(worker, team)
    first = statuses(send(phone, one, one))
    assert first == ["kept", "kept"]
    before = stored()
    assert statuses(send(phone, one)) == ["kept"]
    assert stored() == before
    phones.Phone.objects.all().delete()


@given(body=ANYTHING | st.fixed_dictionaries({"v": st.just(1), "now": ANYTHING, "notes": ANYTHING}))
def test_no_body_breaks_it(worker, team, body):
    phone = make_phone(worker, team)
    assert send_raw(json.dumps(body), phone.token).status_code in (200, 400)
    phones.Phone.objects.all().delete()
