"""The encrypted field: plain text in Python, sealed in the database.

The model must have `organisation_id` and a UUID primary key made before the insert, because the seal names both.
Sealing happens in `pre_save`, opening at the first read of the attribute; a queryset that only counts opens nothing.

While keys are rotated rows are sealed again behind our back. A row is therefore always saved inside a transaction,
which holds the key that it seals with; a value that was loaded before is never written back under a key that goes.
"""

from functools import cached_property, wraps

from django.core.exceptions import FieldError
from django.db import DEFAULT_DB_ALIAS, models, transaction

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
        if not isinstance(values[name], Sealed):
            return values[name]
        try:
            return self.field.unseal_for(instance, values[name])
        except cipher.KeyGone:
            values[name] = self.field.sealed_again(instance, values[name])
            return values[name] and self.field.unseal_for(instance, values[name])

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


def _in_a_transaction(save_base):
    @wraps(save_base)
    def saved(self, *args, using=None, **kwargs):
        with transaction.atomic(using=using or DEFAULT_DB_ALIAS, savepoint=False):
            return save_base(self, *args, using=using, **kwargs)

    saved.in_a_transaction = True
    return saved


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
        if not hasattr(cls.save_base, "in_a_transaction"):
            cls.save_base = _in_a_transaction(cls.save_base)

    @cached_property
    def companions(self):
        """The blind indexes that belong to this field."""
        return [field for field in self.model._meta.local_fields if getattr(field, "of", None) == self.name]

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

    def sealed_again(self, instance, value):
        """What the database holds now, when the key of a value loaded before is gone."""
        rows = self.model._base_manager.filter(pk=instance.pk)
        found = rows.values_list(self.attname, flat=True).first()
        if found is None or found == value:
            raise cipher.KeyGone(f"the key of {self.name} is gone")
        return found

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value if add else self._with_a_key_that_stays(model_instance, value)
        for index in self.companions:
            index.fill(model_instance, str(value))
        return self._seal(model_instance, str(value))

    def sealed_for(self, instance, text):
        """This text, sealed for this row with the key of now."""
        return Sealed(cipher.seal(text, **self._place(instance)))

    def _seal(self, instance, text):
        instance.__dict__[self.attname] = self.sealed_for(instance, text)
        return instance.__dict__[self.attname]

    def _with_a_key_that_stays(self, instance, value):
        """A value that was loaded and not read goes back as it is, unless its key is being replaced."""
        try:
            if cipher.key_ring().current(instance.organisation_id)[0] == cipher.key_id(value):
                return value
            return self._seal(instance, self.unseal_for(instance, value))
        except cipher.KeyGone:
            return self.sealed_again(instance, value)

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
