"""A follow-up on another day, or with a colleague."""

import datetime

import pytest
from django.utils import timezone

from klapkarre.foundation.accounts.models import Membership, User
from klapkarre.rooms.outreach.models import ContactChange, ContactMoment
from klapkarre.rooms.outreach.tests.make import make_contact

DAY = datetime.timedelta(days=1)


@pytest.fixture
def colleague(organisation, team):
    user = User.objects.create_user("collega")
    Membership.objects.create(user=user, organisation=organisation, team=team, role="worker")
    return user


@pytest.fixture
def contact(worker, team, buurt):
    return make_contact(team, buurt, by=worker, follow_up_on=timezone.localdate(), themes=["wonen"])


def path(contact):
    return f"/werk/contacten/{contact.pk}/anders/"


def test_one_tap_moves_it_to_another_day_and_that_is_kept(client, worker, contact):
    client.force_login(worker)
    tomorrow = timezone.localdate() + DAY
    for _twice in range(2):
        answer = client.post(path(contact), {"follow_up_on": tomorrow.isoformat(), "next": "/werk/"})
        assert answer.headers["location"] == "/werk/"
    after, change = ContactMoment.objects.get(), ContactChange.objects.get()
    assert (after.follow_up_on, after.to_do_by, after.version) == (tomorrow, None, 2)
    assert (change.field, change.by, change.contact) == ("follow_up_on", worker, contact)


def test_a_colleague_takes_it_over_and_gives_it_back(client, worker, colleague, contact):
    client.force_login(worker)
    client.post(path(contact), {"who": colleague.pk})
    assert ContactMoment.objects.get().to_do_by == colleague
    assert client.get("/werk/").context["steps"].groups == []
    assert "1 bij collega" in client.get("/werk/").text
    client.force_login(colleague)
    page = client.get("/werk/")
    assert [todo.contact for todo in page.context["groups"][0][2]] == [contact]
    assert "van een collega, nu bij jou" in page.text
    client.post(path(contact), {"who": worker.pk})
    assert ContactMoment.objects.get().to_do_by is None


def test_one_tap_takes_over_what_a_colleague_has(client, worker, colleague, contact):
    client.force_login(colleague)
    page = client.get("/werk/").text
    assert f'name="who" value="{colleague.pk}">Neem over' in page
    answer = client.post(path(contact), {"who": colleague.pk, "next": "/werk/"})
    assert answer.headers["location"] == "/werk/"
    after = ContactMoment.objects.get()
    assert (after.to_do_by, after.follow_up_on) == (colleague, contact.follow_up_on)
    client.force_login(worker)
    form = client.get(path(contact)).context["form"]
    assert form.fields["who"].choices[0] == (str(worker.pk), "Ik")


@pytest.mark.slow
@pytest.mark.access
def test_nobody_outside_the_team_takes_it_over(
    client, worker, worker_elsewhere, worker_one_buurt, volunteer, coordinator, contact
):
    client.force_login(worker)
    assert [str(one) for one in client.get(path(contact)).context["form"].colleagues.values()] == ["worker"]
    for other in (worker_elsewhere, worker_one_buurt, volunteer, coordinator):
        page = client.post(path(contact), {"who": other.pk})
        assert "Kies iets uit de lijst." in page.text
    assert ContactMoment.objects.get().to_do_by is None
    assert ContactChange.objects.count() == 0


@pytest.mark.slow
def test_a_day_that_is_over_or_far_is_refused(client, worker, contact):
    client.force_login(worker)
    for day, words in (("2020-01-01", "Die dag is al voorbij."), ("2190-01-01", "meer dan een jaar ver")):
        assert words in client.post(path(contact), {"follow_up_on": day}).text
    assert ContactMoment.objects.get().follow_up_on == timezone.localdate()


@pytest.mark.slow
def test_what_is_too_late_can_be_given_away_without_another_day(client, worker, colleague, team, buurt):
    late = make_contact(team, buurt, by=worker, follow_up_on=timezone.localdate() - DAY)
    client.force_login(worker)
    client.post(path(late), {"follow_up_on": (timezone.localdate() - DAY).isoformat(), "who": colleague.pk})
    after = ContactMoment.objects.get()
    assert (after.to_do_by, after.follow_up_on) == (colleague, late.follow_up_on)


@pytest.mark.slow
def test_what_is_done_is_not_planned(client, worker, team, buurt):
    done = make_contact(
        team, buurt, by=worker, follow_up_on=timezone.localdate(), followed_up_at=timezone.now()
    )
    client.force_login(worker)
    assert client.post(path(done), {"follow_up_on": "2190-01-01"}).status_code == 302
    assert ContactChange.objects.count() == 0
