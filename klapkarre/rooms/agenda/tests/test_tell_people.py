"""People hear of a change the way they asked: once, after it is sure, and a person calls when it did not go."""

import datetime
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from klapkarre.rooms.agenda import actions, channels, slips
from klapkarre.rooms.agenda.models import Notice, SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, states
from klapkarre.rooms.agenda.tests.test_race import at_once

DAY = datetime.timedelta(days=1)
NOON = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time(12)))
BY_MAIL = actions.Contact(mail="nour@example.be", how="mail", remind=True)
BY_SMS = actions.Contact("+32470123456", how="sms", remind=True)
BY_PHONE = actions.Contact("+32470123456", how="call", remind=True)


@pytest.fixture
def meal(team, buurt, town):
    town.phone = "052 37 85 00"
    town.save()
    return make_activity(
        team,
        buurt,
        title="Samen koken",
        where="De Brug",
        capacity=1,
        sign_up_kind="contact",
        starts_at=NOON + DAY,
    )


def join(activity, *names, contact=BY_MAIL):
    return actions.join([activity], actions.Wish(names, contact, or_wait=True), key=uuid.uuid4())


def news_states():
    return [str(one.state) for one in Notice.objects.filter(kind="news")]


@pytest.fixture
def moved(meal):
    """One left, and Nour, who asked a mail, moved up."""

    def moved(contact=BY_MAIL):
        first = join(meal, "Jan", contact=actions.Contact())
        nour = join(meal, "Nour", contact=contact)
        actions.cancel(first, now=NOON)
        return nour

    return moved


def test_who_moves_up_gets_one_mail_with_what_when_where_and_a_way_out(moved):
    nour = moved()
    assert (news_states(), mail.outbox) == (["waiting"], [])
    assert list(SignUp.objects.to_tell()) == [nour]
    for _ in range(2):
        actions.deliver(NOON)
    [letter] = mail.outbox
    assert letter.to == ["nour@example.be"]
    for part in ("Er is een plaats voor jou.", "Samen koken", "12 uur", "De Brug", "Bel 052 37 85 00."):
        assert part in letter.body
    assert f"/activiteiten/briefje/{slips.token_of(nour)}/" in letter.body
    assert "Nour" not in letter.body + letter.subject
    assert (news_states(), list(SignUp.objects.to_tell())) == (["sent"], [])


def test_a_mail_server_that_is_away_is_seen_and_tried_again(
    client, worker, meal, moved, settings, monkeypatch
):
    moved()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    actions.deliver(NOON)
    assert (news_states(), Notice.objects.get().tries) == (["waiting"], 1)
    client.force_login(worker)
    for path in (f"/werk/activiteiten/{meal.pk}/lijst/", "/werk/activiteiten/bellen/"):
        assert "Niet verstuurd, bel" in client.get(path).text
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    actions.deliver(NOON)  # too soon
    assert len(mail.outbox) == 0
    actions.deliver(NOON + DAY / 24)
    assert (news_states(), len(mail.outbox)) == (["sent"], 1)


def test_a_reminder_goes_once_the_day_before(meal):
    join(meal, "Nour")
    assert actions.remind(NOON - DAY) == 0
    for _ in range(2):
        actions.remind(NOON)
        actions.deliver(NOON)
    assert [letter.body.split(":")[0] for letter in mail.outbox] == ["Morgen"]


def test_who_asked_a_call_stands_on_the_list_until_ticked(client, worker, team, buurt):
    when = timezone.now() + DAY
    soup = make_activity(team, buurt, sign_up_kind="contact", starts_at=when)
    row = join(soup, "Fatima", contact=BY_PHONE)
    assert actions.remind() == 0
    client.force_login(worker)
    page = client.get("/werk/activiteiten/bellen/").text
    assert ("Fatima" in page, 'href="tel:+32470123456"' in page) == (True, True)
    assert "0470\xa012\xa034\xa056" in client.get("/werk/activiteiten/bellen/?blad=1").text
    for _ in range(2):
        client.post(f"/werk/activiteiten/{soup.pk}/lijst/{row.pk}/herinnerd/")
    assert "Fatima" not in client.get("/werk/activiteiten/bellen/").text
    assert Notice.objects.count() == 1


@pytest.mark.slow
def test_the_list_to_call_is_for_the_own_team(client, worker_elsewhere, meal):
    join(meal, "Fatima", contact=BY_PHONE)
    actions.call_off(meal, "De kok is ziek.")
    client.force_login(worker_elsewhere)
    assert "Fatima" not in client.get("/werk/activiteiten/bellen/").text


