"""Finding a sealed name or phone again: a truncated keyed hash beside it, made with a key of the organisation.

    name = EncryptedTextField(personal=...)
    name_index = BlindIndexField(of="name", kind="name")
    objects = PersonQuerySet.as_manager()  # class PersonQuerySet(Matching, models.QuerySet)

    Person.objects.visible_to(user).matching(organisation, name="van den broeck")

It fills itself when the row is saved and goes when retention empties what it belongs to. It finds the exact name, in
any case, with or without accents and spaces; no part of one. Equal names of one column have equal hashes inside one
organisation: that is what a stolen database without its keys shows. Other columns and organisations share nothing.
Declare it after the field that it belongs to.
"""

import hashlib
import hmac
import re
import unicodedata

from django.db import models
from django.db.models.signals import pre_save

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.kit.fields import Sealed

KEY_ID = 4  # bytes in front: which index key made it, so that rotation finds what is left to do
HASH = 8
# Accents of Latin, vowel signs of Hebrew and Arabic, marks of direction and joining. (Thai and Hindi need theirs.)
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "'": None, "’": None})


def folded(text):
    """Without case, accents and direction marks: what two people type alike for the same word."""
    text = text.casefold()
    if text.isascii():
        return text
    return MARKS.sub("", unicodedata.normalize("NFKD", text))


def plain_name(text):
    """`  Zoë  VAN den-Broeck ` -> `zoe van den broeck`."""
    text = folded(text).translate(LETTERS)
    return " ".join("".join(one if one.isalnum() else " " for one in text).split())


def plain_phone(text):
    """`0470 12.34.56`, `+32 (0)470 123456` and `0032 470 123 456` -> `32470123456`. A bare number is Belgian."""
    text = unicodedata.normalize("NFKC", text).replace("(0)", "")
    abroad = text.strip().startswith("+")
    digits = "".join(str(unicodedata.digit(one)) for one in text if one.isdigit())
    if digits.startswith("00"):
        return digits[2:]
    if not abroad and digits.startswith("0"):
        return f"32{digits[1:]}"
    return digits


KINDS = {"name": plain_name, "phone": plain_phone}


class BlindIndexField(models.BinaryField):
    """The keyed hash of the encrypted field `of`; kind `name` or `phone` says what counts as the same."""

    description = "Blind index"

    def __init__(self, *args, of=None, kind="name", **kwargs):
        self.of, self.kind = of, kind
        kwargs |= {"null": True, "blank": True, "editable": False, "db_index": True}
        kwargs.setdefault("max_length", KEY_ID + HASH)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "kind": self.kind}

    @property
    def personal(self):
        """Personal for the same reason and as long as the field that it belongs to."""
        return getattr(self.model._meta.get_field(self.of), "personal", None)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            pre_save.connect(self._saved_along, sender=cls, weak=False)

    def _saved_along(self, sender, instance, update_fields=None, **kwargs):
        changed = self.of in (update_fields or ()) and self.name not in update_fields
        if changed and not isinstance(instance.__dict__.get(self.of), Sealed | None):
            raise TypeError(
                f"{sender.__name__}: save {self.name} along with {self.of}, or it is not found again."
            )

    def made_with(self, key_id, key, text):
        """The hash of this text; None when nothing is left of it to compare."""
        plain = KINDS[self.kind](text)
        if not plain:
            return None
        place = f"{self.model._meta.db_table}|{self.column}|{plain}"
        return key_id.to_bytes(KEY_ID) + hmac.digest(key, place.encode(), hashlib.sha256)[:HASH]

    def fill(self, instance, text):
        """Put the hash of this text in the instance, with the key of now."""
        key = cipher.key_ring().index_current(instance.organisation_id)
        instance.__dict__[self.attname] = self.made_with(*key, text)

    def pre_save(self, model_instance, add):
        text = model_instance.__dict__.get(self.of)
        if text is None and self.of in model_instance.__dict__:
            model_instance.__dict__[self.attname] = None
        elif text is not None and not isinstance(text, Sealed):
            self.fill(model_instance, str(text))
        elif text is not None and not self._has_the_key_of_now(model_instance):
            # Loaded before a rotation, saved after it: under the old key nobody would find this row again.
            with cipher.comparing():
                self.fill(model_instance, getattr(model_instance, self.of))
        return model_instance.__dict__.get(self.attname)

    def _has_the_key_of_now(self, instance):
        value = instance.__dict__.get(self.attname)
        key_id, _key = cipher.key_ring().index_current(instance.organisation_id)
        return value is None or int.from_bytes(bytes(value[:KEY_ID])) == key_id


def indexes(model):
    """Every blind index of a model."""
    return [field for field in model._meta.local_fields if isinstance(field, BlindIndexField)]


class Matching(models.QuerySet):
    """Adds `matching` to the queryset of a model with blind indexes."""

    def matching(self, organisation, **wanted):
        """Rows of this organisation with exactly this name or phone: `matching(organisation, name="Zoë")`.

        Several arguments must all fit. An empty text finds nothing. Two queries.
        """
        organisation = getattr(organisation, "pk", organisation)
        rows = self.filter(organisation=organisation)
        by_source = {field.of: field for field in indexes(self.model)}
        keys = cipher.key_ring().index_keys(organisation)
        for name, text in wanted.items():
            field = by_source[name]
            hashes = [field.made_with(*key, text or "") for key in keys]
            rows = rows.filter(**{f"{field.name}__in": [one for one in hashes if one]})
        return rows if wanted else self.none()
