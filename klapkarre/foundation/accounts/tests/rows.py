"""A model for tests of keys: a name and a phone that can be found, and a note. Its table is made for one test."""

import uuid
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.blind import BlindIndexField, Matching
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import Basis, Fate, Personal

WHY = Personal("proef", Basis.CONSENT, "een dag", Fate.COUNT)


class NeighbourQuerySet(Matching, models.QuerySet):
    def visible_to(self, user):
        return self.none()


@contextmanager
def neighbours():
    """The model `Neighbour` with its table; afterwards neither is left."""
    members = {
        "__module__": "klapkarre.planted",
        "Meta": type("Meta", (), {"app_label": "accounts"}),
        "id": models.UUIDField(primary_key=True, default=uuid.uuid4),
        "organisation": models.ForeignKey(
            Organisation, models.PROTECT, related_name="+", db_constraint=False
        ),
        "name": EncryptedTextField(personal=WHY),
        "phone": EncryptedTextField(personal=WHY),
        "note": EncryptedTextField(personal=WHY),
        "name_index": BlindIndexField(of="name", kind="name"),
        "phone_index": BlindIndexField(of="phone", kind="phone"),
        "objects": NeighbourQuerySet.as_manager(),
    }
    model = type(f"Neighbour{uuid.uuid4().hex[:8]}", (models.Model,), members)
    try:
        with connection.schema_editor() as editor:
            editor.create_model(model)
        yield model
    finally:
        del apps.all_models["accounts"][model._meta.model_name]
        apps.clear_cache()
        if not connection.in_atomic_block:
            with connection.schema_editor() as editor:
                editor.delete_model(model)
