"""The encrypted field: plain text in Python, sealed in the database.

The model must have `organisation_id` and a UUID primary key made before the insert, because the seal names both.
Sealing happens in `pre_save`, opening at the first read of the attribute; a queryset that only counts opens nothing.
"""

from django.core.exceptions import FieldError
from django.db import models

from klapkarre.foundation.kit import cipher


class Sealed(bytes):
    """A sealed value as it came from, or goes to, the database."""


class _Opener:
    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = instance.__dict__
        name = self.field.attname
        if name not in values:
            instance.refresh_from_db(fields=[name])
        if isinstance(values[name], Sealed):
            return self.field.unseal_for(instance, values[name])
        return values[name]

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Personal text. `None` means: there never was any, or it was erased."""

    description = "Encrypted text"

    def __init__(self, *args, personal=None, **kwargs):
        self.personal = personal
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Opener(self))

    def _place(self, instance):
        return {
            "organisation": instance.organisation_id,
            "table": self.model._meta.db_table,
            "column": self.column,
            "row": instance.pk,
        }

    def unseal_for(self, instance, value):
        return cipher.unseal(value, **self._place(instance))

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        sealed = Sealed(cipher.seal(str(value), **self._place(model_instance)))
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} holds personal text: save it through the row, never with update().")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: only isnull can be asked of it.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj):
        raise TypeError(f"{self.name} is encrypted and is never serialised.")
