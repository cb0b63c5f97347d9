import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, Reading, Role
from klapkarre.foundation.kit.templatetags.kit import day
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact, typed

DAY = datetime.timedelta(days=1)


def day_ago():
    return timezone.localdate() - DAY


@pytest.fixture
def contact(worker, team, buurt):
    return make_contact(team, buurt, by=worker, note="Eerste nota.", themes=["babbel"])


def change_path(contact):
    return f"/werk/contacten/{contact.pk}/aanpassen/"


def as_posted(client, contact, **more):
    """The form as it was opened, sent back with something else in it."""
    form = client.get(change_path(contact)).context["form"]
    names = ("version", "setting", "neighbourhood", "themes", "people", "note", "language_bridge")
    values = {name: form[name].value() for name in names}
    kept = {name: "" if value is None else value for name, value in values.items()}
    kept["day"] = form["day"].value().isoformat()
    if form["follow_up"].value():
        kept |= {"follow_up": "on", "follow_up_on": form["follow_up_on"].value().isoformat()}
    return kept | more


def test_a_change_keeps_the_rest(client, worker, contact, buurt):
    client.force_login(worker)
    answer = client.post(
        change_path(contact), as_posted(client, contact, people="4", themes=["wonen", "werk"])
    )
    after = ContactMoment.objects.get()
    assert answer.headers["location"] == f"/werk/contacten/{contact.pk}/"
    assert (after.people, after.note, after.when, after.by) == (4, "Eerste nota.", contact.when, worker)
    assert {row.theme for row in after.themes.all()} == {"wonen", "werk"}
    assert after.version == 2
    assert after.changed_at is not None


def test_a_colleague_of_the_team_may_change_it(client, request, contact, worker, organisation, team):
    from klapkarre.foundation.accounts.models import Membership, User

    colleague = User.objects.create_user("colleague")
    Membership.objects.create(user=colleague, organisation=organisation, team=team, role="worker")
    client.force_login(colleague)
    client.post(change_path(contact), as_posted(client, contact, people="2"))
    after = ContactMoment.objects.get()
    assert (after.people, after.by) == (2, worker)


@pytest.mark.slow
@pytest.mark.parametrize("with_person", [True, False])
def test_what_is_about_a_person_stays_with_its_team(
    client, worker, contact, team, other_team, other_buurt, with_person
):
    Membership.objects.create(
        user=worker, organisation=team.organisation, team=other_team, role=Role.WORKER, starts_on=day_ago()
    )
    if with_person:
        ContactMoment.objects.update(person=make_person(team, worker))
    client.force_login(worker)
    client.post(change_path(contact), as_posted(client, contact, neighbourhood=str(other_buurt.pk)))
    assert ContactMoment.objects.get().team == (team if with_person else other_team)


@pytest.mark.slow
def test_two_who_change_it_do_not_overwrite_each_other_unseen(client, worker, contact):
    client.force_login(worker)
    mine = as_posted(client, contact, note="Van mij.")
    theirs = as_posted(client, contact, note="Van een collega.")
    client.post(change_path(contact), theirs)
    Reading.objects.all().delete()
    page = client.post(change_path(contact), mine)
    assert page.status_code == 409
    assert [(row["theirs"], row["yours"]) for row in page.context["clash"]] == [
        ("Van een collega.", "Van mij.")
    ]
    assert page.text.count("Van een collega.") == 1
    assert "Bij je collega" in page.text
    assert "Bij jou" in page.text
    reading = Reading.objects.get()
    assert (reading.user, reading.route, reading.rows) == (worker, "outreach:change", [str(contact.pk)])
    assert "Een collega wijzigde dit ook. Kijk na en bewaar opnieuw." in page.text
    assert page.context["form"]["note"].value() == "Van mij."
    assert ContactMoment.objects.get().note == "Van een collega."
    client.post(change_path(contact), mine | {"version": page.context["form"]["version"].value()})
    assert ContactMoment.objects.get().note == "Van mij."


