import pytest

from klapkarre.foundation.accounts.models import Membership, Reading
from klapkarre.rooms.outreach.tests.make import make_contact
from klapkarre.rooms.outreach.views import contacts as views

NOTE = "Dak lekt boven de keuken."


@pytest.fixture
def contact(team, buurt):
    return make_contact(team, buurt, note=NOTE, themes=["wonen"], is_signal=True)


def test_the_team_reads_the_note_and_that_is_logged(client, worker, contact):
    client.force_login(worker)
    page = client.get(f"/werk/contacten/{contact.pk}/")
    assert NOTE in page.text
    reading = Reading.objects.get()
    assert (reading.user, reading.kind, reading.route) == (
        worker,
        "outreach.contactmoment",
        "outreach:detail",
    )
    assert reading.rows == [str(contact.pk)]


def test_the_log_stands_before_the_note_is_opened(client, worker, contact, monkeypatch):
    """When the page fails after the log, the reading stays."""

    def fails(*_args, **_more):
        raise RuntimeError("the page broke")

    monkeypatch.setattr(views, "render", fails)
    client.force_login(worker)
    with pytest.raises(RuntimeError):
        client.get(f"/werk/contacten/{contact.pk}/")
    assert Reading.objects.count() == 1


def test_without_a_note_nothing_is_logged(client, worker, team, buurt):
    contact = make_contact(team, buurt)
    client.force_login(worker)
    assert client.get(f"/werk/contacten/{contact.pk}/").status_code == 200
    assert Reading.objects.count() == 0


@pytest.mark.access
def test_a_coordinator_sees_the_facts_and_never_the_note(client, coordinator, contact):
    client.force_login(coordinator)
    page = client.get(f"/werk/contacten/{contact.pk}/")
    assert page.status_code == 200
    assert "wonen" in page.text
    assert "Enkel het team van dit contact leest ze." in page.text
    assert NOTE not in page.text
    assert page.context["note"] is None
    assert "aanpassen" not in page.text
    assert Reading.objects.count() == 0


@pytest.mark.access
def test_who_leads_and_works_in_another_team_reads_only_the_own_notes(
    client, worker_elsewhere, organisation, contact
):
    Membership.objects.create(user=worker_elsewhere, organisation=organisation, role="coordinator")
    client.force_login(worker_elsewhere)
    page = client.get(f"/werk/contacten/{contact.pk}/")
    assert page.status_code == 200
    assert NOTE not in page.text


@pytest.mark.slow
@pytest.mark.access
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("worker_elsewhere", 404),
        ("worker_abroad", 404),
        ("city", 403),
        ("partner", 403),
        ("volunteer", 403),
        ("auditor", 403),
        ("admin", 403),
    ],
)
def test_nobody_else_finds_it(client, request, contact, who, status):
    client.force_login(request.getfixturevalue(who))
    for path in ("", "bewaard/"):
        answer = client.get(f"/werk/contacten/{contact.pk}/{path}")
        assert answer.status_code == status
        assert NOTE not in answer.text
    assert Reading.objects.count() == 0


def test_the_page_is_not_kept_by_the_browser(client, worker, contact):
    client.force_login(worker)
    assert "no-store" in client.get(f"/werk/contacten/{contact.pk}/").headers["cache-control"]


@pytest.mark.access
@pytest.mark.parametrize("page", ["", "aanpassen/"])
def test_a_coordinator_who_works_in_another_team_never_reads_the_note(
    client, coordinator, other_team, contact, page
):
    Membership.objects.create(
        user=coordinator, organisation=other_team.organisation, team=other_team, role="worker"
    )
    client.force_login(coordinator)
    answer = client.get(f"/werk/contacten/{contact.pk}/{page}")
    assert answer.status_code == (404 if page else 200)
    assert NOTE not in answer.text
    assert Reading.objects.count() == 0
