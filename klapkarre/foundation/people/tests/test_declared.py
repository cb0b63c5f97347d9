"""Every field that may hold something about a person says so, and every model with such a field has `visible_to`."""

import uuid

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import Basis, Fate, Personal, declarations

MAY_HOLD_WORDS = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
)
UNSAID = "may hold words or name someone: declare it Personal, or put it in not_personal"
NO_FIELD = "is declared or cleared, and is no field"
BOTH = "is declared Personal and cleared in not_personal: choose one"
UNSCOPED = "holds personal data: give its queryset visible_to(user)"
REASON = Personal("proef", Basis.CONSENT, "een dag", Fate.ERASE)


def looks_personal(field):
    """Free text, bytes, files and addresses; and who of the staff it was."""
    if field.related_model is get_user_model():
        return True
    return isinstance(field, MAY_HOLD_WORDS) and not field.choices


def faults(model):
    """What this model does not say about its fields."""
    fields = {field.name: field for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    declared, cleared = declarations(model), set(getattr(model, "not_personal", ()))
    label = model._meta.label
    found = [
        f"{label}.{name} {UNSAID}"
        for name, field in fields.items()
        if looks_personal(field) and name not in declared and name not in cleared
    ]
    found += [f"{label}.{name} {NO_FIELD}" for name in sorted({*declared, *cleared} - set(fields))]
    found += [f"{label}.{name} {BOTH}" for name in sorted(set(declared) & cleared)]
    if declared and not hasattr(model._default_manager.all(), "visible_to"):
        found.append(f"{label} {UNSCOPED}")
    return found


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("klapkarre.")]


@pytest.mark.access
@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_personal_field_is_declared(model):
    assert faults(model) == []


def test_the_walk_sees_the_models():
    assert len(our_models()) >= 15


class Rows(models.QuerySet):
    def visible_to(self, user):
        return self.none()


@pytest.fixture
def planted():
    """Makes a model that the app registry forgets again."""
    made = []

    def make(**members):
        name = f"Planted{uuid.uuid4().hex[:8]}"
        meta = type("Meta", (), {"app_label": "people"})
        model = type(name, (models.Model,), {"__module__": "klapkarre.planted", "Meta": meta, **members})
        made.append(model)
        return model

    yield make
    for model in made:
        del apps.all_models["people"][model._meta.model_name]
    apps.clear_cache()


@pytest.mark.parametrize(
    "field",
    [
        lambda: models.CharField(max_length=10),
        lambda: models.TextField(),
        lambda: models.EmailField(),
        lambda: models.JSONField(),
        lambda: models.BinaryField(),
        lambda: models.FileField(),
        lambda: EncryptedTextField(),
        lambda: models.ForeignKey("accounts.User", models.CASCADE, related_name="+"),
        lambda: models.ManyToManyField("accounts.User", related_name="+"),
    ],
)
def test_a_planted_field_is_found(planted, field):
    model = planted(planted=field())
    assert faults(model) == [f"{model._meta.label}.planted {UNSAID}"]


def test_what_is_declared_passes(planted):
    model = planted(
        title=models.CharField(max_length=10),
        state=models.CharField(max_length=1, choices=[("a", "a")]),
        note=EncryptedTextField(personal=REASON),
        who=models.ForeignKey("accounts.User", models.CASCADE, related_name="+"),
        not_personal=("title",),
        personal={"who": REASON},
        objects=Rows.as_manager(),
    )
    assert faults(model) == []


def test_a_planted_mistake_is_found(planted):
    model = planted(note=EncryptedTextField(personal=REASON), not_personal=("note", "gone"))
    label = model._meta.label
    assert faults(model) == [
        f"{label}.gone {NO_FIELD}",
        f"{label}.note {BOTH}",
        f"{label} {UNSCOPED}",
    ]
