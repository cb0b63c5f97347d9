"""Data at scale: the right size, the same by seed, clearly fictional, sealed, and never beside real work."""

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from klapkarre.foundation.accounts.models import Covenant, Membership, Organisation, Role, Team
from klapkarre.foundation.accounts.reach import Reach
from klapkarre.foundation.finding.models import Entry
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.counter.models import Visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme
from klapkarre.sample import scale, words
from klapkarre.sample.tests.kept import kept_rows
from klapkarre.sample.tests.make import TODAY, generate
from klapkarre.windows.results.figures import figures_of
from klapkarre.windows.results.goals import team_lines
from klapkarre.windows.results.periods import Period

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def generated_once(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_rows(django_db_blocker, tmp_path_factory.mktemp("sample") / "keys") as keys:
        assert generate(6) == [(number, 6) for number in range(1, 7)]
        yield keys


@pytest.fixture
def six_teams(generated_once, db, settings):
    """Six teams with a year of work."""
    settings.KEY_FILE = generated_once


def test_a_team_year_has_the_volumes_of_the_field(six_teams):
    for team in Team.objects.all():
        contacts = ContactMoment.objects.filter(team=team)
        themes = ContactTheme.objects.filter(contact__team=team).count()
        activities = Activity.objects.filter(team=team)
        seats = activities.with_seats().exclude(capacity=None)
        sessions = Visit.objects.filter(team=team).values("place", "at__date").annotate(times=Count("pk"))
        assert 1500 <= contacts.count() <= 2200
        assert contacts.count() < themes < 2 * contacts.count()
        assert 125 <= sessions.count() <= 130
        assert 9 <= min(row["times"] for row in sessions) <= max(row["times"] for row in sessions) <= 20
        assert 60 <= activities.filter(ends_at__lt=scale.at(TODAY, 15)).count() <= 110
        assert [row.title for row in seats if not 8 <= row.taken <= min(25, row.capacity)] == []


def test_six_teams_are_two_organisations(six_teams):
    assert sorted(Organisation.objects.annotate(n=Count("teams")).values_list("n", flat=True)) == [1, 5]
    assert [model.objects.count() for model in (Municipality, Team, Covenant)] == [6, 6, 6]
    assert [model.objects.count() for model in (Neighbourhood, Place)] == [18, 18]
    roles = Membership.objects.values_list("role").annotate(Count("pk")).order_by("role")
    assert list(roles) == [(Role.COORDINATOR, 2), (Role.WORKER, 18)]


def test_search_finds_what_is_coming_and_the_places(six_teams):
    coming = Activity.objects.filter(ends_at__gte=timezone.now()).count()
    kinds = dict(Entry.objects.values_list("kind").annotate(Count("pk")))
    assert (kinds["activity"], kinds["point"], kinds["neighbourhood"]) == (coming, 18, 18)


def test_everything_is_clearly_fictional(six_teams):
    assert list(Organisation.objects.values_list("name", flat=True)) == [
        f"Proefwerk {number} vzw (verzonnen)" for number in (1, 2)
    ]
    assert set(Municipality.objects.values_list("name", flat=True)) == {f"Proefstad {n}" for n in range(1, 7)}
    assert set(Activity.objects.values_list("title", flat=True)) == {
        f"{k[0]} (verzonnen)" for k in scale.KINDS
    }
    names = [row.name for row in SignUp.objects.filter(name__isnull=False)]
    assert names != []
    assert [name for name in names if not name.endswith(words.SURNAMES)] == []
    notes = {row.note for row in ContactMoment.objects.filter(note__isnull=False)}
    assert notes == set(words.NOTES)


@pytest.mark.canary
def test_names_and_notes_are_sealed_in_the_tables(six_teams):
    for model, column in ((ContactMoment, "note"), (SignUp, "name")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {model._meta.db_table} WHERE {column} IS NOT NULL")
            stored = b"|".join(bytes(value) for (value,) in cursor.fetchall())
        assert len(stored) > 1000
        for text in (*words.NOTES, *words.SURNAMES):
            assert text.encode() not in stored


def test_months_are_those_of_the_clock_here(six_teams):
    period = Period(2025 * 12 + 10, 2026 * 12 + 10)
    found = figures_of(
        team_lines(Reach(frozenset(Team.objects.values_list("pk", flat=True)))), period, scale.at(TODAY, 15)
    )
    assert found.times("contact") == ContactMoment.objects.count()
    assert found.times("visit") == Visit.objects.counted().count()
