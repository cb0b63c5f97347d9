import datetime

import pytest
from django.utils import timezone

from klapkarre.rooms.outreach.figures import age_words, open_steps, own_counts, own_week
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

DAY = datetime.timedelta(days=1)


@pytest.fixture
def contact(team, buurt):
    return make_contact(team, buurt, follow_up_on=timezone.localdate(), to_refer=True, is_signal=True)


def tick(client, contact, step, done="1", **more):
    return client.post(f"/werk/contacten/{contact.pk}/stap/", {"step": step, "done": done} | more)


def left():
    return ContactMoment.objects.get().open_steps


@pytest.mark.parametrize("step", ["opvolgen", "doorverwijzen", "signaal"])
def test_each_step_is_ticked_on_its_own(client, worker, contact, step):
    client.force_login(worker)
    answer = tick(client, contact, step, next="/werk/")
    assert answer.headers["location"] == "/werk/"
    assert left() == [one for one in ("opvolgen", "doorverwijzen", "signaal") if one != step]
    assert set(ContactMoment.objects.to_do()) == {contact}


def test_a_tick_twice_is_one_tick_and_can_be_taken_back(client, worker, contact):
    client.force_login(worker)
    tick(client, contact, "signaal")
    first = ContactMoment.objects.get().passed_on_at
    tick(client, contact, "signaal")
    assert ContactMoment.objects.get().passed_on_at == first
    tick(client, contact, "signaal", done="")
    assert left() == ["opvolgen", "doorverwijzen", "signaal"]


def test_a_step_that_was_never_asked_cannot_be_ticked(client, worker, team, buurt):
    contact = make_contact(team, buurt)
    client.force_login(worker)
    tick(client, contact, "doorverwijzen")
    contact.refresh_from_db()
    assert contact.referred_at is None


@pytest.mark.slow
@pytest.mark.parametrize("step", ["", "dansen", "\0", "<script>"])
def test_an_unknown_step_ticks_nothing(client, worker, contact, step):
    client.force_login(worker)
    assert tick(client, contact, step).status_code == 302
    assert len(left()) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "elsewhere",
    ["https://elders.example/", "//elders.example", "javascript:alert(1)", "true", "outreach:list", ""],
)
def test_a_tick_never_leads_to_another_site(client, worker, contact, elsewhere):
    client.force_login(worker)
    answer = tick(client, contact, "signaal", next=elsewhere)
    assert answer.headers["location"] == f"/werk/contacten/{contact.pk}/"


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("worker_elsewhere", 404),
        ("worker_abroad", 404),
        ("coordinator", 403),
        ("city", 403),
        ("volunteer", 403),
    ],
)
def test_nobody_else_ticks(client, request, contact, who, status):
    client.force_login(request.getfixturevalue(who))
    assert tick(client, contact, "signaal").status_code == status
    assert len(left()) == 3


def test_steps_stand_in_order_of_haste(worker, team, buurt):
    today = timezone.localdate()
    later = make_contact(team, buurt, follow_up_on=today + 7 * DAY)
    week = make_contact(team, buurt, follow_up_on=today + DAY)
    very_late = make_contact(team, buurt, follow_up_on=today - 5 * DAY)
    late = make_contact(team, buurt, follow_up_on=today - DAY, by=worker)
    now = make_contact(team, buurt, follow_up_on=today)
    signal = make_contact(team, buurt, is_signal=True, note="Geheim.")
    make_contact(team, buurt)
    steps = open_steps(ContactMoment.objects.all(), worker)
    order = [(name, [todo.contact for todo in todos]) for name, _words, todos in steps.groups]
    assert order == [
        ("late", [very_late, late]),
        ("today", [now]),
        ("week", [week]),
        ("soon", [signal]),
        ("later", [later]),
    ]
    assert (steps.total, steps.late, steps.there_may_be_more) == (6, 2, False)
    words = [todo.when for _name, _words, todos in steps.groups for todo in todos]
    assert words == ["5 dagen te laat", "1 dag te laat", "vandaag", "morgen", "", ""]
    assert [todo.mine for todo in steps.groups[0][2]] == [False, True]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "vandaag"),
        (1, "gisteren"),
        (13, "13 dagen geleden"),
        (14, "2 weken geleden"),
        (90, "3 maanden geleden"),
    ],
)
def test_age_in_words(days, words):
    today = datetime.date(2026, 5, 20)
    assert age_words(today - days * DAY, today) == words


def test_own_counts_are_the_own_and_of_this_week(worker, worker_elsewhere, team, buurt):
    wednesday = timezone.make_aware(datetime.datetime(2026, 5, 20, 15))
    for when in (wednesday, wednesday - 2 * DAY, wednesday - 3 * DAY, wednesday + DAY):
        make_contact(team, buurt, by=worker, people=2, when=when)
    make_contact(team, buurt, by=worker_elsewhere, when=wednesday)
    counts = {"today": 1, "people_today": 2, "week": 2, "people_week": 4}
    assert own_counts(worker, wednesday) == counts
    assert own_week(worker, wednesday)[0] == counts


def test_what_a_colleague_noted_stands_apart_until_the_colleague_leaves(
    worker, worker_one_buurt, team, other_buurt
):
    today = timezone.localdate()
    theirs = make_contact(team, other_buurt, by=worker_one_buurt, follow_up_on=today - DAY)
    own = make_contact(team, other_buurt, by=worker_one_buurt, to_do_by=worker, follow_up_on=today)
    nobodys = make_contact(team, other_buurt, to_refer=True)
    steps = open_steps(ContactMoment.objects.all(), worker)
    assert [todo.contact for _name, _words, todos in steps.groups for todo in todos] == [own, nobodys]
    assert [todo.contact for todo in steps.theirs] == [theirs]
    assert (steps.total, steps.late) == (2, 0)
    worker_one_buurt.memberships.update(ends_on=today - DAY)
    steps = open_steps(ContactMoment.objects.all(), worker)
    assert [todo.contact for _name, _words, todos in steps.groups for todo in todos] == [theirs, own, nobodys]
    assert (steps.theirs, steps.late) == ([], 1)


def test_of_another_organisation_or_team_nothing_is_counted_or_ticked(
    client, worker, worker_abroad, other_team, team, buurt, other_buurt
):
    """Who works for two organisations sees the one that was chosen; a tap goes where one works now."""
    now = timezone.make_aware(datetime.datetime(2026, 5, 20, 15))
    abroad = worker_abroad.memberships.get()
    make_contact(abroad.team, other_buurt, by=worker, people=40, when=now)
    make_contact(other_team, other_buurt, by=worker, people=2, when=now - DAY / 1440)
    assert own_counts(worker, now)["people_today"] == own_week(worker, now)[0]["people_today"] == 2
    assert own_week(worker, now)[1] is None
    make_contact(team, buurt, by=worker, when=now - 60 * DAY, setting="elders")
    assert own_week(worker, now)[1]["words"] == "Molenwijk, andere organisatie"
    client.force_login(worker)
    assert (
        client.get("/werk/contacten/nieuw/").context["form"].where_words() == "Molenwijk, andere organisatie"
    )
