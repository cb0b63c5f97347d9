"""Tables of libraries: each field that may be about a person is declared, and what is over goes."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts import foreign
from klapkarre.foundation.accounts.kept_sessions import kept_as
from klapkarre.foundation.accounts.models import LoginEvent
from klapkarre.foundation.accounts.tests.otp import log_in, set_up_app

MAY_HOLD_WORDS = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)
LATER = datetime.timedelta(hours=13)


def of_libraries():
    return [model for model in apps.get_models() if not model.__module__.startswith("klapkarre.")]


def looks_personal(field):
    if field.related_model is get_user_model():
        return True
    return isinstance(field, MAY_HOLD_WORDS) and not field.choices


@pytest.mark.parametrize("model", of_libraries(), ids=lambda model: model._meta.label_lower)
def test_every_field_of_a_library_is_declared(model):
    label = model._meta.label_lower
    if label in foreign.EMPTY | foreign.OF_THE_PROGRAM:
        return
    personal = {field.name for field in model._meta.local_fields if looks_personal(field)}
    said = set(foreign.PERSONAL.get(label, ())) | foreign.NOT_PERSONAL.get(label, set())
    assert said == personal


def test_nothing_is_declared_that_does_not_exist():
    labels = {model._meta.label_lower for model in of_libraries()}
    assert (
        set(foreign.PERSONAL) | set(foreign.NOT_PERSONAL) | foreign.EMPTY | foreign.OF_THE_PROGRAM == labels
    )


@pytest.mark.access
def test_a_whole_login_writes_no_mail_and_no_address(worker):
    set_up_app(worker)
    assert [label for label in foreign.EMPTY if apps.get_model(label).objects.exists()] == []
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"::"}


@pytest.fixture
def two_sessions(volunteer):
    """One that is over, one that lives."""
    over, living = Client(), Client()
    for client in (over, living):
        log_in(client, volunteer)
    Session.objects.filter(pk=kept_as(over.session.session_key)).update(expire_date=timezone.now() - LATER)
    return living


def test_sessions_that_are_over_go(two_sessions):
    assert foreign.clean_sessions(dry_run=True) == 2
    assert (Session.objects.count(), UserSession.objects.count()) == (2, 2)
    assert foreign.clean_sessions() == 2
    key = kept_as(two_sessions.session.session_key)
    assert [list(Session.objects.values_list("pk", flat=True)), UserSession.objects.get().session_key] == [
        [key],
        key,
    ]


@pytest.mark.slow
def test_the_command_for_retention_cleans_them(two_sessions, capsys):
    from klapkarre.commands import retention

    retention.run(type("Options", (), {"dry_run": False}))
    assert "2  sessies\n" in capsys.readouterr().out
    assert Session.objects.count() == 1


def test_all_of_it_goes_with_the_user(worker):
    set_up_app(worker)
    LoginEvent.objects.all().delete()  # their term is shorter, and they go first
    worker.delete()
    left = [label for label in foreign.PERSONAL if label != "sessions.session"]
    assert [label for label in left if apps.get_model(label).objects.exists()] == []
