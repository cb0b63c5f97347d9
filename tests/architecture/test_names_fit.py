"""Every name of the program that is kept in a column fits in it: SQLite takes a longer one, PostgreSQL refuses it."""

from django.apps import apps
from django.db import models

from klapkarre.foundation.people.models import Correction, Earlier, Person
from klapkarre.foundation.people.models.corrections import room_for
from tests.access.matrix import DOORS

# Columns that hold the name of a kind of row, or of a page.
KINDS = (
    "accounts.Reading.kind",
    "duties.Hold.kind",
    "duties.RetentionCount.kind",
    "duties.TermChoice.kind",
    "people.RightsRequest.loose_kind",
)
PAGES = ("accounts.Reading.route",)


def columns():
    """Every column of text with the names that are kept in it: its choices, or what it is for."""
    kinds = [model._meta.label_lower for model in apps.get_models()]
    for model in apps.get_models():
        for field in model._meta.local_fields:
            label = f"{model._meta.label}.{field.name}"
            if not isinstance(field, models.CharField):
                continue
            if label in KINDS or label in PAGES:
                yield label, field.max_length, kinds if label in KINDS else list(DOORS)
            elif field.choices:
                yield label, field.max_length, [str(value) for value, _words in field.flatchoices]


def test_every_name_fits():
    assert [(label, name) for label, room, names in columns() for name in names if len(name) > room] == []


def test_the_walk_sees_every_column_of_names():
    seen = {label for label, _room, _names in columns()}
    assert set(KINDS) | set(PAGES) <= seen
    assert {"people.Correction.field", "people.Earlier.field"} <= seen


def test_the_history_has_room_for_the_name_of_every_text():
    """Also of one that comes later: the length follows from the names."""
    assert Correction._meta.get_field("field").max_length == room_for(Person.TEXTS)
    assert Earlier._meta.get_field("field").max_length == room_for(Earlier.Field.values)
    assert [room_for(["x" * length]) for length in (1, 20, 21, 40, 41)] == [20, 20, 40, 40, 60]
