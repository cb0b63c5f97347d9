"""A mail server that stops halfway: nobody gets the same message twice, and who got none is called."""

import datetime
import uuid

import pytest
from django.utils import timezone

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.models import Notice
from klapkarre.rooms.agenda.tests.mail_server import (
    BEGIN,
    END,
    GREETING,
    HALFWAY,
    RECIPIENT,
    SENDER,
    MailServer,
)
from klapkarre.rooms.agenda.tests.make import make_activity

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
NOON = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time(12)))
NAMES = ("An", "Bo", "Cem")
EVERYONE = sorted(f"{name.lower()}@example.be" for name in NAMES)
CALL = "Niet verstuurd, bel"


@pytest.fixture
def meal(team, buurt):
    """Three who asked a mail, and it does not take place."""
    meal = make_activity(team, buurt, title="Samen koken", sign_up_kind="contact", starts_at=NOON + 3 * DAY)
    for name in NAMES:
        contact = actions.Contact(mail=f"{name.lower()}@example.be", how="mail")
        actions.join([meal], actions.Wish((name,), contact), key=uuid.uuid4())
    actions.call_off(meal, "De kok kan niet.", now=NOON)
    return meal


def deliver_for_hours(server, settings):
    """What `tell` does, until nothing is tried any more."""
    settings.MAILERS = server.mailers
    for hours in range(5):
        actions.deliver(NOON + hours * HOUR)


def ends():
    return sorted(str(one.state) for one in Notice.objects.all())


def to_call(client, worker):
    client.force_login(worker)
    return client.get("/werk/activiteiten/bellen/").text.count(CALL)


@pytest.mark.parametrize(
    ("fault", "got"),
    [
        ((HALFWAY, "drop"), 2),
        pytest.param((END, "drop"), 3, marks=pytest.mark.slow),
        pytest.param((END, "hang"), 3, marks=pytest.mark.slow),
        pytest.param((BEGIN, "drop"), 2, marks=pytest.mark.slow),
        pytest.param((BEGIN, "hang"), 2, marks=pytest.mark.slow),
        pytest.param((SENDER, "hang"), 2, marks=pytest.mark.slow),
        pytest.param((SENDER, "550 weg ermee"), 2, marks=pytest.mark.slow),
        pytest.param((RECIPIENT, "550 die ken ik niet"), 2, marks=pytest.mark.slow),
        pytest.param((END, "554 dat lijkt op reclame"), 2, marks=pytest.mark.slow),
    ],
)
def test_what_may_have_gone_or_never_will_is_not_tried_again(meal, client, worker, settings, fault, got):
    """The first one goes; the second meets the fault. Whoever got nothing for sure stands on the list to call."""
    with MailServer(None, fault) as server:
        deliver_for_hours(server, settings)
        assert (len(server.got), len(set(server.addresses())), server.talks) == (got, got, 3)
    assert ends() == ["failed", "sent", "sent"]
    assert to_call(client, worker) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        (GREETING, "421 te druk"),
        (GREETING, "drop"),
        (GREETING, "hang"),
        (SENDER, "421 te druk"),
        (SENDER, "452 geen plaats"),
        (RECIPIENT, "450 later"),
        (BEGIN, "421 te druk"),
        (END, "421 te druk"),
        (END, "452 geen plaats"),
    ],
)
def test_what_surely_did_not_go_is_tried_again_and_goes_once(meal, client, worker, settings, fault):
    with MailServer(None, fault, fault) as server:
        settings.MAILERS = server.mailers
        actions.deliver(NOON)
        assert (ends(), to_call(client, worker)) == (["sent", "waiting", "waiting"], 2)
        deliver_for_hours(server, settings)
        assert server.addresses() == EVERYONE
    assert (ends(), to_call(client, worker)) == (["sent"] * 3, 0)


@pytest.mark.slow
def test_a_server_that_never_comes_back_ends_in_a_call(meal, client, worker, settings):
    with MailServer(None, *[(SENDER, "421 te druk")] * 50) as server:
        deliver_for_hours(server, settings)
        assert (len(server.got), server.talks) == (1, 1 + 2 * 4)  # each once and three times again
    assert (ends(), to_call(client, worker)) == (["failed", "failed", "sent"], 2)


@pytest.mark.slow
def test_a_slow_round_is_not_taken_for_one_that_stopped(meal, settings, monkeypatch):
    """The server hangs for minutes: another sender that starts then must not call what is still under way lost."""
    with MailServer() as server:
        settings.MAILERS = server.mailers
        started = []

        def clock():
            started.append(None)
            return 0.0 if len(started) == 1 else 15 * 60.0

        monkeypatch.setattr("klapkarre.rooms.agenda.actions.telling.time.monotonic", clock)
        seen = []
        monkeypatch.setattr(
            "klapkarre.rooms.agenda.channels.send",
            lambda *_what: seen.append(actions.deliver(NOON + 15 * datetime.timedelta(minutes=1))["failed"]),
        )
        actions.deliver(NOON)
    assert set(seen) == {0}
