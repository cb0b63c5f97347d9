"""No page opens a name or a note without a reading of that very row: the watch that holds this can fail."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import fill, make_activity
from tests.access.test_closed import routes
from tests.reading_watch import EXCEPTIONS, ReadUnseen

pytestmark = pytest.mark.access


def names(request):
    return HttpResponse(", ".join(row.name for row in SignUp.objects.all()))


def names_and_log(request):
    rows = list(SignUp.objects.all())
    note_reading(request, rows[: int(request.GET.get("first", 99))])
    return HttpResponse(", ".join(row.name for row in rows))


def names_then_log(request):
    rows = list(SignUp.objects.all())
    page = ", ".join(row.name for row in rows)
    note_reading(request, rows)
    return HttpResponse(page)


@pytest.fixture
def planted(settings, client, worker, team, buurt):
    fill(make_activity(team, buurt, capacity=5), 3)
    settings.ROOT_URLCONF = type(
        "Planted",
        (),
        {
            "urlpatterns": [
                *get_resolver("klapkarre.config.urls").url_patterns,
                path("plant/", names, name="plant"),
                path("plant/log/", names_and_log, name="plant_log"),
                path("plant/laat/", names_then_log, name="plant_late"),
            ],
            "handler404": "klapkarre.foundation.kit.views.not_found",
        },
    )
    client.force_login(worker)
    return client


@pytest.mark.slow
@pytest.mark.parametrize("page", ["/plant/", "/plant/log/?first=2", "/plant/laat/"])
def test_a_page_that_does_not_log_is_found(planted, page):
    with pytest.raises(ReadUnseen, match="call note_reading first"):
        planted.get(page)


def test_a_page_that_logs_all_it_shows_is_well(planted):
    assert planted.get("/plant/log/").status_code == 200


def test_every_exception_is_a_route_of_residents(settings):
    assert set(EXCEPTIONS) - {name for name, _path in routes()} == set()
    assert set(EXCEPTIONS) <= settings.PUBLIC


def test_every_test_is_watched():
    assert Client.request.watches
