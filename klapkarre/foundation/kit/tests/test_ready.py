"""Health and readiness."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory

from klapkarre.foundation.kit import views


def test_healthz_touches_no_database():
    answer = views.healthz(RequestFactory().get("/healthz"))
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_says_what_is_ready():
    answer = views.readyz(RequestFactory().get("/readyz"))
    assert json.loads(answer.content) == {"database": "ok", "migrations": "ok", "disk": "ok"}
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = views.readyz(RequestFactory().get("/readyz"))
    assert answer.status_code == 503
    assert json.loads(answer.content)["migrations"] == "missing"


@pytest.mark.django_db
def test_a_full_disk_is_not_ready(monkeypatch):
    monkeypatch.setattr(views.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1))
    answer = views.readyz(RequestFactory().get("/readyz"))
    assert answer.status_code == 503
    assert json.loads(answer.content)["disk"] == "full"