@pytest.mark.slow
def test_all_that_differs_stands_side_by_side(client, worker, contact):
    client.force_login(worker)
    mine = as_posted(client, contact, people="3", themes=["wonen", "babbel"], known="on", to_refer="on")
    today = timezone.localdate()
    theirs = as_posted(client, contact, setting="huisbezoek", follow_up="on", follow_up_on=today.isoformat())
    client.post(change_path(contact), theirs)
    page = client.post(change_path(contact), mine)
    rows = {row["label"]: (row["theirs"], row["yours"]) for row in page.context["clash"]}
    assert rows == {
        "Waar": ("huisbezoek", "straat of plein"),
        "Hoeveel mensen": ("1", "3"),
        "Bekend gezicht": ("nee", "ja"),
        "Doorverwijzen": ("nee", "ja"),
        "Wanneer opvolgen": (day(today), "-"),
        "Waarover": ("babbel", "babbel, wonen"),
    }


@pytest.mark.slow
def test_the_same_change_sent_twice_is_saved(client, worker, contact):
    client.force_login(worker)
    form = as_posted(client, contact, note="Van\r\nmij.", people="4", themes=["wonen", "werk"])
    for _ in range(2):
        answer = client.post(change_path(contact), form, follow=True)
        assert answer.redirect_chain == [(f"/werk/contacten/{contact.pk}/", 302)]
        assert "Gewijzigd." in answer.text
        assert "collega" not in answer.text
    after = ContactMoment.objects.get()
    assert (after.version, after.people) == (2, 4)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30])
def test_a_broken_version_changes_nothing(client, worker, contact, version):
    client.force_login(worker)
    page = client.post(change_path(contact), as_posted(client, contact, people="9", version=version))
    assert page.status_code == (200 if version == "x" else 409)
    assert ContactMoment.objects.get().people == 1


def test_a_late_follow_up_may_stay_when_the_rest_changes(client, worker, contact):
    yesterday = timezone.localdate() - DAY
    ContactMoment.objects.update(follow_up_on=yesterday)
    client.force_login(worker)
    client.post(change_path(contact), as_posted(client, contact, people="2"))
    after = ContactMoment.objects.get()
    assert (after.people, after.follow_up_on) == (2, yesterday)


def test_a_new_day_opens_a_step_again(client, worker, contact):
    today = timezone.localdate()
    ContactMoment.objects.update(follow_up_on=today, followed_up_at=timezone.now())
    client.force_login(worker)
    client.post(change_path(contact), as_posted(client, contact, people="2"))
    assert ContactMoment.objects.get().open_steps == []
    client.post(change_path(contact), as_posted(client, contact, follow_up_on=(today + DAY).isoformat()))
    assert ContactMoment.objects.get().open_steps == ["opvolgen"]


def test_an_old_contact_keeps_its_day(client, worker, team, buurt):
    old = make_contact(team, buurt, by=worker, when=timezone.now() - 500 * DAY)
    client.force_login(worker)
    form = as_posted(client, old, people="2")
    day = timezone.localdate(old.when)
    form |= {"day": "other", "day_day": day.day, "day_month": day.month, "day_year": day.year}
    client.post(change_path(old), form)
    after = ContactMoment.objects.get()
    assert (after.people, after.when) == (2, old.when)


def test_opening_the_form_is_a_reading(client, worker, contact):
    client.force_login(worker)
    client.get(change_path(contact))
    reading = Reading.objects.get()
    assert (reading.user, reading.route, reading.rows) == (worker, "outreach:change", [str(contact.pk)])


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("worker_elsewhere", 404),
        ("worker_abroad", 404),
        ("coordinator", 403),
        ("city", 403),
        ("partner", 403),
        ("volunteer", 403),
        ("auditor", 403),
        ("admin", 403),
    ],
)
def test_nobody_else_changes_it(client, request, contact, buurt, who, status):
    client.force_login(request.getfixturevalue(who))
    for answer in (
        client.get(change_path(contact)),
        client.post(change_path(contact), typed(buurt, version=1)),
    ):
        assert answer.status_code == status
        assert "Eerste nota" not in answer.text
    assert ContactMoment.objects.get().version == 1
    assert Reading.objects.count() == 0