@pytest.mark.slow
def test_called_off_is_told_to_all_the_same_ways(client, worker, meal):
    join(meal, "Nour")
    join(meal, "Fatima", contact=BY_PHONE._replace(how="whatsapp"))
    actions.call_off(meal, "De kok is ziek.", now=NOON)
    actions.deliver(NOON)
    [letter] = mail.outbox
    assert "gaat niet door. De kok is ziek. Vragen? Bel 052 37 85 00." in letter.body
    client.force_login(worker)
    page = client.get("/werk/activiteiten/bellen/").text
    assert 'href="https://wa.me/32470123456?text=Samen%20koken%20op' in page
    assert "Nour" not in page


@pytest.mark.slow
def test_ticked_by_hand_in_time_sends_nothing(moved):
    actions.tell(moved())
    actions.deliver(NOON)
    assert (news_states(), mail.outbox) == (["dropped"], [])


@pytest.mark.slow
def test_a_change_while_the_message_is_under_way_is_told_again(meal, moved, monkeypatch):
    nour = moved()

    def send_slowly(*_args):
        actions.call_off(meal, "De kok is ziek.", now=NOON)

    monkeypatch.setattr(channels, "send", send_slowly)
    actions.deliver(NOON)
    assert list(SignUp.objects.to_tell()) == [nour]
    monkeypatch.undo()
    actions.deliver(NOON)
    assert "gaat niet door" in mail.outbox[0].body
    assert list(SignUp.objects.to_tell()) == []


@pytest.mark.slow
def test_what_was_under_way_when_the_program_stopped_is_for_a_person(moved):
    moved()
    Notice.objects.update(state="sending", tried_at=NOON - DAY)
    actions.deliver(NOON)
    assert (news_states(), mail.outbox) == (["failed"], [])


@pytest.mark.slow
def test_nothing_is_queued_when_the_change_did_not_happen(meal):
    first = join(meal, "Jan", contact=actions.Contact())
    join(meal, "Nour")

    def cut_off():
        with transaction.atomic():
            actions.cancel(first)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert (states(meal), Notice.objects.count()) == (["signed_up", "waiting"], 0)


@pytest.fixture
def gateway(settings):
    """A gateway for SMS on this machine: keeps what it gets, and answers as told."""
    got, answers = [], []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            got.append((self.path, parse_qs(body), self.headers.get("Authorization")))
            code = answers.pop(0) if answers else 200
            if code == "slow":
                stop.wait(3)
                code = 200
            self.send_response(code)
            self.send_header("Location", "/elders")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            got.append((urlsplit(self.path).path, parse_qs(urlsplit(self.path).query), None))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            pass

    stop = threading.Event()
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_FORM, settings.SMS_TOKEN = "to={to}&message={text}", "geheim"
    yield got, answers
    stop.set()
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_an_sms_goes_through_the_gateway(moved, gateway):
    got, _answers = gateway
    moved(BY_SMS)
    actions.deliver(NOON)
    [(path, form, token)] = got
    assert (path, form["to"], token) == ("/send", ["+32470123456"], "Bearer geheim")
    assert form["message"][0].startswith("Er is een plaats voor jou. Samen koken: ")
    assert news_states() == ["sent"]


@pytest.mark.slow
def test_an_address_with_everything_in_it_is_asked(moved, gateway, settings):
    got, _answers = gateway
    settings.SMS_URL, settings.SMS_FORM = settings.SMS_URL + "?n={to}&t={text}&key={token}", ""
    moved(BY_SMS)
    actions.deliver(NOON)
    assert (got[0][1]["n"], got[0][1]["key"]) == (["+32470123456"], ["geheim"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "then", "later", "asked"),
    [
        (503, "waiting", "sent", 2),  # surely not sent
        (429, "waiting", "sent", 2),
        (400, "failed", "failed", 1),
        (500, "failed", "failed", 1),  # nobody knows: never twice
        (302, "failed", "failed", 1),  # the token goes nowhere else
        ("slow", "failed", "failed", 1),
    ],
)
def test_a_gateway_that_refuses_or_is_slow(
    client, worker, meal, moved, gateway, monkeypatch, answer, then, later, asked
):
    monkeypatch.setattr(channels, "PATIENCE", 0.3)
    got, answers = gateway
    answers.append(answer)
    nour = moved(BY_SMS)
    actions.deliver(NOON)
    assert news_states() == [then]
    client.force_login(worker)
    assert "Niet verstuurd, bel" in client.get(f"/werk/activiteiten/{meal.pk}/lijst/").text
    actions.deliver(NOON + DAY / 24)
    assert (news_states(), len(got)) == ([later], asked)
    assert list(SignUp.objects.to_tell()) == ([] if later == "sent" else [nour])


@pytest.mark.slow
def test_a_phone_does_not_ring_at_night(moved, gateway):
    moved(BY_SMS)
    actions.deliver(NOON + DAY / 2)
    assert news_states() == ["waiting"]
    actions.deliver(NOON + 0.9 * DAY)
    assert news_states() == ["sent"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_one(moved, gateway):
    got, _answers = gateway
    moved(BY_SMS)
    at_once(lambda _number: actions.deliver(NOON), 8)
    assert len(got) == 1
